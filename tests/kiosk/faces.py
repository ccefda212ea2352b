"""The real app without a terminal: its screen as a grid of characters and roles."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from textual.pilot import Pilot

from kiosk.app import KioskApp
from kiosk.messages import Conversation
from kiosk.scanner import Scanner
from kiosk.widgets.canvas import Role
from kiosk.widgets.painted import Painted
from tests.kiosk.views import NOW

SIZES: Final = ((80, 24), (120, 40))
LETTERS: Final = dict(zip(Role, "._sftrwbBTFRoUAXPDOYZWI0", strict=True))


def monotonic_ms() -> float:
    return time.monotonic_ns() / 1_000_000


@asynccontextmanager
async def running(
    conversation: Conversation, size: tuple[int, int] = (80, 24), theme: str = "dark"
) -> AsyncIterator[tuple[KioskApp, Pilot[None]]]:
    """The app, painted, in strict order with the conversation."""

    async def make() -> Conversation:
        return conversation

    app = KioskApp(
        make,
        Scanner(),
        lambda: NOW,
        monotonic_ms,
        place="Cutting Line 1",
        crash_log=Path(os.devnull),
        theme=theme,
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause(0.05)
        yield app, pilot


def characters(app: KioskApp) -> list[str]:
    """The screen as a person reads it."""
    width, height = app.size
    return [strip.text.ljust(width) for strip in app.screen._compositor.render_strips()][:height]


def roles(app: KioskApp) -> list[str]:
    """The role of each cell, one letter each."""
    grid = [[" "] * app.size.width for _ in range(app.size.height)]
    for widget in app.screen.query(Painted):
        if not widget.display or not widget.region:
            continue
        for row, line in enumerate(widget._lines):
            at = widget.region.x
            for span in line:
                for _ in range(_cells(span.text)):
                    if at < app.size.width:
                        grid[widget.region.y + row][at] = LETTERS[span.role]
                    at += 1
    return ["".join(row).rstrip() for row in grid]


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
