"""What the account may read of a site: for `tokenworth doctor`."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import MissingPermission
from ingestion.http import Api
from ingestion.probe import Findings, Probe
from ingestion.sources.jira.changelog import changelog_items
from ingestion.sources.jira.directories import field_choice, projects, users
from ingestion.sources.jira.estimates import HISTORY
from ingestion.sources.jira.search import newest_issue

API: Final = "/rest/api/3"
NEEDED: Final = {
    "BROWSE_PROJECTS": "give it the permission Browse Projects where it should read.",
    "USER_PICKER": "give it the global permission Browse users and groups.",
}


class Granted(Struct, gc=False):
    """Whether the account has a permission."""

    havePermission: bool


class Permissions(Struct):
    """Permissions of the account by name."""

    permissions: dict[str, Granted]


class Myself(Struct, gc=False):
    """The account of the token."""

    accountId: str


MYSELF: Final = Shape(Myself, "jira/myself")
PERMISSIONS: Final = Shape(Permissions, "jira/permissions")


def probe(
    api: Api,
    site: str,
    named: Sequence[str] = (),
    story_points_field: str | None = None,
) -> Probe:
    """What the account may read: of the projects named, or of all that it can see."""
    findings = Findings()
    findings.attempt("account", lambda: MYSELF.read(api.get(f"{API}/myself").body))
    findings.attempt("permissions", lambda: _expect_permissions(api))
    findings.attempt("projects", lambda: _expect_projects(api, site, named))
    findings.attempt("fields", lambda: field_choice(api, story_points_field))
    findings.attempt("users", lambda: next(users(api, site)))
    newest = findings.attempt("issues", lambda: newest_issue(api, named))
    if newest is not None:
        history = changelog_items(api, site, [newest[0]], HISTORY)
        findings.attempt("history", lambda: next(history))
    return findings.probe(
        "jira",
        account=site,
        newest_day=newest and newest[1].date(),
    )


def _expect_permissions(api: Api) -> None:
    """Raises MissingPermission for the first that the account lacks."""
    params = [("permissions", ",".join(NEEDED))]
    granted = PERMISSIONS.read(api.get(f"{API}/mypermissions", params).body).permissions
    for name, fix in NEEDED.items():
        if name not in granted or not granted[name].havePermission:
            raise MissingPermission("jira", f"the account lacks {name}.", fix=fix)


def _expect_projects(api: Api, site: str, named: Sequence[str]) -> None:
    """Raises MissingPermission if the account sees none, or not all that are named."""
    seen: set[str] = set()
    for page in projects(api, site):
        seen.update(page.columns["project_key"], page.columns["project_id"])
    missing = sorted(set(named) - seen)
    if missing or not seen:
        raise MissingPermission(
            "jira",
            f"the account cannot see {', '.join(missing) or 'any project'}.",
            field="projects",
            fix="let it browse them, or correct their keys in the configuration.",
        )
