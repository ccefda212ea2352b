"""Tests of real pictures, of a real print system and of a label printer take part where there are any.

Never passes over one in silence: what is missing is named at the end of the run.
"""

from pathlib import Path
from typing import Final

import pytest

from tests.printing.outside import SCANS, can_open_a_print_shop, can_print_labels

NO_CUPS: Final = "no CUPS, or no right to start one"
MISSING: Final = {
    "test_scans.py": None if SCANS.is_dir() else "no pictures of real codes here",
    "test_cups.py": None if can_open_a_print_shop() else NO_CUPS,
    "test_ipp.py": None if can_open_a_print_shop() else NO_CUPS,
    "test_labels.py": None if can_print_labels() else "no label printer of node (scripts/test installs it)",
}
"""Why a file of tests has no part in this run; None where it has."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leaves out what cannot run here."""
    return True if MISSING.get(collection_path.name) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was left out."""
    for file, why in MISSING.items():
        if why:
            terminalreporter.write_line(f"tests/printing/{file} took no part: {why}")
