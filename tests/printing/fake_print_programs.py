"""`lp` and `lpstat` as scripts that say what a test wants, on PATH before the real ones.

Never prints; keeps what was given to it beside the scripts.
"""

import os
import stat
import sys
from pathlib import Path

import pytest

SCRIPT = """#!{python}
import pathlib, sys, time
here = pathlib.Path({folder!r})
name = pathlib.Path(sys.argv[0]).name
with (here / (name + ".calls")).open("a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
given = sys.stdin.buffer.read()
if name == "lp":
    (here / "given.pdf").write_bytes(given)
said = sorted(here.glob(name + ".said.*"))
script = said[0].read_text()
if len(said) > 1:
    said[0].unlink()
exec(script)
"""


class PrintPrograms:
    """What the two programs will say, call after call; the last is said for ever."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("lp", "lpstat"):
            program = folder / name
            program.write_text(SCRIPT.format(python=sys.executable, folder=str(folder)))
            program.chmod(program.stat().st_mode | stat.S_IXUSR)

    def will(self, name: str, *scripts: str) -> None:
        """The Python that each call of `lp` or `lpstat` runs."""
        for number, script in enumerate(scripts):
            (self.folder / f"{name}.said.{number:04}").write_text(script)

    def calls(self, name: str) -> list[str]:
        """The arguments of each call so far."""
        path = self.folder / f"{name}.calls"
        return path.read_text().splitlines() if path.exists() else []

    @property
    def given(self) -> bytes:
        """What `lp` was given to print."""
        return (self.folder / "given.pdf").read_bytes()


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrintPrograms:
    """The two programs, first on PATH."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return PrintPrograms(tmp_path)
