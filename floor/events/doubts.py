"""Central's words about doubtful facts: settled, or set aside.

Never changes the fact itself.
"""

from floor.events.base import Event
from floor.identity import EventId, Name, Number, SlipNumber, StreamId


class FlagSettled(Event):
    """A person explained a standing flag; it stands again when another fact joins it."""

    kind = "flag_settled"
    flag: Name
    order: Number | None
    slip: SlipNumber | None
    step: int | None
    facts: tuple[EventId, ...]
    """The facts that the settlement covers."""
    reason: Name


class EventQuarantined(Event):
    """A stored event could not be understood and is not counted."""

    kind = "event_quarantined"
    event_id: EventId
    stream: StreamId
    seq: int
    reason: Name
