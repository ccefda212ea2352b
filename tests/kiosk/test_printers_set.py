"""The printers of a station's settings, as they are used from its start on."""

import json
from pathlib import Path
from typing import Final

from kiosk.config import KioskConfig, PrinterSection
from kiosk.wiring import Station
from kiosk.wiring.printers import setting, usable
from printing.papers import Paper
from sync.health import FILE_NAME
from tests.kiosk.at_terminal import until

BAD: Final = "\nnotes_rows = 99\n"
WHY: Final = "template line 2: notes_rows must be a whole number from 0 to 6"


def test_files_lie_beside_the_settings_and_paper_is_as_set(tmp_path: Path) -> None:
    section = PrinterSection(name="office", target="slips", paper="80mm", slip_template="slip.toml")
    printer = setting(section, tmp_path)
    assert (printer.target, printer.slip_template) == (str(tmp_path / "slips"), str(tmp_path / "slip.toml"))
    assert printer.paper is Paper.RECEIPT
    assert setting(PrinterSection(), tmp_path).slip_template == ""


def test_a_good_template_is_used_and_nothing_is_noted(tmp_path: Path) -> None:
    (tmp_path / "slip.toml").write_text("notes_rows = 2\n")
    printer = setting(PrinterSection(slip_template="slip.toml"), tmp_path)
    assert usable(printer) == (printer, None)


def test_with_a_bad_template_the_built_in_slip_is_printed_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "slip.toml").write_text(BAD)
    printer, note = usable(setting(PrinterSection(slip_template="slip.toml"), tmp_path))
    assert (printer.slip_template, printer.slip_remark) == ("", f"Built-in slip: {WHY}")
    assert note == f"folder prints the built-in slip until the next start: {WHY}"


async def test_a_terminal_starts_with_a_bad_template_and_its_health_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "slip.toml").write_text(BAD)
    config = KioskConfig(printer=(PrinterSection(slip_template="slip.toml"),))
    station = Station(config, tmp_path / "config.toml")
    file = station.data_folder / FILE_NAME
    try:
        await station.open()
        await until(lambda: any(WHY in note for note in notes_of(file)), 60)
    finally:
        await station.close()


def notes_of(health: Path) -> list[str]:
    """What the health file notes; nothing before there is one."""
    return list(json.loads(health.read_text(encoding="utf-8"))["notes"]) if health.exists() else []
