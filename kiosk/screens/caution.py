"""The line below the top line: that nothing is recorded now, else a trouble, else nothing.

Never two things at once: while somebody practises, a trouble waits; the foot still tells the road.
"""

from dataclasses import dataclass
from typing import Final

from kiosk.dialogue.view import Foot
from kiosk.screens.frame import paint_trouble
from kiosk.widgets.canvas import Line, Role, Span, cut, width_of
from kiosk.words import _

STRIPES: Final = "/"
"""Fill the line, so that it is no other line even without colours."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What people must know before they read on."""

    foot: Foot | None
    """None while the terminal starts."""
    training: bool


def paint_caution(caution: Caution, width: int, height: int) -> list[Line]:
    """One whole line."""
    return [_training(width)] if caution.training else paint_trouble(caution.foot, width, height)


def _training(width: int) -> Line:
    words = Span(cut(f" {_('TRAINING - nothing is recorded')} ", width), Role.BAND_FLAGGED)
    rest = width - width_of((words,))
    left, right = (
        Span(STRIPES * (rest // 2), Role.BAND_FLAGGED),
        Span(STRIPES * (rest - rest // 2), Role.BAND_FLAGGED),
    )
    return (left, words, right)
