"""The same site as Jira Data Center: REST 2, offsets, user keys, whole histories.

a body of Cloud → other accounts, addresses and time zone → a body of Data Center
"""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ingestion.simulator.company import Company
from ingestion.simulator.files import JIRA_ACCESS_TOKEN
from ingestion.simulator.jira import directories, planning, site, worklogs
from ingestion.simulator.jira.answers import API, HOST, Refused, answer, shown
from ingestion.simulator.jira.changelog import history_body
from ingestion.simulator.jira.jql import search
from ingestion.simulator.jira.routes import (
    Body,
    Throttle,
    panel_body,
    read_body,
    since_of,
    slice_of,
)
from ingestion.simulator.jira.search import issue
from ingestion.simulator.jira.snapshot import Snapshot, snapshot
from ingestion.simulator.jira.state import State
from ingestion.simulator.jira.visibility import visible_projects
from ingestion.simulator.world import World

SERVER_API = "/rest/api/2"
SERVER_HOST = "https://jira.works.example"
# The account that reads sits elsewhere than the company.
ZONE = ZoneInfo("America/Los_Angeles")
MOST_ISSUES, MOST_RESULTS = 1000, 10_000
_FIRST_KEY = 10_100
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d{4}")
_AMONG = re.compile(r"\bid in \(([\d, ]+)\)")


class SearchRequest(Struct):
    """Body of `/search`."""

    jql: str = ""
    startAt: int = 0
    maxResults: int = 50
    fields: list[str] = []
    expand: list[str] = []
    validateQuery: bool = True


class Server:
    """The site's accounts as Data Center knows them, and its translation."""

    def __init__(self, company: Company) -> None:
        emails = {p.person_id: p.positions[-1].email for p in company.people}
        self.accounts = {
            account.account_id: {
                "self": f"{SERVER_HOST}{SERVER_API}/user?key=JIRAUSER{number}",
                "key": f"JIRAUSER{number}",
                "name": f"user{number}",
                **(
                    {"emailAddress": emails[account.person_id]}
                    if account.person_id
                    else {}
                ),
                "displayName": account.display_name,
                "active": account.closed_on is None,
                "timeZone": "Europe/Berlin",
            }
            for number, account in enumerate(company.jira_accounts, _FIRST_KEY)
        }

    def translated(self, body: Any) -> Any:
        """The body with other accounts, addresses and times."""
        if isinstance(body, dict):
            if "accountId" in body:
                return self.accounts[body["accountId"]]
            return {name: self.translated(value) for name, value in body.items()}
        if isinstance(body, list):
            return [self.translated(value) for value in body]
        if not isinstance(body, str):
            return body
        if _TIME.fullmatch(body):
            at = datetime.fromisoformat(body).astimezone(ZONE)
            return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}{at:%z}"
        return body.replace(f"{HOST}{API}", f"{SERVER_HOST}{SERVER_API}")

    def issue(self, known: Snapshot, state: State, asked: SearchRequest) -> Any:
        """An issue of a search, with its history if that was asked for."""
        fields: dict[str, Any] = known.fields(state, asked.fields or ["*navigable"])
        if fields.get(site.SPRINT):
            fields[site.SPRINT] = [_as_text(one) for one in fields[site.SPRINT]]
        body = {"id": str(state.issue_id), "key": state.key, "fields": fields}
        if "changelog" in asked.expand:
            body["changelog"] = self._changelog(known, state)
        return self.translated(body)

    def _changelog(self, known: Snapshot, state: State) -> dict[str, object]:
        """The whole history, oldest first; items carry no id of their field."""
        found: list[dict[str, Any]] = []
        for history in state.record.histories:
            if history.at_ms > known.at_ms:
                break
            body: dict[str, Any] = history_body(known, history, history.items)
            for item in body["items"]:
                is_person = item.pop("fieldId") == "assignee"
                for end in ("from", "to") if is_person else ():
                    item[end] = item[end] and self.accounts[item[end]]["key"]
            found.append({**body, "created": shown(history.at_ms)})
        size = len(found)
        return {"startAt": 0, "maxResults": size, "total": size, "histories": found}


def routes(world: World) -> list[Route]:
    """All routes, below the address that stands for the server."""
    server = Server(world.company)
    throttle = Throttle(world.throttles)

    async def found(request: Request) -> object:
        return _found(world, server, await read_body(request, SearchRequest))

    async def one(request: Request) -> object:
        name = request.path_params["issue"]
        hidden = snapshot(world, world.now_ms).hidden_ids
        if name.isdigit() and int(name) in hidden:
            raise Refused(403, "You do not have the permission to see this issue.")
        return server.translated(issue(world, name))

    async def users(request: Request) -> object:
        return _users(world, server, request)

    async def projects(_: Request) -> object:
        seen = visible_projects(world.now_ms)
        return [{"id": p.project_id, "key": p.key, "name": p.name} for p in seen]

    async def permissions(request: Request) -> object:
        return directories.permissions(request.query_params.get("permissions", ""))

    async def myself(_: Request) -> object:
        return {"key": "JIRAUSER10000", "name": "steward", "timeZone": ZONE.key}

    async def server_info(_: Request) -> object:
        return {"deploymentType": "Server", "version": "10.3.2"}

    async def statuses(_: Request) -> object:
        return server.translated(directories.statuses())

    async def fields(_: Request) -> object:
        return site.fields()

    async def updated(request: Request) -> object:
        return worklogs.updated(world, since_of(request))

    async def deleted(request: Request) -> object:
        return worklogs.deleted(world, since_of(request))

    async def listed(request: Request) -> object:
        asked = await read_body(request, worklogs.ListRequest)
        return server.translated(worklogs.listed(world, asked))

    async def boards(request: Request) -> object:
        named = request.query_params.get("projectKeyOrId")
        return planning.boards(world, *slice_of(request), named)

    async def configuration(request: Request) -> object:
        return planning.configuration(request.path_params["board"])

    async def sprints(request: Request) -> object:
        board = request.path_params["board"]
        page = planning.sprints(world, board, *slice_of(request))
        return server.translated(page)

    async def development(request: Request) -> object:
        return server.translated(panel_body(world, request))

    posts: dict[str, Body] = {
        f"{SERVER_API}/search": found,
        f"{SERVER_API}/worklog/list": listed,
    }
    gets: dict[str, Body] = {
        f"{SERVER_API}/issue/{{issue}}": one,
        f"{SERVER_API}/user/list": users,
        f"{SERVER_API}/project": projects,
        f"{SERVER_API}/mypermissions": permissions,
        f"{SERVER_API}/myself": myself,
        f"{SERVER_API}/serverInfo": server_info,
        f"{SERVER_API}/status": statuses,
        f"{SERVER_API}/field": fields,
        f"{SERVER_API}/worklog/updated": updated,
        f"{SERVER_API}/worklog/deleted": deleted,
        f"{planning.AGILE}/board": boards,
        f"{planning.AGILE}/board/{{board}}/configuration": configuration,
        f"{planning.AGILE}/board/{{board}}/sprint": sprints,
        "/rest/dev-status/1.0/issue/detail": development,
    }
    return [
        *(_route(path, "POST", body, throttle) for path, body in posts.items()),
        *(_route(path, "GET", body, throttle) for path, body in gets.items()),
    ]


def _found(world: World, server: Server, asked: SearchRequest) -> dict[str, object]:
    """Body of `/search`: a total, and no more than the index hands out."""
    known = snapshot(world, world.now_ms)
    size = min(asked.maxResults, MOST_ISSUES)
    if asked.startAt + size > MOST_RESULTS:
        raise Refused(500, "Search limit exceeded.")
    if asked.validateQuery and (among := _AMONG.search(asked.jql)):
        for name in among[1].split(","):
            if int(name) not in known.by_id:
                message = f"A value with ID '{name.strip()}' does not exist."
                raise Refused(400, message)
    states = world.once(
        ("server search", asked.jql),
        lambda: search(asked.jql, known.at_ms).chosen(known.states),
    )
    page = states[asked.startAt : asked.startAt + size]
    return {
        "expand": "schema,names",
        "startAt": asked.startAt,
        "maxResults": size,
        "total": len(states),
        "issues": [server.issue(known, state, asked) for state in page],
    }


def _users(world: World, server: Server, request: Request) -> dict[str, object]:
    """Body of `/user/list`: everybody, by a cursor."""
    start = int(request.query_params.get("cursor", "0"))
    most = min(int(request.query_params.get("maxResults", "2000")), 100)
    today = world.present.date()
    everybody = [
        server.accounts[account.account_id]
        for account in world.company.jira_accounts
        if account.account_type != "customer" and account.opened_on <= today
    ]
    after = start + most
    body: dict[str, object] = {
        "values": everybody[start:after],
        "isLast": after >= len(everybody),
        "maxResults": most,
    }
    return body if body["isLast"] else {**body, "nextCursor": str(after)}


def _as_text(sprint: dict[str, object]) -> str:
    """A sprint as old servers write it."""
    return (
        "com.atlassian.greenhopper.service.sprint.Sprint@7eede03a"
        f"[id={sprint['id']},rapidViewId={sprint['boardId']},state=CLOSED,"
        f"name={sprint['name']},goal=<null>]"
    )


def _route(path: str, method: str, body: Body, throttle: Throttle) -> Route:
    async def endpoint(request: Request) -> Response:
        try:
            sent = request.headers.get("authorization")
            if sent != f"Bearer {JIRA_ACCESS_TOKEN}":
                raise Refused(401, "Client must be authenticated to access this.")
            return throttle.refusal() or answer(await body(request))
        except Refused as refused:
            return refused.response()

    return Route(path, endpoint, methods=[method])
