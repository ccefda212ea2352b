import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from floor.commands import PaperOutcome
from floor.printers import PrinterTrouble
from printing.child import COMMAND, PrintingChild
from printing.jobs import Follow, Job, News
from tests.printing.samples import a_folder, a_slip
from tests.tidy.tree import ROOT

READS = "import sys, os, time, json, signal; line = sys.stdin.readline(); job = json.loads(line);"
TAKES_THE_PAGE = "print(json.dumps({'word': 'ready'}), flush=True); sys.stdin.readline();"
ANSWERS = (
    "import sys, json\n"
    "for line in sys.stdin:\n"
    "    paper = json.loads(line)['paper']\n"
    "    print(json.dumps({'paper': paper, 'printer': 'slips', 'outcome': 'printed'}), flush=True)"
)


def a_job(folder: object, paper: str = "1") -> Job:
    return Job(paper=paper, printer=a_folder(folder), sheet=a_slip())


def program(source: str) -> tuple[str, ...]:
    """A child that does something else than printing."""
    return (sys.executable, "-c", source)


def pages(folder: Path) -> list[Path]:
    """What was printed."""
    return list(folder.glob("*.pdf"))


def process_of(child: PrintingChild) -> int:
    """The id of the running process."""
    process = child._process
    assert process is not None
    return process.pid


@pytest.fixture
async def child() -> AsyncIterator[PrintingChild]:
    child = PrintingChild()
    yield child
    await child.stop()


async def test_a_job_is_printed_and_the_next_takes_the_same_child(
    child: PrintingChild, tmp_path: Path
) -> None:
    first = await child.print(a_job(tmp_path))
    started = process_of(child)
    second = await child.print(a_job(tmp_path, "2"))
    assert [(answer.paper, answer.outcome) for answer in (first, second)] == [
        ("1", PaperOutcome.PRINTED),
        ("2", PaperOutcome.PRINTED),
    ]
    assert process_of(child) == started


async def test_many_at_once_are_printed_one_by_one(child: PrintingChild, tmp_path: Path) -> None:
    jobs = [a_job(tmp_path, str(number)) for number in range(5)]
    answers = await asyncio.gather(*map(child.print, jobs))
    assert [answer.paper for answer in answers] == ["0", "1", "2", "3", "4"]
    assert {answer.outcome for answer in answers} == {PaperOutcome.PRINTED}


async def test_it_starts_in_whatever_folder_the_terminal_stands(
    child: PrintingChild, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (await child.print(a_job(tmp_path / "slips"))).outcome is PaperOutcome.PRINTED


@pytest.mark.parametrize(
    ("before", "outcome"), [("", PaperOutcome.FAILED), (TAKES_THE_PAGE, PaperOutcome.UNKNOWN)]
)
async def test_a_child_killed_in_the_middle_leaves_the_page_unknown_once_it_was_handed_over(
    tmp_path: Path, before: str, outcome: PaperOutcome
) -> None:
    child = PrintingChild(program(f"{READS} {before} os.kill(os.getpid(), signal.SIGKILL); time.sleep(60)"))
    answer = await child.print(a_job(tmp_path))
    assert (answer.outcome, answer.reason) == (outcome, "the printing program ended during the job")
    child._command = COMMAND
    assert (await child.print(a_job(tmp_path, "2"))).outcome is PaperOutcome.PRINTED
    await child.stop()


async def test_a_page_that_is_followed_needs_no_sheet_and_is_never_surely_not_printed(
    child: PrintingChild, tmp_path: Path
) -> None:
    page = Follow(paper="1", printer=a_folder(tmp_path), job="page.pdf")
    assert (await child.follow(page)).outcome is PaperOutcome.UNKNOWN
    (tmp_path / "page.pdf").write_bytes(b"as it came out")
    answer = await child.follow(page)
    assert (answer.paper, answer.printer, answer.outcome) == ("1", "slips", PaperOutcome.PRINTED)
    dies = PrintingChild(program("pass"))
    assert (await dies.follow(page)).outcome is PaperOutcome.UNKNOWN


async def test_a_child_killed_between_two_jobs_harms_neither(child: PrintingChild, tmp_path: Path) -> None:
    assert (await child.print(a_job(tmp_path))).outcome is PaperOutcome.PRINTED
    process = child._process
    assert process is not None
    process.kill()
    await process.wait()
    assert (await child.print(a_job(tmp_path, "2"))).outcome is PaperOutcome.PRINTED


async def test_killed_at_any_moment_a_page_said_to_be_printed_is_there(tmp_path: Path) -> None:
    child = PrintingChild()
    await child.print(a_job(tmp_path / "warm"))
    for number in range(12):
        folder = tmp_path / str(number)
        printing = asyncio.create_task(child.print(a_job(folder, str(number))))
        await asyncio.sleep(0.008 * number)
        if (process := child._process) and process.returncode is None:
            process.kill()
        answer = await printing
        assert answer.paper == str(number)
        pages = list(folder.glob("*.pdf")) if folder.exists() else []
        assert answer.outcome is PaperOutcome.UNKNOWN or len(pages) == (
            answer.outcome is PaperOutcome.PRINTED
        )
    await child.stop()


async def test_a_child_that_says_nothing_is_ended_at_the_deadline(tmp_path: Path) -> None:
    child = PrintingChild(program(f"{READS} {TAKES_THE_PAGE} time.sleep(60)"), deadline_s=0.5)
    answer = await child.print(a_job(tmp_path))
    assert (answer.outcome, answer.reason) == (PaperOutcome.UNKNOWN, "no answer in 0.5 s")
    assert child._process is None


@pytest.mark.parametrize(
    "said",
    ["print('noise')", "print(json.dumps({'paper': 'another', 'printer': 'p', 'outcome': 'printed'}))", "1"],
)
async def test_an_answer_that_is_none_leaves_the_page_unknown(tmp_path: Path, said: str) -> None:
    child = PrintingChild(program(f"{READS} {TAKES_THE_PAGE} {said}"))
    assert (await child.print(a_job(tmp_path))).outcome is PaperOutcome.UNKNOWN
    assert child._process is None


async def test_nothing_reaches_the_printer_before_it_is_written_down_that_it_is_handed_over(
    child: PrintingChild, tmp_path: Path
) -> None:
    found: list[list[Path]] = []

    async def hand_over() -> bool:
        await asyncio.sleep(0.3)
        found.append(pages(tmp_path))
        return True

    assert (await child.print(a_job(tmp_path), hand_over)).outcome is PaperOutcome.PRINTED
    assert found == [[]]


async def test_what_may_not_be_handed_over_is_not_printed_and_harms_no_other(
    child: PrintingChild, tmp_path: Path
) -> None:
    async def called_back() -> bool:
        return False

    answer = await child.print(a_job(tmp_path), called_back)
    assert (answer.outcome, pages(tmp_path)) == (None, [])
    assert (await child.print(a_job(tmp_path, "2"))).outcome is PaperOutcome.PRINTED


async def test_what_cannot_be_written_down_is_not_handed_over(child: PrintingChild, tmp_path: Path) -> None:
    async def disk_full() -> bool:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        await child.print(a_job(tmp_path), disk_full)
    assert pages(tmp_path) == []
    assert (await child.print(a_job(tmp_path, "2"))).outcome is PaperOutcome.PRINTED


async def test_news_of_a_page_are_heard_and_give_it_more_time(tmp_path: Path) -> None:
    held_up = (
        "print(json.dumps({'word': 'held_up', 'trouble': 'out_of_paper'}), flush=True); time.sleep(0.3);"
    )
    done = "print(json.dumps({'paper': job['paper'], 'printer': 'p', 'outcome': 'printed'}), flush=True)"
    child = PrintingChild(program(f"{READS} {TAKES_THE_PAGE} {held_up * 4} {done}"), deadline_s=0.9)
    heard: list[News] = []

    async def hear(news: News) -> None:
        heard.append(news)

    answer = await child.print(a_job(tmp_path), hear=hear)
    assert answer.outcome is PaperOutcome.PRINTED
    assert [news.trouble for news in heard] == [PrinterTrouble.OUT_OF_PAPER] * 4
    await child.stop()


async def test_a_child_that_cannot_be_started_failed(tmp_path: Path) -> None:
    child = PrintingChild((str(tmp_path / "nothing"),))
    answer = await child.print(a_job(tmp_path))
    assert answer.outcome is PaperOutcome.FAILED
    assert "cannot be started" in answer.reason


async def test_a_job_given_up_takes_its_child_with_it_so_that_no_answer_comes_late(tmp_path: Path) -> None:
    slow = ANSWERS.replace("    paper", "    import time; time.sleep(0.3)\n    paper")
    child = PrintingChild(program(slow))
    given_up = asyncio.create_task(child.print(a_job(tmp_path)))
    await asyncio.sleep(0.1)
    given_up.cancel()
    with pytest.raises(asyncio.CancelledError):
        await given_up
    assert (await child.print(a_job(tmp_path, "2"))).paper == "2"
    await child.stop()


async def test_stopping_ends_the_process_even_one_that_does_not_listen(tmp_path: Path) -> None:
    deaf = PrintingChild(program(f"{ANSWERS}\nimport time; time.sleep(60)"))
    await deaf.print(a_job(tmp_path))
    started = process_of(deaf)
    await deaf.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(started, 0)
    await deaf.stop()


def test_asking_for_paper_loads_no_library_that_draws() -> None:
    ours = "printing.child, printing.sheet, printing.cards"
    source = f"import sys, json, {ours}; print(json.dumps(list(sys.modules)))"
    loaded = json.loads(subprocess.check_output([sys.executable, "-c", source], cwd=ROOT))
    heavy = {"PIL", "reportlab", "pypdfium2", "barcode", "segno", "zxingcpp", "pyzbar", "numpy"}
    assert heavy.isdisjoint(loaded)
    assert "printing.jobs" in loaded
