"""The toy vendor over the simulated company."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ingestion.simulator import timeline
from ingestion.simulator.company import Company
from ingestion.simulator.emergence import emergence, scaled
from ingestion.simulator.habits import users
from ingestion.simulator.vendor import Controls, SimulatedVendor, refusal
from ingestion.simulator.world import World
from ingestion.window import Window

KEY = "toy-key-of-the-simulator"
STARTS_ON = date(2026, 11, 2)
PAGE = 5


def rows(company: Company, at: datetime, window: Window) -> list[dict[str, object]]:
    """What the vendor reports of a window at an instant."""
    found = [
        (int(day), user.person.positions[0].email, int(100 * user.dollars[day]))
        for user in users(company, "windsurf")
        for day in np.flatnonzero(user.dollars)
    ]
    found.sort()
    days = np.array([day for day, _, _ in found])
    tokens = np.array([1 + amount for _, _, amount in found])
    shown, thousandths = emergence(company.seed, "toy", days, 5).shown(at)
    first, last = timeline.index(window.first), timeline.index(window.last)
    kept = shown & (days >= first) & (days <= last)
    return [
        {
            "day": str(timeline.day_at(int(days[n]))),
            "email": found[n][1],
            "input_tokens": 10 * int(amount),
            "cached_tokens": 7 * int(amount),
            "output_tokens": int(amount),
        }
        for n, amount in enumerate(scaled(tokens, thousandths))
        if kept[n]
    ]


def routes(world: World) -> Sequence[Route]:
    """The vendor's one route."""

    async def usage(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return refusal(401, "wrong key", {})
        asked = request.query_params
        window = Window(
            date.fromisoformat(asked["first"]), date.fromisoformat(asked["last"])
        )
        found = rows(world.company, world.present, window)
        start = int(asked.get("page", "0"))
        after = start + PAGE
        following = str(after) if after < len(found) else None
        return JSONResponse({"data": found[start:after], "next_page": following})

    return [Route("/usage", usage)]


def settings(url: str, folder: Path) -> Mapping[str, object]:
    """The vendor's part of the configuration."""
    return {"base_url": url, "starts_on": STARTS_ON}


def expected(company: Company, at: datetime, window: Window) -> Controls:
    """Control sums."""
    found = rows(company, at, window)
    names = ("input_tokens", "cached_tokens", "output_tokens")
    sums = {name: sum(int(str(row[name])) for row in found) for name in names}
    return {"usage": {"rows": len(found), **sums}}


VENDOR = SimulatedVendor(
    source="toy",
    routes=routes,
    settings=settings,
    secrets={"TOY_KEY": KEY},
    expected=expected,
    cursor_fields=("next_page",),
)
