"""What stands above a drawing: whose it is, and how one gets away from it.

Never the picture itself: `kiosk.widgets.pictured` shows it below.
"""

from typing import Final

from kiosk.dialogue.view import Drawing
from kiosk.widgets.canvas import Line, Role, Span, ends, inset

ROWS: Final = 1
"""Lines that this body takes of the screen."""


def paint_drawing(body: Drawing, width: int, height: int) -> list[Line]:
    """The step and its drawing at the left, the key at the right."""
    left: Line = (Span(body.title, Role.STRONG), Span(f"   {body.name}", Role.DIM))
    return inset([ends(left, (Span(body.keys, Role.DIM),), width - 2)], width, height)
