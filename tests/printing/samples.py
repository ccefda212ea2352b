"""Sheets to print in tests: a furniture shop's slips, from one step to many, with the names of real people.

Never prints anything.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from floor.commands import DraftOrder
from floor.events import Demand, MachineDefined, ReasonDefined, ReasonUse, WorkCentreDefined
from floor.orders import Decision
from floor.people import Person, Role
from floor.plant import Plant
from floor.quantities import Ratio, Unit
from floor.tags import TagKind, count_to_letters, encode, step_code
from printing.cards import CardSheet, badge_sheet, reason_sheet
from printing.printers import PrinterKind, PrinterSetting
from printing.settings_sheet import SettingsSheet
from printing.sheet import SheetStep, SlipSheet
from tests.floor.shop import CENTRAL, ITEM, MOMENT, ORDER, Shop, step

SLIP: Final = "BCDFGHJK"
PAPER: Final = "ab" * 16

_STEPS: Final = (
    ("Cut to length", "Cutting line", "Saw 2", "Anna Kowalska"),
    ("Drill dowel holes", "Drilling", "Drill 1", "Jürgen Großmann"),
    ("Plane and thickness", "Planing", "Planer 1", None),
    ("Sand and polish", "Sanding", "Sander 3", "Ольга Петрова"),
    ("Inspect", "Quality", None, "Ελένη Παππά"),
    ("Assemble", "Assembly", "Bench 4", "Nguyễn Văn An"),
)


def steps(count: int, slip: str = SLIP) -> tuple[SheetStep, ...]:
    """A route of so many steps."""
    return tuple(
        SheetStep(
            number=10 * number,
            name=name,
            work_centre=work_centre,
            machine=machine,
            person=person,
            quantity="320 legs" if number == 2 else None,
            code=step_code(slip, 10 * number),
        )
        for number in range(1, count + 1)
        for name, work_centre, machine, person in [_STEPS[number % len(_STEPS)]]
    )


def a_slip(count: int = 5, **said: object) -> SlipSheet:
    """A slip of so many steps, with anything said otherwise."""
    slip = str(said.get("slip", SLIP))
    usual: dict[str, object] = {
        "plant": "Demo Furniture Works",
        "slip": slip,
        "copy_letter": "B",
        "order": "MO-1042",
        "item": "CH-OAK-01",
        "item_name": "Chair, oak",
        "quantity": Decimal(80),
        "unit": "pcs",
        "due": date(2026, 4, 30),
        "customer": "Miller & Sons",
        "sales_order": "SO-0881",
        "ledger_head": "3fa2b17c",
        "station": "Cutting line 1",
        "printed_at": "23 April 2026 14:02",
        "steps": steps(count, slip),
    }
    return SlipSheet.model_validate(usual | said)


def a_passport(letters: int) -> str:
    """So many letters, as a passport has them."""
    return count_to_letters(pow(7, 9 * letters, 16**letters), letters)


def with_instructions(sheet: SlipSheet, lines: int = 3, line: str = "") -> SlipSheet:
    """The slip with so many lines of instructions for each step."""
    said = line or "Set boards with a crack aside; scrap only what cannot become a back."
    told = (said[:120],) * lines
    return sheet.model_copy(
        update={"steps": tuple(step.model_copy(update={"instructions": told}) for step in sheet.steps)}
    )


def a_full_slip(count: int, passport: str | None = None) -> SlipSheet:
    """A slip on which every word is as long as it may be."""
    long = "Oberflächenveredelungsmaschinenbedienungsanleitung & Söhne <b>[b]"
    return a_slip(
        count,
        plant=long * 2,
        order="MO-2026-04-000001042/A-REV.17#77-abcdefg",
        item_name=(long * 2)[:120],
        customer=(long * 2)[:120],
        note="x" * 120,
        unit="kilogrammes",
        quantity=Decimal("123456789.123456"),
        copy_letter="X",
        make_up=True,
        passport=passport,
        station=(long * 2)[:120],
        steps=tuple(
            step.model_copy(update={"name": long, "work_centre": long, "person": long})
            for step in steps(count)
        ),
    )


def a_folder(path: object) -> PrinterSetting:
    """A printer that puts pages into a folder."""
    return PrinterSetting(name="slips", kind=PrinterKind.FOLDER, target=str(path))


def a_confirmed_shop() -> Shop:
    """A confirmed order with everything that a slip can say."""
    shop = Shop()
    legs = step(10, machine="SAW", person="7", unit=Unit(name="legs"), ratio=Ratio(step=4, order=1))
    shop.describe([legs, step(20)])
    shop.plant.name = "Works"
    shop.plant.learn(WorkCentreDefined(at=MOMENT, work_centre="WC10", name="Cutting"))
    shop.plant.learn(
        MachineDefined(at=MOMENT, machine="SAW", name="Saw 2", work_centre="WC10", code="BCDFGH")
    )
    demand = Demand(
        item=ITEM,
        quantity=Decimal(80),
        due=date(2026, 4, 30),
        customer="Miller",
        sales_order="SO-1",
        note="felt glides",
    )
    shop.do(DraftOrder(intent=shop.new_id(), by="P1", order=ORDER, demand=demand), CENTRAL)
    shop.decision(Decision.CONFIRM)
    return shop


def badges(count: int) -> CardSheet:
    """So many badges, one with a name that needs two lines."""
    names = ["Maria Magdalena von und zu Hohenlohe-Schillingsfürst", "Ольга Петрова", "Kim"]
    people = [
        Person(
            person=str(number),
            name=names[number % 3],
            badge=count_to_letters(number, 6),
            role=Role.SUPERVISOR,
        )
        for number in range(count)
    ]
    return badge_sheet("Works", people)


def badges_people() -> tuple[Person, ...]:
    """One supervisor."""
    return (Person(person="1", name="Kim", badge="BBBBBB", role=Role.SUPERVISOR),)


def reasons(count: int) -> CardSheet:
    """So many reasons."""
    plant = Plant(name="Works")
    for number in range(count):
        name = "Surface scratched by the conveyor belt of the sanding machine " * (1 + number % 2)
        uses = (ReasonUse.SCRAP, ReasonUse.REVIEW)
        plant.learn(
            ReasonDefined(
                at=MOMENT, reason=str(number), name=name[:120], uses=uses, code=count_to_letters(number, 6)
            )
        )
    return reason_sheet(plant)


def a_settings_sheet(lines: int, letters: int = 300) -> SettingsSheet:
    """A terminal's sheet with so many settings and so long a code."""
    body = count_to_letters(7**300, letters) if letters > 300 else "BCDF" * (letters // 4)
    said = tuple((f"setting {number}", "http://10.0.0.5:8080 " * (1 + number % 6)) for number in range(lines))
    code = encode(TagKind.TERMINAL, body)
    return SettingsSheet(title="Terminal Cutting Line 1", hint="Scan this.", code=code, lines=said)
