"""Every face of the terminal as plain values: ordinary ones, and the worst that can be told to it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from floor.network import NetworkState
from floor.tags import ALPHABET
from kiosk.dialogue.pages import HELP
from kiosk.dialogue.view import (
    Asking,
    BigNumber,
    Choosing,
    Done,
    Drawing,
    Finding,
    Findings,
    Foot,
    Header,
    Helping,
    LastLine,
    Notice,
    Row,
    Tone,
    View,
    Waiting,
    Working,
)
from kiosk.drawings import Picture
from kiosk.inputs import Input

NOW: Final = datetime(2026, 4, 30, 14, 2, 41, tzinfo=UTC)

LAST: Final = (
    LastLine("14:01", "TBCD FGHJ K", "step 20", "76 good   4 scrap", "waiting", Tone.WAITING),
    LastLine("13:58", "TBCD FGHJ K", "step 10", "80 good", "safe", Tone.TAKEN),
    LastLine("13:31", "TBCD FGHJ L", "step 10", "40 good   1 scrap   2 rework", "safe", Tone.TAKEN),
    LastLine("13:02", "TBCD FGHJ L", "step 10", "40 good", "taken back", Tone.WAITING),
    LastLine("12:40", "TBCD FGHJ J", "step 30", "12 good   1 review", "safe", Tone.TAKEN),
)
PRACTICED: Final = (
    LastLine("14:01", "TBCD FGHJ K", "step 20", "76 good   4 scrap", "practice", Tone.FLAGGED),
)
FOOT: Final = Foot(1284, 1267, 240, NetworkState.NO_NETWORK, None)
SAFE: Final = Foot(1284, 1284, None, NetworkState.ONLINE, None)
HEADER: Final = Header("Cutting Line 1", "John Miller 4711", "Saw 1", "UTC")

WORKING: Final = Working(
    order="MO-1042",
    item="Chair, oak",
    due="due Fri 30 April",
    slip="TBCD FGHJ K",
    step="step 20   Sand and polish",
    route="10 done   > 20 <   30 waiting",
    here="HERE 80",
    passed_on=("passed on 13:40", "by Cutting 1"),
    good=BigNumber("GOOD", "76", Tone.FOCUS, ("proposed",)),
    scrap=BigNumber("SCRAP", "4", Tone.PLAIN, ("4 split wood",)),
    left=BigNumber("STILL HERE", "0"),
    marks=("run since 13:10", "STEP DONE"),
    doubts=(),
    now="ENTER if all are good, or type how many",
    keys="ENTER records   ESC takes back   F3 done/part   F1 help",
    balance="80 received = 76 good + 4 scrap",
)
DOUBTFUL: Final = replace(
    WORKING,
    good=BigNumber("GOOD", "128", Tone.FOCUS, ("ENTER: good", "reason: scrap")),
    scrap=BigNumber("SCRAP", "37", notes=("20 split wood", "10 knot", "4 wrong colour", "3 no reason given")),
    left=BigNumber("MISSING", "2", Tone.FLAGGED, ("step done, these", "are unaccounted")),
    doubts=(
        Notice(Tone.FLAGGED, "This machine is of another work centre.", "Go on, or take the slip there."),
        Notice(Tone.FLAGGED, "The step before passed nothing on yet."),
        Notice(Tone.FLAGGED, "The order is on hold."),
    ),
    balance="167 received = 128 good + 37 scrap + 2 missing",
)
LONG: Final = (
    "Stool leg, turned, beech, oiled twice, with felt glider and a name that nobody wanted to shorten"
)
HOSTILE: Final = replace(
    WORKING,
    order="[b]MO[/b]-1",
    item=f"[@click=app.quit]{LONG}[/]",
    due="due Wed 30 September",
    step="step 2560   [red]Sand[/red] and \x1b[31mpolish\x07 \u202ewith care and more care than ever before",
    good=BigNumber("GOOD", "999,999,999", Tone.FOCUS, (LONG,)),
    scrap=BigNumber("SCRAP", "123,456", notes=("[b]x[/b]", "\u6728\u88c2\u3051 5")),
    left=BigNumber("STILL HERE", "0.125"),
    passed_on=(f"by {LONG}", LONG),
    marks=(LONG, LONG),
    now=f"{LONG} {LONG}",
    keys=LONG,
    doubts=(Notice(Tone.FLAGGED, LONG, LONG),),
)
MARKED: Final = replace(
    WORKING,
    marks=(
        "PART of the step",
        "2 to rework at step 10 (glue line open)",
        "2 checks owed",
        "no lot yet: Oak board 25 mm",
        "material short",
        "run since 13:10",
        "with Eve Sander, Bob Planer",
    ),
)
WAITING: Final = Waiting("SCAN YOUR BADGE", "or a slip to see where it is")
CHOOSING: Final = Choosing(
    "What waits here",
    ("", "slip", "order", "item", "step", "here"),
    tuple(
        Row(
            (
                str(n),
                f"TBCD FGHJ {ALPHABET[n % 16]}",
                f"MO-{1000 + n}",
                LONG if n == 4 else "Chair, oak",
                "20",
                str(n * 7),
            )
        )
        for n in range(1, 41)
    ),
    chosen=2,
    keys="UP DOWN choose      ENTER takes      ESC back",
)

SANDING: Final = "20 Sand and polish"
DISPATCH: Final = Choosing(
    "What next at Sanding bench 2",
    ("due", "order", "item", "step", "here", "since", "slip"),
    (
        Row(("23 Nov LATE", "MO-1042", "Chair, oak", SANDING, "76", "22 Nov", "TBCD FGHJ K"), Tone.FLAGGED),
        Row(("28 Nov", "MO-1043", "Table, square, oak, oiled", SANDING, "20", "14:02", "TBCD FGHJ L")),
        Row(("28 Nov", "MO-1044", "Shelf", "40 Oil", "12", "begun", "TBCD FGHJ N")),
        Row(("", "MO-1050", "Bench, ash", SANDING, "320", "09:15", "TBCD FGHJ P")),
        Row(("30 Nov", "MO-1045", "Chair, oak", SANDING, "40", "to come", "TBCD FGHJ R"), Tone.WAITING),
    ),
    chosen=1,
    keys="ENTER reports on it      F7 starts on it      ESC back",
)

DRAWING: Final = Drawing(
    "step 10   Cut to size",
    "chair-oak.png, page 1",
    tuple(Picture((((0x000000, 0xFF0000),) * columns,) * rows) for columns, rows in ((76, 19), (116, 35))),
    "ESC back",
)
BODIES: Final = {
    "dispatch": DISPATCH,
    "from-paper": Asking(
        "2 reports keyed from paper",
        "MO-1042, step 30 Assembly: how many scrap? Then the reason",
        "4",
        (
            "ENTER: 0",
            "MO-1042 TBCD FGHJ K  step 20  70 good, 4 scrap  Bob Carter",
            "MO-1042 TBCD FGHJ K  step 10  76 good  John Miller",
        ),
        "ENTER takes   UP DOWN other step   F9 undo   ESC back",
    ),
    "working-marks": MARKED,
    "working-freshness": replace(
        WORKING,
        doubts=(
            Notice(
                Tone.FLAGGED,
                "A step before this one has no report yet.",
                "step 10 known up to 14:02 from Cutting Line 1",
            ),
        ),
    ),
    "done-offer": Done(
        Tone.TAKEN,
        "RECORDED",
        "30 good",
        "MO-1042  step 10  ->  20 Sand and polish",
        hint="SPLIT or PAGE DOWN: a slip of its own for these 30",
    ),
    "waiting-badge": WAITING,
    "waiting-kept": Waiting("SCAN YOUR BADGE", "A report begun by John Miller is kept and NOT recorded yet"),
    "waiting-open": Waiting(
        "SCAN YOUR BADGE",
        "or a slip to see where it is",
        (
            Notice(
                Tone.FLAGGED,
                "Saw [b]1[/b] with a long name is reported down.",
                "since 24 Nov 13:10: Blade change",
            ),
            Notice(Tone.FOCUS, "Your run is open:", "MO-1042  step 10  since 24 Nov 13:10  Panel saw 1"),
            *[
                Notice(Tone.PLAIN, "Bob Carter works on:", f"MO-{n}  step 20  production  Sanding 1")
                for n in range(1043, 1053)
            ],
        ),
    ),
    "waiting-slip": Waiting("SCAN THE SLIP", "or press F2 to pick from what waits here"),
    "working": WORKING,
    "working-doubts": DOUBTFUL,
    "working-hostile": HOSTILE,
    "done": Done(Tone.TAKEN, "RECORDED", "76 good   4 scrap", "MO-1042  step 20  ->  30 Assembly"),
    "done-flagged": Done(
        Tone.FLAGGED,
        "RECORDED",
        "28 good",
        "MO-1042  step 20  ->  30 Assembly",
        ("2 missing: your supervisor will ask.", "This machine is of another work centre."),
    ),
    "done-taken-back": Done(Tone.TAKEN, "TAKEN BACK", "12 good   1 scrap   2 rework", "MO-1042  step 20"),
    "choosing": CHOOSING,
    "choosing-far": replace(CHOOSING, chosen=38),
    "choosing-empty": replace(CHOOSING, rows=(), chosen=0, empty="nothing here"),
    "material": Choosing(
        "What goes in at step 10",
        ("item", "told", "needed", "went in"),
        (
            Row(("Oak board, 25 mm", "by lot", "32 m2", "L-2612 12.5 m2, L-2619")),
            Row(("Wood glue D3", "by lot", "1.6 kg", "no lot yet"), Tone.FLAGGED),
            Row(("Drive unit", "piece by piece", "80 pcs", "-")),
            Row(("Seat, oak", "", "80 pcs", "-")),
            Row(("(01)04012345000023(10)X-1", "not known", "-", "-"), Tone.FLAGGED),
        ),
        1,
        "scan a lot, a label or a slip; or ENTER chooses      ESC back",
    ),
    "asking-number": Asking(
        "Issue slips",
        "How many pieces on each slip?",
        "120",
        ("MO-1042  Chair, oak", "400 to issue"),
        "ENTER takes   ESC back",
    ),
    "asking-pin": Asking("Supervisor", "Your PIN?", "\u2022\u2022\u2022", (), "ENTER takes   ESC back"),
    "asking-text": Asking("Undo", "Why?", "counted twice [b]by[/b] mistake", (), "ENTER takes   ESC back"),
    "helping": HELP.body(""),
    "helping-more": Helping(
        "What you can do",
        (
            ("badge", "sign on"),
            ("slip or step", "open it"),
            ("number, reason", "so many are scrap"),
            ("number, REWORK", "so many go back"),
            ("ENTER or OK", "records what the screen shows"),
            ("ESC or BACK", "takes the last entry back"),
            *((f"F{n}", f"what the key F{n} does, in a few words") for n in range(1, 13)),
        ),
    ),
    "scanners": Findings(
        "THIS SCANNER MUST BE SET UP",
        Tone.REFUSED,
        (
            Finding(
                Tone.FLAGGED, "layout", "Russian. It garbles codes; they are put right here. Set it to US."
            ),
            Finding(Tone.TAKEN, "CAPS LOCK", "is off"),
            Finding(
                Tone.REFUSED,
                "in front of a code",
                ']C1 - codes are not read so. Switch it off, or write prefix = "]C1" into the settings.',
            ),
            Finding(
                Tone.FLAGGED,
                "behind a code",
                "no ENTER. A code is taken after a moment of silence; set the scanner to send ENTER.",
            ),
            Finding(Tone.TAKEN, "speed", "2 ms a key"),
            Finding(
                Tone.REFUSED,
                "The [b]saw's[/b] scanner",
                "The [b]saw's[/b] scanner is not there. Plug it in; all else works.",
            ),
            Finding(Tone.TAKEN, "keyboard", "always there, with the scanners that type into it"),
        ),
        "",
        "ESC back",
    ),
    "drawing": DRAWING,
    "scanners-asked": Findings(
        "THE SCANNERS",
        Tone.TAKEN,
        (Finding(Tone.TAKEN, "keyboard", "always there, with the scanners that type into it"),),
        "Scan the test code on the scanners' sheet: this page says how the scanner types.",
        "ESC back",
    ),
}
"""Name of the snapshot, and the body."""

NOTICES: Final = {
    "refused": Notice(Tone.REFUSED, "The code was misread.", "Scan it again, or type it from the paper."),
    "flagged": Notice(Tone.FLAGGED, "A newer copy of this slip exists.", "Use that one if you have it."),
    "taken": Notice(Tone.TAKEN, "John Miller signed on.", "Scan the slip."),
    "waiting": Notice(Tone.WAITING, "This report was begun and is NOT recorded yet.", "ENTER records it."),
}


def view_of(name: str) -> View:
    """The view of a snapshot."""
    if name in BODIES:
        body = BODIES[name]
        signed_on = isinstance(body, Waiting) and body is WAITING
        header = replace(HEADER, operator="", machine="") if signed_on else HEADER
        return View(header, body, None, LAST, FOOT)
    if name in NOTICES:
        return View(HEADER, WORKING, NOTICES[name], LAST, FOOT)
    return {
        "all-safe": View(HEADER, WORKING, None, LAST, SAFE),
        "typed": View(HEADER, WAITING, None, (), SAFE, typed="tbcd fg"),
        "trouble": View(
            Header(LONG, f"[b]{LONG}[/b]", LONG),
            WAITING,
            None,
            (replace(LAST[0], figures=LONG), *LAST[1:]),
            Foot(
                999_999_999, 0, 9_999_999, NetworkState.TOKEN_REFUSED, "The disk is nearly full: 12 MB left."
            ),
        ),
        "training": replace(View(HEADER, WORKING, None, PRACTICED, SAFE), training=True),
        "wrong-server": View(HEADER, WAITING, None, (), replace(FOOT, network=NetworkState.WRONG_SERVER)),
    }[name]


NAMES: Final = (*BODIES, *NOTICES, "all-safe", "typed", "trouble", "training", "wrong-server")


class Still:
    """A conversation that shows one view and remembers what it was told."""

    def __init__(self, shown: View) -> None:
        self.shown = shown
        self.taken: list[Input] = []
        self.leaving = False
        self.seconds = 0

    async def start(self) -> None:
        """Nothing to gather."""

    async def take(self, said: Input) -> None:
        """Remember it."""
        self.taken.append(said)

    async def refresh(self) -> None:
        """Count it."""
        self.seconds += 1

    def view(self, typed: str) -> View:
        """The one view."""
        return replace(self.shown, typed=typed or self.shown.typed)
