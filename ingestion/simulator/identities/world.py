"""The labelled people, one story after another.

Shares follow what real repositories and sites show: most people are plain, a Jira site
shows almost no e-mail, and a few addresses are written down nowhere.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from ingestion.simulator import names
from ingestion.simulator.identities.labels import DAYS, FIRST, Labelled, Merger, World
from ingestion.simulator.identities.writer import Writer
from ingestion.simulator.randomness import identifier, unique_id

NO_REPLY = "users.noreply.github.com"
BOUGHT_DOMAIN = "bought.example"
BOUGHT_ON = date(2025, 9, 1)
ONE_DAY = timedelta(days=1)
# Of a hundred people: how many have which story; the rest are plain.
STORIES = {
    "employer_change": 6,
    "rehired": 3,
    "rehired_anew": 3,
    "company_merger": 4,
    "namesakes": 4,
    "no_reply": 10,
    "old_no_reply": 2,
    "renamed_login": 4,
    "renamed_person": 3,
    "private_address": 3,
    "plus_address": 2,
    "reused_address": 1,
    "claimed_twice": 1,
    "shared_mailbox": 1,
}


def world(seed: int, people: int) -> World:
    """The labelled world of a seed, with about so many people and three times as many
    accounts."""
    teller = Teller(seed, people)
    told: list[Callable[[], None]] = []
    for name, share in STORIES.items():
        told += [getattr(teller, name)] * max(1, round(share * people / 100))
    told += [teller.plain] * (people - len(told))
    for story in told:
        story()
    for number in range(max(1, people // 20)):
        teller.outsider(number)
    return teller.world


class Teller(Writer):
    """A method a story; each tells it of one person, or of two."""

    def plain(self) -> None:
        """One e-mail everywhere."""
        record = self.record()
        self.vendor("plain", record)
        self.commits("plain", record)
        self.tickets(record)

    def employer_change(self) -> None:
        """The company is bought: one record, two e-mails one after the other. On some
        machines the old address lives on for a month."""
        before = self.record(valid_to=BOUGHT_ON - ONE_DAY)
        after = replace(
            before,
            email=names.email(before.full_name, BOUGHT_DOMAIN),
            valid_from=BOUGHT_ON,
            valid_to=None,
        )
        self.world.records.append(after)
        self.tickets(after)
        self.vendor("employer_change", after)
        self.commits("employer_change", before)
        self.commits("employer_change", after)
        if self.random.random() < 0.25:
            late = (next(day for day in DAYS if day > BOUGHT_ON),)
            account = ("git", "email", before.email)
            self.world.accounts.append(
                Labelled("employer_change", *account, before.human, late)
            )

    def rehired(self) -> None:
        """Left and came back under the same id; what came between is nobody's."""
        left_on, back_on = date(2025, 6, 30), date(2026, 1, 1)
        first = self.record(valid_to=left_on)
        second = replace(first, valid_from=back_on, valid_to=None)
        self.world.records.append(second)
        self.commits("rehired", first)
        between = tuple(day for day in DAYS if left_on < day < back_on)[:2]
        self.world.accounts.append(
            Labelled("left", *self.user(first), None, between, first.email)
        )
        self.tickets(second)

    def rehired_anew(self) -> None:
        """Left and came back under another id, which an operator merged."""
        first = self.record(valid_to=date(2025, 6, 30))
        second = self.record(
            names.email(f"{first.full_name}2"),
            human=first.human,
            full_name=first.full_name,
            valid_from=date(2026, 1, 1),
        )
        self.world.mergers.append(Merger(second.person_id, first.person_id))
        for record in (first, second):
            self.commits("rehired_anew", record)
            self.vendor("rehired_anew", record)

    def company_merger(self) -> None:
        """Two companies' files hold the same human at once, which an operator merged;
        that both know the Jira account is then no rivalry."""
        ours = self.record()
        theirs = self.record(
            names.email(ours.full_name, BOUGHT_DOMAIN),
            human=ours.human,
            full_name=ours.full_name,
        )
        self.world.mergers.append(Merger(ours.person_id, theirs.person_id))
        account = self.ticket_account(ours)
        for record in (ours, theirs):
            self.commits("company_merger", record)
            self.link("jira", account[2], record)
        self.vendor("company_merger", theirs)
        self.seen("company_merger", account, ours.human, shown_name=ours.full_name)

    def namesakes(self) -> None:
        """Two people of one name; of one Jira account nobody wrote down whose it is."""
        first = self.record()
        name = first.full_name
        second = self.record(names.email(f"{name}2"), full_name=name)
        for record in (first, second):
            self.vendor("shared_name", record)
            self.commits("shared_name", record)
        account = self.ticket_account(second)
        self.seen(
            *("shared_name", account, second.human),
            shown_name=name,
            is_ambiguous=True,
        )

    def no_reply(self) -> None:
        """Commits under the host's address, whose account the directory knows; with a
        new login the id stays."""
        record = self.record()
        number = str(1_000_000 + 7919 * len(self.world.records))
        self.link("github", number, record)
        for login in (self.login(record), f"{self.login(record)}-new"):
            self.commits("no_reply", record, f"{number}+{login}@{NO_REPLY}")
        self.vendor("no_reply", record)
        self.tickets(record)

    def old_no_reply(self) -> None:
        """The old form of the address has no id: every other one was confirmed."""
        record = self.record()
        address = f"{self.login(record)}@{NO_REPLY}"
        if self.random.random() < 0.5:
            self.link("git", address, record, "verified_alias")
        self.commits("old_no_reply", record, address)
        self.vendor("old_no_reply", record)

    def renamed_login(self) -> None:
        """A vendor that knows people by login, which changed; HR noted both."""
        record = self.record()
        login, changed_on = self.login(record), date(2025, 10, 1)
        for account, since, until in (
            (login, FIRST, changed_on - ONE_DAY),
            (f"{login}-x", changed_on, None),
        ):
            self.link("copilot", account, record, since=since, until=until)
            user = ("copilot", "user", account)
            self.seen("renamed_login", user, record.human, since, until)
        self.commits("renamed_login", record)
        self.tickets(record)

    def renamed_person(self) -> None:
        """Another family name, and so another e-mail; the vendor still shows the old
        one, and the directory knows its user."""
        before = self.record(valid_to=date(2025, 11, 30))
        name = f"{before.full_name.split()[0]} New{self.names.pop().split()[1].lower()}"
        after = replace(
            before,
            full_name=name,
            email=names.email(name),
            valid_from=date(2025, 12, 1),
            valid_to=None,
        )
        self.world.records.append(after)
        user = self.user(before)
        self.link("anthropic", user[2], before)
        self.seen("renamed_person", user, before.human, email=before.email)
        self.commits("renamed_person", after)
        self.tickets(after)

    def private_address(self) -> None:
        """Commits now and then under a private address; most people confirmed it."""
        record = self.record()
        address = record.email.replace("@works.example", "7@mail.example")
        if self.random.random() < 0.7:
            self.link("git", address, record, "verified_alias")
        self.commits("private_address", record, address)
        self.commits("private_address", record)
        self.vendor("private_address", record)

    def plus_address(self) -> None:
        """A part after + makes another address; every other one was confirmed."""
        record = self.record()
        address = record.email.replace("@", "+code@")
        if self.random.random() < 0.5:
            self.link("git", address, record, "verified_alias")
        self.commits("plus_address", record, address)
        self.vendor("plus_address", record)
        self.tickets(record)

    def reused_address(self) -> None:
        """A leaver's address is given to a newcomer of the same name. Once in three it
        is the leaver's machine that still commits with it, which nothing tells."""
        left_on, came_on = date(2025, 5, 31), date(2025, 8, 1)
        left = self.record(valid_to=left_on)
        came = self.record(left.email, full_name=left.full_name, valid_from=came_on)
        self.vendor("reused_address", came)
        late = tuple(day for day in DAYS if day > came_on)
        used = [
            (left.human, tuple(day for day in DAYS if day < left_on)[:3]),
            (came.human, late[1:5]),
        ]
        if len(self.world.records) % 3 == 0:
            used.append((left.human, late[:1]))
        account = ("git", "email", left.email)
        self.world.accounts += [
            Labelled("reused_address", *account, human, days) for human, days in used
        ]

    def claimed_twice(self) -> None:
        """Two directories give one account to two people."""
        first, second = self.record(), self.record()
        account = self.ticket_account(first)
        for record in (first, second):
            self.link("jira", account[2], record)
            self.vendor("plain", record)
        self.seen(
            *("claimed_twice", account, first.human),
            shown_name=first.full_name,
            is_ambiguous=True,
        )

    def shared_mailbox(self) -> None:
        """Two people have the same address on record at once."""
        first = self.record()
        self.record(first.email)
        account = ("git", "email", first.email)
        self.seen("shared_mailbox", account, first.human, is_ambiguous=True)

    def outsider(self, number: int) -> None:
        """Nobody on record: a freelancer with the name of somebody here."""
        name = self.world.records[number].full_name
        address = names.email(name, f"freelance{number}.example")
        user = identifier("user", self.seed, "outsider", number)
        account = f"712020:{unique_id(self.seed, 'outsider', number)}"
        self.seen("outsider", ("git", "email", address), None, shown_name=name)
        self.seen("outsider", ("anthropic", "user", user), None, email=address)
        self.seen("outsider", ("jira", "user", account), None, shown_name=name)
