"""One server for all vendors on loopback: in a thread for tests, or as a process."""

import socket
import threading
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime

import msgspec
import uvicorn
from msgspec import Struct
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from ingestion.simulator import damage, jira, timeline
from ingestion.simulator.company import Company
from ingestion.simulator.faults import Fault, Faults
from ingestion.simulator.jira.answers import refusal as jira_refusal
from ingestion.simulator.vendor import vendors
from ingestion.simulator.world import World


class ClockRequest(Struct):
    """Body of a request that moves the clock."""

    present: datetime


@contextmanager
def serving(
    company: Company,
    *,
    present: datetime = timeline.PRESENT,
    throttles: bool = False,
    faults: Iterable[Fault] = (),
) -> Generator[str]:
    """The vendors' address while the block runs; `throttles` turns rate limits on.

    Every AI vendor answers below its name, Jira below `/jira`, the same site as Data
    Center below `/jira_data_center`, control requests below `/_simulator`.
    """
    with listening() as listener:
        server = uvicorn.Server(configured(company, present, throttles, faults))
        thread = threading.Thread(
            target=server.run, kwargs={"sockets": [listener]}, daemon=True
        )
        thread.start()
        try:
            yield address(listener)
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


def listening(port: int = 0) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one."""
    # The protocol is named, since only then asyncio sends small answers at once.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(100)
    except OSError:
        listener.close()
        raise
    return listener


def address(listener: socket.socket) -> str:
    """`http://127.0.0.1:<port>` of a listening socket."""
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def configured(
    company: Company,
    present: datetime,
    throttles: bool,
    faults: Iterable[Fault] = (),
) -> uvicorn.Config:
    """The server's configuration: quiet, since broken answers are its purpose."""
    return uvicorn.Config(
        application(company, present, throttles, faults),
        log_level="critical",
        access_log=False,
        lifespan="off",
        ws="none",
        loop="asyncio",
    )


def application(
    company: Company,
    present: datetime,
    throttles: bool,
    faults: Iterable[Fault] = (),
) -> Faults:
    """The vendors and the control requests, inside the layer of faults."""
    world = World(company, present, throttles)
    served = [vendor for vendor in vendors() if vendor.routes is not None]
    for vendor in served:
        damage.know(vendor.row_fields, vendor.cursor_fields)
    app = Starlette(
        routes=[
            *(
                Mount(f"/{vendor.source}", routes=list(vendor.routes(world)))
                for vendor in served
                if vendor.routes
            ),
            Mount("/jira", routes=jira.routes(world)),
            Mount("/jira_data_center", routes=jira.data_center_routes(world)),
            Route("/_simulator/clock", clock, methods=["GET", "POST"]),
            Route("/_simulator/faults", switch, methods=["GET", "POST", "DELETE"]),
            Route("/_simulator/requests", requests, methods=["GET"]),
        ]
    )
    refuse = {vendor.source: vendor.refusal for vendor in served}
    both = {"jira": jira_refusal, "jira_data_center": jira_refusal}
    layer = Faults(app, world.requests.append, {**refuse, **both})
    layer.put(faults)
    app.state.world, app.state.faults = world, layer
    return layer


async def clock(request: Request) -> Response:
    """The present; POST `{"present": "<RFC 3339>"}` moves it."""
    world: World = request.app.state.world
    if request.method == "POST":
        try:
            asked = msgspec.json.decode(await request.body(), type=ClockRequest)
        except msgspec.ValidationError as error:
            return JSONResponse({"error": str(error)}, 400)
        if asked.present.tzinfo is None:
            return JSONResponse({"error": "present needs a time zone"}, 400)
        world.present = asked.present
    return JSONResponse({"present": world.present.isoformat()})


async def switch(request: Request) -> Response:
    """The faults in force; POST a list of them replaces all, DELETE removes them."""
    layer: Faults = request.app.state.faults
    if request.method == "POST":
        try:
            layer.put(msgspec.json.decode(await request.body(), type=list[Fault]))
        except msgspec.ValidationError as error:
            return JSONResponse({"error": str(error)}, 400)
    elif request.method == "DELETE":
        layer.put([])
    return JSONResponse(msgspec.to_builtins(layer.active))


async def requests(request: Request) -> Response:
    """Every request to a vendor so far, as `METHOD path`, in order."""
    world: World = request.app.state.world
    return JSONResponse(world.requests)
