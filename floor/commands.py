"""Every intent that can be recorded, as an order in the imperative.

Never records itself: `decide` answers with events or a named refusal. `intent` is the id of the first event
that follows, made when the person began, so that a repeat is the same event.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from floor.events import (
    CardUse,
    Demand,
    Proof,
    Remain,
    ReportContent,
    ReviewFate,
    RunKind,
    Subjects,
    TagUse,
)
from floor.orders import Decision
from floor.passport import Signed, Vouched
from floor.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Base of all intents."""

    intent: str
    """Event id of the first event."""
    by: str | None
    """The number of the person who asks; None when the program itself does."""

    def subjects(self) -> Subjects:
        """What the ledger reads before `decide` is asked."""
        return Subjects(
            order=getattr(self, "order", None),
            slip=getattr(self, "slip", None),
            machine=getattr(self, "machine", None),
        )


# At a station


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRun(Command):
    """Begin on a step at a machine."""

    slip: str
    step: int
    machine: str | None
    operators: tuple[str, ...]
    run_kind: RunKind
    warned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a policy asked of a report, answered before it is recorded."""

    flag: str
    """Stands until it is answered."""
    reason: str | None = None
    approved_by: str | None = None
    """The supervisor whose badge and PIN were given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRun(Command):
    """Stop the work of a run for a while."""

    slip: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeRun(Command):
    """Go on with a paused run."""

    slip: str
    run: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRun(Command):
    """Say that a run is over whose end nobody scanned."""

    slip: str
    run: str
    ended_ms: int | None
    """Unix time in ms, as people remember; None when nobody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWork(Command):
    """Record what was made; fields as in `events.Reported`."""

    slip: str
    content: ReportContent
    run: str | None = None
    ends_run: bool = False
    source: Source = Source.SCAN
    copy_letter: str | None = None
    proposed_good: Decimal | None = None
    cursor: str | None = None
    warned: tuple[str, ...] = ()
    answer: Answer | None = None
    """Recorded with the report, or not at all."""
    tag_printer: str | None = None
    """Where tags for pieces set aside and sent to rework are asked for; None for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountArrival(Command):
    """Say how many pieces lie at a step; fields as in `events.ArrivalCounted`."""

    slip: str
    step: int
    quantity: Decimal
    unit: str
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeCheck(Command):
    """Answer a check of a step; fields as in `events.CheckMade`."""

    slip: str
    step: int
    check: str
    machine: str | None
    operators: tuple[str, ...]
    passed: bool
    value: Decimal | None = None
    report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideReview(Command):
    """Say what becomes of pieces that were set aside; fields as in `events.ReviewDecided`."""

    slip: str
    step: int
    quantity: Decimal
    unit: str
    fate: ReviewFate
    reason: str | None = None
    caused_at: int | None = None
    to_step: int | None = None
    tag_printer: str | None = None
    """Where the tag for pieces sent to rework is asked for; None for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectReport(Command):
    """Replace a report's content, or withdraw it."""

    slip: str
    report: str
    content: ReportContent | None
    reason: str | None = None
    as_supervisor: bool = False
    """Badge and PIN of a supervisor were given: others' reports may be corrected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeMachineDown(Command):
    """Say that a machine stands still."""

    machine: str
    reason: str | None
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BringMachineUp(Command):
    """Say that a machine runs again."""

    machine: str
    downtime: str | None
    """None where no downtime is known here: the machine runs all the same."""
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSlips(Command):
    """Issue slips for a quantity of an order, in lots."""

    order: str
    quantity: Decimal
    lot: Decimal | None = None
    """Quantity of each slip, the last one takes the rest; None for a single slip."""
    make_up: bool = False
    printer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReprintSlip(Command):
    """Ask for another copy of a slip."""

    slip: str
    printer: str
    user: str | None = None
    """The system's user who asks on the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskTag(Command):
    """Ask for the tag of pieces that were set aside or sent to rework, once more or for the first time."""

    slip: str
    said: str
    """The report or the decision."""
    use: TagUse
    line: int
    printer: str
    user: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCards(Command):
    """Ask for codes of the shop on paper; fields as in `events.CardsAsked`."""

    use: CardUse
    printer: str
    chosen: tuple[str, ...] = ()
    work_centre: str | None = None
    single: bool = False
    user: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay(Command):
    """Count what was recorded since the last close, and name the day that it was."""

    day: date
    printer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskDaySheet(Command):
    """Ask for the sheet of the day that was closed last, once more."""

    printer: str
    user: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitSlip(Command):
    """Let a part of what is still here at a step go on with a slip of its own."""

    slip: str
    """The parent."""
    step: int
    quantity: Decimal
    """In the step's unit."""
    printer: str | None = None
    """Where the child's paper is asked for; None for no paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSlips(Command):
    """Let what is still here of a slip at a step go on with another slip of the order."""

    slip: str
    into: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidSlip(Command):
    """Say that a slip's paper is worth nothing any more."""

    slip: str
    reason: str


class PaperOutcome(Enum):
    """What became of a print."""

    PRINTED = "printed"
    FAILED = "failed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPaper(Command):
    """Record what the printer answered."""

    slip: str | None
    """None for paper that is about no slip."""
    paper: str
    """The event that asked for it."""
    printer: str
    outcome: PaperOutcome
    readers: tuple[str, ...] = ()
    proof: Proof | None = None
    """What was seen when the page was read back."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassport(Command):
    """Take what a slip says of itself."""

    signed: Signed
    vouched: Vouched
    """What came of checking its signature."""
    source: Source = Source.SCAN

    def subjects(self) -> Subjects:
        return Subjects(order=self.signed.passport.order, slip=self.signed.passport.slip)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPassport(Command):
    """Say what the key told, that became known, of a passport that was taken unproven."""

    read: str
    """The PassportRead."""
    slip: str
    order: str
    genuine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceKey(Command):
    """Tell every station with which key this one signs."""

    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMaterial(Command):
    """Say that material went in at a step; fields as in `events.MaterialIssued`."""

    slip: str
    step: int
    operators: tuple[str, ...]
    item: str | None
    lot: str | None = None
    serial: str | None = None
    label: str | None = None
    quantity: Decimal | None = None
    source: Source = Source.SCAN


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShortage(Command):
    """Say that material of a step is wanting."""

    slip: str
    step: int
    operators: tuple[str, ...]
    item: str
    quantity: Decimal | None = None


# At central


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOrder(Command):
    """Write an order down, or rewrite a draft."""

    order: str
    demand: Demand


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOrder(Command):
    """Confirm, hold, suspend, resume, cancel, close or reopen an order."""

    order: str
    decision: Decision
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteOrder(Command):
    """Complete an order, saying what becomes of what is left."""

    order: str
    remains: tuple[Remain, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleFlag(Command):
    """Explain a standing flag."""

    flag: str
    order: str | None
    slip: str | None
    step: int | None
    reason: str
