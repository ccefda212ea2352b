"""Central's own decisions: a command in, its facts in the ledger, or a named refusal out.

Never decides by itself: `floor.decide` does, inside the writing transaction that then appends.
"""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from central import facts
from central.clock import moment, new_id
from central.intake import append_own
from central.server import Central
from floor.codec import Fact
from floor.commands import Command, SettleFlag
from floor.decide import Picture, decide
from floor.events import FlagSettled, Moment
from floor.flags import Flag
from floor.plant import Plant
from floor.progress import OrderProgress, fold_order
from floor.refusals import Refusal

ALARMS: Final = frozenset({Flag.QUARANTINED.value, Flag.ALTERED.value})
"""Flags on single stored events, which no fold of an order knows."""


@dataclass(frozen=True, slots=True)
class Executed:
    """What followed from a command."""

    facts: tuple[Fact, ...]
    repeated: bool = False
    """The intent was recorded before; nothing was added."""


def execute(central: Central, command: Command) -> Executed | Refusal:
    """Decides and appends in one transaction of its own."""
    with central.database.writing() as connection:
        plant = central.plant.read(connection)
        return decide_within(connection, plant, command, moment(connection, central.clock))


def decide_within(connection: Connection, plant: Plant, command: Command, now: Moment) -> Executed | Refusal:
    """The same inside a transaction that is open and holds the feed lock."""
    if facts.is_known(connection, command.intent):
        return Executed((), repeated=True)
    decided = decide(Picture(plant, progress_of(connection, command)), command, now, new_id)
    if isinstance(decided, Refusal):
        return decided
    return Executed(tuple(append_own(connection, decided, now)))


def progress_of(connection: Connection, command: Command) -> OrderProgress:
    """The order that a command names, or the one that its slip was issued for."""
    subjects = command.subjects()
    order, slip = subjects.order, subjects.slip
    if order is None and slip is not None:
        order = facts.order_of(connection, slip)
    if order is not None:
        return fold_order(facts.of_order(connection, order), order)
    return fold_order(facts.of_slip(connection, slip) if slip else ())


def settle_alarm(central: Central, event_id: str, command: SettleFlag) -> Executed | Refusal:
    """Explains why one stored event does not count. It goes on not to count, and is no longer shown."""
    with central.database.writing() as connection:
        if facts.is_known(connection, command.intent):
            return Executed((), repeated=True)
        now = moment(connection, central.clock)
        answer = decide(Picture(central.plant.read(connection)), command, now, new_id)
        if answer is not Refusal.FLAG_NOT_STANDING:  # all that floor cannot know: no fold shows this flag
            assert isinstance(answer, Refusal)
            return answer
        if not facts.has_alarm(connection, event_id, command.flag):
            return Refusal.FLAG_NOT_STANDING
        settled = FlagSettled(
            at=now,
            by=command.by,
            flag=command.flag,
            order=None,
            slip=None,
            step=None,
            facts=(event_id,),
            reason=command.reason,
        )
        return Executed(tuple(append_own(connection, [(command.intent, settled)], now)))
