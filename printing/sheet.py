"""What a transfer slip says: one frozen value with every word and every code on it.

Never places anything and loads no library that draws: whoever asks for paper can hold it.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from floor.chain import HEAD_CHARS_SHOWN
from floor.events import SlipIssued
from floor.identity import CopyLetter, SlipNumber
from floor.plant import Plant
from floor.progress import OrderProgress, SlipProgress
from floor.quantities import ONE_TO_ONE, Amount, Value, show
from floor.routing import Step
from floor.tags import ALPHABET, slip_code, step_code


class SheetStep(Value):
    """One line of the route."""

    number: int
    name: str
    work_centre: str
    """Its name; its number where nobody named it."""
    machine: str | None = None
    """Name of the planned machine."""
    person: str | None = None
    """Name of the planned person; the number where the directory has no name."""
    quantity: str | None = None
    """How many of this step's own unit: `320 legs`; None where it counts in the order's unit."""
    code: str | None = None
    """Its slip-step code; None for a step that codes cannot number."""


class SlipSheet(Value):
    """One copy of one transfer slip."""

    kind: Literal["slip"] = "slip"
    plant: str
    slip: SlipNumber
    copy_letter: CopyLetter
    order: str | None = None
    """None when nobody here knows what the slip was issued for."""
    item: str | None = None
    item_name: str | None = None
    quantity: Amount | None = None
    """In the order's unit; None when the issue is not known here."""
    unit: str = ""
    due: date | None = None
    customer: str | None = None
    sales_order: str | None = None
    note: str | None = None
    make_up: bool = False
    """Issued for what scrap or loss took."""
    ledger_head: str
    """The first letters of the ledger's head when this was printed: paper that vouches for the disk."""
    station: str
    """Name of the station that printed it."""
    printed_at: str
    """Local time, as people read it."""
    steps: tuple[SheetStep, ...] = ()

    @property
    def code(self) -> str:
        """The code of this copy."""
        return slip_code(self.slip, self.copy_letter)

    @property
    def copy_number(self) -> int:
        """1 for the first print; 16 stands for the sixteenth and all later ones."""
        return ALPHABET.index(self.copy_letter) + 1

    @property
    def codes(self) -> frozenset[str]:
        """Every code that must be readable on this slip."""
        return frozenset({self.code, *(step.code for step in self.steps if step.code)})


def sheet_for(
    progress: OrderProgress,
    slip: str,
    copy_letter: str,
    ledger_head: str,
    station: str,
    plant: Plant,
    names: Mapping[str, str],
    printed_at: str,
) -> SlipSheet:
    """The sheet of one slip as its order stands here; what is not known here stays empty.

    `names` holds the names of people by their number; `station` is the name of the one that prints.
    """
    known = progress.slips.get(slip)
    issue = _issue(known)
    confirmed = progress.life.confirmed
    demand = progress.life.demand
    unit = confirmed.unit.name if confirmed else ""
    return SlipSheet(
        plant=plant.name,
        slip=slip,
        copy_letter=copy_letter,
        order=progress.number or (known.order if known else None),
        item=demand.item if demand else None,
        item_name=confirmed.item_name if confirmed else None,
        quantity=issue.quantity if issue else None,
        unit=unit,
        due=demand.due if demand else None,
        customer=demand.customer if demand else None,
        sales_order=demand.sales_order if demand else None,
        note=demand.note if demand else None,
        make_up=bool(issue and issue.make_up),
        ledger_head=ledger_head[:HEAD_CHARS_SHOWN],
        station=station,
        printed_at=printed_at,
        steps=tuple(
            _sheet_step(step, slip, issue.quantity if issue else None, plant, names, unit)
            for step in progress.steps.values()
        ),
    )


def _issue(slip: SlipProgress | None) -> SlipIssued | None:
    """The fact that the slip exists; the first where two stations differ."""
    event = slip.issues[0].event if slip and slip.issues else None
    return event if isinstance(event, SlipIssued) else None


def _sheet_step(
    step: Step, slip: str, quantity: Decimal | None, plant: Plant, names: Mapping[str, str], unit: str
) -> SheetStep:
    work_centre = plant.work_centres.get(step.work_centre)
    machine = plant.machines.get(step.machine) if step.machine else None
    return SheetStep(
        number=step.number,
        name=step.name,
        work_centre=work_centre.name if work_centre else step.work_centre,
        machine=machine.name if machine else step.machine,
        person=names.get(step.person, step.person) if step.person else None,
        quantity=_own_quantity(step, quantity, unit),
        code=_code(slip, step.number),
    )


def _own_quantity(step: Step, quantity: Decimal | None, unit: str) -> str | None:
    own_unit = step.unit.name if step.unit else unit
    if quantity is None or (step.ratio == ONE_TO_ONE and own_unit == unit):
        return None
    return f"{show(step.ratio.to_step(Fraction(quantity)))} {own_unit}"


def _code(slip: str, step_number: int) -> str | None:
    try:
        return step_code(slip, step_number)
    except ValueError:
        return None
