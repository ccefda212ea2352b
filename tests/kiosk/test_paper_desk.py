import asyncio
import socket
import time
from asyncio import to_thread
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import uuid_utils

from floor.codec import Fact, encode
from floor.commands import AnswerPaper, AskCards, AskDaySheet, CloseDay, Command, ReportWork, ReprintSlip
from floor.events import (
    CardUse,
    Grade,
    PaperAsked,
    PaperEvent,
    PaperFailed,
    PaperPrinted,
    PaperUnknown,
    SlipIssued,
    Subjects,
)
from floor.printers import PrinterTrouble
from floor.refusals import Refusal
from floor.station import Recorded
from floor.wire import FeedAnswer, FeedItem, FeedMark
from kiosk.papers import PrinterState
from kiosk.wiring import paper, printer_queue
from kiosk.wiring.clock import moment
from kiosk.wiring.paper import PaperDesk
from kiosk.wiring.printer_queue import STOPPED, printer_of
from kiosk.wiring.sheets import SheetMaker
from printing.printers import PrinterKind, PrinterSetting
from sync.errors import NotReadableError
from sync.handing import HandedOver
from sync.memory import StationMemory
from tests.floor.shop import MOMENT, content

SLIP = "BCDFGHJK"
ANSWER_S = 30


def new_id() -> str:
    return str(uuid_utils.uuid7().hex)


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[StationMemory]:
    opened = StationMemory(tmp_path / "station", moment, new_id, Random(1))
    await opened.open()
    yield opened
    await opened.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "slips"


def desk(memory: StationMemory, folder: Path) -> PaperDesk:
    printer = PrinterSetting(name="folder", kind=PrinterKind.FOLDER, target=str(folder))
    return PaperDesk(memory, (printer,), SheetMaker(memory, "Cutting Line 1"), new_id)


async def slip_of_another_station(memory: StationMemory) -> None:
    """The slip's issue, as the feed brings it: this station knows it and may print it again."""
    issued = SlipIssued(at=MOMENT, by="9001", slip=SLIP, order="MO-1", quantity=Decimal(30))
    envelope = encode(new_id(), issued)
    item = FeedItem(
        position=1,
        stream="ab" * 16,
        seq=1,
        event_id=envelope.event_id,
        kind=envelope.kind,
        v=envelope.version,
        digest=envelope.digest,
        body=envelope.body.decode(),
        station="other",
    )
    answer = FeedAnswer(epoch="e", items=[item], cursor="1-abcdefgh", has_more=False)
    await memory._writer.pump(lambda: memory._memory.received.take(answer, FeedMark()))


async def ask(memory: StationMemory, printer: str) -> None:
    answer = await memory.record(ReprintSlip(intent=new_id(), by="9001", slip=SLIP, printer=printer))
    assert not isinstance(answer, Refusal)


async def answers(memory: StationMemory) -> list[PaperEvent]:
    facts = (await memory.picture(Subjects(slip=SLIP))).order.facts
    return [fact.event for fact in facts if isinstance(fact.event, PaperEvent)]


@asynccontextmanager
async def desk_at_work(memory: StationMemory, folder: Path) -> AsyncIterator[None]:
    """The desk, from its start to its end."""
    async with at_work(desk(memory, folder)):
        yield


@asynccontextmanager
async def at_work(desk: PaperDesk) -> AsyncIterator[None]:
    """This desk, from its start to its end."""
    task = asyncio.create_task(desk.run())
    try:
        await asyncio.sleep(0.1)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def put_there(folder: Path, name: str) -> None:
    """A page that came out before the power went."""
    folder.mkdir()
    (folder / name).write_bytes(b"as it was when the power went")


async def until(happened: Callable[[], object]) -> None:
    """Waits, with a limit."""
    for _ in range(ANSWER_S * 20):
        if happened():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not happen")


async def until_async(happened: Callable[[], Awaitable[object]]) -> None:
    """Waits, with a limit, for something that is asked for."""
    for _ in range(ANSWER_S * 20):
        if await happened():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("did not happen")


async def no_paper_waits(memory: StationMemory) -> bool:
    return not await memory.papers_waiting()


@contextmanager
def hanging_printer() -> Iterator[str]:
    """Takes the line and never reads: how a printer looks whose firmware hangs."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


async def answer_to(memory: StationMemory) -> PaperEvent:
    """The one answer, when it is recorded."""
    for _ in range(ANSWER_S * 20):
        if await answers(memory):
            break
        await asyncio.sleep(0.05)
    (answer,) = await answers(memory)
    return answer


def pages(folder: Path) -> list[Path]:
    """What lies in the folder."""
    return list(folder.glob("*.pdf"))


async def test_what_is_asked_for_is_printed_once_and_answered(memory: StationMemory, folder: Path) -> None:
    await slip_of_another_station(memory)
    async with desk_at_work(memory, folder):
        await ask(memory, "folder")
        answer = await answer_to(memory)
    assert isinstance(answer, PaperPrinted)
    assert "zxing" in " ".join(answer.readers)
    (page,) = pages(folder)
    assert answer.proof
    assert answer.proof.sha256 == sha256(page.read_bytes()).hexdigest()
    assert len(pages(folder)) == 1
    assert await memory.papers_waiting() == []


async def test_what_waited_when_the_program_stopped_is_printed_at_the_next_start(
    memory: StationMemory, folder: Path
) -> None:
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    async with desk_at_work(memory, folder):
        answer = await answer_to(memory)
    assert isinstance(answer, PaperPrinted)
    assert len(pages(folder)) == 1


async def test_f5_what_was_handed_over_and_not_answered_is_unknown_and_not_printed_again(
    memory: StationMemory, folder: Path
) -> None:
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    await memory.hand_over("folder", HandedOver(asked.event_id, ""))
    async with desk_at_work(memory, folder):
        answer = await answer_to(memory)
    assert isinstance(answer, PaperUnknown)
    assert answer.reason == STOPPED
    assert pages(folder) == []
    assert [fact.event for fact in await memory.papers_in_doubt()] == [answer]


async def test_f6_a_printer_that_remembers_what_it_had_is_asked_before_people_are(
    memory: StationMemory, folder: Path
) -> None:
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    await memory.hand_over("folder", HandedOver(asked.event_id, "page.pdf"))
    await to_thread(put_there, folder, "page.pdf")
    async with desk_at_work(memory, folder):
        answer = await answer_to(memory)
    assert isinstance(answer, PaperPrinted)
    assert [page.name for page in pages(folder)] == ["page.pdf"]


async def test_f1_a_printer_that_is_not_there_is_waited_for_and_said(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_queue, "ASKS_AGAIN_S", 0.1)
    share = folder / "share" / "slips"
    await slip_of_another_station(memory)
    at = desk(memory, share)
    async with at_work(at):
        await ask(memory, "folder")
        await until(lambda: any(state.trouble for state in at.printers()))
        assert at.printers() == [PrinterState("folder", PrinterTrouble.OFFLINE, 1)]
        assert await answers(memory) == []
        share.parent.mkdir(parents=True)
        assert isinstance(await answer_to(memory), PaperPrinted)
        await until(lambda: not at.printers())


async def test_f1_a_report_never_waits_for_paper_nor_a_printer_for_another(
    memory: StationMemory, tmp_path: Path
) -> None:
    with hanging_printer() as target:
        hangs = PrinterSetting(name="label", kind=PrinterKind.SOCKET, target=target)
        works = PrinterSetting(name="folder", kind=PrinterKind.FOLDER, target=str(tmp_path / "slips"))
        await slip_of_another_station(memory)
        async with at_work(PaperDesk(memory, (hangs, works), SheetMaker(memory, "Cutting Line 1"), new_id)):
            await ask(memory, "label")
            await until_async(lambda: memory.handed_over("label"))
            began = time.monotonic()
            await ask(memory, "folder")
            assert time.monotonic() - began < 1
            assert (await answer_to(memory)).printer == "folder"
            assert [printer_of(fact) for fact in await memory.papers_waiting()] == ["label"]


async def test_what_is_called_back_is_never_printed_unless_the_printer_has_it(
    memory: StationMemory, folder: Path
) -> None:
    share = folder / "share" / "slips"
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    at = desk(memory, share)
    assert await at.call_back([asked.event_id], "9001") == 1
    answer = await answer_to(memory)
    assert isinstance(answer, PaperFailed)
    assert (answer.by, answer.reason) == ("9001", "cancelled by 9001")
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    await memory.hand_over("folder", HandedOver(asked.event_id, ""))
    assert await at.call_back([asked.event_id], "9001") == 0
    assert len(await memory.papers_waiting()) == 1


async def test_an_answer_that_the_disk_does_not_take_holds_the_next_paper_back(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_queue, "TRIES_AGAIN_S", 0.05)
    refusals = iter([Refusal.NOT_SAVED] * 4)
    record = memory.record

    async def full_for_a_while(command: Command) -> Recorded | Refusal:
        if isinstance(command, AnswerPaper) and (refusal := next(refusals, None)):
            assert len(await to_thread(pages, folder)) == 1
            return refusal
        return await record(command)

    monkeypatch.setattr(memory, "record", full_for_a_while)
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    await ask(memory, "folder")
    async with desk_at_work(memory, folder):
        await until_async(lambda: no_paper_waits(memory))
    assert [type(answer) for answer in await answers(memory)] == [PaperPrinted, PaperPrinted]
    assert len(pages(folder)) == 2


async def test_in_a_batch_the_first_page_is_read_back_in_full_and_then_as_often_as_it_is_set(
    memory: StationMemory, folder: Path
) -> None:
    printer = PrinterSetting(name="folder", kind=PrinterKind.FOLDER, target=str(folder), full_read_every=2)
    await slip_of_another_station(memory)
    for _ in range(4):
        await ask(memory, "folder")
    async with at_work(PaperDesk(memory, (printer,), SheetMaker(memory, "Cutting Line 1"), new_id)):
        await until_async(lambda: no_paper_waits(memory))
    proofs = [answer.proof for answer in await answers(memory) if isinstance(answer, PaperPrinted)]
    assert [proof.grade if proof else "none" for proof in proofs] == [Grade.A, None, Grade.A, None]


async def test_a_printer_that_is_not_set_fails_by_name(memory: StationMemory, folder: Path) -> None:
    await slip_of_another_station(memory)
    async with desk_at_work(memory, folder):
        await ask(memory, "fax")
        answer = await answer_to(memory)
    assert isinstance(answer, PaperFailed)
    assert "No printer" in answer.reason


@pytest.mark.parametrize("readable", [0, 3])
async def test_a_disk_that_cannot_be_read_for_a_moment_stops_no_paper_for_good(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch, readable: int
) -> None:
    turns = iter([True] * readable + [False] * 2)
    waiting = memory.papers_waiting

    async def read_again() -> list[Fact]:
        if not next(turns, True):
            raise NotReadableError("The ledger cannot be read.")
        return await waiting()

    monkeypatch.setattr(memory, "papers_waiting", read_again)
    monkeypatch.setattr(paper, "LOOKS_EVERY_S", 0.02)
    await slip_of_another_station(memory)
    async with desk_at_work(memory, folder):
        await asyncio.sleep(0.3)
        assert next(turns, None) is None, "it has looked, and has been told so"
        await ask(memory, "folder")
        answer = await answer_to(memory)
    assert isinstance(answer, PaperPrinted)


async def test_cards_tags_and_a_days_sheet_are_printed_and_answered_like_slips(
    memory: StationMemory, folder: Path
) -> None:
    await slip_of_another_station(memory)
    said = content(10, 5, review=2, rework=(10, 1))
    asking = [
        ReportWork(intent=new_id(), by="7", slip=SLIP, content=said, tag_printer="folder"),
        AskCards(intent=new_id(), by=None, use=CardUse.COMMANDS, printer="folder", user="root"),
        AskCards(intent=new_id(), by="9001", use=CardUse.SCANNERS, printer="folder"),
        CloseDay(intent=new_id(), by="9001", day=date(2026, 4, 30), printer="folder"),
        AskDaySheet(intent=new_id(), by="9001", printer="folder"),
    ]
    papers = []
    for command in asking:
        recorded = await memory.record(command)
        assert isinstance(recorded, Recorded)
        papers += [fact for fact in recorded.facts if isinstance(fact.event, PaperAsked)]
    async with desk_at_work(memory, folder):
        for fact in papers:
            answered = await paper_answer(memory, fact)
            assert isinstance(answered, PaperPrinted), answered
            assert answered.slip == fact.event.subjects().slip
    assert len(papers) == 6
    assert len(pages(folder)) == 6
    assert await memory.papers_waiting() == []


async def test_cards_of_nobody_known_fail_by_name_and_hold_nothing_up(
    memory: StationMemory, folder: Path
) -> None:
    badges = AskCards(intent=new_id(), by="9001", use=CardUse.BADGES, printer="folder")
    commands = AskCards(intent=new_id(), by="9001", use=CardUse.COMMANDS, printer="folder")
    async with desk_at_work(memory, folder):
        first, second = [await memory.record(command) for command in (badges, commands)]
        assert isinstance(first, Recorded)
        assert isinstance(second, Recorded)
        failed = await paper_answer(memory, first.facts[0])
        assert isinstance(failed, PaperFailed)
        assert isinstance(await paper_answer(memory, second.facts[0]), PaperPrinted)


async def paper_answer(memory: StationMemory, fact: Fact) -> PaperEvent:
    """What the printer answered to one request, when it is recorded."""
    for _ in range(ANSWER_S * 20):
        answered = await memory.paper_answer(fact.event_id)
        if answered:
            return answered
        await asyncio.sleep(0.05)
    raise AssertionError("no answer came")
