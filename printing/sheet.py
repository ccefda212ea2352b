"""What a transfer slip says: one frozen value with every word and every code on it.

Never places anything and loads no library that draws: whoever asks for paper can hold it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from floor.chain import HEAD_CHARS_SHOWN
from floor.events import SlipIssued, SlipSplit
from floor.identity import CopyLetter, SlipNumber
from floor.moves import steps_ahead
from floor.plant import Plant
from floor.progress import OrderProgress, SlipProgress
from floor.quantities import Amount, Value, show
from floor.routing import Step
from floor.tags import ALPHABET, slip_code, slip_name, step_code
from printing.words import Say, english, moment_in_words

MS: Final = 1000


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
    instructions: tuple[str, ...] = ()
    """What the plant says about it."""


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
    """None when the issue is not known here."""
    unit: str = ""
    """The order's; of a part that was split off, that of the step where it was."""
    due: date | None = None
    customer: str | None = None
    sales_order: str | None = None
    note: str | None = None
    make_up: bool = False
    """Issued for what scrap or loss took."""
    void: bool = False
    """Its paper is worth nothing any more."""
    part_of: str | None = None
    """Where a part comes from that was split off: the parent's code, the step and when."""
    ledger_head: str
    """The first letters of the ledger's head when this was printed: paper that vouches for the disk."""
    station: str
    """Name of the station that printed it."""
    printed_at: str
    """Local time, as people read it."""
    steps: tuple[SheetStep, ...] = ()
    passport: str | None = None
    """The whole code that says all this to a station that never heard of the slip; None without one."""

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
        steps = (step.code for step in self.steps if step.code)
        return frozenset({self.code, *steps, *filter(None, [self.passport])})


class Imprint(NamedTuple):
    """Where and when a slip is printed."""

    station: str
    """Its name."""
    printed_at: str
    """As people read it."""
    say: Say = english
    """Speaks the plant's language where the plant's template has no words of its own."""


def sheet_for(
    progress: OrderProgress,
    slip: str,
    copy_letter: str,
    ledger_head: str,
    plant: Plant,
    names: Mapping[str, str],
    imprint: Imprint,
) -> SlipSheet:
    """The sheet of one slip as its order stands here; what is not known here stays empty.

    `names` holds the names of people by their number.
    """
    known = progress.slips.get(slip)
    issue = _issue(known)
    origin = known.origin if known else None
    confirmed = progress.life.confirmed
    demand = progress.life.demand
    unit = confirmed.unit.name if confirmed else ""
    exact = known.quantity if known and known.known else None
    said = f"{show(issue.quantity)} {origin.unit if origin else unit}" if issue else ""
    return SlipSheet(
        plant=plant.name,
        slip=slip,
        copy_letter=copy_letter,
        order=progress.number or (known.order if known else None),
        item=demand.item if demand else None,
        item_name=confirmed.item_name if confirmed else None,
        quantity=issue.quantity if issue else None,
        unit=origin.unit if origin else unit,
        due=demand.due if demand else None,
        customer=demand.customer if demand else None,
        sales_order=demand.sales_order if demand else None,
        note=demand.note if demand else None,
        make_up=isinstance(issue, SlipIssued) and issue.make_up,
        void=bool(known and known.voided),
        part_of=_part_of(origin, plant, imprint.say) if origin else None,
        ledger_head=ledger_head[:HEAD_CHARS_SHOWN],
        station=imprint.station,
        printed_at=imprint.printed_at,
        steps=tuple(
            _sheet_step(step, slip, _own_quantity(step, exact, unit, said), plant, names, progress)
            for step in steps_ahead(origin.step if origin else None, progress.steps).values()
        ),
    )


def _issue(slip: SlipProgress | None) -> SlipIssued | SlipSplit | None:
    """The fact that the slip exists; the first where two stations differ."""
    event = slip.issues[0].event if slip and slip.issues else None
    return event if isinstance(event, SlipIssued | SlipSplit) else None


def _part_of(origin: SlipSplit, plant: Plant, say: Say) -> str:
    at = datetime.fromtimestamp(origin.at.clamped_ms / MS, ZoneInfo(plant.time_zone))
    text = say("Part of {slip}: what came before step {step} is there. Split {moment}")
    parent = slip_name(origin.parent)
    return text.format(slip=parent, step=origin.step, moment=moment_in_words(at, say))


def _sheet_step(
    step: Step,
    slip: str,
    quantity: str | None,
    plant: Plant,
    names: Mapping[str, str],
    progress: OrderProgress,
) -> SheetStep:
    work_centre = plant.work_centres.get(step.work_centre)
    machine = plant.machines.get(step.machine) if step.machine else None
    return SheetStep(
        number=step.number,
        name=step.name,
        work_centre=work_centre.name if work_centre else step.work_centre,
        machine=machine.name if machine else step.machine,
        person=names.get(step.person, step.person) if step.person else None,
        quantity=quantity,
        code=_code(slip, step.number),
        instructions=_instructions(progress, plant, step),
    )


def _instructions(progress: OrderProgress, plant: Plant, step: Step) -> tuple[str, ...]:
    """What the plant says of a step in the version of the route that the order runs by."""
    confirmed = progress.life.confirmed
    if confirmed is None:
        return ()
    said = plant.instructions.get((confirmed.route.item, confirmed.route.version, step.number))
    return said.lines if said else ()


def _own_quantity(step: Step, quantity: Fraction | None, unit: str, said: str) -> str | None:
    """How many of the step's own unit; None where nobody knows, or the sheet's large figure says it."""
    if quantity is None:
        return None
    own = f"{show(step.ratio.to_step(quantity))} {step.unit.name if step.unit else unit}"
    return own if own != said else None


def _code(slip: str, step_number: int) -> str | None:
    try:
        return step_code(slip, step_number)
    except ValueError:
        return None
