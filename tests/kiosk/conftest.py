"""Tests of a real input device take part where the kernel makes one, those of units where systemd is.

Never passes over one in silence: what is missing is named at the end of the run.
"""

import os
import shutil
from pathlib import Path
from typing import Final

import pytest

UINPUT: Final = Path("/dev/uinput")
MISSING: Final = {
    "test_uinput.py": None if os.access(UINPUT, os.W_OK) else f"no right to write to {UINPUT}",
    "test_units_verified.py": None if shutil.which("systemd-analyze") else "no systemd-analyze",
}
"""Why a file of tests has no part in this run; None where it has."""


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leaves out what cannot run here."""
    return True if MISSING.get(collection_path.name) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was left out."""
    for file, why in MISSING.items():
        if why:
            terminalreporter.write_line(f"tests/kiosk/{file} took no part: {why}")
