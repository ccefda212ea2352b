"""Pages that may be out although their printer did not say so: nobody says that they surely are not."""

import errno
import os
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from floor.commands import PaperOutcome
from printing.printers.all_kinds import print_document
from printing.printers.following import Limits
from printing.printers.ipp import print_to_ipp
from printing.printers.lp import follow_in_queue, print_to_queue
from tests.printing.fake_print_programs import PrintPrograms, programs
from tests.printing.samples import a_folder
from tests.printing.test_printers import ACCEPTED, EMPTY, PDF, WAITING, a_page, done

__all__ = ["programs"]

IDLE = "print('printer slips is idle.  enabled since Mon')"
PRINTING = "print('printer slips now printing slips-7.  enabled since Mon')"
PATIENT = Limits(command_s=10, job_s=20, trouble_s=20, poll_s=0.01)
PRINTING_ANOTHER = "print('printer slips now printing slips-70.  enabled since Mon')"


# A folder


@pytest.mark.parametrize(
    ("number", "outcome"),
    [(errno.EIO, PaperOutcome.UNKNOWN), (errno.ENOSPC, PaperOutcome.UNKNOWN)]
    + [(number, PaperOutcome.PRINTED) for number in (errno.EINVAL, errno.ENOTSUP, errno.EACCES)],
)
def test_a_page_that_stands_in_its_folder_never_surely_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, outcome: PaperOutcome
) -> None:
    fsync = os.fsync

    def keeps_no_folder(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(number, os.strerror(number))
        fsync(handle)

    monkeypatch.setattr("os.fsync", keeps_no_folder)
    assert print_document(a_folder(tmp_path), a_page("a")).outcome is outcome
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [PDF]


# An IPP printer


@contextmanager
def answers(said: bytes) -> Iterator[str]:
    """Takes whole requests and says this."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _address = server.accept()
            with line, line.makefile("rb") as asked:
                length = next(int(head[15:]) for head in asked if head.lower().startswith(b"content-length:"))
                while asked.readline().strip():
                    pass
                asked.read(length)
                line.sendall(said)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"ipp://127.0.0.1:{server.getsockname()[1]}/ipp/print"
        thread.join(15)


TAKEN = b"\x01\x01\x00\x00\x00\x00\x00\x01\x01\x02\x21\x00\x06job-id\x00\x04\x00\x00"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", PaperOutcome.FAILED),
        (b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n", PaperOutcome.UNKNOWN),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", PaperOutcome.UNKNOWN),
        (b"HTTP/1.1 200 OK\r\n\r\n" + TAKEN, PaperOutcome.UNKNOWN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" + TAKEN, PaperOutcome.UNKNOWN),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", PaperOutcome.UNKNOWN),
        (b"nothing like it", PaperOutcome.UNKNOWN),
    ],
)
def test_f1_an_answer_that_cannot_be_read_after_the_page_went_out_leaves_it_unknown(
    said: bytes, outcome: PaperOutcome
) -> None:
    with answers(said) as uri:
        assert print_to_ipp(uri, a_page(), Limits(command_s=2)).outcome is outcome


# A queue of CUPS


@pytest.mark.parametrize("alerts", ["job-canceled-by-user", "aborted-by-system"])
@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        (PRINTING, PaperOutcome.UNKNOWN),
        (IDLE, PaperOutcome.FAILED),
        (PRINTING_ANOTHER, PaperOutcome.FAILED),
    ],
)
def test_f3_a_job_that_was_dropped_while_it_was_printed_may_be_on_paper(
    programs: PrintPrograms, alerts: str, seen: str, outcome: PaperOutcome
) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", WAITING, seen, WAITING, IDLE, EMPTY, done(alerts))
    delivery = print_to_queue("slips", a_page(), PATIENT)
    assert delivery.outcome is outcome
    assert alerts in delivery.reason


def test_f5_a_job_that_was_dropped_while_the_terminal_stood_still_may_be_on_paper(
    programs: PrintPrograms,
) -> None:
    programs.will("lpstat", EMPTY, done("job-canceled-by-user"))
    assert follow_in_queue("slips", "slips-7", PATIENT).outcome is PaperOutcome.UNKNOWN
