"""The state behind one server: the company, its present, and what was computed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.limiter import Limiter
from ingestion.simulator.usage import Usage

Value = TypeVar("Value")
_REMEMBERED = 64
ANALYTICS_PER_MINUTE = 60


class World:
    """One company at a present that a control request may move."""

    def __init__(self, company: Company, present: datetime, throttles: bool) -> None:
        self.company, self.present, self.throttles = company, present, throttles
        self.analytics_limiter = Limiter(ANALYTICS_PER_MINUTE, throttles)
        self.requests: list[str] = []
        self._known: dict[object, Any] = {}
        self._lasting: dict[str, Any] = {}

    @property
    def now_ms(self) -> int:
        """The present in epoch milliseconds."""
        return timeline.epoch_ms(self.present)

    def once(self, key: object, value: Callable[[], Value]) -> Value:
        """What `value` returns, computed once per key and present."""
        whole = (self.present, key)
        if whole not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.pop(next(iter(self._known)))
            self._known[whole] = value()
        return cast(Value, self._known[whole])

    def once_ever(self, key: str, value: Callable[[], Value]) -> Value:
        """What `value` returns, computed once whatever the present."""
        if key not in self._lasting:
            self._lasting[key] = value()
        return cast(Value, self._lasting[key])

    def usage(self, at: datetime) -> Usage:
        """AI usage as the vendor reports it at an instant."""
        revisions = self.company.revisions
        return self.once(("usage", at), lambda: revisions.as_served(at))

    def refreshed_at(self, at: datetime) -> datetime:
        """When the vendor last refreshed its report."""
        return at - timedelta(hours=3, minutes=58)
