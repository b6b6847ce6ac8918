"""The site's lists: accounts, projects, statuses, and what the caller may do."""

from ingestion.simulator import organisation, timeline
from ingestion.simulator.accounts import CUSTOMERS, JiraAccount
from ingestion.simulator.files import JIRA_EMAIL
from ingestion.simulator.jira.answers import API, HOST, Refused
from ingestion.simulator.jira.fields import account, status_body
from ingestion.simulator.jira.site import STATUSES, Project
from ingestion.simulator.jira.visibility import visible_projects
from ingestion.simulator.world import World

MOST_USERS, MOST_PROJECTS, USUAL = 1000, 50, 50
_HIDDEN_FROM = 50
Body = dict[str, object]


def myself() -> Body:
    """Body of `/myself`: the token's own account."""
    return {
        "self": f"{HOST}{API}/user?accountId=712020:steward",
        "accountId": "712020:steward",
        "accountType": "atlassian",
        "emailAddress": JIRA_EMAIL,
        "displayName": "Tokenworth",
        "active": True,
        "timeZone": organisation.TIME_ZONE,
        "locale": "en_US",
    }


def server_info() -> Body:
    """Body of `/serverInfo`."""
    return {
        "baseUrl": HOST,
        "version": "1001.0.0-SNAPSHOT",
        "versionNumbers": [1001, 0, 0],
        "deploymentType": "Cloud",
        "buildNumber": 100_270,
        "serverTitle": "Jira",
    }


def permissions(asked: str) -> Body:
    """Body of `/mypermissions`: the account may read and nothing else."""
    granted = {"BROWSE_PROJECTS", "USER_PICKER"}
    return {
        "permissions": {
            name: {
                "id": str(place),
                "key": name,
                "name": name.replace("_", " ").capitalize(),
                "type": "PROJECT" if name == "BROWSE_PROJECTS" else "GLOBAL",
                "description": "",
                "havePermission": name in granted,
            }
            for place, name in enumerate(filter(None, asked.split(",")))
        }
    }


def statuses() -> list[Body]:
    """Body of `/status`."""
    return [status_body(status) for status in STATUSES]


def users(world: World, start: int, most: int) -> list[Body]:
    """Body of `/users/search`: a bare list, filtered only after the page is cut.

    Accounts that the caller may not see make a page shorter, not the list.
    """
    _check(start, most, MOST_USERS)
    today = world.present.date()
    accounts = list(world.company.jira_accounts)
    visible, hidden = accounts[:-CUSTOMERS], accounts[-CUSTOMERS:]
    every = [*visible[:_HIDDEN_FROM], *hidden, *visible[_HIDDEN_FROM:]]
    return [
        _user(found, timeline.index(today))
        for found in every[start : start + most]
        if found.account_type != "customer" and found.opened_on <= today
    ]


def projects(world: World, start: int, most: int) -> Body:
    """Body of `/project/search`."""
    _check(start, most, MOST_PROJECTS)
    every = visible_projects(world.now_ms)
    return {
        "self": f"{HOST}{API}/project/search?startAt={start}&maxResults={most}",
        "maxResults": most,
        "startAt": start,
        "total": len(every),
        "isLast": start + most >= len(every),
        "values": [_project(found) for found in every[start : start + most]],
    }


def _check(start: int, most: int, limit: int) -> None:
    if start < 0 or not 1 <= most <= limit:
        raise Refused(400, f"maxResults: between 1 and {limit} is allowed.")


def _user(found: JiraAccount, today: int) -> Body:
    """An account of the directory; one that left is inactive, long gone nameless."""
    body = account(found)
    closed = None if found.closed_on is None else timeline.index(found.closed_on)
    is_closed = closed is not None and closed < today
    if closed is not None and today - closed > 400:
        body["displayName"] = "Former user"
    return {**body, "active": not is_closed}


def _project(found: Project) -> Body:
    return {
        "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
        "self": f"{HOST}{API}/project/{found.project_id}",
        "id": found.project_id,
        "key": found.key,
        "name": found.name,
        "projectTypeKey": "software",
        "simplified": found.is_team_managed,
        "style": "next-gen" if found.is_team_managed else "classic",
        "isPrivate": False,
        "properties": {},
    }
