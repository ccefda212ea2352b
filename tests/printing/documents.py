"""One of each document that a plant prints, as docs/samples shows it: a furniture shop on 30 April.

Never a clock and never chance: the same documents, byte for byte, whenever they are made.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from floor.commands import ReportWork
from floor.events import (
    DayClosed,
    DayTotal,
    LedgerRange,
    LotDefined,
    MachineDefined,
    ReasonDefined,
    ReasonUse,
    Review,
    Rework,
    TagAsked,
    TagUse,
    WorkCentreDefined,
)
from floor.items import Item
from floor.orders import Decision
from floor.people import Person, Role
from floor.plant import Plant
from floor.tags import TagKind, count_to_letters, encode
from kiosk.commands.sheet import HINT
from kiosk.config import KioskConfig, ServerSection, StationSection
from kiosk.record import Record, code, in_words
from printing.cards import (
    CardSheet,
    CardSize,
    badge_sheet,
    command_card,
    lot_sheet,
    machine_sheet,
    number_card,
    reason_sheet,
)
from printing.day_sheet import DaySheet, day_sheet
from printing.enrolment_sheet import enrolment_sheet
from printing.layout import Sheet
from printing.papers import Paper
from printing.scanner_sheet import scanner_sheet
from printing.settings_sheet import SettingsSheet
from printing.slip.side import BUILT_IN_STYLE, Style
from printing.tag_sheet import A6_MM, TagSheet, tag_sheet
from tests.floor.shop import ANNA, MOMENT, Shop, content, step
from tests.printing.samples import a_slip

PLANT: Final = "Demo Furniture Works"
STATION: Final = "Cutting line 1"
ONE_TIME_CODE: Final = encode(TagKind.ENROLMENT, "BCDFGHJKLNPRS")
SETTINGS: Final = Record(
    KioskConfig(
        station=StationSection(number="cutting-1", name=STATION, work_centre="WC10", machines=("SAW-1",)),
        server=ServerSection(url="https://floor.example:8443"),
    )
)
FOOT: Final = f"{STATION}  ·  30 April 2026 14:02"
NAMES: Final = {ANNA: "Anna Kowalska", "8": "Jürgen Großmann", "9001": "Eve Stone"}
PEOPLE: Final = (
    ("Anna Kowalska", Role.OPERATOR),
    ("Jürgen Großmann", Role.OPERATOR),
    ("Ольга Петрова", Role.OPERATOR),
    ("Ελένη Παππά", Role.SETTER),
    ("Nguyễn Văn An", Role.OPERATOR),
    ("John Miller", Role.OPERATOR),
    ("Maria Magdalena von und zu Hohenlohe-Schillingsfürst", Role.SETTER),
    ("Eve Stone", Role.SUPERVISOR),
    ("Paul Ito", Role.PLANNER),
    ("Ada Diallo", Role.ADMINISTRATOR),
)
REASONS: Final = (
    ("Split wood", (ReasonUse.SCRAP,)),
    ("Knot at the edge", (ReasonUse.SCRAP, ReasonUse.REVIEW)),
    ("Surface scratched", (ReasonUse.REWORK, ReasonUse.REVIEW)),
    ("Wrong length", (ReasonUse.SCRAP, ReasonUse.REWORK)),
    ("Glue line open", (ReasonUse.REWORK, ReasonUse.REVIEW)),
    ("Colour differs", (ReasonUse.REVIEW,)),
    ("No material", (ReasonUse.DOWN,)),
    ("Blade worn", (ReasonUse.DOWN,)),
    ("Cleaning", (ReasonUse.DOWN,)),
)


def the_plant() -> Plant:
    """Machines, reasons and lots of a small shop."""
    plant = Plant(name=PLANT, time_zone="Europe/Berlin")
    plant.items["OAK-25"] = Item(item="OAK-25", name="Oak board, 25 mm")
    for number, name in (("WC10", "Cutting line"), ("WC20", "Sanding"), ("WC30", "Assembly")):
        plant.learn(WorkCentreDefined(at=MOMENT, work_centre=number, name=name))
    machines = (("SAW-1", "Saw 1", "WC10"), ("SAW-2", "Saw 2", "WC10"), ("SAND-3", "Sander 3", "WC20"))
    for at, (number, name, work_centre) in enumerate(machines):
        code = count_to_letters(4000 + at, 6)
        plant.learn(MachineDefined(at=MOMENT, machine=number, name=name, work_centre=work_centre, code=code))
    for at, (name, uses) in enumerate(REASONS):
        code = count_to_letters(900 + at, 6)
        plant.learn(ReasonDefined(at=MOMENT, reason=f"R{at}", name=name, uses=uses, code=code))
    for at, supplier in enumerate(("Hartmann Timber", "Hartmann Timber", "Nordholz")):
        code = count_to_letters(70 + at, 6)
        plant.learn(LotDefined(at=MOMENT, lot=f"L-26{at:03}", item="OAK-25", supplier=supplier, code=code))
    return plant


def people() -> tuple[Person, ...]:
    """Ten of them: a sheet of badges."""
    return tuple(
        Person(person=str(4711 + at), name=name, badge=count_to_letters(5000 + 37 * at, 6), role=role)
        for at, (name, role) in enumerate(PEOPLE)
    )


def a_tag(use: TagUse, paper_mm: tuple[float, float] = A6_MM, **said: object) -> TagSheet:
    """The tag of pieces that a report set aside, or sent to rework."""
    shop = Shop()
    shop.describe(
        [step(10, name="Cut to length"), step(20, name="Sand and polish"), step(30, name="Assemble")]
    )
    shop.draft(80)
    shop.plant, drafted = the_plant(), shop.plant
    shop.plant.items |= drafted.items
    shop.plant.routes |= drafted.routes
    shop.decision(Decision.CONFIRM)
    (slip,) = shop.issue(80)
    piles = {
        "review": (Review(quantity=Decimal(12), reason="R2"),),
        "rework": (Rework(quantity=Decimal(4), to_step=10, reason="R3"),),
    }
    reported = content(20, 64).model_copy(update=piles)
    facts = shop.do(
        ReportWork(intent=shop.new_id(), by=ANNA, slip=slip, content=reported, tag_printer="labels")
    )
    asked = next(fact for fact in facts if isinstance(fact.event, TagAsked) and fact.event.use is use)
    return tag_sheet(asked, shop.order, shop.plant, NAMES, STATION, paper_mm=paper_mm).model_copy(update=said)


def a_day(units: int = 3, copy_number: int = 1) -> DaySheet:
    """A day of one station, with so many units."""
    figures = (("kg", "812.5", "3.25", 0, 0), ("legs", 3200, 41, 12, 8), ("pcs", 1284, 17, 4, 0))
    more = tuple((f"unit {at}", at, 0, 0, 0) for at in range(units - len(figures)))
    closed = DayClosed(
        at=MOMENT,
        by="9001",
        day=date(2026, 4, 30),
        ranges=(
            LedgerRange(
                stream="ab12" * 8, first_seq=1213, last_seq=1524, head="3fa2b17c" * 8, safe_through=1507
            ),
        ),
        reports=141,
        corrected=2,
        flagged=7,
        totals=tuple(
            DayTotal(
                unit=unit,
                **{
                    name: Decimal(part)
                    for name, part in zip(("good", "scrap", "rework", "review"), parts, strict=True)
                },
            )
            for unit, *parts in (*figures, *more)[:units]
        ),
    )
    return day_sheet(closed, copy_number, the_plant(), NAMES, STATION)


def with_foot(sheet: CardSheet) -> CardSheet:
    """As a station prints it."""
    return sheet.model_copy(update={"foot": FOOT})


def documents() -> dict[str, Sheet]:
    """Every document but the slip, by the name of its file."""
    plant = the_plant()
    badges = with_foot(badge_sheet(PLANT, people()))
    cr80 = badges.model_copy(update={"size": CardSize.SINGLE, "cards": badges.cards[:2]})
    return {
        "hold-tag": a_tag(TagUse.HOLD),
        "rework-tag": a_tag(TagUse.REWORK),
        "badges": badges,
        "badges-cr80": cr80,
        "machine-tags": with_foot(machine_sheet(plant)),
        "lot-labels": with_foot(lot_sheet(plant)),
        "reasons": with_foot(reason_sheet(plant, where="Cutting line")),
        "command-card": with_foot(command_card(PLANT)),
        "number-card": with_foot(number_card(PLANT)),
        "day-close": a_day(),
        "scanner-test": scanner_sheet(),
        "enrolment": enrolment_sheet(STATION, "https://floor.example:8443", ONE_TIME_CODE),
        "settings": SettingsSheet(
            title=f"Terminal {STATION}", hint=HINT, code=code(SETTINGS), lines=in_words(SETTINGS)
        ),
    }


def samples() -> dict[str, tuple[Sheet, Style]]:
    """Every document by the name of its file in docs/samples, with the slip on each paper."""
    others = {name: (sheet, BUILT_IN_STYLE) for name, sheet in documents().items()}
    return {f"slip-{paper.value}": (a_slip(5), Style(paper)) for paper in Paper} | others
