"""How long one transfer slip takes: as PDF, and read back by every reader there is.

Never counts the start: fonts and readers are loaded before. Every slip is a new one with codes of its own.
"""

import io
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Final, TypeVar

from reportlab.pdfgen.canvas import Canvas

from floor.tags import count_to_letters, step_code
from printing.document import Document, document
from printing.readback import Trusted, read_back
from printing.readers import readers
from printing.sheet import SheetStep, SlipSheet

WARM_SLIPS: Final = 300
SLIPS: Final = 300
READ_EVERY: Final = 5
PDF_MS_MAX: Final = 5
READ_BACK_MS_MAX: Final = 60
STEPS: Final = (5, 12)

_NAMES: Final = (
    "Cut to length",
    "Drill",
    "Sand and polish",
    "Assemble",
    "Final inspection",
    "Pack and label",
)

Given = TypeVar("Given")


def slip_of(number: int, step_count: int) -> SlipSheet:
    """The slip of that number in a stream, as a station would issue it."""
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
    )


def took_ms(task: Callable[[Given], object], given: Given) -> float:
    """The time of one run of a task, in milliseconds."""
    start = time.perf_counter()
    task(given)
    return (time.perf_counter() - start) * 1000


def empty_page(_: int) -> bytes:
    """What the PDF library needs for a page with nothing on it."""
    into = io.BytesIO()
    canvas = Canvas(into, pageCompression=0, invariant=True)
    canvas.showPage()
    canvas.save()
    return into.getvalue()


def checked(pair: tuple[SlipSheet, Document]) -> None:
    """Reads a slip back; one that is not trusted would make the figure worthless."""
    assert isinstance(read_back(*pair), Trusted)


def measured(step_count: int) -> tuple[float, float, float]:
    """Medians in ms: an empty page, a slip as PDF, its read-back. By turns, for the machine has moods."""
    for number in range(WARM_SLIPS):
        document(slip_of(number, step_count))
    empty, drawn, read = [], [], []
    for number in range(WARM_SLIPS, WARM_SLIPS + SLIPS):
        slip = slip_of(number, step_count)
        empty.append(took_ms(empty_page, number))
        drawn.append(took_ms(document, slip))
        if number % READ_EVERY == 0:
            read.append(took_ms(checked, (slip, document(slip))))
    return median(empty), median(drawn), median(read)


def main() -> int:
    """Prints the table; 1 when a figure misses its target."""
    print(f"read back by {' and '.join(readers())}; p50 of {SLIPS} slips\n")
    print(
        f"{'slip':<10}{'empty page':>12}{'PDF':>10}{'target':>10}{'ratio':>8}{'read back':>12}{'target':>10}"
    )
    missed = False
    for step_count in STEPS:
        empty_ms, pdf_ms, read_ms = measured(step_count)
        missed |= pdf_ms > PDF_MS_MAX or read_ms > READ_BACK_MS_MAX
        print(
            f"{f'{step_count} steps':<10}{empty_ms:>9.2f} ms{pdf_ms:>7.2f} ms{PDF_MS_MAX:>7} ms"
            f"{pdf_ms / empty_ms:>7.1f}x{read_ms:>9.1f} ms{READ_BACK_MS_MAX:>7} ms"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
