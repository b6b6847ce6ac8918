"""The company: everything about it follows from one seed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ingestion.simulator import worktime
from ingestion.simulator.accounts import JiraAccount, jira_accounts
from ingestion.simulator.change import Change
from ingestion.simulator.changes import changes
from ingestion.simulator.consumption import Key, person_usage
from ingestion.simulator.engagements import PORTFOLIOS, Item, items
from ingestion.simulator.keys import OLD_KEY_HOLDERS, ApiKey, api_keys
from ingestion.simulator.members import Member, members
from ingestion.simulator.outcomes import Issue, issues
from ingestion.simulator.people import Person, people
from ingestion.simulator.principals import Principal, principals
from ingestion.simulator.revisions import Revisions, revisions
from ingestion.simulator.services import service_usage
from ingestion.simulator.usage import Usage, joined


@dataclass(frozen=True)
class Company:
    """A generated company; each part is made when it is first asked for."""

    seed: int = 7

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """All persons, in the order of their ids."""
        return people(self.seed)

    @cached_property
    def available(self) -> NDArray[np.float64]:
        """Full-time equivalents: a row per person, a column per day."""
        return np.stack([worktime.available(person) for person in self.people])

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Users of the AI vendor's organisation."""
        return members(self.seed, self.people)

    @cached_property
    def api_keys(self) -> tuple[ApiKey, ...]:
        """API keys of the AI vendor's organisation."""
        return api_keys(self.seed, self.members)

    @cached_property
    def principals(self) -> tuple[Principal, ...]:
        """Actors that AI usage is reported under."""
        return principals(self.seed, self.members, self.api_keys)

    @cached_property
    def usage(self) -> Usage:
        """AI usage as it really was."""
        by_user = {p.principal_id: n for n, p in enumerate(self.principals)}
        user_of = {m.person_id: by_user[m.user_id] for m in self.members}
        found = [
            person_usage(
                self.seed,
                person,
                user_of[person.person_id],
                self.available[person.number],
                self._key(person, user_of[person.person_id], by_user),
            )
            for person in self.people
            if person.traits.has_ai_access
        ]
        services = service_usage(self.seed, self.principals, self.api_keys)
        return joined([*(part for part in found if part is not None), *services])

    @cached_property
    def revisions(self) -> Revisions:
        """How the AI usage comes to light."""
        return revisions(self.seed, self.usage, self.principals, self.api_keys)

    @cached_property
    def jira_accounts(self) -> tuple[JiraAccount, ...]:
        """Accounts of the Jira site."""
        return jira_accounts(self.seed, self.people)

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """Every issue in the order of its id."""
        return issues(self.seed, self.people, self.available)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """What reached the default branches of the repositories, by time."""
        return changes(self.seed, self.people, self.issues)

    @cached_property
    def deliverables(self) -> Mapping[str, tuple[Item, ...]]:
        """Work that is not code, by feed."""
        return {
            each.feed: items(self.seed, each, self.people, self.available)
            for each in PORTFOLIOS
        }

    def _key(self, person: Person, user: int, numbers: dict[str, int]) -> Key | None:
        """The person's own API key and the actor under which it is reported."""
        for position, key in enumerate(self.api_keys):
            if key.purpose == "personal" and key.owner_person_id == person.person_id:
                is_old = person.person_id in OLD_KEY_HOLDERS
                actor = numbers[key.api_key_id] if is_old else user
                return Key(position + 1, actor)
        return None
