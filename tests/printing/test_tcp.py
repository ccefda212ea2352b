"""A printer on a TCP socket: what is said of a page that it took, broke off, or never read."""

import socket
from pathlib import Path

import pytest

from floor.commands import PaperOutcome
from floor.printers import PrinterTrouble
from printing.printers.delivery import Printable
from printing.printers.tcp import ZPL, SocketLimits, host_status, look_at_socket, print_to_socket
from tests.printing import tcp_printer as printers
from tests.printing.tcp_printer import tcp_printer, zebra

QUICK = SocketLimits(connect_s=1, status_s=0.5, send_s=1, close_s=0.4, print_s=0.5, trouble_s=1, poll_s=0.02)
PDF = Printable("MO-1", b"%PDF-1.4" + b"a page " * 2000, 105, 148)
LABEL = Printable("MO-1", b"^XA^FO50,50^FDlabel^FS^XZ", 105, 148, ZPL, "zpl")
LARGE = Printable("MO-1", b"x" * 8_000_000, 105, 148)


class Told:
    """Keeps what a printer tells while it prints."""

    def __init__(self) -> None:
        self.troubles: list[PrinterTrouble | None] = []

    def taken(self, job: str) -> None:
        raise AssertionError("a socket names no job")

    def held_up(self, trouble: PrinterTrouble | None) -> None:
        self.troubles.append(trouble)


def test_a_page_that_was_read_to_its_end_is_printed() -> None:
    with tcp_printer(printers.prints) as printer:
        delivery = print_to_socket(printer.target, PDF, QUICK)
        assert (delivery.outcome, delivery.reason) == (PaperOutcome.PRINTED, "")
    assert printer.papers == [PDF.content]


def test_a_slow_printer_is_given_its_time() -> None:
    with tcp_printer(printers.slowly) as printer:
        assert print_to_socket(printer.target, PDF, QUICK).outcome is PaperOutcome.PRINTED
    assert printer.papers == [PDF.content]


@pytest.mark.parametrize("behaviour", [printers.hangs, printers.reads_and_hangs])
def test_f3_a_printer_that_does_not_say_that_it_read_the_page_leaves_it_unknown(
    behaviour: printers.Behaviour,
) -> None:
    with tcp_printer(behaviour) as printer:
        delivery = print_to_socket(printer.target, PDF, QUICK)
    assert (delivery.outcome, delivery.trouble) == (PaperOutcome.UNKNOWN, PrinterTrouble.STUCK)


def test_f3_a_printer_that_reads_nothing_of_a_large_page_is_not_waited_for_for_ever() -> None:
    with tcp_printer(printers.hangs) as printer:
        delivery = print_to_socket(printer.target, LARGE, QUICK)
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert delivery.reason.startswith("The printer did not take the whole page in time.")


def test_a_printer_that_breaks_off_half_way_leaves_the_page_unknown() -> None:
    with tcp_printer(printers.breaks_off) as printer:
        delivery = print_to_socket(printer.target, LARGE, QUICK)
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert delivery.reason.startswith("The line broke")


def test_f1_a_printer_that_is_off_got_nothing_and_is_asked_again(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        target = f"127.0.0.1:{server.getsockname()[1]}"
    delivery = print_to_socket(target, PDF, QUICK)
    assert (delivery.outcome, delivery.trouble) == (None, PrinterTrouble.OFFLINE)
    assert look_at_socket(target, PDF, QUICK) is PrinterTrouble.OFFLINE


def test_a_target_that_is_none_failed() -> None:
    assert print_to_socket("127.0.0.1:port", PDF, QUICK).outcome is PaperOutcome.FAILED


# A printer that speaks ZPL says how it is


@pytest.mark.parametrize(
    ("state", "trouble"),
    [
        ("ready", None),
        ("no paper", PrinterTrouble.OUT_OF_PAPER),
        ("open", PrinterTrouble.COVER_OPEN),
        ("no ribbon", PrinterTrouble.OUT_OF_INK),
        ("paused", PrinterTrouble.PAUSED),
        ("full", PrinterTrouble.BUSY),
    ],
)
def test_f2_a_label_printer_is_asked_before_it_gets_a_label(
    state: str, trouble: PrinterTrouble | None
) -> None:
    with tcp_printer(zebra(state)) as printer:
        assert look_at_socket(printer.target, LABEL, QUICK) is trouble
        delivery = print_to_socket(printer.target, LABEL, QUICK)
    assert (delivery.outcome is None, delivery.trouble) == (trouble is not None, trouble)
    assert any(LABEL.content in paper for paper in printer.papers) == (trouble is None)


def test_f2_a_label_printer_that_runs_out_while_it_prints_is_waited_for() -> None:
    told = Told()
    with tcp_printer(zebra("ready", "printing", "no paper", "no paper", "printing", "ready")) as printer:
        delivery = print_to_socket(printer.target, LABEL, QUICK, told)
    assert delivery.outcome is PaperOutcome.PRINTED
    assert told.troubles == [None, PrinterTrouble.OUT_OF_PAPER, PrinterTrouble.OUT_OF_PAPER, None]


@pytest.mark.parametrize(
    ("states", "trouble"),
    [(("ready", "printing"), None), (("ready", "no paper"), PrinterTrouble.OUT_OF_PAPER)],
)
def test_f3_a_label_that_does_not_come_out_is_unknown(
    states: tuple[str, ...], trouble: PrinterTrouble | None
) -> None:
    with tcp_printer(zebra(*states)) as printer:
        delivery = print_to_socket(printer.target, LABEL, QUICK)
    assert (delivery.outcome, delivery.trouble) == (PaperOutcome.UNKNOWN, trouble)


def test_a_label_printer_that_says_nothing_of_itself_is_treated_like_any_other() -> None:
    with tcp_printer(printers.prints) as printer:
        assert print_to_socket(printer.target, LABEL, QUICK).outcome is PaperOutcome.PRINTED


def test_a_label_printer_that_goes_silent_in_the_middle_leaves_the_label_unknown() -> None:
    def once(line: socket.socket, paper: bytearray) -> None:
        paper += line.recv(65536)
        line.sendall(printers.host_status())
        paper += line.recv(65536)

    with tcp_printer(once) as printer:
        assert print_to_socket(printer.target, LABEL, QUICK).outcome is PaperOutcome.UNKNOWN


@pytest.mark.parametrize(
    "answer", [b"", b"\x02\x03", b"\x02a,b\x03\x02c\x03\x02d\x03", b"HTTP/1.1 400 Bad Request"]
)
def test_an_answer_that_is_no_status_says_nothing(answer: bytes) -> None:
    assert host_status(answer) is None
