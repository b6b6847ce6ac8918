"""Which repository lies at which host, and who has an account there."""

from ingestion.simulator import organisation
from ingestion.simulator.accounts import (
    PRIVATE_ADDRESS,
    Link,
    jira_account_on,
    login,
)
from ingestion.simulator.change import BOT_EMAIL, Author
from ingestion.simulator.company import Company
from ingestion.simulator.organisation import CI_EMAIL, CONTRACTOR_EMAIL, TEAM_BY_NAME
from ingestion.simulator.people import Person
from ingestion.simulator.timeline import instant

OWNER = "works"
REPOSITORIES: dict[str, tuple[str, ...]] = {
    "github": ("platform", "ledger"),
    "gitlab": ("runtime",),
    "bitbucket": ("tooling",),
}
DEPENDABOT, CI, FREELANCER, CHECKS = 49_699_333, 2_000_002, 2_000_001, 2_000_003
CI_LOGIN = "works-ci"  # a machine that no host marks as one
FIRST_ACCOUNT, STEP = 1_000_000, 7919
_CONFIRMED = ("@works.example", "@users.noreply.forge.example", "@oldworks.example")


def account_number(person: Person) -> int:
    """The id of a person's account at GitHub and, smaller, at GitLab."""
    return FIRST_ACCOUNT + STEP * person.number


def named(person: Person | None, author: Author | None) -> tuple[int, str, bool] | None:
    """(id, login, is a machine) of an account; None where it is deleted."""
    if person is not None:
        return account_number(person), login(person), False
    if author is None:
        return None
    return {
        BOT_EMAIL: (DEPENDABOT, "dependabot[bot]", True),
        CI_EMAIL: (CI, CI_LOGIN, False),
        CONTRACTOR_EMAIL: (FREELANCER, "zu-mirkwick", False),
    }.get(author.email)


def is_confirmed(email: str) -> bool:
    """Whether the account's owner told the host of this address."""
    return email.lower().endswith(_CONFIRMED)


def atlassian_account(company: Company, person: Person, at_ms: int) -> str:
    """The id of a person's Atlassian account at an instant."""
    own = [a for a in company.jira_accounts if a.person_id == person.person_id]
    return jira_account_on(own, instant(at_ms).date()).account_id


def github_links(company: Company) -> list[Link]:
    """Who hides the address of their commits is known by the identity provider."""
    told = {*PRIVATE_ADDRESS, organisation.RENAMED, organisation.TWO_EMAILS}
    return [link for link in _links(company, "github") if link.person_id in told]


def gitlab_links(company: Company) -> list[Link]:
    """The host names no account of a commit's author: all are known otherwise."""
    return _links(company, "gitlab")


def _links(company: Company, source: str) -> list[Link]:
    return [
        Link(
            source,
            str(account_number(person)),
            person.person_id,
            "directory_id",
            "identity provider",
            person.positions[0].valid_from,
            person.last_day,
        )
        for person in company.people
        if any(TEAM_BY_NAME[p.team].repository for p in person.positions)
    ]
