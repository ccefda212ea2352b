"""What was said of a report so far: its slots, which survive a power cut as they are.

Never knows what is known of the slip: `reporting` looks at the slots in that light.
"""

from floor.events import ReasonDefined, ReasonUse, Review, Rework, RunKind, Scrap
from floor.events.work import LINES_MAX
from floor.identity import CopyLetter, EventId, Name, Number, SlipNumber
from floor.quantities import Amount, Value
from floor.refusals import Refusal
from floor.source import Source


class Slots(Value):
    """What was said so far; as JSON it is the draft that survives a power cut."""

    intent: EventId
    slip: SlipNumber
    source: Source
    copy_letter: CopyLetter | None = None
    step: int | None = None
    machine: Number | None = None
    operator: Number | None = None
    run: EventId | None = None
    run_kind: RunKind | None = None
    """As marked here; None for the kind of the run, or production without one."""
    good: Amount | None = None
    """None as long as the proposal stands."""
    scrap: tuple[Scrap, ...] = ()
    rework: tuple[Rework, ...] = ()
    review: tuple[Review, ...] = ()
    newest: ReasonUse | None = None
    """Which kind of line was entered last: a reason explains that one."""
    done: bool | None = None
    """True: step done; False: part only; None: done when nothing is left and nothing more can come."""
    ends_run: bool = False
    counted: Amount | None = None
    """So many were counted here at the beginning of this report: the proposal goes by it."""
    crew: tuple[Number, ...] | None = None
    """Who works with the operator, as said here; None for the crew of the run, or nobody without one.

    In a correction: everybody whose report it is.
    """
    corrects: EventId | None = None
    """The report that is corrected; None for a new one."""
    approved_by: Number | None = None
    """The supervisor who said that it may be."""
    why: Name | None = None
    """The supervisor's reason."""

    @property
    def says_result(self) -> bool:
        """Whether anything was entered that only a report can say: pieces, an end, part or done."""
        pieces = self.good is not None or bool(self.scrap or self.rework or self.review)
        return pieces or self.ends_run or self.done is not None

    @property
    def filled(self) -> bool:
        """Whether anything was entered that would be lost; who works on it and what it is for, too."""
        return self.says_result or self.crew is not None or self.run_kind is not None


def is_full(slots: Slots) -> bool:
    """Whether a report holds no more lines."""
    return max(len(slots.scrap), len(slots.rework), len(slots.review)) >= LINES_MAX


def with_rework_to(slots: Slots, step: int) -> Slots:
    """The last rework line goes to `step` instead."""
    last = slots.rework[-1].model_copy(update={"to_step": step})
    return slots.model_copy(update={"rework": (*slots.rework[:-1], last)})


def with_reason(slots: Slots, reason: ReasonDefined) -> Slots | Refusal:
    """The reason on the line entered last, where that one lacks one and the reason is meant for it."""
    lines = getattr(slots, slots.newest.value) if slots.newest else ()
    if slots.newest is None or not lines or lines[-1].reason is not None:
        return Refusal.QUANTITY_FIRST
    if slots.newest not in reason.uses:
        return Refusal.REASON_NOT_FOR_THIS
    last = lines[-1].model_copy(update={"reason": reason.reason})
    return slots.model_copy(update={slots.newest.value: (*lines[:-1], last)})
