"""`scripts/demo`: the plant's server and a terminal to try; with no terminal attached, a scripted shift.

Never leaves anything running: what it started, it ends.
"""

import argparse
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from floor.tags import TagKind
from kiosk.demo import plant, shift
from kiosk.demo.server import PlantServer, ServerFailedError

OUT: Final = Path("demo-out")
PORT: Final = 8080
PLAIN_SCREEN: Final = "\x1b[?1049l\x1b[?2004l\x1b[?25h\x1b[0m"
"""Leaves the full screen that a killed program left behind."""


def fresh(folder: Path) -> Path:
    """An empty folder in its place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def summary(board: dict[str, Any], seconds: float, slips: list[Path]) -> str:
    """What the shift came to, as the server counted it."""
    lines = [
        f"{board['order']}  {board['item_name']}  wanted {board['quantity']}",
        "",
        f"{'step':34}{'received':>9}{'good':>7}{'scrap':>7}{'missing':>9}{'still here':>12}",
    ]
    for line in board["steps"]:
        name = f"{line['step']}  {line['name']}"
        made = f"{line['received']:>9}{line['good']:>7}{line['scrap']:>7}"
        lines.append(f"{name:34}{made}{line['missing']:>9}{line['still_here']:>12}")
    flags = ", ".join(sorted({flag["flag"] for flag in board["flags"]})) or "none"
    lines += ["", f"flags that stand: {flags}", f"slips printed: {len(slips)}", f"played in {seconds:.0f} s"]
    return "\n".join(lines) + "\n"


def play_shift(folder: Path) -> int:
    """Play the scripted shift; pictures, slips and a summary stay in `folder`."""
    begun = time.monotonic()
    fresh(folder)
    server = PlantServer(folder / "central")
    try:
        server.load(plant.ASSETS)
        server, board = shift.play(server, folder)
    finally:
        server.stop()
    slips = fresh(folder / "slips")
    printed = sorted(folder.glob("terminals/*/slips/*.pdf"))
    for path in printed:
        shutil.copy(path, slips / path.name)
    told = summary(board, time.monotonic() - begun, printed)
    (folder / "summary.txt").write_text(told, encoding="utf-8")
    print(told)
    print(f"Screens are in {folder}/screens, slips in {folder}/slips, this summary in {folder}/summary.txt.")
    return 0


def try_it(folder: Path) -> int:
    """A server, slips on paper, and a terminal on this screen."""
    fresh(folder)
    print("Starting the server, printing the slips ...", flush=True)
    try:
        server = PlantServer(folder / "central", port=PORT)
    except ServerFailedError:
        server = PlantServer(folder / "central")
    try:
        server.load(plant.ASSETS)
        settings = plant.terminal_settings(folder, server, "cutting-1")
        terminal = shift.Terminal("Cutting Line 1", settings, folder / "screens")
        terminal.start()
        slips = shift.issue_slips(terminal, 80)
        terminal.stop()
        sheet = plant.code_sheet(slips)
        (folder / "codes.txt").write_text(plant.every_code(slips), encoding="utf-8")
        print(sheet)
        print(f"Plant's page: {server.url}    Slips: {settings.parent}/slips")
        print("For the commands of central, in a second window:")
        print(f"export FLOOR_DATA_DIR={folder}/central FLOOR_SERVER={server.url}")
        print(f"No network: kill -STOP {server.process.pid}    and back: kill -CONT {server.process.pid}")
        print(f"To end: badge of {plant.named(TagKind.PERSON)[plant.SUPERVISOR].name}, F10, PIN {plant.PIN}")
        input(f"All codes are in {folder}/codes.txt. ENTER starts the terminal ... ")
        return keep_running([sys.executable, "-m", "kiosk", "--config", str(settings)])
    finally:
        server.stop()


def keep_running(command: Sequence[str]) -> int:
    """A terminal that was killed is started again, as a station's service does; the exit code of its end."""
    while (code := subprocess.call(command)) < 0:
        sys.stdout.write(PLAIN_SCREEN)
        subprocess.run(["stty", "sane"], check=False)
        print(f"The terminal was killed (signal {-code}). What was ticked is recorded.")
        input("ENTER starts it again, Ctrl+C ends the demo ... ")
    return code


def main() -> int:
    """Try it by hand where there is a terminal, else play the shift."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo", description="The plant's server and a terminal to try."
    )
    parser.add_argument("--shift", action="store_true", help="play the scripted shift, terminal or not")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what runs is ended
    if given.shift or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return play_shift(OUT)
    return try_it(OUT)


if __name__ == "__main__":
    sys.exit(main())
