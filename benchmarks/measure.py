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


def module(name: str, *arguments: str) -> list[str]:
    """The command `python -m name arguments` of this environment."""
    return [sys.executable, "-m", name, *arguments]


def cost(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """The cost of a command and the processes it waited for; raises when it fails.

    A small process starts it: Linux counts the memory of whoever starts a command to
    the command's own peak.
    """
    started = os.times().elapsed
    told = subprocess.run(
        module("benchmarks.launch", *command),
        env=os.environ | dict(environment),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    ).stdout
    cpu, peak_mb = map(float, told.splitlines()[-1].split())
    return Cost(cpu, os.times().elapsed - started, peak_mb)


def interleaved(
    commands: Mapping[str, Sequence[str]], runs: int, environment: Mapping[str, str]
) -> dict[str, list[Cost]]:
    """Costs of each command, taken in turn: a drifting machine hits all alike."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            found[name].append(cost(command, environment))
    return found


def median(costs: Sequence[Cost]) -> Cost:
    """Each figure's median on its own."""
    return Cost(
        *(
            statistics.median(getattr(cost, field) for cost in costs)
            for field in ("cpu", "wall", "peak_mb")
        )
    )
