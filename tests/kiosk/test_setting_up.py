"""A terminal is set up by its sheet, through the real program; a running one asks for a supervisor first."""

import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind, encode
from kiosk.config import KioskConfig, ServerSection, StationSection, load
from kiosk.demo.screen import Screen
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.view import Asking, Helping, Tone
from kiosk.record import Record, code
from kiosk.settings_file import token_path
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command, refused
from tests.kiosk.shop_memory import BADGE, EVE, PIN, Terminal, with_reasons
from tests.tidy.tree import ROOT

CONFIG: Final = KioskConfig(
    station=StationSection(
        number="cutting-1", name="Cutting Line 1", work_centre="cutting", machines=("saw-1",)
    )
)
SHEET: Final = code(Record(CONFIG, "a-token"))
WANTED: Final = "SCAN THE SHEET"


HAND_S: Final = 0.2
"""Nobody presses a key right behind a scan: one that comes at once is the scanner's second Enter."""


def by_hand(screen: Screen, key: str) -> None:
    time.sleep(HAND_S)
    screen.press(key)


def start(path: Path) -> Screen:
    return Screen([sys.executable, "-m", "kiosk", "--config", str(path)], directory=ROOT)


def test_a_terminal_without_settings_wants_its_sheet_and_goes_on_with_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    path.parent.mkdir()
    screen = start(path)
    screen.wait(WANTED)
    screen.scan(SHEET)
    screen.wait("cutting-1")
    time.sleep(HAND_S)
    assert not path.exists(), "nothing is written before OK"
    screen.scan(command(CommandWord.OK))
    screen.wait("SCAN YOUR BADGE", 30)
    assert "CUTTING LINE 1" in screen.lines[0]
    assert "at saw-1" in screen.lines[0]
    assert load(path) == CONFIG
    assert token_path(path, CONFIG).read_text() == "a-token"
    assert screen.stop() == 0


def test_half_a_sheet_and_other_codes_set_nothing_up(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    screen = start(path)
    screen.wait(WANTED)
    screen.scan(SHEET[: len(SHEET) // 2])
    screen.wait(Refusal.CODE_TOO_SHORT.sentence)
    screen.scan(BADGE)
    screen.wait(Refusal.SHEET_FIRST.sentence)
    screen.scan(SHEET)
    screen.wait("This sheet says")
    by_hand(screen, "escape")
    screen.wait(WANTED)
    assert screen.stop() == 2
    assert not path.exists()


def test_who_does_without_a_sheet_is_told_what_to_do(tmp_path: Path) -> None:
    screen = start(tmp_path / "config.toml")
    screen.wait(WANTED)
    screen.press("escape")
    screen.wait("Copy config.example.toml")
    screen.process.wait(5)
    assert screen.stop() == 2


def test_a_folder_that_takes_no_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    screen = start(tmp_path / "a-file" / "config.toml")
    screen.wait(WANTED)
    screen.scan(SHEET)
    screen.wait("This sheet says")
    by_hand(screen, "enter")
    screen.wait(Refusal.SHEET_NOT_KEPT.sentence)
    screen.stop()


def test_without_a_terminal_nobody_waits_for_a_sheet(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "kiosk", "--config", str(tmp_path / "none.toml")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert answer.returncode == 2
    assert "cannot be read" in answer.stderr


def test_the_sheet_that_is_printed_is_the_sheet_that_is_taken(tmp_path: Path) -> None:
    from PIL.Image import Image

    from printing.raster import pictures
    from printing.readers import readers

    path, page = tmp_path / "config.toml", tmp_path / "sheet.pdf"
    path.write_text('[station]\nnumber = "cutting-1"\nname = "Cutting Line 1"\n')
    made = subprocess.run(
        [sys.executable, "-m", "kiosk", "sheet", "--config", str(path), "--to", str(page)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    picture: Image = pictures(page.read_bytes())[0]
    [(_, scanned)] = readers()["zxing"].page(picture)
    terminal = tmp_path / "terminal" / "config.toml"
    terminal.parent.mkdir()
    screen = start(terminal)
    screen.wait(WANTED)
    screen.scan(scanned)
    screen.wait("This sheet says")
    by_hand(screen, "enter")
    screen.wait("SCAN YOUR BADGE", 30)
    screen.stop()
    assert load(terminal) == load(path)


def test_settings_of_more_than_a_sheet_are_refused_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        "".join(f'[[printer]]\nname = "{n}"\ntarget = "{n * 7919:x}{n * 104729:x}"\n' for n in range(90))
    )
    made = subprocess.run(
        [sys.executable, "-m", "kiosk", "sheet", "--config", str(path), "--to", str(tmp_path / "sheet.pdf")],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 1
    assert "more than one sheet" in made.stderr
    assert not (tmp_path / "sheet.pdf").exists()


# A terminal that has settings already


class Kept:
    """Takes what is to be written down."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.refusal: Refusal | None = None

    async def __call__(self, record: Record) -> Refusal | None:
        if self.refusal is None:
            self.records.append(record)
        return self.refusal


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def terminal(kept: Kept) -> Terminal:
    made = Terminal(with_reasons(a_shop()))
    made.conversation = Conversation(
        made.memory, Place("Cutting Line 1", "WC10"), made.shop.new_id, lambda: made.now_ms, kept
    )
    return made


SUPERVISOR: Final = encode(TagKind.PERSON, EVE.badge)


async def test_an_operator_changes_no_settings(terminal: Terminal, kept: Kept) -> None:
    await terminal.scan(SHEET)
    assert refused(terminal) == Refusal.SUPERVISOR_ONLY.sentence
    await terminal.scan(BADGE)
    await terminal.scan(SHEET)
    assert refused(terminal) == Refusal.SUPERVISOR_ONLY.sentence
    assert kept.records == []


async def test_a_supervisor_changes_them_with_badge_pin_and_ok(terminal: Terminal, kept: Kept) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.scan(SHEET)
    assert isinstance(terminal.view.body, Asking)
    await terminal.keys(*PIN, "enter")
    body = terminal.view.body
    assert isinstance(body, Helping)
    assert ("station number", "cutting-1") in body.lines
    assert kept.records == []
    await terminal.scan(command(CommandWord.OK))
    assert kept.records == [Record(CONFIG, "a-token")]
    notice = terminal.view.notice
    assert notice is not None
    assert "next start" in notice.detail


async def test_a_wrong_pin_changes_nothing(terminal: Terminal, kept: Kept) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.scan(SHEET)
    await terminal.keys("1", "1", "enter")
    assert refused(terminal) == Refusal.PIN_WRONG.sentence
    await terminal.keys("enter", "enter")
    assert kept.records == []


async def test_a_disk_that_does_not_take_them_is_told(terminal: Terminal, kept: Kept) -> None:
    kept.refusal = Refusal.SHEET_NOT_KEPT
    await terminal.scan(SUPERVISOR)
    await terminal.scan(SHEET)
    await terminal.keys(*PIN, "enter", "enter")
    assert refused(terminal) == Refusal.SHEET_NOT_KEPT.sentence


async def test_a_report_that_is_begun_outlives_a_sheet(terminal: Terminal) -> None:
    (slip,) = terminal.shop.issue(80)
    await terminal.scan(SUPERVISOR)
    await terminal.scan(encode(TagKind.SLIP_STEP, slip + "BB"))
    await terminal.keys("4", "f4")
    await terminal.scan(SHEET)
    await terminal.keys(*PIN, "enter", "enter")
    assert terminal.view.notice is not None
    assert terminal.view.notice.tone is Tone.TAKEN
    await terminal.keys("enter")
    assert [report.content.scrap[0].quantity for report in terminal.reports] == [4]


def test_the_server_of_a_sheet_is_its_own(tmp_path: Path) -> None:
    server = ServerSection(url="http://10.0.0.5:8080")
    assert code(Record(KioskConfig(server=server))) != code(Record(KioskConfig()))
