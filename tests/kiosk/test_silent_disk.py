"""A ledger that another program locks while somebody works: real files, real locks; the terminal stays up."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from floor.commands import Command
from floor.events import ReasonDefined, ReasonUse, Reported
from floor.refusals import Refusal
from floor.station import Recorded
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.conversation import Conversation
from kiosk.dialogue.talk import Place
from kiosk.dialogue.view import Waiting, Working
from kiosk.scanner import Scanner
from sync.errors import BusyError, NotReadableError
from sync.opening import LEDGER_NAME
from tests.kiosk.at_terminal import command
from tests.kiosk.shop_memory import BADGE, BOB, JOHN, REASON, SPLIT
from tests.sync.world import START_MS, Clock, Station, described, issue_slips, station

BOBS_BADGE = encode(TagKind.PERSON, BOB.badge)
SILENT = "The disk does not answer."


class AtStation:
    """Somebody at a terminal on a real ledger."""

    def __init__(self, folder: Path, here: Station) -> None:
        self._folder = folder
        self.here = here
        self.scanner = Scanner()
        self.now_ms = float(START_MS)
        self.conversation = self.started_anew()

    def started_anew(self) -> Conversation:
        place = Place("Saw 1", "SAW")
        return Conversation(self.here.memory, place, self.here.ids, lambda: self.now_ms)

    async def scan(self, code: str) -> None:
        self.now_ms += 500
        await self._press([*code, "enter"], 0)

    async def keys(self, *keys: str) -> None:
        await self._press(list(keys), 150)

    async def _press(self, keys: list[str], gap_ms: float) -> None:
        for key in keys:
            self.now_ms += gap_ms
            for taken in self.scanner.press(key, self.now_ms):
                await self.conversation.take(taken)

    async def second(self, seconds: float = 1) -> None:
        self.now_ms += seconds * 1000
        await self.conversation.refresh()

    @property
    def body(self) -> object:
        return self.conversation.view(self.scanner.pending).body

    @property
    def notice(self) -> str:
        notice = self.conversation.view("").notice
        return notice.title if notice else ""

    @property
    def trouble(self) -> str:
        return self.conversation.view("").foot.trouble or ""

    async def reports(self) -> list[Reported]:
        last = await self.here.memory.last_reports()
        return [found.fact.event for found in last if isinstance(found.fact.event, Reported)]

    async def break_connection(self) -> None:
        await self.here.inside(lambda memory: memory.ledger.disk.connection.close())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program holds the file: no new connection can be opened."""
        other = sqlite3.connect(self._folder / LEDGER_NAME, isolation_level=None)
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        try:
            yield
        finally:
            other.close()


@asynccontextmanager
async def at_station(folder: Path) -> AsyncIterator[tuple[AtStation, str]]:
    """A terminal that has looked around, and a slip of 80."""
    async with station(folder) as here:
        feed = await described(here)
        reason = ReasonDefined(
            at=Clock().reading(), reason="split", name="split wood", uses=(ReasonUse.SCRAP,), code=SPLIT
        )
        feed.add(reason)
        await here.take(feed, after=len(feed.items) - 1)
        await here.inside(lambda memory: memory.directory.replace("v1", [JOHN, BOB]))
        (slip,) = await issue_slips(here, 80)
        terminal = AtStation(folder, here)
        await terminal.conversation.start()
        yield terminal, slip


async def begun(terminal: AtStation, slip: str) -> None:
    """John has 4 scrap on the screen."""
    await terminal.scan(BADGE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    assert isinstance(terminal.body, Working)


@pytest.mark.parametrize(
    "said",
    [
        "slip",
        REASON,
        BOBS_BADGE,
        encode(TagKind.MACHINE, "BBBBBB"),
        *(command(word) for word in CommandWord if word not in {CommandWord.SIGN_OFF, CommandWord.TRAINING}),
    ],
)
async def test_a11_whatever_is_said_to_a_silent_disk_ends_no_terminal_and_it_goes_on_with_the_disk(
    tmp_path: Path, said: str
) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await terminal.scan(BADGE)
        await terminal.break_connection()
        with terminal.locked():
            await terminal.scan(step_code(slip, 10) if said == "slip" else said)
            await terminal.second()
            assert terminal.trouble
        await terminal.keys("escape")
        await terminal.second()
        assert terminal.trouble == ""
        await terminal.scan(BADGE)
        await terminal.keys("escape", "delete")
        await terminal.scan(step_code(slip, 10))
        await terminal.keys("enter")
        assert [report.content.good for report in await terminal.reports()] == [80]


async def test_what_was_not_taken_is_said_so_and_counts_when_it_is_done_again(tmp_path: Path) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await begun(terminal, slip)
        await terminal.keys("1")
        await terminal.break_connection()
        with terminal.locked():
            before = terminal.body
            await terminal.scan(encode(TagKind.MACHINE, "BBBBBB"))
            assert terminal.notice == Refusal.DISK_SILENT.sentence
            assert terminal.body == before
            assert terminal.conversation.view("").header.machine == "", "nothing of it was taken"
            await terminal.keys("enter")
            assert terminal.notice == Refusal.NOT_SAVED.sentence
        await terminal.second()
        assert terminal.trouble == ""
        await terminal.keys("enter")
        (report,) = await terminal.reports()
        assert (report.content.good, report.content.scrap[0].quantity) == (1, 4)


async def test_what_was_begun_while_the_disk_was_silent_is_a_draft_when_it_answers(tmp_path: Path) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await begun(terminal, slip)
        await terminal.break_connection()
        with terminal.locked():
            await terminal.keys("f3")
            await terminal.keys("9", "f6")
            await terminal.second()
            assert isinstance(terminal.body, Working)
        await terminal.second()
        again = AtStation(tmp_path, terminal.here)
        await again.conversation.start()
        await again.scan(BADGE)
        await again.keys("enter")
        (report,) = await again.reports()
        assert (report.content.review[0].quantity, report.content.final) == (9, True)


async def test_a_disk_that_is_silent_keeps_nobodys_work_open_for_others(tmp_path: Path) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await begun(terminal, slip)
        await terminal.break_connection()
        with terminal.locked():
            await terminal.second(5 * 60)
            assert isinstance(terminal.body, Waiting)
            assert terminal.conversation.view("").header.operator == ""
        await terminal.second()
        await terminal.scan(BADGE)
        await terminal.keys("enter")
        assert [report.content.scrap[0].quantity for report in await terminal.reports()] == [4]


async def test_a_terminal_that_starts_on_a_silent_disk_offers_what_was_begun_when_it_answers(
    tmp_path: Path,
) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await begun(terminal, slip)
        await terminal.break_connection()
        again = AtStation(tmp_path, terminal.here)
        with terminal.locked():
            await again.conversation.start()
            await again.second()
            assert isinstance(again.body, Waiting)
            assert SILENT in again.trouble
        await again.second()
        await again.scan(BADGE)
        assert isinstance(again.body, Working)
        assert again.body.scrap.text == "4"


@pytest.mark.parametrize(
    ("word", "title"), [(CommandWord.OK, "RECORDED"), (CommandWord.COUNT, "This was recorded.")]
)
async def test_a_fact_that_was_recorded_is_never_said_to_be_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: CommandWord, title: str
) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await begun(terminal, slip)
        memory, record = terminal.here.memory, terminal.here.memory.record

        async def silent(*_: object) -> None:
            raise NotReadableError("It does not answer.")

        async def silent_from_now_on(command: Command) -> Recorded | Refusal:
            answer = await record(command)
            for question in ("last_reports", "standing", "picture", "drop_draft"):
                monkeypatch.setattr(memory, question, silent)
            return answer

        monkeypatch.setattr(memory, "record", silent_from_now_on)
        await terminal.keys("5")
        await terminal.scan(command(word))
        assert terminal.notice != Refusal.DISK_SILENT.sentence
        assert title in {terminal.notice, getattr(terminal.body, "title", "")}


@pytest.mark.parametrize("error", [NotReadableError, BusyError])
async def test_every_error_of_a_question_is_one_that_the_terminal_outlives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    async with at_station(tmp_path) as (terminal, slip):

        async def silent(*_: object) -> None:
            raise error("It does not answer.")

        await terminal.scan(BADGE)
        monkeypatch.setattr(terminal.here.memory, "picture", silent)
        await terminal.scan(step_code(slip, 10))
        assert terminal.notice == Refusal.DISK_SILENT.sentence
        assert isinstance(terminal.body, Waiting)


async def test_what_was_not_taken_is_not_in_the_draft_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_station(tmp_path) as (terminal, slip):
        await begun(terminal, slip)
        await terminal.keys("enter")
        await terminal.scan(command(CommandWord.CORRECT))
        await terminal.keys("enter")

        async def silent(*_: object) -> None:
            raise NotReadableError("It does not answer.")

        with monkeypatch.context() as broken:
            broken.setattr(terminal.here.memory, "picture", silent)
            await terminal.scan(encode(TagKind.MACHINE, "BBBBBB"))
            assert terminal.notice == Refusal.DISK_SILENT.sentence
        await terminal.second()
        again = AtStation(tmp_path, terminal.here)
        await again.conversation.start()
        await again.scan(BADGE)
        assert "CORRECTS a report" in getattr(again.body, "marks", ())
        assert again.conversation.view("").header.machine == ""
