"""Every kind of event about slips and paper with every field said, and the names that all examples share.

Never altered, only added to: what stands here was promised for ever.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from floor.events import (
    CardsAsked,
    CardUse,
    DayClosed,
    DaySheetAsked,
    DayTotal,
    Event,
    Grade,
    LedgerRange,
    Moment,
    PaperFailed,
    PaperPrinted,
    PaperSettled,
    PaperUnknown,
    Proof,
    SlipIssued,
    SlipReprinted,
    SlipsMerged,
    SlipSplit,
    SlipVoided,
    TagAsked,
    TagUse,
)

AT: Final = Moment(
    wall_ms=1_776_000_000_123, clamped_ms=1_776_000_000_124, boot_id="5f1c2a", monotonic_ms=86_400_000
)
ID: Final = "0196b3c2a1f07abc8def0123456789ab"
OTHER_ID: Final = "0196b3c2a1f07abc8def0123456789ac"
STREAM: Final = "a1" * 16
PARENT: Final = "b2" * 16
SLIP: Final = "BCDFGHJK"

PAPER: Final[tuple[Event, ...]] = (
    SlipIssued(at=AT, by="7", slip=SLIP, order="1001", quantity=Decimal(30), make_up=True, printer="slips"),
    SlipSplit(
        at=AT,
        by="7",
        slip="BCDFGHJL",
        parent=SLIP,
        order="1001",
        step=20,
        quantity=Decimal("2.5"),
        unit="kg",
        printer="slips",
    ),
    SlipsMerged(
        at=AT, by="7", slip="BCDFGHJL", into=SLIP, order="1001", step=20, quantity=Decimal(2), unit="kg"
    ),
    SlipVoided(at=AT, by="7", slip=SLIP, order="1001", reason="lost in the yard"),
    SlipReprinted(
        at=AT, by="7", slip=SLIP, order="1001", copy_letter="C", printer="slips", user="floor-admin"
    ),
    TagAsked(
        at=AT,
        by="7",
        slip=SLIP,
        order="1001",
        use=TagUse.REWORK,
        said=OTHER_ID,
        line=1,
        step=20,
        to_step=10,
        quantity=Decimal("2.5"),
        unit="kg",
        reason="R-7",
        copy_number=2,
        printer="tags",
        user="floor-admin",
    ),
    CardsAsked(
        at=AT,
        by="7",
        use=CardUse.BADGES,
        chosen=("4711", "4712"),
        work_centre="SAW",
        single=True,
        printer="cards",
        user="floor-admin",
    ),
    DayClosed(
        at=AT,
        by="7",
        day=date(2026, 4, 30),
        ranges=(LedgerRange(stream=STREAM, first_seq=1, last_seq=312, head="ab" * 32, safe_through=300),),
        reports=41,
        corrected=2,
        flagged=3,
        totals=(
            DayTotal(
                unit="kg",
                good=Decimal("12345678901.5"),
                scrap=Decimal(4),
                rework=Decimal(2),
                review=Decimal(1),
            ),
        ),
        printer="sheets",
    ),
    DaySheetAsked(at=AT, by="7", closing=OTHER_ID, copy_number=2, printer="sheets", user="floor-admin"),
    PaperPrinted(
        at=AT,
        by="7",
        paper=ID,
        slip=SLIP,
        order="1001",
        printer="slips",
        readers=("zxing", "zbar"),
        proof=Proof(
            dots_per_inch=203,
            sha256="0f" * 32,
            grade=Grade.B,
            harms=("ink spread", "column lost"),
            survived=("ink spread",),
        ),
    ),
    PaperFailed(at=AT, by="7", paper=ID, slip=SLIP, order="1001", printer="slips", reason="no paper"),
    PaperUnknown(at=AT, by="7", paper=ID, slip=SLIP, order="1001", printer="slips", reason="stopped"),
    PaperSettled(at=AT, by="7", paper=ID, slip=SLIP, order="1001", printer="slips", unknown=ID, found=True),
)
