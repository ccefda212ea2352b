"""What `decide` looks at: the part of the plant's state that a command is about.

Never read lazily: the ledger gathers it inside the writing transaction, so that it cannot change meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from floor.codec import Fact
from floor.days import LastClose, OpenDay
from floor.events import Event
from floor.plant import Plant
from floor.progress import OrderProgress, SlipProgress, fold_order

Decided = list[tuple[str, Event]]
"""Events with their ids, in the order in which they are appended."""


def no_slip_numbers() -> str:
    """For whoever issues no slips."""
    raise RuntimeError("this ledger numbers no slips")


def no_day() -> OpenDay:
    """For whoever closes no days."""
    return OpenDay()


def no_close() -> LastClose | None:
    """For whoever closes no days."""
    return None


@dataclass(frozen=True, slots=True)
class Picture:
    """The state around one command."""

    plant: Plant
    order: OrderProgress = field(default_factory=lambda: fold_order(()))
    """The order that the command or its slip names; empty when nobody knows it."""
    downtimes: tuple[Fact, ...] = ()
    """The machine's downtimes that have not ended."""
    cursor: str | None = None
    """How far the others' facts are in it; None before a station's first contact, and at central."""
    next_slip: Callable[[], str] = no_slip_numbers
    """Gives the next free slip number of this stream."""
    open_day: Callable[[], OpenDay] = no_day
    """What this station recorded since its day was closed last, counted."""
    last_close: Callable[[], LastClose | None] = no_close
    """The day that this station closed last; None for none yet."""

    def slip(self, slip: str) -> SlipProgress | None:
        """The slip's progress; None when neither an issue nor a report of it is known."""
        return self.order.slips.get(slip)

    def order_of(self, slip: str) -> str | None:
        """The order that a slip was issued for, as far as known here."""
        known = self.slip(slip)
        return known.order if known and known.known else None
