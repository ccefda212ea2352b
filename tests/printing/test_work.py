import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from floor.commands import PaperOutcome
from floor.events import Grade
from floor.printers import PrinterTrouble
from printing import work
from printing.cards import command_card
from printing.document import Document, document
from printing.harms import Harm
from printing.jobs import GO, LINE_BYTES_MAX, NO, SAID, Answer, Depth, Job, News, Word, to_line
from printing.languages import spoken
from printing.papers import Paper
from printing.printers import Language
from printing.readers import readers
from printing.sheet import SlipSheet
from printing.slip.side import Style
from printing.work import answer_job, answer_line
from tests.printing.samples import PAPER, a_folder, a_slip, badges
from tests.printing.test_receipt import printed
from tests.tidy.tree import ROOT


def a_job(folder: Path, paper: str = PAPER, sheet: SlipSheet | None = None) -> Job:
    return Job(paper=paper, printer=a_folder(folder), sheet=sheet or a_slip())


def test_a_slip_is_read_back_and_printed(tmp_path: Path) -> None:
    answer = answer_job(a_job(tmp_path))
    assert (answer.paper, answer.printer, answer.outcome) == (PAPER, "slips", PaperOutcome.PRINTED)
    assert answer.readers == tuple(readers())
    assert [path.name for path in tmp_path.iterdir()] == ["MO-1042_BCDFGHJK_copy-1_abababab.pdf"]


def test_a_finer_printer_gets_a_page_of_its_own_dots(tmp_path: Path) -> None:
    printer = a_folder(tmp_path).model_copy(update={"dots_per_inch": 600})
    assert answer_job(Job(paper=PAPER, printer=printer, sheet=a_slip())).outcome is PaperOutcome.PRINTED
    [path] = tmp_path.iterdir()
    assert path.read_bytes() == document(a_slip(), 600).pdf != document(a_slip()).pdf


def test_what_was_proven_is_about_the_very_bytes_that_the_printer_got(tmp_path: Path) -> None:
    answer = answer_job(a_job(tmp_path))
    [printed] = tmp_path.iterdir()
    assert answer.proof
    assert answer.proof.sha256 == sha256(printed.read_bytes()).hexdigest()
    assert (answer.proof.dots_per_inch, answer.proof.grade) == (203, Grade.A)
    assert answer.proof.harms == answer.proof.survived == tuple(Harm)


def test_cards_take_the_same_way(tmp_path: Path) -> None:
    job = Job(paper="cards", printer=a_folder(tmp_path), sheet=command_card())
    assert answer_line(to_line(job)).outcome is PaperOutcome.PRINTED
    assert [path.name for path in tmp_path.iterdir()] == ["Commands_cards.pdf"]


def test_sheets_of_one_title_never_take_each_others_place(tmp_path: Path) -> None:
    for paper in ("0192f0c1", "0192f0c2"):
        sheet = command_card().model_copy(update={"plant": "Werk", "title": "Карточки команд"})
        job = Job(paper=paper, printer=a_folder(tmp_path), sheet=sheet)
        assert answer_job(job).outcome is PaperOutcome.PRINTED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Werk_0192f0c1.pdf", "Werk_0192f0c2.pdf"]


def test_f1_a_page_that_its_printer_cannot_take_yet_is_drawn_and_proved_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[SlipSheet] = []
    real = work.document

    def counted(sheet: SlipSheet, dots_per_inch: int, style: Style) -> Document:
        drawn.append(sheet)
        return real(sheet, dots_per_inch, style)

    monkeypatch.setattr(work, "document", counted)
    share = tmp_path / "share" / "slips"
    for _ in range(3):
        assert answer_job(a_job(share)).trouble is PrinterTrouble.OFFLINE
    share.parent.mkdir()
    answer = answer_job(a_job(share))
    assert (answer.outcome, len(drawn)) == (PaperOutcome.PRINTED, 1)
    assert answer.proof
    other = answer_job(a_job(share, "another", a_slip(copy_letter="C")))
    assert (other.outcome, len(drawn)) == (PaperOutcome.PRINTED, 2)
    assert len(list(share.iterdir())) == 2


def test_a_page_that_does_not_read_back_never_reaches_the_printer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work.document

    def another_slip(sheet: SlipSheet, dots_per_inch: int, style: Style) -> Document:
        return real(sheet.model_copy(update={"copy_letter": "X"}), dots_per_inch, style)

    monkeypatch.setattr(work, "document", another_slip)
    answer = answer_job(a_job(tmp_path))
    assert (answer.outcome, answer.readers) == (PaperOutcome.FAILED, ())
    assert answer.proof is None
    assert (
        answer.reason == "not printed: the QR of the slip (TBCD FGHJ KBL) and 1 more is missing on the page"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_drawn_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(sheet: SlipSheet, dots_per_inch: int, style: Style) -> Document:
        raise RuntimeError("no font")

    monkeypatch.setattr(work, "document", broken)
    answer = answer_job(a_job(tmp_path))
    assert (answer.outcome, answer.reason) == (
        PaperOutcome.FAILED,
        "cannot be drawn: RuntimeError('no font')",
    )


def test_a_printer_that_breaks_in_the_middle_is_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise RuntimeError("half a page")

    monkeypatch.setattr(work, "print_document", broken)
    assert answer_job(a_job(tmp_path)).outcome is PaperOutcome.UNKNOWN


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"not json",
        b"[1, 2]",
        b"{}",
        b'{"paper": 7}',
        b"\xff\xfe\x00",
        b"nul\x00",
        b'{"paper": "x", "printer": [], "sheet": {"kind": "novel"}}',
    ],
)
def test_a_broken_line_is_answered_failed(line: bytes) -> None:
    answer = answer_line(line)
    assert answer.outcome is PaperOutcome.FAILED
    assert answer.reason.startswith("not a job")


def test_the_answer_to_a_broken_job_finds_home(tmp_path: Path) -> None:
    job = json.loads(to_line(a_job(tmp_path)))
    del job["sheet"]["slip"]
    answer = answer_line(json.dumps(job).encode())
    assert (answer.paper, answer.printer) == (PAPER, "slips")
    assert "sheet.slip.slip" in answer.reason


def test_a_reason_is_never_longer_than_an_event_holds(tmp_path: Path) -> None:
    (tmp_path / ("x" * 200)).write_text("no folder")
    answer = answer_job(a_job(tmp_path / ("x" * 200)))
    assert answer.outcome is PaperOutcome.FAILED
    assert 1 <= len(answer.reason) <= 120


# As a process


def talk(given: bytes) -> list[Answer]:
    """What `python -m printing` answers to these bytes."""
    return [answer for answer in said(given) if isinstance(answer, Answer)]


def said(given: bytes) -> list[Answer | News]:
    """All that it says to them; it must end by itself and say nothing else."""
    ended = subprocess.run(
        [sys.executable, "-m", "printing"],
        input=given,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=True,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )
    return [SAID.validate_json(line) for line in ended.stdout.splitlines()]


def test_the_process_answers_line_by_line_and_survives_broken_ones(tmp_path: Path) -> None:
    job = to_line(a_job(tmp_path))
    too_long = b"x" * (2 * LINE_BYTES_MAX + 5) + b"\n"
    answers = talk(b"not a job\n\n" + too_long + job + GO + b'{"paper": "half')
    assert [answer.outcome.value for answer in answers] == ["failed", "failed", "printed", "failed"]
    assert answers[1].reason == "line too long"
    assert answers[2].paper == PAPER


def test_the_process_ends_with_its_input() -> None:
    assert talk(b"") == []


def test_a_long_document_says_that_it_goes_on(tmp_path: Path) -> None:
    job = Job(paper="badges", printer=a_folder(tmp_path), sheet=badges(25))
    *news, answer = said(to_line(job) + GO)
    assert isinstance(answer, Answer)
    assert answer.outcome is PaperOutcome.PRINTED
    assert [one.word for one in news if isinstance(one, News)] == [
        Word.PAGE,
        Word.PAGE,
        Word.READY,
        Word.TAKEN,
    ]


@pytest.mark.parametrize("word", [NO, b"", b"perhaps\n"])
def test_without_a_go_nothing_is_printed(tmp_path: Path, word: bytes) -> None:
    [answer] = talk(to_line(a_job(tmp_path)) + word)
    assert (answer.outcome, list(tmp_path.iterdir())) == (None, [])


def test_what_a_library_prints_does_not_reach_the_answers(tmp_path: Path) -> None:
    program = (
        "import os, printing.work, printing.__main__ as child; real = printing.work.answer_line\n"
        "def noisy(line, parent):\n"
        "    print('noise'); os.write(1, b'noise')\n"
        "    return real(line, parent)\n"
        "printing.work.answer_line = noisy; child.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        input=to_line(a_job(tmp_path)) + GO,
        capture_output=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    *news, answer = map(SAID.validate_json, ended.stdout.splitlines())
    assert isinstance(answer, Answer)
    assert answer.outcome is PaperOutcome.PRINTED
    assert [said.word for said in news if isinstance(said, News)] == [Word.READY, Word.TAKEN]
    assert ended.stderr.count(b"noise") == 2


@pytest.mark.parametrize("language", [Language.ZPL, Language.PNG])
def test_a_printer_gets_its_own_language_and_the_proof_is_about_that(
    tmp_path: Path, language: Language
) -> None:
    printer = a_folder(tmp_path).model_copy(update={"language": language})
    answer = answer_job(Job(paper=PAPER, printer=printer, sheet=a_slip()))
    [printed] = tmp_path.iterdir()
    assert printed.name == f"MO-1042_BCDFGHJK_copy-1_abababab.{language}"
    assert printed.read_bytes() == spoken(document(a_slip()), language)
    assert answer.proof
    assert answer.proof.sha256 == sha256(printed.read_bytes()).hexdigest()


def test_a_page_wider_than_a_receipt_printer_is_not_printed_and_says_so(tmp_path: Path) -> None:
    printer = a_folder(tmp_path).model_copy(update={"language": Language.ESCPOS})
    answer = answer_job(Job(paper=PAPER, printer=printer, sheet=a_slip()))
    assert (answer.outcome, list(tmp_path.iterdir())) == (PaperOutcome.FAILED, [])
    assert answer.reason == "not printed: the page is 105 mm wide, and a receipt printer reaches 72 mm"


def test_a_slip_on_a_roll_comes_out_of_a_receipt_printer_as_it_was_read(tmp_path: Path) -> None:
    printer = a_folder(tmp_path).model_copy(update={"language": Language.ESCPOS, "paper": Paper.RECEIPT})
    answer = answer_job(Job(paper=PAPER, printer=printer, sheet=a_slip()))
    assert answer.outcome is PaperOutcome.PRINTED, answer.reason
    [receipt] = printed((tmp_path / "MO-1042_BCDFGHJK_copy-1_abababab.escpos").read_bytes())
    for reader in readers().values():
        assert {code for _, code in reader.page(receipt)} == a_slip().codes


def test_between_the_samples_of_a_batch_only_the_codes_are_read(tmp_path: Path) -> None:
    answer = answer_job(Job(paper=PAPER, printer=a_folder(tmp_path), sheet=a_slip(), depth=Depth.CODES))
    assert (answer.outcome, answer.readers) == (PaperOutcome.PRINTED, ("zxing",))
    assert answer.proof
    assert answer.proof.grade is None
