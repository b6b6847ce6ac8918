"""Billing of AI credits, and seats."""

from datetime import date, timedelta

import numpy as np
from starlette.requests import Request
from starlette.responses import Response

from ingestion.simulator import timeline
from ingestion.simulator.copilot.accounts import Account, accounts
from ingestion.simulator.copilot.consumption import MODELS, Credits, credits_at
from ingestion.simulator.copilot.keys import ENTERPRISE, ORGANIZATION
from ingestion.simulator.github.answers import answer, instant
from ingestion.simulator.refused import Refused
from ingestion.simulator.world import World

_REACHES = timedelta(days=731)
Body = dict[str, object]


def usage(world: World, request: Request, is_enterprise: bool) -> Response:
    """Body of `…/ai_credit/usage`: one aggregate per filter, never a row per user."""
    period, first, after = _period(world, request)
    rows = billed(world).of(timeline.index(first), timeline.index(after))
    body: Body = {"timePeriod": period}
    if is_enterprise:
        body["enterprise"] = ENTERPRISE
    else:
        body["organization"] = ORGANIZATION
    if (login := request.query_params.get("user")) is not None:
        rows = rows.take(rows.account == _number(world, login))
        body["user"] = login
    for name in ("model", "product"):
        if (value := request.query_params.get(name)) is not None:
            labels = MODELS if name == "model" else ["Copilot"] * len(MODELS)
            named = np.array([label.lower() == value.lower() for label in labels])
            rows, body[name] = rows.take(named[rows.model]), value
    return answer(body | {"usageItems": _items(rows)})


def seats(world: World, request: Request, is_enterprise: bool) -> Response:
    """Body of `…/billing/seats`; an enterprise lists who is in two organisations
    twice, and counts them once."""
    today = world.present.date()
    held = [a for a in accounts(world.company) if a.has_seat(today)]
    listed = [_seat(world, account, today) for account in held]
    if is_enterprise:
        listed += listed[::4]
    per_page = _whole(request, "per_page", 50)
    page = _whole(request, "page", 1)
    start = (page - 1) * min(per_page, 100)
    shown = listed[start : start + min(per_page, 100)]
    more: dict[str, str] = {}
    if start + len(shown) < len(listed):
        following = request.url.include_query_params(page=page + 1)
        more = {"link": f'<{following}>; rel="next"'}
    return answer({"total_seats": len(held), "seats": shown}, headers=more)


def billed(world: World) -> Credits:
    """What is billed at the present."""
    return world.once(
        "copilot credits", lambda: credits_at(world.company, world.present)
    )


def _period(world: World, request: Request) -> tuple[Body, date, date]:
    """(the period as told, its first day, the day after it)."""
    today = world.present.date()
    year = _whole(request, "year", today.year)
    month = _whole(request, "month", today.month)
    names = ["year", "month"]
    try:
        first = date(year, month, 1)
        after = (first + timedelta(days=32)).replace(day=1)
        if "day" in request.query_params:
            first = date(year, month, _whole(request, "day", 1))
            after = first + timedelta(days=1)
            names.append("day")
        elif "year" in request.query_params and "month" not in request.query_params:
            first, after, names = date(year, 1, 1), date(year + 1, 1, 1), ["year"]
    except ValueError:
        raise Refused(400, "Invalid date.") from None
    if first < today - _REACHES:
        raise Refused(400, "Only data from the past 24 months is accessible.")
    told: Body = {name: getattr(first, name) for name in names}
    return told, first, after


def _whole(request: Request, name: str, default: int) -> int:
    value = request.query_params.get(name, str(default))
    if not value.isdigit() or int(value) < 1:
        raise Refused(400, f"{name} must be a positive whole number.")
    return int(value)


def _number(world: World, login: str) -> int:
    """The account with this login now; an earlier one is known no more."""
    today = world.present.date()
    for number, account in enumerate(accounts(world.company)):
        if account.login(today).lower() == login.lower():
            return number
    raise Refused(404, "Not Found")


def _items(rows: Credits) -> list[Body]:
    """A line per model."""
    gross, discount = (np.zeros(len(MODELS), np.int64) for _ in range(2))
    np.add.at(gross, rows.model, rows.gross)
    np.add.at(discount, rows.model, rows.discount)
    return [
        {
            "product": "Copilot",
            "sku": "Copilot AI Credits",
            "model": MODELS[n],
            "unitType": "credits",
            "pricePerUnit": 0.01,
            **_amounts("gross", int(gross[n])),
            **_amounts("discount", int(discount[n])),
            **_amounts("net", int(gross[n] - discount[n])),
        }
        for n in np.flatnonzero(gross)
    ]


def _amounts(name: str, hundredths: int) -> Body:
    """Quantity and dollars; the shortest text of each float is the exact decimal."""
    return {f"{name}Quantity": hundredths / 100, f"{name}Amount": hundredths / 10_000}


def _seat(world: World, account: Account, today: date) -> Body:
    """A seat; the holder's last day of use is told for 90 days."""
    used = np.flatnonzero(account.dollars[: max(timeline.index(today), 0)])
    last = timeline.day_at(int(used[-1])) if len(used) else None
    if last is not None and last < today - timedelta(days=90):
        last = None
    person, begun = account.person, account.seat_from or today
    has_left = person is not None and person.last_day and person.last_day < today
    return {
        "created_at": instant(begun),
        "updated_at": instant(begun),
        "pending_cancellation_date": str(account.seat_to) if has_left else None,
        "last_activity_at": None if last is None else instant(last, 15),
        "last_activity_editor": None if last is None else "vscode/1.107.1/copilot",
        "last_authenticated_at": None if last is None else instant(last, 8),
        "plan_type": "business",
        "assignee": _user(account, account.login(today)),
    }


def _user(account: Account, login: str) -> Body:
    url = f"https://api.github.com/users/{login}"
    lists = (
        "followers", "following", "gists", "starred", "subscriptions", "repos",
        "events", "received_events",
    )  # fmt: skip
    return {
        "login": login,
        "id": account.user_id,
        "node_id": f"U_{account.user_id}",
        "avatar_url": f"https://avatars.githubusercontent.com/u/{account.user_id}",
        "gravatar_id": "",
        "url": url,
        "html_url": f"https://github.com/{login}",
        **{f"{name}_url": f"{url}/{name}" for name in lists},
        "organizations_url": f"{url}/orgs",
        "type": "User",
        "site_admin": False,
    }
