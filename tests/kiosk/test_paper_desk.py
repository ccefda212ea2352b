import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import uuid_utils

from floor.codec import Fact, encode
from floor.commands import ReprintSlip
from floor.events import PaperEvent, PaperFailed, PaperPrinted, PaperUnknown, SlipIssued, Subjects
from floor.refusals import Refusal
from floor.wire import FeedAnswer, FeedItem, FeedMark
from kiosk.wiring import paper
from kiosk.wiring.clock import moment
from kiosk.wiring.paper import PaperDesk
from printing.printers import PrinterKind, PrinterSetting
from sync.errors import NotReadableError
from sync.memory import StationMemory
from tests.floor.shop import MOMENT

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
    return PaperDesk(memory, (printer,), "Cutting Line 1", new_id)


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
    task = asyncio.create_task(desk(memory, folder).run())
    try:
        await asyncio.sleep(0.1)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


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


async def test_what_was_asked_for_before_a_stop_is_unknown_and_not_printed_again(
    memory: StationMemory, folder: Path
) -> None:
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    async with desk_at_work(memory, folder):
        answer = await answer_to(memory)
    assert isinstance(answer, PaperUnknown)
    assert pages(folder) == []


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


async def test_the_desk_keeps_nothing_of_papers_that_were_answered(
    memory: StationMemory, folder: Path
) -> None:
    await slip_of_another_station(memory)
    at = desk(memory, folder)
    await ask(memory, "fax")
    for _ in range(2):
        await at._look()
    assert await memory.papers_waiting() == []
    assert at._dealt_with == set()
