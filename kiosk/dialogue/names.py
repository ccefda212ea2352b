"""Names for numbers, where the plant and the directory have told them.

Never hides a number that has no name.
"""

from collections.abc import Iterable
from typing import Final

from floor.events import RunKind
from floor.orders import OrderState
from kiosk.dialogue.talk import Talk
from kiosk.words import _, mark

RUN_KINDS: Final = {
    RunKind.SETUP: mark("set-up"),
    RunKind.PRODUCTION: mark("production"),
    RunKind.REWORK: mark("rework"),
}


ORDER_STATES: Final = {
    OrderState.DRAFT: mark("draft"),
    OrderState.CONFIRMED: mark("confirmed"),
    OrderState.HELD: mark("held"),
    OrderState.SUSPENDED: mark("suspended"),
    OrderState.COMPLETED: mark("completed"),
    OrderState.CLOSED: mark("closed"),
    OrderState.CANCELLED: mark("cancelled"),
}


def order_state_name(state: OrderState) -> str:
    """Where an order stands, in a word."""
    return _(ORDER_STATES[state])


def run_kind_name(kind: RunKind) -> str:
    """What sort of run it is, in a word."""
    return _(RUN_KINDS[kind])


def machine_name(talk: Talk, machine: str | None) -> str:
    """The machine's name; its number where the plant has not told more."""
    known = talk.plant.machines.get(machine or "")
    return known.name if known else (machine or "")


def reason_name(talk: Talk, reason: str | None) -> str:
    """The reason's name; says so when none was given."""
    known = talk.plant.reasons.get(reason or "")
    return known.name if known else (reason or _("no reason given"))


def people_names(talk: Talk, numbers: Iterable[str]) -> str:
    """Names where the directory has them, else numbers."""
    return ", ".join(talk.people[number].name if number in talk.people else number for number in numbers)
