"""A thousand slips in one batch: from sheet to proven bytes, as the printing child does it, on one core.

Never counts a printer: the pages go nowhere. Seconds are those that the core worked. Read back as the table
says: the first page in full, then each so-many-th; of the others code by code.
"""

import os
import sys
import time
from pathlib import Path
from typing import Final

from benchmarks.slips import slip_of
from printing.document import document
from printing.jobs import Depth
from printing.readback import Trusted, read_back

SLIPS: Final = 1000
STEPS: Final = 5
FULL_EVERY: Final = 50
SECONDS_MAX: Final = 5.0
GROWTH_MB_MAX: Final = 8.0
WARM: Final = 200
"""Before the clock runs and the memory is weighed: fonts, readers, what is remembered of words and codes."""
STATISTICS: Final = Path("/proc/self/statm")
SHOWN_AT: Final = (250, 500, 750, 1000)


def resident_mb() -> float:
    """What the kernel says this process has in memory."""
    pages = int(STATISTICS.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


def prove(number: int, every: int) -> None:
    """One slip of the batch."""
    sheet = slip_of(number, STEPS)
    depth = Depth.CODES if number % every else Depth.FULL
    verdict = read_back(sheet, document(sheet), depth)
    assert isinstance(verdict, Trusted), verdict


def main() -> int:
    """Prints the table; 1 when a figure misses its limit."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    for number in range(WARM):
        prove(number, FULL_EVERY)
    before_mb = resident_mb()
    print(f"{SLIPS} slips of {STEPS} steps, one in {FULL_EVERY} read back in full, on one core\n")
    print(f"{'slips':>8}{'seconds':>10}{'ms a slip':>12}{'memory':>12}")
    start = time.process_time()
    for done in range(1, SLIPS + 1):
        prove(WARM + done - 1, FULL_EVERY)
        if done in SHOWN_AT:
            seconds, now_mb = time.process_time() - start, resident_mb()
            print(f"{done:>8}{seconds:>10.2f}{seconds / done * 1000:>12.2f}{now_mb:>9.1f} MB")
    seconds = time.process_time() - start
    growth_mb = resident_mb() - before_mb
    print(
        f"\n{seconds:.2f} s (limit {SECONDS_MAX:g}); "
        f"memory grew by {growth_mb:.1f} MB (limit {GROWTH_MB_MAX:g})"
    )
    return int(seconds > SECONDS_MAX or growth_mb > GROWTH_MB_MAX)


if __name__ == "__main__":
    sys.exit(main())
