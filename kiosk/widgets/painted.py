"""The one widget of this terminal: a part of the view, the painter that draws it, only changed lines redrawn.

Never interprets what it shows: no markup, no links, no state but the lines on the screen.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kiosk.widgets.canvas import Line, Role, Span, padded

Part = TypeVar("Part")
Painter = Callable[[Part, int, int], list[Line]]
"""Draws a part on so many columns and rows."""


class Painted(Widget, Generic[Part], can_focus=False, inherit_bindings=False):
    """Shows what its painter makes of the part that it was given last."""

    COMPONENT_CLASSES = {f"painted--{role}" for role in Role}

    def __init__(self, paint: Painter[Part], part: Part, *, id: str) -> None:
        """A widget that shows `part` by `paint`."""
        super().__init__(id=id, markup=False)
        self._paint = paint
        self._part = part
        self._lines: list[Line] = []
        self._said = True

    def show(self, part: Part) -> None:
        """Show another part; nothing is drawn when it says the same."""
        if part != self._part or not self._said:
            self._part, self._said = part, True
            self._draw()

    def forget(self) -> None:
        """Whatever is shown next is painted, also when it says the same in another language."""
        self._said = False

    def text_at(self, row: int) -> str:
        """What stands on a line, as it was painted."""
        return "".join(span.text for span in self._lines[row]) if row < len(self._lines) else ""

    def on_resize(self, _event: Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        if not width or not height:
            return
        before, self._lines = self._lines, self._paint(self._part, width, height)[:height]
        if len(before) != len(self._lines):
            self.refresh()
            return
        changed = [row for row, line in enumerate(self._lines) if line != before[row]]
        if changed:
            self.refresh(*(Region(0, row, width, 1) for row in changed))

    def render_line(self, y: int) -> Strip:
        """One line, exactly as wide as the widget."""
        line = self._lines[y] if y < len(self._lines) else (Span(""),)
        width = self.size.width
        return Strip([Segment(span.text, self._style(span.role)) for span in padded(line, width)], width)

    def _style(self, role: Role) -> Style:
        return self.get_component_rich_style(f"painted--{role}")
