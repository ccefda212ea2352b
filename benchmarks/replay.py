"""Plays a machine shop's log through the real path, and compares what central counted with the file.

    python benchmarks/replay.py FILE.csv [--stations N] [--database URL] [--json]

Every row is entered by its operator through the scanner and the conversation of a station with a ledger of
its own; the stations are offline half of the time; a real central, in a process of its own, counts. Exits 1
where a total differs.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks import database, machine_log
from benchmarks.machine_log import Action, BrokenLogError, LogRow, Phase
from benchmarks.stations import Hands, Station, opened_station
from floor.commands import IssueSlips
from floor.events import RunKind, SlipIssued, Subjects
from floor.refusals import Refusal
from floor.tags import CommandWord, step_code
from kiosk.demo.server import PlantServer
from kiosk.dialogue.names import RUN_KINDS

SPELL_ACTIONS: Final = 40
"""A station is online, then offline, for so many of its actions each."""

CHANCE: Final = 20120102
"""Seed of everything that is drawn, so that a replay is the same each time."""


@dataclass(slots=True)
class Player:
    """One station with its operators' hands, and what they know of the paper that lies before them."""

    station: Station
    slips: dict[str, str]
    routes: dict[str, list[str]]
    badges: dict[str, str]
    tags: dict[str, str]
    played: int = 0

    @property
    def hands(self) -> Hands:
        """The operator's hands at this station."""
        return self.station.hands

    async def play(self, action: Action) -> None:
        """Enter one moment of one row, unless it is in the ledger already."""
        self.hands.clock.set(action.at)
        self.station.intents.next_id = action.event_id
        if await self.station.memory.knows(action.event_id):
            return
        await self.hands.scan(self.badges[action.row.operator])
        await self.hands.scan(self.tags[action.row.machine])
        if action.row.kind == "breakdown":
            await self._breakdown(action)
        elif action.phase is Phase.START:
            await self._start(action.row)
        else:
            await self._end(action.row)
        self.hands.expect_done()
        await self._sync_in_spells()

    def _code(self, row: LogRow) -> str:
        return step_code(
            self.slips[row.order], machine_log.step_number(self.routes[row.order], row.operation)
        )

    async def _start(self, row: LogRow) -> None:
        await self.hands.scan(self._code(row))
        if row.kind == "setup":
            await self.hands.word(CommandWord.SETUP)
        await self.hands.word(CommandWord.START)

    async def _end(self, row: LogRow) -> None:
        """Choose the run, then say what it gave: numbers followed by what they count, good last."""
        await self.hands.word(CommandWord.END)
        run = _cells(row, row.order, str(machine_log.step_number(self.routes[row.order], row.operation)))
        await self.hands.choose(lambda cells: cells == run)
        for amount, key in ((row.scrap, "f4"), (row.review, "f6"), (row.rework, "f5")):
            if amount:
                await self.hands.type(*str(amount), key)
        await self.hands.type(*str(row.good), "enter")
        if self.hands.is_asked:  # so many that the terminal asks whether that is right
            await self.hands.choose(lambda cells: cells[0].startswith(SURE))

    async def _breakdown(self, action: Action) -> None:
        if action.phase is Phase.START:
            await self.hands.word(CommandWord.DOWN)
            await self.hands.word(CommandWord.OK)
            return
        await self.hands.word(CommandWord.UP)
        if not self.hands.shows_done:
            since = _since(action.row)
            await self.hands.choose(lambda cells: cells[0] == since)

    async def _sync_in_spells(self) -> None:
        self.played += 1
        online = (self.played // SPELL_ACTIONS) % 2 == 0
        if online and self.played % (SPELL_ACTIONS // 4) == 0:
            await self.station.sync()


SURE: Final = "Yes"
"""How the line begins that says that a number is right."""


def _since(row: LogRow) -> str:
    return f"{row.started_at.day} {row.started_at:%b %H:%M}"


def _cells(row: LogRow, order: str, step: str) -> tuple[str, ...]:
    """The line of the terminal's list of open runs that means this row."""
    return (_since(row), order, step, row.machine, RUN_KINDS[RunKind(row.kind)])


async def issue_slips(station: Station, rows: list[LogRow]) -> dict[str, str]:
    """One slip for each order's whole quantity; those that exist are taken as they are."""
    slips: dict[str, str] = {}
    for order, row in sorted({row.order: row for row in rows}.items()):
        known = (await station.memory.picture(Subjects(order=order))).order
        if known.slips:
            slips[order] = min(known.slips)
            continue
        command = IssueSlips(
            intent=machine_log.slip_event_id(order),
            by=None,
            order=order,
            quantity=Decimal(row.order_quantity),
        )
        answer = await station.memory.record(command)
        if isinstance(answer, Refusal):
            raise SystemExit(f"no slip for {order}: {answer.sentence}")
        event = answer.facts[0].event
        if isinstance(event, SlipIssued):
            slips[order] = event.slip
    return slips


async def replay(rows: list[LogRow], server: PlantServer, stations: int, folder: Path) -> float:
    """Play all rows on `stations` stations; the seconds that entering and syncing took."""
    chance = Random(CHANCE)
    badges, tags = machine_log.codes(rows)
    machines = {machine: at % stations for at, machine in enumerate(sorted(tags))}
    async with AsyncExitStack() as stack:
        opened = [
            await stack.enter_async_context(
                opened_station(server, f"terminal-{at}", folder, Random(chance.random()))
            )
            for at in range(stations)
        ]
        for station in opened:
            await station.sync()
        slips = await issue_slips(opened[0], rows)
        for station in opened:
            await station.sync()
        routes = machine_log.routes(rows)
        players = [Player(station, slips, routes, badges, tags) for station in opened]
        begun = time.perf_counter()
        for action in machine_log.actions(rows):
            await players[machines[action.row.machine]].play(action)
        for station in opened:
            await station.sync()
        return time.perf_counter() - begun


def counted(server: PlantServer, rows: list[LogRow]) -> dict[str, Any]:
    """What central counted, in the shape that this program prints."""
    figures = server.get("/summary")
    boards = {shown["board"]["order"]: shown["board"] for shown in server.get("/board")["orders"]}
    by_order: dict[str, dict[str, dict[str, int]]] = {}
    totals: Counter[str] = Counter()
    for order, route in sorted(machine_log.routes(rows).items()):
        by_order[order] = {}
        for line in boards[order]["steps"]:
            operation = route[line["step"] // machine_log.STEP_SPACING - 1]
            found = {column: int(line[column]) for column in machine_log.COUNTED}
            by_order[order][operation] = found
            totals.update(found)
    return {
        "rows": len(rows),
        "events": figures["events"],
        "reports": figures["reports"],
        "quarantined": figures["quarantined"],
        "warnings": figures["warnings"],
        "flags": figures["flags"],
        "totals": {column: totals[column] for column in machine_log.COUNTED},
        "by_order": by_order,
    }


def differences(found: dict[str, Any], rows: list[LogRow]) -> Iterator[str]:
    """Where central's totals are not the file's."""
    for order, operations in machine_log.totals(rows).items():
        for operation, figures in operations.items():
            there = found["by_order"].get(order, {}).get(operation)
            if there != figures:
                yield f"{order}, {operation}: the file says {figures}, central counted {there}"


def main() -> int:
    """Play, print, compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--stations", type=int, default=1)
    parser.add_argument(
        "--database",
        help="`embedded` starts a PostgreSQL; else a new SQLite file",
    )
    parser.add_argument("--rows", type=int, help="play only so many rows from the beginning")
    parser.add_argument("--json", action="store_true", help="print the JSON object alone")
    given = parser.parse_args()
    try:
        rows = machine_log.read(given.file)[: given.rows]
    except (OSError, BrokenLogError) as error:
        print(f"{given.file}: {error}", file=sys.stderr)
        return 2
    with (
        tempfile.TemporaryDirectory() as folder,
        database.opened(given.database) as url,
        PlantServer.started(Path(folder) / "central", url) as server,
    ):
        server.load_files(machine_log.plant_files(rows))
        seconds = asyncio.run(replay(rows, server, given.stations, Path(folder)))
        found = counted(server, rows)
    found["reports_per_second"] = round(found["reports"] / seconds, 1)
    print(json.dumps(found, indent=None if given.json else 1, ensure_ascii=False))
    wrong = list(differences(found, rows))
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
