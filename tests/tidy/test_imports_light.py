"""A terminal must be up in a second: what starting it loads, seen in a clean interpreter.

Never measures time: benchmarks/ does.
"""

import json
import subprocess
import sys
from typing import Final

import pytest

from tests.tidy.tree import ROOT

STARTED: Final = ("kiosk.__main__", "kiosk.commands.terminal", "kiosk.app", "kiosk.wiring")
"""What runs between the command and the first report that can be recorded."""

HEAVY: Final = (
    *("cv2", "numpy"),  # a camera, only where one is used
    *("PIL", "reportlab", "pypdfium2", "barcode", "segno", "zxingcpp", "pyzbar"),  # paper, in a child process
    *("fastapi", "starlette", "uvicorn", "jinja2", "psycopg", "typer"),  # the server
    "cryptography",  # to sign and to check what slips say of themselves, in a thread
    "alembic",  # only when the tables are of another version
)


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """Every module that a clean interpreter holds after the terminal's modules were loaded."""
    program = f"import sys, json, {', '.join(STARTED)}; print(json.dumps(sorted(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(json.loads(answer.stdout))


@pytest.mark.parametrize("heavy", HEAVY)
def test_starting_the_terminal_does_not_load(heavy: str, loaded: set[str]) -> None:
    assert heavy not in loaded


def test_offering_the_commands_loads_none_of_their_work() -> None:
    program = "import sys, kiosk.commands as c; c.parser(); print(*sorted(sys.modules))"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    theirs = {"textual", "pydantic", "sqlmodel", "httpx", "json", "kiosk.record", *HEAVY}
    assert not theirs & set(answer.stdout.split())


def test_the_terminal_itself_was_loaded(loaded: set[str]) -> None:
    assert {"textual", *STARTED} <= loaded
