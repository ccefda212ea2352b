"""How long one transfer slip takes: as PDF, the same page by WeasyPrint, and read back in full.

Times are those that the processor worked.
Never counts the start: fonts and readers are loaded before. Every slip is a new one with codes of its own.
WeasyPrint is no part of the program. The script looks for it in `.venv/weasyprint`:

    python3 -m venv .venv/weasyprint && .venv/weasyprint/bin/pip install weasyprint==70.0

(with Debian's libpango-1.0-0, libpangoft2-1.0-0 and libharfbuzz-subset0). Without it there is no ratio, and
that counts as missed.
"""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

from reportlab.pdfgen.canvas import Canvas

from benchmarks.html_slip import html
from benchmarks.slips import slip_of
from printing.document import Document, document
from printing.readback import Trusted, read_back
from printing.readers import readers
from printing.sheet import SlipSheet

WARM_SLIPS: Final = 300
SLIPS: Final = 300
READ_EVERY: Final = 5
WEASYPRINT_EVERY: Final = 30
PDF_MS_MAX: Final = 4
RATIO_MIN: Final = 60
READ_BACK_MS_MAX: Final = 60
STEPS: Final = (5, 12)
OTHER_PYTHON: Final = Path(__file__).resolve().parents[1] / ".venv" / "weasyprint" / "bin" / "python"
OTHER: Final = """\
import json, sys, time
from weasyprint import HTML
for line in sys.stdin:
    page = json.loads(line)
    start = time.process_time()
    HTML(string=page).write_pdf()
    print((time.process_time() - start) * 1000, flush=True)
"""

Given = TypeVar("Given")


def took_ms(task: Callable[[Given], object], given: Given) -> float:
    """The time of one run of a task, in milliseconds."""
    start = time.process_time()
    task(given)
    return (time.process_time() - start) * 1000


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


@contextmanager
def weasyprint() -> Iterator[Callable[[SlipSheet], float | None]]:
    """How long WeasyPrint takes for a slip, in ms, by its own clock; None where it is not installed."""
    if not OTHER_PYTHON.exists():
        yield lambda _slip: None
        return
    other = subprocess.Popen(
        [str(OTHER_PYTHON), "-c", OTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdin is not None
    assert other.stdout is not None
    given, answers = other.stdin, other.stdout

    def took(slip: SlipSheet) -> float:
        given.write(json.dumps(html(document(slip).pages)) + "\n")
        given.flush()
        return float(answers.readline())

    try:
        took(slip_of(0, 1))
        yield took
    finally:
        given.close()
        other.wait()


def measured(step_count: int) -> tuple[float, float, float | None, float]:
    """Medians in ms, measured by turns: an empty page, a slip as PDF, by WeasyPrint, its read-back."""
    for number in range(WARM_SLIPS):
        document(slip_of(number, step_count))
    empty, drawn, others, read = [], [], [], []
    with weasyprint() as other:
        for number in range(WARM_SLIPS, WARM_SLIPS + SLIPS):
            slip = slip_of(number, step_count)
            empty.append(took_ms(empty_page, number))
            drawn.append(took_ms(document, slip))
            if number % READ_EVERY == 0:
                read.append(took_ms(checked, (slip, document(slip))))
            if number % WEASYPRINT_EVERY == 0:
                others.append(other(slip))
    by_other = [ms for ms in others if ms is not None]
    return median(empty), median(drawn), median(by_other) if by_other else None, median(read)


def main() -> int:
    """Prints the table; 1 when a figure misses its limit."""
    print(f"read back in full by {' and '.join(readers())}; medians of {SLIPS} slips on A6\n")
    print(
        f"{'slip':<10}{'empty page':>12}{'PDF':>10}{'limit':>8}{'WeasyPrint':>13}{'ratio':>8}{'limit':>8}"
        f"{'read back':>12}{'limit':>8}"
    )
    missed = False
    for step_count in STEPS:
        empty_ms, pdf_ms, other_ms, read_ms = measured(step_count)
        ratio = other_ms / pdf_ms if other_ms else 0.0
        missed |= pdf_ms > PDF_MS_MAX or read_ms > READ_BACK_MS_MAX or ratio < RATIO_MIN
        print(
            f"{f'{step_count} steps':<10}{empty_ms:>9.2f} ms{pdf_ms:>7.2f} ms{PDF_MS_MAX:>5} ms"
            f"{f'{other_ms:.0f} ms' if other_ms else 'none here':>13}{ratio:>7.0f}x{RATIO_MIN:>7}x"
            f"{read_ms:>9.1f} ms{READ_BACK_MS_MAX:>5} ms"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
