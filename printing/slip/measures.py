"""How large everything is on each paper: one layout, five sets of measures.

Never names a mark and never places one.
"""

from dataclasses import dataclass
from typing import Final

from printing.page import MODULE_MM
from printing.papers import Paper

WIDE_MODULE_MM: Final = MODULE_MM * 4 / 3
"""Four dots of the commonest label printer: read from further away, where the page has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """One paper; lengths in millimetres."""

    width: float
    height: float | None
    """None for a strip that is cut where the slip ends."""
    margin: float
    words: float = 1.0
    """How large words are against those on A6."""
    module_mm: float = MODULE_MM
    """Of the slip's code, of the steps' QR and of the passport."""
    bars_height: float = 12
    step_bars_height: float = 8.5
    row_min: float = 7.2
    """Of a step, where the page is full; two lines of words."""
    row_comfort: float = 10.5
    """Of a step, before instructions and notes take what is left; three lines of words."""
    row_max: float = 13
    row_bars_min: float = 18.5
    """Of a step with bars below its words."""
    row_bars_max: float = 21
    number_width: float = 8
    sign_widths: tuple[float, float, float] = (9.5, 9.5, 14)
    """For good, for scrap, and to sign."""
    steps_max: int = 12
    """On one page."""
    stacked: bool = False
    """Whether one signs below a step's words: where the paper is too narrow for it beside them."""

    @property
    def right(self) -> float:
        """Where the printed page ends."""
        return self.width - self.margin


MEASURES: Final[dict[Paper, Measures]] = {
    Paper.A4: Measures(
        width=210,
        height=297,
        margin=10,
        words=1.4,
        module_mm=WIDE_MODULE_MM,
        bars_height=15,
        row_min=11,
        row_comfort=13,
        row_max=22,
        row_bars_min=19,
        row_bars_max=26,
        number_width=12,
        sign_widths=(17, 17, 28),
        steps_max=16,
    ),
    Paper.A5: Measures(
        width=148,
        height=210,
        margin=7,
        words=1.2,
        module_mm=WIDE_MODULE_MM,
        bars_height=14,
        row_min=9.2,
        row_comfort=11,
        row_max=17,
        row_bars_min=20,
        row_bars_max=23,
        number_width=10,
        sign_widths=(13, 13, 20),
        steps_max=14,
    ),
    Paper.A6: Measures(width=105, height=148, margin=4),
    Paper.LABEL: Measures(width=101.6, height=152.4, margin=4, sign_widths=(9.5, 9.5, 12)),
    Paper.RECEIPT: Measures(
        width=80,
        height=None,
        margin=4,
        row_min=18,
        row_comfort=18,
        row_max=18,
        row_bars_min=30,
        row_bars_max=30,
        sign_widths=(14, 14, 0),
        steps_max=64,
        stacked=True,
    ),
}
