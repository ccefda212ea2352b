"""The scanners' sheet, as a page that both readers read."""

import subprocess
import sys
from pathlib import Path

from floor.self_test import SELF_TEST
from printing.document import document
from printing.layout import CODE_128, QR, lacking, placed
from printing.page import MODULE_MM, quiet_bars
from printing.readback import Trusted, read_back
from printing.scanner_sheet import scanner_sheet
from printing.symbols import bars
from tests.printing.samples import a_settings_sheet
from tests.tidy.tree import ROOT


def test_the_test_code_reads_back_as_bars_and_as_qr() -> None:
    made = document(scanner_sheet())
    assert isinstance(read_back(scanner_sheet(), made), Trusted)
    assert placed(made.pages[0]) == {(CODE_128, SELF_TEST), (QR, SELF_TEST)}


def test_the_bars_leave_their_quiet_zone_on_both_sides() -> None:
    assert len(bars(SELF_TEST)) * MODULE_MM + 2 * quiet_bars() <= 210 - 2 * 18


def test_a_sheet_that_forgot_its_bars_is_found() -> None:
    without = document(a_settings_sheet(3)).pages
    sheet = a_settings_sheet(3).model_copy(update={"bars": True})
    assert lacking(sheet, without) == {(CODE_128, sheet.code)}


def test_the_sheet_is_made_on_the_command_line(tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    made = subprocess.run(
        [sys.executable, "-m", "kiosk", "scanner-sheet", "--to", str(page)],
        cwd=ROOT,
        check=True,
        text=True,
        capture_output=True,
    )
    assert "read back" in made.stdout
    assert page.read_bytes() == document(scanner_sheet()).pdf
    nowhere = subprocess.run(
        [sys.executable, "-m", "kiosk", "scanner-sheet", "--to", str(tmp_path / "none" / "page.pdf")],
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=True,
    )
    assert nowhere.returncode == 1
