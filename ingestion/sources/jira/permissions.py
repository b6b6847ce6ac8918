"""What the account may read of a site: for `tokenworth doctor`."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from ingestion.decoding import Shape
from ingestion.errors import Misconfigured, MissingPermission
from ingestion.probe import Findings, Probe
from ingestion.sources.jira.boards import estimation_fields
from ingestion.sources.jira.changelog import changelog_items
from ingestion.sources.jira.connection import Jira
from ingestion.sources.jira.directories import field_choice, projects, users
from ingestion.sources.jira.estimates import HISTORY
from ingestion.sources.jira.search import newest_issue

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
    """The account of the token: by id on Cloud, by key on Data Center."""

    accountId: str | None = None
    key: str | None = None


class ServerInfo(Struct, gc=False):
    """Which Jira this is."""

    deploymentType: str


MYSELF: Final = Shape(Myself, "jira/myself")
SERVER_INFO: Final = Shape(ServerInfo, "jira/serverInfo")
PERMISSIONS: Final = Shape(Permissions, "jira/permissions")


def probe(
    api: Jira,
    site: str,
    named: Sequence[str] = (),
    story_points_field: str | None = None,
    *,
    has_boards: bool = True,
) -> Probe:
    """What the account may read: of the projects named, or of all that it can see."""
    findings = Findings()
    findings.attempt("account", lambda: MYSELF.read(api.get(f"{api.rest}/myself").body))
    findings.attempt("deployment", lambda: _expect_deployment(api))
    findings.attempt("permissions", lambda: _expect_permissions(api))
    findings.attempt("projects", lambda: _expect_projects(api, site, named))
    asked = (lambda: estimation_fields(api, named)) if has_boards else list
    of_boards = findings.attempt("boards", asked) or []
    findings.attempt("fields", lambda: field_choice(api, story_points_field, of_boards))
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


def _expect_deployment(api: Jira) -> None:
    """Raises Misconfigured if the site is the other Jira than the one configured."""
    info = SERVER_INFO.read(api.get(f"{api.rest}/serverInfo").body)
    is_cloud = info.deploymentType == "Cloud"
    if is_cloud != api.is_cloud:
        raise Misconfigured(
            "jira",
            f"the site says that it is Jira {info.deploymentType}.",
            field="deployment",
            fix=f"set it to {'cloud' if is_cloud else 'data_center'} for this site.",
        )


def _expect_permissions(api: Jira) -> None:
    """Raises MissingPermission for the first that the account lacks."""
    params = [("permissions", ",".join(NEEDED))]
    granted = PERMISSIONS.read(
        api.get(f"{api.rest}/mypermissions", params).body
    ).permissions
    for name, fix in NEEDED.items():
        if name not in granted or not granted[name].havePermission:
            raise MissingPermission("jira", f"the account lacks {name}.", fix=fix)


def _expect_projects(api: Jira, site: str, named: Sequence[str]) -> None:
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
