"""A decision before and after it is written, and the hash that chains it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

Value = str | int | None
START = "0" * 64  # what the first event holds as the hash of the one before it


@dataclass(frozen=True)
class Draft:
    """A decision that somebody wants to take; `content` is what its topic demands."""

    topic: str
    action: str
    content: Mapping[str, Value]
    decided_by: str
    reason: str
    evidence: str | None = None


@dataclass(frozen=True)
class Event:
    """A decision as it was written; `decided_at` is aware and in UTC."""

    sequence: int
    topic: str
    action: str
    content: Mapping[str, Value] = field(hash=False)
    decided_by: str
    decided_at: datetime
    reason: str
    evidence: str | None
    previous_hash: str
    event_hash: str

    @property
    def rightful_hash(self) -> str:
        """The hash that these very words and this place in the chain have."""
        said = {
            "sequence": self.sequence,
            "topic": self.topic,
            "action": self.action,
            "content": dict(self.content),
            "decided_by": self.decided_by,
            "decided_at": instant(self.decided_at),
            "reason": self.reason,
            "evidence": self.evidence,
            "previous_hash": self.previous_hash,
        }
        return hashlib.sha256(canonical(said).encode()).hexdigest()


def canonical(content: Mapping[str, object]) -> str:
    """JSON that is the same for the same content, whoever writes it."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


def instant(at: datetime) -> str:
    """An instant as the ledger writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
