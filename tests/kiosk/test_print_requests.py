"""What `kiosk print` makes of a slip before it is printed, and what it leaves alone without a terminal."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from floor.commands import AskCards
from floor.events import CardUse, PaperFailed, PaperPrinted, PaperUnknown, Subjects
from floor.station import Recorded
from floor.tags import slip_code
from kiosk.commands import printing as command
from kiosk.config import load
from kiosk.wiring import Station, alone
from kiosk.wiring.alone import MemoryOfOneRequest
from kiosk.wiring.clock import moment
from kiosk.wiring.print_requests import PrintRequests
from kiosk.wiring.sheets import PREVIEW, SheetMaker
from printing.document import document
from printing.page import Words
from printing.printers import PrinterKind, PrinterSetting
from printing.readback import Trusted, read_back
from printing.sheet import SlipSheet
from sync.errors import NotReadableError
from sync.handing import HandedOver
from sync.memory import StationMemory
from tests.kiosk.test_paper_desk import SLIP, ask, new_id, slip_of_another_station


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text("")
    return path


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[StationMemory]:
    opened = StationMemory(tmp_path / "station-data", moment, new_id, Random(1))
    (tmp_path / "station-data").mkdir()
    await opened.open()
    yield opened
    await opened.stop()


def requests(memory: StationMemory, folder: Path) -> PrintRequests:
    printer = PrinterSetting(name="folder", kind=PrinterKind.FOLDER, target=str(folder))
    return PrintRequests(memory, SheetMaker(memory, "Cutting Line 1"), (printer,), new_id)


async def preview(memory: StationMemory, folder: Path) -> SlipSheet:
    said = await requests(memory, folder).sheet({"what": "slip", "chosen": [SLIP]}, "root")
    return SlipSheet.model_validate_json(said["sheet"])


async def test_a_preview_of_a_slip_is_void_and_no_copy_that_there_is_not_already(
    memory: StationMemory, tmp_path: Path
) -> None:
    await slip_of_another_station(memory)
    sheet = await preview(memory, tmp_path)
    assert sheet.passport is None
    assert sheet.code == slip_code(SLIP, "B"), "the copy that hangs on the trolley"
    made = document(sheet)
    words = [mark.text for mark in made.pages[0].marks if isinstance(mark, Words)]
    assert "VOID" in words
    assert any(PREVIEW in text for text in words)
    assert isinstance(read_back(sheet, made), Trusted)
    await ask(memory, "folder")
    assert (await preview(memory, tmp_path)).code == slip_code(SLIP, "C")


async def test_a_preview_records_nothing_and_makes_no_key(memory: StationMemory, tmp_path: Path) -> None:
    await slip_of_another_station(memory)
    await preview(memory, tmp_path)
    assert (await memory.standing()).recorded == 0
    assert await asyncio.to_thread(made_keys, tmp_path) == []


def made_keys(folder: Path) -> list[Path]:
    """Every file with a key in it."""
    return list(folder.rglob("*key*"))


# Where no terminal runs


async def station_of_before(settings: Path) -> tuple[str, str]:
    """A slip that waits, and cards that the printer had when the terminal stopped; the ids of both."""
    folder = settings.parent / "station-data"
    folder.mkdir()
    memory = StationMemory(folder, moment, new_id, Random(1))
    await memory.open()
    await slip_of_another_station(memory)
    cards = AskCards(intent=new_id(), by="9001", use=CardUse.COMMANDS, printer="folder")
    assert isinstance(await memory.record(cards), Recorded)
    await ask(memory, "folder")
    had, waits = await memory.papers_waiting()
    await memory.hand_over("folder", HandedOver(had.event_id, ""))
    await memory.stop()
    return had.event_id, waits.event_id


async def test_alone_nothing_but_the_request_is_printed_and_no_mark_of_before_is_lost(settings: Path) -> None:
    had, waits = await station_of_before(settings)
    station = Station(load(settings), settings)
    requests = await station.open_for_paper()
    try:
        said = await requests.print({"what": "numbers"}, "root")
        assert said["outcome"] == "printed", said
        memory = station._memory
        assert memory is not None
        assert isinstance(await memory.paper_answer(had), PaperUnknown), "somebody looks at the printer"
        assert await memory.paper_answer(waits) is None
        facts = (await memory.picture(Subjects(slip=SLIP))).order.facts
        assert not any(isinstance(fact.event, PaperPrinted | PaperFailed) for fact in facts)
    finally:
        await station.close()
    [sheet] = (settings.parent / "slips").glob("*.pdf")
    assert sheet.name.startswith("Numbers_")


async def test_a_page_that_the_printer_has_is_waited_for_at_the_end(tmp_path: Path) -> None:
    memory = MemoryOfOneRequest(tmp_path, moment, new_id, Random(1))
    await memory.open()
    try:
        cards = AskCards(intent=new_id(), by=None, use=CardUse.NUMBERS, printer="folder", user="root")
        recorded = await memory.record(cards)
        assert isinstance(recorded, Recorded)
        await asyncio.wait_for(memory.finish(), 1)
        await memory.hand_over("folder", HandedOver(recorded.facts[0].event_id, ""))
        waits = asyncio.create_task(memory.finish())
        await asyncio.sleep(3 * alone.LOOKS_EVERY_S)
        assert not waits.done()
        waits.cancel()
        await asyncio.gather(waits, return_exceptions=True)
    finally:
        await memory.stop()


def test_a_disk_that_gives_nothing_back_is_said_in_words(
    settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(_memory: StationMemory, _command: object) -> None:
        raise NotReadableError("The ledger cannot be opened again.")

    monkeypatch.setattr(StationMemory, "record", silent)
    said = command._alone(settings, load(settings), {"ask": "print", "what": "day-close"})
    assert said == {"error": "The ledger cannot be opened again."}
