"""A printer that takes no page after all, papers that are taken back, and a disk that hinders the desk."""

import socket
import threading
from asyncio import sleep, to_thread
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from floor.codec import Fact
from floor.commands import AnswerPaper, Command
from floor.events import PaperFailed, PaperPrinted
from floor.printers import PrinterTrouble
from floor.refusals import Refusal
from floor.station import Recorded
from kiosk.wiring import printer_queue
from kiosk.wiring.paper import PaperDesk
from kiosk.wiring.sheets import SheetMaker
from printing.jobs import Sheet
from printing.printers import Language, PrinterKind, PrinterSetting
from sync.errors import NotSavedError
from sync.handing import HandedOver
from sync.incidents import Incident
from sync.memory import StationMemory
from tests.kiosk.test_paper_desk import (
    answer_to,
    answers,
    ask,
    at_work,
    desk,
    folder,
    memory,
    new_id,
    no_paper_waits,
    pages,
    put_there,
    slip_of_another_station,
    until,
    until_async,
)
from tests.printing import tcp_printer as printers
from tests.printing.fake_print_programs import PrintPrograms, programs
from tests.printing.tcp_printer import tcp_printer, zebra
from tests.printing.test_printers import ACCEPTED, EMPTY, IDLE, done

__all__ = ["folder", "memory", "programs"]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer_queue, "ASKS_AGAIN_S", 0.1)


async def is_printed_after_all(memory: StationMemory, kind: PrinterKind, target: str, language: str) -> None:
    """The one answer to a paper that the printer declined once is that it was printed."""
    printer = PrinterSetting(name="this", kind=kind, target=target, language=Language(language))
    await slip_of_another_station(memory)
    async with at_work(PaperDesk(memory, (printer,), SheetMaker(memory, "Cutting Line 1"), new_id)):
        await ask(memory, "this")
        await until_async(lambda: no_paper_waits(memory))
    [answer] = await answers(memory)
    assert isinstance(answer, PaperPrinted), answer


async def test_f1_a_full_folder_is_no_page_that_may_be_printed(memory: StationMemory, folder: Path) -> None:
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    await to_thread(make_full, folder, asked)
    async with at_work(desk(memory, folder)):
        await until_async(lambda: no_paper_waits(memory))
    [answer] = await answers(memory)
    assert isinstance(answer, PaperPrinted), answer
    assert len(pages(folder)) == 1
    assert not full(folder)


def make_full(folder: Path, asked: Fact) -> None:
    """The next page finds no room in it, once."""
    folder.mkdir()
    (folder / f".MO-1_BCDFGHJK_copy-2_{asked.event_id[-8:]}.pdf.part").symlink_to("/dev/full")


def full(folder: Path) -> bool:
    """Whether nothing tried to put a page there yet."""
    return any(path.is_symlink() for path in folder.iterdir())


async def test_f1_a_line_that_is_taken_once_only_is_no_page_that_may_be_printed(
    memory: StationMemory,
) -> None:
    with looks_well_and_refuses_the_page() as target:
        await is_printed_after_all(memory, PrinterKind.SOCKET, target, "pdf")


@contextmanager
def looks_well_and_refuses_the_page() -> Iterator[str]:
    """Takes one line, then none for a while, then prints."""
    server = socket.create_server(("127.0.0.1", 0))
    host, port = server.getsockname()

    def serve() -> None:
        with server:
            server.accept()[0].close()
        threading.Event().wait(1)
        with socket.create_server((host, port)) as again:
            for behaviour in (lambda line, paper: None, printers.prints):
                line, _address = again.accept()
                with line:
                    behaviour(line, bytearray())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"{host}:{port}"
    thread.join(15)


async def test_f2_a_label_printer_that_runs_out_just_before_the_label_is_no_label_that_may_be_printed(
    memory: StationMemory,
) -> None:
    with tcp_printer(zebra("ready", "no paper", "ready")) as printer:
        await is_printed_after_all(memory, PrinterKind.SOCKET, printer.target, "zpl")


async def test_f1_a_queue_that_takes_no_more_is_no_page_that_may_be_printed(
    memory: StationMemory, programs: PrintPrograms
) -> None:
    idle = f"print({IDLE!r})"
    programs.will("lp", "sys.exit('lp: Destination is not accepting jobs.')", ACCEPTED)
    programs.will("lpstat", idle, idle, EMPTY, done())
    await is_printed_after_all(memory, PrinterKind.LP, "slips", "pdf")


async def test_f1_an_ipp_printer_that_takes_no_more_is_no_page_that_may_be_printed(
    memory: StationMemory,
) -> None:
    with ipp_printer_that_takes_the_second_page() as uri:
        await is_printed_after_all(memory, PrinterKind.IPP, uri, "pdf")


@contextmanager
def ipp_printer_that_takes_the_second_page() -> Iterator[str]:
    """Declines a page, takes the next one, and says that it is done."""
    job = b"\x02\x21\x00\x06job-id\x00\x04\x00\x00\x00\x07\x23\x00\x09job-state\x00\x04\x00\x00\x00\x09"
    told = {2: [(0x0506, b""), (0, job)], 9: [(0, job)], 11: [(0, b"")]}

    class Says(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            says = told[asked[3]]
            status, attributes = says.pop(0) if len(says) > 1 else says[0]
            body = b"\x01\x01" + status.to_bytes(2) + asked[4:8] + b"\x01" + attributes + b"\x03"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Says) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"ipp://127.0.0.1:{server.server_port}/ipp/print"
        server.shutdown()
        thread.join(15)


async def test_f6_what_a_printer_has_is_asked_for_even_where_its_sheet_cannot_be_made(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_said: object) -> Sheet:
        raise RuntimeError("no sheet")

    monkeypatch.setattr(SheetMaker, "sheet", broken)
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    await memory.hand_over("folder", HandedOver(asked.event_id, "page.pdf"))
    await to_thread(put_there, folder, "page.pdf")
    async with at_work(desk(memory, folder)):
        assert isinstance(await answer_to(memory), PaperPrinted)


# Taken back


async def test_what_is_taken_back_together_is_held_back_before_the_first_answer_is_written(
    memory: StationMemory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share" / "slips"
    record = memory.record

    async def slowly(command: Command) -> Recorded | Refusal:
        if isinstance(command, AnswerPaper) and not share.parent.exists():
            share.parent.mkdir()
            await sleep(2)
        return await record(command)

    await slip_of_another_station(memory)
    for _ in range(3):
        await ask(memory, "folder")
    papers = [fact.event_id for fact in await memory.papers_waiting()]
    at = desk(memory, share)
    async with at_work(at):
        await until(lambda: any(state.trouble for state in at.printers()))
        monkeypatch.setattr(memory, "record", slowly)
        assert await at.call_back(papers, "9001") == 3
        await sleep(0.5)
    assert not share.exists()
    assert [type(answer) for answer in await answers(memory)] == [PaperFailed] * 3


async def test_what_is_printed_while_it_is_taken_back_stays_printed(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await slip_of_another_station(memory)
    for _ in range(2):
        await ask(memory, "folder")
    waited = await memory.papers_waiting()
    at = desk(memory, folder)
    async with at_work(at):
        await until_async(lambda: no_paper_waits(memory))

    async def as_it_was() -> list[Fact]:
        return waited

    monkeypatch.setattr(memory, "papers_waiting", as_it_was)
    assert await at.call_back([fact.event_id for fact in waited], "9001") == 0
    assert [type(answer) for answer in await answers(memory)] == [PaperPrinted] * 2


async def test_what_cannot_be_taken_back_is_printed(
    memory: StationMemory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_command: Command) -> Recorded | Refusal:
        raise RuntimeError("a mistake")

    await slip_of_another_station(memory)
    await ask(memory, "folder")
    [asked] = await memory.papers_waiting()
    at = desk(memory, tmp_path / "slips")
    with monkeypatch.context() as patch:
        patch.setattr(memory, "record", broken)
        with pytest.raises(RuntimeError, match="a mistake"):
            await at.call_back([asked.event_id], "9001")
    async with at_work(at):
        assert isinstance(await answer_to(memory), PaperPrinted)


# A disk that hinders, and mistakes


async def test_a_disk_that_takes_no_mark_is_waited_for_and_said_and_starts_no_child_again(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printer_queue, "ASKS_AGAIN_S", 1)
    fails = iter([True, True])
    hand_over = memory.hand_over

    async def full_for_a_while(printer: str, handed: HandedOver) -> None:
        if next(fails, False):
            raise NotSavedError("The disk is full.")
        await hand_over(printer, handed)

    monkeypatch.setattr(memory, "hand_over", full_for_a_while)
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    at = desk(memory, folder)
    async with at_work(at):
        await until(lambda: [state.trouble for state in at.printers()] == [PrinterTrouble.DISK_FULL])
        child = at._queue("folder")._child._process
        assert child
        assert pages(folder) == []
        assert isinstance(await answer_to(memory), PaperPrinted)
        assert at._queue("folder")._child._process is child


@pytest.mark.parametrize("broken", ["papers_waiting", "handed_over"])
async def test_a_mistake_in_the_desk_is_told_and_paper_goes_on(
    memory: StationMemory, folder: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    works = getattr(memory, broken)
    fails = iter([True, True])

    async def fails_at_first(*said: str) -> object:
        if next(fails, False):
            raise RuntimeError("a mistake")
        return await works(*said)

    monkeypatch.setattr(memory, broken, fails_at_first)
    await slip_of_another_station(memory)
    await ask(memory, "folder")
    async with at_work(desk(memory, folder)):
        assert isinstance(await answer_to(memory), PaperPrinted)
        await until(lambda: Incident.PAPER not in memory._incidents._standing)
    told = (memory._folder / "incidents.jsonl").read_text()
    assert told.count(Incident.PAPER.value) == 1
    assert "a mistake" in told
