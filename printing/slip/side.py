"""One side of a slip: what every block is drawn from, and where it may stand.

Never draws.
"""

from dataclasses import dataclass
from typing import Final

from printing.papers import Paper
from printing.sheet import SheetStep, SlipSheet
from printing.slip.measures import Measures
from printing.slip.template import BUILT_IN, Labels, Template


@dataclass(frozen=True, slots=True)
class Style:
    """How slips look on one printer."""

    paper: Paper = Paper.A6
    template: Template = BUILT_IN
    logo: bytes | None = None
    """The PNG that the template names."""
    remark: str = ""
    """Printed at the foot: why a slip does not look as the plant wanted it."""


BUILT_IN_STYLE: Final = Style()


@dataclass(frozen=True, slots=True)
class Side:
    """One page among all of a slip."""

    sheet: SlipSheet
    code: str
    """Of this copy of the slip."""
    style: Style
    on: Measures
    number: int
    """1 is the first."""
    count: int
    steps: tuple[SheetStep, ...]
    """Those of this page."""
    air: float = 1.0
    """How wide gaps are; less on a page that is full."""

    @property
    def labels(self) -> Labels:
        """The words of the plant."""
        return self.style.template.labels

    @property
    def roomy(self) -> bool:
        """Whether there is room for second lines."""
        return self.air >= 1

    @property
    def passport(self) -> str | None:
        """The passport, on the first page only."""
        return self.sheet.passport if self.number == 1 else None


@dataclass(frozen=True, slots=True)
class Span:
    """From left to right, in millimetres."""

    left: float
    right: float
    white: float = 0.0
    """What stays free to the right of it: codes may count it as their quiet zone."""

    @property
    def width(self) -> float:
        """In millimetres."""
        return self.right - self.left
