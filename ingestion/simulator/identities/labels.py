"""What a labelled world is made of: records of people, links, accounts and truth."""

from dataclasses import dataclass, field
from datetime import date

DAYS = tuple(date(2025 + n // 12, n % 12 + 1, 15) for n in range(18))
FIRST, LAST = date(2025, 1, 1), DAYS[-1]


@dataclass(frozen=True)
class Record:
    """A row of the people file; one human may have several."""

    person_id: str
    human: str
    full_name: str
    email: str
    valid_from: date = FIRST
    valid_to: date | None = None


@dataclass(frozen=True)
class Link:
    """A row of the accounts file."""

    source: str
    account: str
    person_id: str
    method: str = "directory_id"
    valid_from: date = FIRST
    valid_to: date | None = None


@dataclass(frozen=True)
class Merger:
    """An operator's decision that two records are of one human."""

    person_id: str
    other_person_id: str


@dataclass(frozen=True)
class Labelled:
    """An account on the days it was used, and whose it is in truth.

    `human` None is nobody on record. Of an ambiguous account no evidence tells whose
    it is, and nobody may get it.
    """

    case: str
    source: str
    account_kind: str
    account_id: str
    human: str | None
    days: tuple[date, ...]
    email: str | None = None
    shown_name: str | None = None
    is_ambiguous: bool = False


@dataclass
class World:
    """Everything of one seed."""

    records: list[Record] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    mergers: list[Merger] = field(default_factory=list)
    accounts: list[Labelled] = field(default_factory=list)

    @property
    def humans(self) -> dict[str, str]:
        """Whose each record is."""
        return {record.person_id: record.human for record in self.records}
