"""A real IPP printer: asked how it is, given pages, disturbed, and switched off in the middle."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from floor.commands import PaperOutcome
from floor.printers import PrinterTrouble
from printing.printers.delivery import Printable
from printing.printers.following import Limits
from printing.printers.ipp import follow_at_ipp, look_at_ipp, print_to_ipp
from tests.printing.ipp_printer import IppPrinter, ipp_printer
from tests.printing.print_shop import wait_until

pytestmark = pytest.mark.printers

A6 = Printable("MO-1_BCDFGHJK_copy-1", b"%PDF-1.4 a page", 105, 148)
A4 = Printable("MO-1_BCDFGHJK_copy-1", b"%PDF-1.4 a page", 210, 297)
QUICK = Limits(command_s=2, job_s=3, trouble_s=5, poll_s=0.1, busy_s=0.1, busy_tries=3)


class Told:
    """Keeps what a printer tells while it prints."""

    def __init__(self) -> None:
        self.job = ""
        self.troubles: list[PrinterTrouble | None] = []

    def taken(self, job: str) -> None:
        self.job = job

    def held_up(self, trouble: PrinterTrouble | None) -> None:
        self.troubles.append(trouble)


@pytest.fixture
def printer() -> Iterator[IppPrinter]:
    with ipp_printer() as switched_on:
        yield switched_on


@contextmanager
def meanwhile(work: Callable[[], object]) -> Iterator[None]:
    """Done beside the block."""
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join(30)


def test_a_page_that_the_printer_says_is_done_is_printed(printer: IppPrinter) -> None:
    assert look_at_ipp(printer.uri, A6, QUICK) is None
    delivery = print_to_ipp(printer.uri, A6, QUICK)
    assert (delivery.outcome, delivery.reason) == (PaperOutcome.PRINTED, "")
    assert printer.pages == [A6.content]


def test_f1_a_printer_that_is_off_got_nothing_and_is_asked_again(printer: IppPrinter) -> None:
    printer.switch_off()
    assert look_at_ipp(printer.uri, A6, QUICK) is PrinterTrouble.OFFLINE
    delivery = print_to_ipp(printer.uri, A6, QUICK)
    assert (delivery.outcome, delivery.trouble) == (None, PrinterTrouble.OFFLINE)


def test_f2_a_page_that_waits_for_paper_is_told_and_printed_when_there_is_some(printer: IppPrinter) -> None:
    told = Told()
    printer.hold("STATE: +media-empty\n")

    def feed() -> None:
        wait_until(lambda: PrinterTrouble.OUT_OF_PAPER in told.troubles)
        printer.go_on()

    with meanwhile(feed):
        delivery = print_to_ipp(printer.uri, A6, QUICK, told)
    assert delivery.outcome is PaperOutcome.PRINTED
    assert printer.pages == [A6.content]


def test_paper_that_is_too_small_is_said_before_the_page_is_cut(printer: IppPrinter) -> None:
    printer.load("iso_a6_105x148mm")
    assert look_at_ipp(printer.uri, A6, QUICK) is None
    assert look_at_ipp(printer.uri, A4, QUICK) is PrinterTrouble.WRONG_PAPER
    printer.load("iso_a4_210x297mm")
    assert look_at_ipp(printer.uri, A4, QUICK) is None


def test_a_busy_printer_got_nothing_and_is_asked_again(printer: IppPrinter) -> None:
    printer.hold()
    told = Told()

    def second() -> None:
        wait_until(lambda: told.job)
        delivery = print_to_ipp(printer.uri, A6, QUICK)
        assert (delivery.outcome, delivery.trouble) == (None, PrinterTrouble.BUSY)
        printer.go_on()

    with meanwhile(second):
        assert print_to_ipp(printer.uri, A6, QUICK, told).outcome is PaperOutcome.PRINTED
    assert len(printer.pages) == 1


def test_f3_a_page_that_is_stuck_in_the_printer_is_unknown(printer: IppPrinter) -> None:
    printer.hold()
    told = Told()
    delivery = print_to_ipp(printer.uri, A6, Limits(job_s=0.5, poll_s=0.1), told)
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert "waits in the queue" in delivery.reason
    printer.go_on()
    assert follow_at_ipp(printer.uri, told.job, QUICK).outcome is PaperOutcome.PRINTED


def test_f1_a_printer_that_goes_away_in_the_middle_leaves_the_page_unknown(printer: IppPrinter) -> None:
    printer.hold()
    told = Told()

    def unplug() -> None:
        wait_until(lambda: told.job)
        printer.switch_off()

    with meanwhile(unplug):
        delivery = print_to_ipp(printer.uri, A6, Limits(job_s=1, trouble_s=1, poll_s=0.1), told)
    assert (delivery.outcome, delivery.trouble) == (PaperOutcome.UNKNOWN, PrinterTrouble.OFFLINE)
    assert PrinterTrouble.OFFLINE in told.troubles
    printer.switch_on()
    forgotten = follow_at_ipp(printer.uri, told.job, QUICK)
    assert forgotten.outcome is PaperOutcome.UNKNOWN
    assert "nobody knows it any more" in forgotten.reason


def test_a_format_that_the_printer_does_not_take_failed_in_its_own_words(printer: IppPrinter) -> None:
    label = Printable("MO-1", b"^XA^XZ", 105, 148, "application/vnd.zebra-zpl", "zpl")
    delivery = print_to_ipp(printer.uri, label, QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert delivery.reason.startswith("The printer refuses the page: ")


def test_something_else_on_the_port_is_no_printer() -> None:
    def web_server(server: socket.socket) -> None:
        line, _address = server.accept()
        with line:
            line.recv(65536)
            line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server, meanwhile(lambda: web_server(server)):
        delivery = print_to_ipp(f"ipp://127.0.0.1:{server.getsockname()[1]}/ipp/print", A6, QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert "no IPP printer: it answered 404" in delivery.reason
