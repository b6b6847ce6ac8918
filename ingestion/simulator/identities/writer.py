"""What every labelled person has: a record, and accounts that are used on some days."""

from datetime import date

import numpy as np

from ingestion.simulator import names
from ingestion.simulator.identities.labels import (
    DAYS,
    FIRST,
    Labelled,
    Link,
    Record,
    World,
)
from ingestion.simulator.randomness import identifier, stream, unique_id

Account = tuple[str, str, str]


class Writer:
    """Adds records and accounts to a world; draws depend on the seed alone."""

    def __init__(self, seed: int, people: int) -> None:
        self.seed, self.people = seed, people
        self.random: np.random.Generator = stream(seed, "identities")
        self.names = names.full_names(2 * people, self.random)
        self.world = World()

    def record(
        self,
        email: str | None = None,
        *,
        full_name: str | None = None,
        human: str | None = None,
        valid_from: date = FIRST,
        valid_to: date | None = None,
    ) -> Record:
        """A new record, of a new human unless one is named."""
        number = len(self.world.records) + 1
        name = full_name or self.names.pop()
        made = Record(
            f"R{number:04d}",
            human or f"H{number:04d}",
            name,
            email or names.email(name),
            valid_from,
            valid_to,
        )
        self.world.records.append(made)
        return made

    def link(
        self,
        source: str,
        account: str,
        record: Record,
        method: str = "directory_id",
        since: date = FIRST,
        until: date | None = None,
    ) -> None:
        """Write down that the account is the record's."""
        made = Link(source, account, record.person_id, method, since, until)
        self.world.links.append(made)

    def seen(
        self,
        case: str,
        account: Account,
        human: str | None,
        since: date = FIRST,
        until: date | None = None,
        *,
        email: str | None = None,
        shown_name: str | None = None,
        is_ambiguous: bool = False,
    ) -> None:
        """Use the account on three to six days of the span."""
        within = [day for day in DAYS if since <= day <= (until or DAYS[-1])]
        count = min(len(within), int(self.random.integers(3, 7)))
        drawn = self.random.choice(len(within), count, replace=False)
        days = tuple(sorted(within[int(number)] for number in drawn))
        self.world.accounts.append(
            Labelled(case, *account, human, days, email, shown_name, is_ambiguous)
        )

    def user(self, record: Record) -> Account:
        """The record's user at a vendor."""
        return "anthropic", "user", identifier("user", self.seed, record.person_id)

    def ticket_account(self, record: Record) -> Account:
        """The record's account in Jira."""
        return "jira", "user", f"712020:{unique_id(self.seed, record.person_id)}"

    def vendor(self, case: str, record: Record) -> None:
        """Use of a vendor under the work e-mail, in whatever case."""
        shown = record.email.title() if self.random.random() < 0.2 else record.email
        span = (record.valid_from, record.valid_to)
        self.seen(case, self.user(record), record.human, *span, email=shown)

    def commits(self, case: str, record: Record, email: str | None = None) -> None:
        """Commits under an address; whether they carry the name is drawn."""
        shown = record.full_name if self.random.random() < 0.7 else None
        account = ("git", "email", (email or record.email).lower())
        span = (record.valid_from, record.valid_to)
        self.seen(case, account, record.human, *span, shown_name=shown)

    def tickets(self, record: Record) -> None:
        """A Jira account: one in fifteen shows its e-mail, HR knows most others."""
        account = self.ticket_account(record)
        is_shown = bool(self.random.random() < 1 / 15)
        if not is_shown and self.random.random() < 0.98:
            self.link("jira", account[2], record)
        self.seen(
            "shown_jira_email" if is_shown else "hidden_jira_email",
            account,
            record.human,
            record.valid_from,
            record.valid_to,
            email=record.email if is_shown else None,
            shown_name=record.full_name,
        )

    @staticmethod
    def login(record: Record) -> str:
        """The login a person takes: what stands before the @, without dots."""
        return record.email.split("@")[0].replace(".", "-")
