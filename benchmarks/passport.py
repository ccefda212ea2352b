"""How large the passport of a slip is, and how many of nine harms it stands, at 203 dots per inch.

Never a clean picture alone: each code is made worse as printers, oil and haste do it, and read by every
reader there is, as before a slip is printed.
"""

from datetime import date
from decimal import Decimal
from hashlib import sha512
from typing import Final

from PIL import Image

from floor.passport import LETTERS_MAX, Passport, PassportStep
from floor.passport_code import write
from floor.quantities import Unit
from printing.grading import QUIET_QR_MODULES
from printing.grid import DOTS_PER_INCH
from printing.harms import Harm, harmed
from printing.layout import QR
from printing.readers import readers
from printing.symbols import qr

STEPS: Final = (1, 4, 8, 12)
MODULE_DOTS: Final = 3
MM_PER_INCH: Final = 25.4
SLIPS: Final = 5
"""Of each size, every one with other letters."""
ROUTE: Final = (
    *(("CUT", "Cut to length"), ("EDGE", "Glue the edges"), ("DRILL", "Drill the holes")),
    *(("SAND", "Sand both sides"), ("SPRAY", "First coat"), ("DRY", "Dry overnight")),
    *(("SAND", "Sand again"), ("SPRAY", "Second coat"), ("FIT", "Fit the hinges")),
    *(("TEST", "Look it over"), ("PACK", "Pack in cartons"), ("SHIP", "Stack on pallets")),
)


def passport(number: int, steps: int, *, named: bool) -> Passport:
    """The passport of a usual slip."""
    return Passport(
        slip=f"BBCBBBB{'BCDFG'[number]}",
        copy_letter="B",
        order=f"MO-104{number}",
        item="CAB-600-W",
        item_name="Wall cabinet 600, white" if named else None,
        quantity=Decimal(80),
        order_quantity=Decimal(240),
        unit=Unit(name="pcs"),
        due=date(2026, 12, 24),
        version_of_route=3,
        version_of_bom=2,
        key="73a21015",
        minute=29_920_000 + number,
        steps=tuple(
            PassportStep(number=10 * at, name=name if named else None, work_centre=work_centre)
            for at, (work_centre, name) in enumerate(ROUTE[:steps], 1)
        ),
    )


def picture(code: str) -> Image.Image:
    """The QR with its quiet zone, on the dots of the printer."""
    rows = qr(code)
    size = len(rows) + 2 * QUIET_QR_MODULES
    modules = Image.new("L", (size, size), 255)
    for y, row in enumerate(rows):
        for x in range(len(rows)):
            if row >> (len(rows) - 1 - x) & 1:
                modules.putpixel((x + QUIET_QR_MODULES, y + QUIET_QR_MODULES), 0)
    return modules.resize((size * MODULE_DOTS, size * MODULE_DOTS), Image.Resampling.NEAREST)


def stood(code: str) -> dict[str, list[Harm]]:
    """By reader, the harms after which it still read the code."""
    clean = picture(code)
    dots_per_mm = DOTS_PER_INCH / MM_PER_INCH
    return {
        name: [harm for harm in Harm if reader.patch(QR, harmed(clean, harm, dots_per_mm)) == code]
        for name, reader in readers().items()
        if reader.patch(QR, clean) == code
    }


def main() -> None:
    """Print the table."""
    names = list(readers())
    heads = "".join(f" | {name}: of {len(Harm)} harms" for name in names)
    print(f"| steps | names | letters | QR version | mm{heads} |")
    print("| --- | --- | --- | --- | ---" + " | ---" * len(names) + " |")
    for steps in STEPS:
        for named in (False, True):
            print(_line(steps, names, named=named))


def _line(steps: int, names: list[str], *, named: bool) -> str:
    codes = []
    for number in range(SLIPS):
        said = passport(number, steps, named=named)
        code = write(said, lambda signed: sha512(signed).digest(), LETTERS_MAX)
        assert code is not None
        codes.append(code)
    found = [stood(code) for code in codes]
    modules = len(qr(codes[0]))
    size_mm = (modules + 2 * QUIET_QR_MODULES) * MODULE_DOTS * MM_PER_INCH / DOTS_PER_INCH
    version = (modules - 17) // 4
    cells = [str(steps), "yes" if named else "no", str(len(codes[0])), str(version), f"{size_mm:.0f}"]
    for name in names:
        lost = [len(Harm) - len(one[name]) if name in one else None for one in found]
        cells.append("not read" if None in lost else str(len(Harm) - max(filter(None, lost), default=0)))
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
