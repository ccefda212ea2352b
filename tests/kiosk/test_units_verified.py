"""The systemd units as systemd itself reads them."""

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.kiosk.test_units import FOLDER, UNITS

PROGRAMS: Final = re.compile(r"/opt/\S+|/usr/bin/(cage|foot)")
"""What is installed at a station and not here."""


def verified(unit: Path) -> str:
    answer = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], check=False, capture_output=True, text=True
    )
    return "\n".join(line for line in answer.stderr.splitlines() if unit.name in line)


@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong(name: str, tmp_path: Path) -> None:
    made = tmp_path / name
    made.write_text(PROGRAMS.sub("/bin/true", (FOLDER / name).read_text(encoding="utf-8")), encoding="utf-8")
    assert verified(made) == ""


def test_systemd_would_find_a_key_that_it_does_not_know(tmp_path: Path) -> None:
    made = tmp_path / "wrong.service"
    made.write_text("[Service]\nExecStart=/bin/true\nRestartt=always\n", encoding="utf-8")
    assert "Restartt" in verified(made)
