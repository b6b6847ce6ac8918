"""Rate limits on a clock of their own, since simulated time stands still."""

from dataclasses import dataclass, field
from threading import Lock

SECONDS_A_REQUEST = 0.5
SECONDS_A_WAIT = 30.0


@dataclass
class Limiter:
    """A bucket of `per_minute` requests that refills by the minute.

    Each request takes half a second of the limiter's clock and each refusal half a
    minute, so a client that waits the one second it is told is let in again.
    """

    per_minute: int
    is_on: bool = True
    allowance: float = field(init=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def __post_init__(self) -> None:
        self.allowance = float(self.per_minute)

    def retry_after(self) -> int | None:
        """None if the request may pass, else the seconds the client is told to wait."""
        if not self.is_on:
            return None
        with self._lock:
            self._advance(SECONDS_A_REQUEST)
            if self.allowance >= 1:
                self.allowance -= 1
                return None
            self._advance(SECONDS_A_WAIT)
            return 1

    def _advance(self, seconds: float) -> None:
        refill = seconds * self.per_minute / 60
        self.allowance = min(self.allowance + refill, float(self.per_minute))
