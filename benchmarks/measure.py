"""Cost of a whole process, by the operating system's own account."""

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system), wall seconds, and peak memory in megabytes."""

    cpu: float
    wall: float
    peak_mb: float


def cost(module: str, *arguments: str, environment: Mapping[str, str] = {}) -> Cost:
    """The cost of `python -m module arguments`; raises when it fails."""
    command = [sys.executable, "-m", module, *arguments]
    started = os.times().elapsed
    process = subprocess.Popen(
        command, env=os.environ | dict(environment), stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed with {process.returncode}")
    return Cost(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=os.times().elapsed - started,
        peak_mb=usage.ru_maxrss / 1024,
    )


def interleaved(
    commands: Mapping[str, Sequence[str]], runs: int, environment: Mapping[str, str]
) -> dict[str, list[Cost]]:
    """Costs of each command, taken in turn: a drifting machine hits all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(cost(*command, environment=environment))
    return found


def median(costs: Sequence[Cost]) -> Cost:
    """Each figure's median on its own."""
    return Cost(
        *(
            statistics.median(getattr(cost, field) for cost in costs)
            for field in ("cpu", "wall", "peak_mb")
        )
    )
