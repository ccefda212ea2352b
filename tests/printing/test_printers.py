import os
import stat
from pathlib import Path

import pytest

from floor.commands import PaperOutcome
from floor.printers import PrinterTrouble
from printing.printers import PrinterKind, PrinterSetting
from printing.printers.all_kinds import follow, look_at, print_document
from printing.printers.delivery import Printable
from printing.printers.following import Limits
from printing.printers.lp import look_at_queue, print_to_queue
from tests.printing.fake_print_programs import PrintPrograms, programs
from tests.printing.samples import a_folder

__all__ = ["programs"]

PDF = b"%PDF-1.4 a page"


def a_page(name: str = "MO-1") -> Printable:
    return Printable(name, PDF, 105, 148)


class Told:
    """Keeps what a printer tells while it prints."""

    def __init__(self, jobs: list[str], troubles: list[PrinterTrouble | None]) -> None:
        self.jobs, self.troubles = jobs, troubles

    def taken(self, job: str) -> None:
        self.jobs.append(job)

    def held_up(self, trouble: PrinterTrouble | None) -> None:
        self.troubles.append(trouble)


QUICK = Limits(command_s=5, job_s=0.8, trouble_s=1.2, poll_s=0.01, busy_s=0.01, busy_tries=3)
ACCEPTED = "print('request id is slips-7 (1 file(s))')"
WAITING = "print('slips-7  anna  1024  Mon\\n\\tStatus: Rendering.\\n\\tAlerts: job-printing')"
EMPTY = "pass"


def done(alerts: str = "processing-to-stop-point") -> str:
    """What lpstat says of a job that is over, among others."""
    others = "slips-70  bert  1024  Mon\\n\\tAlerts: job-canceled-by-user\\n"
    return (
        f"print('{others}slips-7  anna  1024  Mon\\n\\tStatus: \\n\\tAlerts: {alerts}\\n\\tqueued for slips')"
    )


# A folder


def test_a_page_appears_in_the_folder_under_its_name(tmp_path: Path) -> None:
    delivery = print_document(a_folder(tmp_path / "slips"), a_page("MO-1_X_copy-1"))
    assert delivery.outcome is PaperOutcome.PRINTED
    assert [path.name for path in (tmp_path / "slips").iterdir()] == ["MO-1_X_copy-1.pdf"]
    assert (tmp_path / "slips" / "MO-1_X_copy-1.pdf").read_bytes() == PDF


def test_the_same_page_again_takes_the_same_place(tmp_path: Path) -> None:
    for _ in range(2):
        assert print_document(a_folder(tmp_path), a_page("a")).outcome is PaperOutcome.PRINTED
    assert len(list(tmp_path.iterdir())) == 1


def test_f1_a_share_that_is_not_there_is_waited_for_and_not_made_up(tmp_path: Path) -> None:
    share = a_folder(tmp_path / "share" / "slips")
    delivery = print_document(share, a_page("a"))
    assert (delivery.outcome, delivery.trouble) == (None, PrinterTrouble.OFFLINE)
    assert look_at(share, a_page()) is PrinterTrouble.OFFLINE
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "share").mkdir()
    assert look_at(share, a_page()) is None


def test_a_page_that_was_being_put_there_is_found_again_or_looked_for(tmp_path: Path) -> None:
    taken: list[str] = []
    print_document(a_folder(tmp_path), a_page("a"), Told(taken, []))
    assert follow(a_folder(tmp_path), taken[0]).outcome is PaperOutcome.PRINTED
    (tmp_path / "a.pdf").unlink()
    assert follow(a_folder(tmp_path), taken[0]).outcome is PaperOutcome.UNKNOWN


def test_a_file_in_the_folders_place_fails(tmp_path: Path) -> None:
    (tmp_path / "slips").write_text("")
    assert print_document(a_folder(tmp_path / "slips"), a_page("a")).outcome is PaperOutcome.FAILED


def test_a_full_disk_leaves_no_half_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("os.fsync", full)
    delivery = print_document(a_folder(tmp_path), a_page("a"))
    assert (delivery.outcome, list(tmp_path.iterdir())) == (None, [])
    assert delivery.trouble is PrinterTrouble.DISK_FULL


# A queue


def test_a_page_is_printed_when_the_queue_let_go_of_it(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", WAITING, WAITING, EMPTY, done())
    delivery = print_to_queue("slips", a_page(), QUICK)
    assert delivery.outcome is PaperOutcome.PRINTED
    assert programs.given == PDF
    assert programs.calls("lp") == ["-d slips -t MO-1 -o media=Custom.105x148mm -o print-scaling=none"]


def test_a_setting_reaches_the_queue(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", EMPTY, done())
    printer = PrinterSetting(name="office", kind=PrinterKind.LP, target="slips")
    assert print_document(printer, a_page("MO-1")).outcome is PaperOutcome.PRINTED


def test_f3_a_page_that_is_stuck_in_the_queue_is_unknown_and_says_why(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", WAITING)
    delivery = print_to_queue("slips", a_page(), QUICK)
    assert (delivery.outcome, delivery.trouble) == (PaperOutcome.UNKNOWN, None)
    assert delivery.reason == "slips-7 waits in the queue. Status: Rendering.; Alerts: job-printing"


def test_f2_a_page_that_waits_for_paper_is_told_and_printed_when_there_is_some(
    programs: PrintPrograms,
) -> None:
    programs.will("lp", ACCEPTED)
    empty = "print('printer slips now printing slips-7.\\n\\tAlerts: media-empty-error')"
    fed = "print('printer slips now printing slips-7.\\n\\tAlerts: none')"
    programs.will("lpstat", WAITING, empty, WAITING, empty, WAITING, fed, EMPTY, done())
    troubles: list[PrinterTrouble | None] = []
    delivery = print_to_queue("slips", a_page(), QUICK, Told([], troubles))
    assert delivery.outcome is PaperOutcome.PRINTED
    assert troubles == [PrinterTrouble.OUT_OF_PAPER, PrinterTrouble.OUT_OF_PAPER, None]


def test_f2_a_page_that_waits_for_paper_for_too_long_is_unknown(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    empty = "print('printer slips now printing slips-7.\\n\\tAlerts: media-empty-error')"
    programs.will("lpstat", *[WAITING, empty] * 200)
    delivery = print_to_queue("slips", a_page(), QUICK)
    assert (delivery.outcome, delivery.trouble) == (PaperOutcome.UNKNOWN, PrinterTrouble.OUT_OF_PAPER)
    assert delivery.reason == "slips-7 waits in the queue. Out of paper."


IDLE = "printer slips is idle.  enabled since Mon"


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (IDLE, None),
        (f"{IDLE}\n\tAlerts: media-empty-error", None),
        ("printer slips now printing slips-6.\n\tAlerts: media-empty-error", PrinterTrouble.OUT_OF_PAPER),
        ("printer slips now printing slips-6.\n\tAlerts: media-low-warning", None),
        (
            "printer slips now printing slips-6.\n\tThe printer may not exist or is unavailable",
            PrinterTrouble.OFFLINE,
        ),
        ("printer slips disabled since Mon -\n\tPaused", PrinterTrouble.PAUSED),
        ("slips not accepting requests since Mon -\n\tRejecting Jobs", PrinterTrouble.NOT_ACCEPTING),
        ("lpstat: Connection refused", PrinterTrouble.OFFLINE),
        ("lpstat: Invalid destination name in list", None),
    ],
)
def test_f1_f2_a_queue_is_asked_before_it_gets_a_page(
    programs: PrintPrograms, said: str, trouble: PrinterTrouble | None
) -> None:
    programs.will("lpstat", f"print({said!r})")
    assert look_at_queue("slips", QUICK) is trouble


@pytest.mark.parametrize("alerts", ["job-canceled-by-user", "aborted-by-system"])
def test_a_page_that_somebody_took_from_the_queue_failed(programs: PrintPrograms, alerts: str) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", EMPTY, done(alerts))
    delivery = print_to_queue("slips", a_page(), QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert alerts in delivery.reason


def test_a_job_that_the_queue_forgot_is_unknown(programs: PrintPrograms) -> None:
    programs.will("lp", ACCEPTED)
    programs.will("lpstat", EMPTY)
    assert print_to_queue("slips", a_page(), QUICK).outcome is PaperOutcome.UNKNOWN


def test_a_busy_printer_is_asked_again(programs: PrintPrograms) -> None:
    programs.will("lp", "sys.exit('lp: server-error-busy')", "sys.exit('lp: server-error-busy')", ACCEPTED)
    programs.will("lpstat", EMPTY, done())
    assert print_to_queue("slips", a_page(), QUICK).outcome is PaperOutcome.PRINTED
    assert len(programs.calls("lp")) == 3


def test_a_printer_that_stays_busy_got_nothing_and_is_asked_again_later(programs: PrintPrograms) -> None:
    programs.will("lp", "sys.exit('lp: server-error-busy')")
    delivery = print_to_queue("slips", a_page(), QUICK)
    assert (delivery.outcome, delivery.trouble) == (None, PrinterTrouble.BUSY)
    assert len(programs.calls("lp")) == QUICK.busy_tries


def test_an_unknown_queue_failed_at_once_in_its_own_words(programs: PrintPrograms) -> None:
    programs.will("lp", "sys.exit('lp: The printer or class does not exist.')")
    delivery = print_to_queue("nosuch", a_page(), QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert delivery.reason == "lp: The printer or class does not exist."
    assert len(programs.calls("lp")) == 1


def test_a_queue_that_gives_no_answer_is_unknown(programs: PrintPrograms) -> None:
    programs.will("lp", "time.sleep(30)")
    delivery = print_to_queue("slips", a_page(), Limits(command_s=0.3))
    assert delivery.outcome is PaperOutcome.UNKNOWN
    assert "lp gave no answer" in delivery.reason


def test_a_machine_without_lp_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    delivery = print_to_queue("slips", a_page(), QUICK)
    assert delivery.outcome is PaperOutcome.FAILED
    assert "cups-client" in delivery.reason


def test_an_lp_that_may_not_be_run_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "lp"
    program.write_text("not a program")
    program.chmod(stat.S_IRUSR | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert print_to_queue("slips", a_page(), QUICK).outcome is PaperOutcome.FAILED
