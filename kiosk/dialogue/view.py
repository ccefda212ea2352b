"""What the screen shows, as plain values: text, tone and focus.

Never a widget, a colour or a size: screens choose those. Every text is shown literally, whatever it holds.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from floor.network import NetworkState
from kiosk.drawings import Picture

FIGURE_GAP: Final = "   "
"""Between two figures of a report; screens break lines there."""


class Tone(StrEnum):
    """What a text means; never told by colour alone."""

    PLAIN = "plain"
    FOCUS = "focus"
    TAKEN = "taken"
    FLAGGED = "flagged"
    REFUSED = "refused"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: what happened, and what to do now."""

    tone: Tone
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The top line; the screen adds the clock."""

    place: str
    """The station's name."""
    operator: str
    """`John Miller 4711`; empty when nobody is signed on."""
    machine: str
    """The machine that reports are about; empty when none is chosen."""
    time_zone: str = ""
    """The plant's, by its IANA name; empty as long as the plant is not known."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing is chosen: what may be scanned now, in large letters."""

    title: str
    detail: str
    open: tuple[Notice, ...] = ()
    """Runs that go on and machines that stand still here; what matters most first."""


@dataclass(frozen=True, slots=True)
class BigNumber:
    """One of the three numbers that count."""

    label: str
    """`GOOD`, `SCRAP`, `STILL HERE`, `MISSING`."""
    text: str
    """Digits; `-` where nothing is known."""
    tone: Tone = Tone.PLAIN
    """FOCUS frames the slot that takes the next number; FLAGGED for pieces missing."""
    notes: tuple[str, ...] = ()
    """Lines below: reasons, `proposed`."""


@dataclass(frozen=True, slots=True)
class Working:
    """A slip's step and what is being reported on it."""

    order: str
    """`MO-1042`; empty for a slip that nobody knows."""
    item: str
    due: str
    """`due Fri 30 April`; empty where there is none."""
    slip: str
    """What the slip is called."""
    step: str
    """`step 20   Sand and polish`."""
    route: str
    """`10 done   > 20 <   30 waiting`."""
    here: str
    """`HERE 80`."""
    passed_on: tuple[str, ...]
    """When it was passed on, and by whom."""
    good: BigNumber
    scrap: BigNumber
    left: BigNumber
    marks: tuple[str, ...]
    """`STEP DONE`, `2 to rework at step 10`, `2 checks owed`, `run since 13:10`; the most important first."""
    doubts: tuple[Notice, ...]
    """Warnings of the scan."""
    now: str
    """What may be scanned or typed now: `ENTER if all are good, or type how many`."""
    keys: str
    """What the keys do now."""
    balance: str = ""
    """Where every piece is after this report: `80 received = 76 good + 4 scrap`; empty where nobody knows."""


@dataclass(frozen=True, slots=True)
class Done:
    """Recorded: fills the screen for a moment; any scan goes straight on."""

    tone: Tone
    """TAKEN, or FLAGGED when a doubt goes with it."""
    title: str
    """`RECORDED`."""
    figures: str
    """`76 good   4 scrap`."""
    where: str
    """`MO-1042  step 20  ->  30 Assembly`."""
    doubts: tuple[str, ...] = ()
    hint: str = ""
    """What may be said now besides going on: `SPLIT: a slip of its own for these 30`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    cells: tuple[str, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Choosing:
    """A list to choose from by arrow keys, or by typing the number at the line's head."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    chosen: int
    """Index of the marked row."""
    keys: str
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """One question, answered by typing."""

    title: str
    question: str
    text: str
    """What was typed so far; bullets for a PIN."""
    detail: tuple[str, ...]
    keys: str


@dataclass(frozen=True, slots=True)
class Helping:
    """What can be scanned and what the keys do."""

    title: str
    lines: tuple[tuple[str, str], ...]
    """(key or scan, what it does)."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    tone: Tone
    """TAKEN where all is well, FLAGGED where it works all the same, REFUSED where somebody must act."""
    what: str
    says: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a test found, one thing a line."""

    title: str
    tone: Tone
    """The worst of the findings."""
    findings: tuple[Finding, ...]
    detail: str
    """What to do now."""
    keys: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing that belongs to a step, or a page that may be printed."""

    title: str
    """`step 10   Cut`, `Slip TBCD FGHJ`."""
    name: str
    """`CH-120.pdf, page 4`, `page 1 of 2`."""
    pictures: tuple[Picture, ...]
    """The same one in several sizes; the screen takes the one that fits."""
    keys: str
    corner: tuple[int, int] = (0, 0)
    """Of one that is larger than its place: the column and row to begin with, as far as it goes."""


Body = Waiting | Working | Done | Choosing | Asking | Helping | Findings | Drawing


@dataclass(frozen=True, slots=True)
class LastLine:
    """One of the last five reports."""

    time: str
    slip: str
    step: str
    figures: str
    mark: str
    """`safe`, `waiting`, `taken back`, `practice`."""
    tone: Tone


@dataclass(frozen=True, slots=True)
class Foot:
    """The line that says what is safe."""

    recorded: int
    safe: int
    oldest_waiting_s: int | None
    network: NetworkState
    trouble: str | None
    helps: bool = True
    """Whether HELP answers here."""


@dataclass(frozen=True, slots=True)
class View:
    """The whole screen."""

    header: Header
    body: Body
    notice: Notice | None
    """A refusal or a piece of news, shown until the next scan or key."""
    last: tuple[LastLine, ...]
    foot: Foot
    typed: str = ""
    """Characters typed and not yet taken, for the echo of a code that is typed by hand."""
    language: str = "en"
    """What its texts are written in; another one paints everything anew."""
    training: bool = False
    """Nothing is recorded: the screen says so on a whole line."""
