"""Slips as a station would issue them, one after the other, for the figures about paper.

Never random: the same number gives the same slip.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from floor.tags import TagKind, count_to_letters, encode, step_code
from printing.sheet import SheetStep, SlipSheet

_PRIMES: Final = tuple(range(3, 73, 2))
_NAMES: Final = (
    "Cut to length",
    "Drill",
    "Sand and polish",
    "Assemble",
    "Final inspection",
    "Pack and label",
)


def passport_of(number: int) -> str:
    """As long a code as a slip of twelve steps says of itself, and another one for each slip."""
    said = "".join(count_to_letters((number + 7) * 2654435761 * prime % 16**10, 10) for prime in _PRIMES)
    return encode(TagKind.TERMINAL, said)


def slip_of(number: int, step_count: int, has_passport: bool = False) -> SlipSheet:
    """The slip of that number in a stream, with so many steps."""
    slip = "BCD" + count_to_letters(number, 5)
    steps = tuple(
        SheetStep(
            number=10 * at,
            name=_NAMES[at % len(_NAMES)],
            work_centre=f"Line {at}",
            machine=f"Machine {at}",
            person="Jürgen Großmann",
            code=step_code(slip, 10 * at),
        )
        for at in range(1, step_count + 1)
    )
    return SlipSheet(
        plant="Demo Furniture Works",
        slip=slip,
        copy_letter="B",
        order=f"MO-{1000 + number}",
        item="CH-OAK-01",
        item_name="Chair, oak",
        quantity=Decimal(20 + number % 80),
        unit="pcs",
        due=date(2026, 4, 30),
        customer="Miller & Sons",
        sales_order="SO-0881",
        ledger_head=f"{number * 2654435761 % 2**32:08x}",
        station="Cutting line 1",
        printed_at=f"23 April 2026 14:{number % 60:02}",
        steps=steps,
        passport=passport_of(number) if has_passport else None,
    )
