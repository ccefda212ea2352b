import os
import stat
from pathlib import Path

import pytest

from floor.commands import PaperOutcome
from printing.printers import PrinterKind, PrinterSetting, print_document
from printing.printers.lp import Limits, print_to_queue
from tests.printing.fake_print_programs import PrintPrograms, programs
from tests.printing.samples import a_folder

__all__ = ["programs"]

PDF = b"%PDF-1.4 a page"
QUICK = Limits(command_s=5, job_s=0.3, poll_s=0.01, busy_s=0.01, busy_tries=3)
ACCEPTED = "print('request id is slips-7 (1 file(s))')"
WAITING = "print('slips-7  anna  1024  Mon\\n\\tStatus: Out of paper.\\n\\tAlerts: job-printing')"
EMPTY = "pass"


def done(alerts: str = "processing-to-stop-point") -> str:
    """What lpstat says of a job that is over, among others."""
    others = "slips-70  bert  1024  Mon\\n\\tAlerts: job-canceled-by-user\\n"
    return (
        f"print('{others}slips-7  anna  1024  Mon\\n\\tStatus: \\n\\tAlerts: {alerts}\\n\\tqueued for slips')"
    )


# A folder


def test_a_page_appears_in_the_folder_under_its_name(tmp_path: Path) -> None:
    delivery = print_document(a_folder(tmp_path / "slips"), "MO-1_X_copy-1", PDF)
    assert delivery.outcome is PaperOutcome.PRINTED
    assert [path.name for path in (tmp_path / "slips").iterdir()] == ["MO-1_X_copy-1.pdf"]
    assert (tmp_path / "slips" / "MO-1_X_copy-1.pdf").read_bytes() == PDF


def test_the_same_page_again_takes_the_same_place(tmp_path: Path) -> None:
    for _ in range(2):
        assert print_document(a_folder(tmp_path), "a", PDF).outcome is PaperOutcome.PRINTED
    assert len(list(tmp_path.iterdir())) == 1


def test_a_share_that_is_not_there_fails_and_is_not_made_up(tmp_path: Path) -> None:
    delivery = print_document(a_folder(tmp_path / "share" / "slips"), "a", PDF)
    assert delivery.outcome is PaperOutcome.FAILED
    assert "No such file" in delivery.reason
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_folders_place_fails(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("")
    assert print_document(a_folder(tmp_path / "slips"), "a", PDF).outcome is PaperOutcome.FAILED


def test_a_full_disk_leaves_no_half_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.fsync", full)
    delivery = print_document(a_folder(tmp_path), "a", PDF)
    assert (delivery.outcome, list(tmp_path.iterdir())) == (PaperOutcome.FAILED, [])
    assert "No space left" in delivery.reason


# A queue


def test_a_page_is_printed_when_the_queue_let_go_of_it(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", WAITING, WAITING, EMPTY, done())
    delivery = print_to_queue("slips", "MO-1", PDF, QUICK)
    assert delivery.outcome is PaperOutcome.PRINTED
    assert programs.given == PDF
    assert programs.calls("lp") == ["-d slips -t MO-1 -o print-scaling=none"]


def test_a_setting_reaches_the_queue(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", EMPTY, done())
    printer = PrinterSetting(name="office", kind=PrinterKind.LP, target="slips")
    assert print_document(printer, "MO-1", PDF).outcome is PaperOutcome.PRINTED


def test_a_page_that_waits_too_long_is_unknown_and_says_why(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", WAITING)
    delivery = print_to_queue("slips", "MO-1", PDF, QUICK)
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert "Out of paper" in delivery.reason


@pytest.mark.parametrize("alerts", ["job-canceled-by-user", "aborted-by-system"])
def test_a_page_that_somebody_took_from_the_queue_failed(programs: PrintPrograms, alerts: str) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", EMPTY, done(alerts))
    delivery = print_to_queue("slips", "MO-1", PDF, QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert alerts in delivery.reason


def test_a_job_that_the_queue_forgot_is_unknown(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", EMPTY)
    assert print_to_queue("slips", "MO-1", PDF, QUICK).outcome is PaperOutcome.UNKNOWN


def test_a_busy_printer_is_asked_again(programs: PrintPrograms) -> None:
    programs.will("lp", "sys.exit('lp: server-error-busy')", "sys.exit('lp: server-error-busy')", ACCEPTED)
    programs.will("lpstat", EMPTY, done())
    assert print_to_queue("slips", "MO-1", PDF, QUICK).outcome is PaperOutcome.PRINTED
    assert len(programs.calls("lp")) == 3


def test_a_printer_that_stays_busy_failed(programs: PrintPrograms) -> None:
    programs.will("lp", "sys.exit('lp: server-error-busy')")
    delivery = print_to_queue("slips", "MO-1", PDF, QUICK)
    assert (delivery.outcome, len(programs.calls("lp"))) == (PaperOutcome.FAILED, QUICK.busy_tries)


def test_an_unknown_queue_failed_at_once_in_its_own_words(programs: PrintPrograms) -> None:
    programs.will("lp", "sys.exit('lp: The printer or class does not exist.')")
    delivery = print_to_queue("nosuch", "MO-1", PDF, QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert delivery.reason == "lp: The printer or class does not exist."
    assert len(programs.calls("lp")) == 1


def test_a_queue_that_gives_no_answer_is_unknown(programs: PrintPrograms) -> None:
    programs.will("lp", "time.sleep(30)")
    delivery = print_to_queue("slips", "MO-1", PDF, Limits(command_s=0.3))
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert "lp gave no answer" in delivery.reason


def test_a_machine_without_lp_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    delivery = print_to_queue("slips", "MO-1", PDF, QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert "cups-client" in delivery.reason


def test_an_lp_that_may_not_be_run_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "lp"
    program.write_text("not a program")
    program.chmod(stat.S_IRUSR | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert print_to_queue("slips", "MO-1", PDF, QUICK).outcome is PaperOutcome.FAILED
