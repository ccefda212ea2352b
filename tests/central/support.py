"""A plant that is served, and stations that speak the wire without a kiosk.

Never goes past HTTP where a station would not.
"""

import gzip
import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import httpx
import uvicorn
from fastapi import FastAPI
from uuid_utils import uuid7

from central.api.access import API
from central.app import create_app
from central.config import Settings
from central.server import Central
from floor import chain
from floor.codec import Envelope, encode
from floor.events import (
    Event,
    Moment,
    ReportContent,
    Reported,
    RunKind,
    RunStarted,
    Scrap,
    SlipIssued,
)
from floor.source import Source
from floor.tags import count_to_letters

ROOT: Final = Path(__file__).resolve().parents[2]
DEMO: Final = ROOT / "assets" / "demo"
TOKEN: Final = "an administrator's token"
START_MS: Final = 1_795_420_800_000
"""2026-11-23 08:00 UTC."""


def demo_files() -> dict[str, str]:
    """The demo plant as `central load` sends it; no lot is owed in it, unless a test loads tracked items."""
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(DEMO.iterdir())}
    return files | {"items.csv": files["items.csv"].replace(",lot,", ",,")}


def new_id() -> str:
    return uuid7().hex


@dataclass
class Plant:
    """A served plant, asked as its administrator."""

    app: FastAPI
    address: str
    http: httpx.Client
    stations: list["Station"] = field(default_factory=list)

    @property
    def central(self) -> Central:
        central: Central = self.app.state.central
        return central

    def get(self, path: str, status: int = 200) -> Any:
        answer = self.http.get(API + path)
        assert answer.status_code == status, answer.text
        return answer.json()

    def post(self, path: str, content: object, status: int = 200) -> Any:
        answer = self.http.post(API + path, json=content)
        assert answer.status_code == status, answer.text
        return answer.json()

    def load(self, files: dict[str, str] | None = None, status: int = 200) -> Any:
        return self.post("/load", {"files": demo_files() if files is None else files}, status)

    def station(self, number: str) -> "Station":
        """A station with a token and a fresh stream that said hello."""
        token = self.post("/stations", {"station": number}, 201)["token"]
        http = httpx.Client(
            base_url=self.address + API,
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
            trust_env=False,
        )
        station = Station(number, http)
        self.stations.append(station)
        station.hello()
        return station


@dataclass
class Station:
    """A station's stream and what it would send."""

    number: str
    http: httpx.Client
    stream: str = field(default_factory=lambda: os.urandom(16).hex())
    entries: list[tuple[Envelope, chain.Sealed]] = field(default_factory=list)
    prefix: str = ""
    now_ms: int = START_MS
    slips: int = 0

    @property
    def header(self) -> chain.StreamHeader:
        return chain.StreamHeader(self.stream)

    def hash_at(self, seq: int) -> str:
        return self.entries[seq - 1][1].hash if seq else chain.first_hash(self.header)

    def claim(self) -> dict[str, Any]:
        last = len(self.entries)
        locator = [[seq, self.hash_at(seq)] for seq in chain.locator(last)]
        return {"stream": self.stream, "last_seq": last, "head": self.hash_at(last), "locator": locator}

    def say_hello(self, **changes: Any) -> httpx.Response:
        message = {
            "app_version": "test",
            "station": self.number,
            "streams": [self.claim()],
            "feed": {},
            "clock": {"wall_ms": self.now_ms, "boot_id": "boot", "monotonic_ms": 1},
            "pending": 0,
            "oldest_pending_s": None,
            "disk_free_bytes": 10**10,
        }
        return self.http.post("/sync/hello", json=message | changes)

    def hello(self, **changes: Any) -> Any:
        answer = self.say_hello(**changes)
        assert answer.status_code == 200, answer.text
        self.prefix = answer.json()["streams"][0]["prefix"]
        return answer.json()

    def moment(self) -> Moment:
        self.now_ms += 60_000
        return Moment(
            wall_ms=self.now_ms, clamped_ms=self.now_ms, boot_id="boot", monotonic_ms=self.now_ms - START_MS
        )

    def record(self, *events: Event) -> list[str]:
        """Appends to the station's own chain; returns the ids."""
        return self.record_envelopes([encode(new_id(), event) for event in events])

    def record_envelopes(self, envelopes: Sequence[Envelope]) -> list[str]:
        last = len(self.entries)
        sealed = chain.seal(
            self.stream, last, self.hash_at(last), [(found.event_id, found.digest) for found in envelopes]
        )
        self.entries += list(zip(envelopes, sealed, strict=True))
        return [found.event_id for found in envelopes]

    def record_raw(self, kind: str, body: str, event_id: str | None = None, version: int = 1) -> str:
        """An event of any kind with any body."""
        event_id = event_id or new_id()
        octets = body.encode()
        digest = chain.digest(kind, version, octets)
        envelope = Envelope(event_id, kind, version, octets, digest, SlipIssued.model_construct().subjects())
        self.record_envelopes([envelope])
        return event_id

    def batch(self, first: int, last: int) -> dict[str, Any]:
        return {
            "stream": self.stream,
            "first_seq": first,
            "prev_hash": self.hash_at(first - 1),
            "events": [
                {
                    "seq": place.seq,
                    "event_id": event.event_id,
                    "kind": event.kind,
                    "v": event.version,
                    "body": event.body.decode(),
                    "hash": place.hash,
                }
                for event, place in self.entries[first - 1 : last]
            ],
        }

    def push(self, first: int = 1, last: int | None = None, **changes: Any) -> httpx.Response:
        message = self.batch(first, last or len(self.entries)) | changes
        packed = gzip.compress(json.dumps(message).encode())
        return self.http.post("/sync/push", content=packed, headers={"Content-Encoding": "gzip"})

    def pushed(self, first: int = 1, last: int | None = None) -> Any:
        answer = self.push(first, last)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def feed(self, epoch: str | None = None, cursor: str | None = None, limit: int = 1000) -> httpx.Response:
        asked = {"epoch": epoch, "cursor": cursor, "limit": limit}
        return self.http.get("/sync/feed", params={k: v for k, v in asked.items() if v is not None})

    def whole_feed(self, limit: int = 1000) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        epoch = cursor = None
        while True:
            page = self.feed(epoch, cursor, limit).json()
            items += page["items"]
            epoch, cursor = page["epoch"], page["cursor"]
            if not page["has_more"]:
                return items

    # What operators do

    def new_slip(self) -> str:
        self.slips += 1
        return self.prefix + count_to_letters(self.slips, 5)

    def issue(self, order: str, quantity: int, slip: str | None = None) -> str:
        slip = slip or self.new_slip()
        issued = SlipIssued(at=self.moment(), by="4801", slip=slip, order=order, quantity=Decimal(quantity))
        self.record(issued)
        return slip

    def start(self, slip: str, order: str | None, step: int = 10, warned: tuple[str, ...] = ()) -> str:
        started = RunStarted(
            at=self.moment(),
            by="4711",
            slip=slip,
            order=order,
            step=step,
            machine="SAW-1",
            operators=("4711",),
            run_kind=RunKind.PRODUCTION,
            warned=warned,
        )
        return self.record(started)[0]

    def report(self, slip: str, order: str | None, good: int, **more: Any) -> str:
        reported = self.reported(slip, order, good, **more)
        return self.record(reported)[0]

    def reported(self, slip: str, order: str | None, good: int, **more: Any) -> Reported:
        step = more.pop("step", 10)
        scrap = more.pop("scrap", 0)
        reason = more.pop("reason", "S01")
        lines = (Scrap(quantity=Decimal(scrap), reason=reason, caused_at=step),) if scrap else ()
        content = ReportContent(
            step=step,
            machine=more.pop("machine", "SAW-1"),
            operators=more.pop("operators", ("4711",)),
            unit="pcs",
            good=Decimal(good),
            scrap=lines,
            final=more.pop("final", False),
        )
        return Reported(
            at=self.moment(), by="4711", slip=slip, order=order, content=content, source=Source.SCAN, **more
        )


@contextmanager
def served(settings: Settings) -> Iterator[Plant]:
    """The real server on a free port, stopped at the end."""
    app = create_app(settings, TOKEN)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    http = httpx.Client(
        base_url=address, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60, trust_env=False
    )
    plant = Plant(app, address, http)
    try:
        wait_until(lambda: server.started)
        yield plant
    finally:
        for client in (http, *(station.http for station in plant.stations)):
            client.close()
        server.should_exit = True
        thread.join(10)


def wait_until(true: Any, s_max: float = 10) -> None:
    deadline = time.monotonic() + s_max
    while not true():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)
