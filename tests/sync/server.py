"""The real server in this process, and the weather on the road to it.

Never a model of the protocol: requests go through its own app; only what happens on the way is made up.
"""

import shutil
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
from sqlalchemy import select, update

from central import stations
from central.app import create_app
from central.clock import Clock as ServerClock
from central.config import Settings
from central.directory import keep
from central.intake import append_own
from central.server import Central
from central.tables import ENTRY, FACT, META, STATION
from floor.codec import decode
from floor.events import Event, StationDefined
from floor.people import Person
from sync.road import Road
from tests.sync.world import START_MS, Clock, Feed, Ids

ADMINISTRATOR: Final = "administrator"
LOGIN_PAGE: Final = b"<html><title>Welcome to our guest network</title></html>"


@dataclass(frozen=True)
class StillClock(ServerClock):
    """The server's wall clock stands where the stations' clocks begin."""

    def wall_ms(self) -> int:
        return START_MS


class Server:
    """A plant's server on SQLite that can be stopped, copied and put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ids = Ids(77)
        self.tokens: dict[str, str] = {}
        self.start()

    def start(self) -> None:
        self.app = create_app(Settings(data_dir=self.folder / "central"), ADMINISTRATOR, StillClock())
        self.inner = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)

    def stop(self) -> None:
        self.central.close()

    @property
    def central(self) -> Central:
        central: Central = self.app.state.central
        return central

    def back_up(self) -> None:
        self.stop()
        shutil.rmtree(self.folder / "backup", ignore_errors=True)
        shutil.copytree(self.folder / "central", self.folder / "backup")
        self.start()

    def restore(self) -> None:
        """As somebody does who copies files: nobody is told."""
        self.stop()
        shutil.rmtree(self.folder / "central")
        shutil.copytree(self.folder / "backup", self.folder / "central")
        self.start()

    def restore_knowingly(self) -> None:
        """As an administrator does who tells everybody: the ledger has another epoch afterwards."""
        with self.central.database.writing() as connection:
            connection.execute(update(META).where(META.c.key == "ledger_epoch").values(value="epoch-2"))
        self.stop()
        self.start()

    def decide(self, *events: Event) -> None:
        with self.central.database.writing() as connection:
            append_own(connection, [(self.ids(), event) for event in events], self.central.clock.moment(0))

    def describe(self) -> None:
        feed = Feed()
        feed.describe(10_000)
        self.decide(*(decode(item.kind, item.v, item.body.encode()) for item in feed.items))

    def enrol(self, number: str) -> None:
        defined = StationDefined(at=Clock().reading(), station=number, name=number, work_centre="SAW")
        with self.central.database.writing() as connection:
            plant = self.central.plant.read(connection)
            now = self.central.clock.moment(0)
            _, self.tokens[number] = stations.add(connection, plant, defined, number, True, now)

    def accept(self, number: str, token: str) -> None:
        """Take a token that another server gave out."""
        self.tokens[number] = token
        with self.central.database.writing() as connection:
            where = STATION.c.station == number
            connection.execute(update(STATION).where(where).values(token_sha256=stations.sha256(token)))

    def employ(self, *people: Person) -> None:
        with self.central.database.writing() as connection:
            keep(connection, people)

    def counted(self) -> Counter[str]:
        """How often each event counts here."""
        with self.central.database.reading() as connection:
            return Counter(connection.execute(select(FACT.c.event_id)).scalars())

    def entries(self, stream: str) -> int:
        with self.central.database.reading() as connection:
            return len(connection.execute(select(ENTRY.c.seq).where(ENTRY.c.stream == stream)).all())


Fault = Callable[[httpx.Request, "Weather"], Awaitable[httpx.Response]]


@dataclass
class Weather(httpx.AsyncBaseTransport):
    """What happens to each request, in order; fair when nothing was said."""

    server: Server
    faults: deque[Fault | None] = field(default_factory=deque)
    seen: list[str] = field(default_factory=list)
    """Last part of the path of each request."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(request.url.path.rpartition("/")[2])
        fault = self.faults.popleft() if self.faults else None
        return await (fault or fair)(request, self)

    def road(self, number: str) -> Road:
        return Road(number, "http://server.test", self.server.tokens[number], "0.1.0", transport=self)


async def fair(request: httpx.Request, weather: Weather) -> httpx.Response:
    return await weather.server.inner.handle_async_request(request)


async def lost_request(request: httpx.Request, weather: Weather) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


async def lost_answer(request: httpx.Request, weather: Weather) -> httpx.Response:
    await fair(request, weather)
    raise httpx.ReadError("reset", request=request)


async def sent_twice(request: httpx.Request, weather: Weather) -> httpx.Response:
    await fair(request, weather)
    return await fair(request, weather)


async def timed_out(request: httpx.Request, weather: Weather) -> httpx.Response:
    raise httpx.ReadTimeout("silence", request=request)


async def login_page(request: httpx.Request, weather: Weather) -> httpx.Response:
    return answer(200, LOGIN_PAGE, {"Content-Type": "text/html"})


async def redirect(request: httpx.Request, weather: Weather) -> httpx.Response:
    return answer(302, b"", {"Location": "http://login.test/"})


async def not_echoed(request: httpx.Request, weather: Weather) -> httpx.Response:
    """A proxy that answers from its memory."""
    response = await fair(request, weather)
    response.headers["X-Request-Id"] = "another"
    return response


async def truncated(request: httpx.Request, weather: Weather) -> httpx.Response:
    """A proxy that cuts the body and gives no length: 200 all the same."""
    response = await fair(request, weather)
    whole = b"".join([chunk async for chunk in response.stream])
    headers = [(name, value) for name, value in response.headers.items() if name != "content-length"]
    return httpx.Response(response.status_code, headers=headers, stream=Chunks([whole[: len(whole) // 2]]))


def status(code: int, body: bytes = b'{"error": "made up"}', **headers: str) -> Fault:
    """An answer of the server itself, made up."""

    async def answered(request: httpx.Request, weather: Weather) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["X-Request-Id"] = request.headers["X-Request-Id"]
        return answer(code, body, named)

    return answered


def answer(status_code: int, body: bytes = b"{}", headers: dict[str, str] | None = None) -> httpx.Response:
    """A response that is read as one from the network is: in pieces, once."""
    return httpx.Response(
        status_code, headers={"Content-Type": "application/json"} | (headers or {}), stream=Chunks([body])
    )


@dataclass
class Chunks(httpx.AsyncByteStream):
    """A body in pieces; `wait` passes between them."""

    pieces: list[bytes]
    wait: Callable[[], Awaitable[object]] | None = None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            if self.wait:
                await self.wait()
            yield piece
