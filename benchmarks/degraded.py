"""Slips after printers, oil and haste: how many the first reader reads, and that none is misread.

    python -m benchmarks.degraded [--renderings N]

Each rendering is a slip of its own with one harm, half as bad to fully as bad as the read-back does it
(`printing/harms.py`), and all its codes must be read. Then slips that were torn or smeared: whatever is still
read there must be on the slip. The same seed gives the same pictures.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.slips import slip_of
from floor.tags import Tag, decode
from printing.document import document
from printing.grading import Patch, patches
from printing.grid import Grid
from printing.harms import Harm, harmed
from printing.layout import Placed, placed
from printing.raster import pictures
from printing.readers import readers

SEED: Final = 20261125
RENDERINGS: Final = 2000
TORN_OF_TEN: Final = 2
"""Torn or smeared slips, for each ten renderings."""
READ_SHARE_MIN: Final = 0.99
STRENGTH_MIN: Final = 0.5
STEPS_MAX: Final = 12
PASSPORT_EVERY: Final = 4
SMEARS_MAX: Final = 6

_FIRST: Final = next(iter(readers()))
_WHITE: Final = 255


@dataclass
class Seen:
    """What came of so many renderings."""

    renderings: int = 0
    read: int = 0
    """Renderings of which the first reader read every code."""
    misread: int = 0
    """Codes that some reader took for others."""


def degraded(count: int, chance: Random) -> dict[Harm, Seen]:
    """Harmed slips, harm by harm."""
    seen = {harm: Seen() for harm in Harm}
    for number in range(count):
        harm = list(Harm)[number % len(Harm)]
        strength = chance.uniform(STRENGTH_MIN, 1)
        codes = [_look(patch, harm, strength) for patch in _patches(number, chance)]
        told = seen[harm]
        told.renderings += 1
        told.read += all(read for read, _ in codes)
        told.misread += sum(misread for _, misread in codes)
    return seen


def _patches(number: int, chance: Random) -> list[Patch]:
    sheet = slip_of(chance.randrange(16**5), chance.randint(1, STEPS_MAX), number % PASSPORT_EVERY == 0)
    made = document(sheet)
    return patches(made.pages[0], pictures(made.pdf)[0], Grid())


def _look(patch: Patch, harm: Harm, strength: float) -> tuple[bool, int]:
    """Whether the first reader read a harmed code, and how many readers took it for another."""
    worse = harmed(patch.picture, harm, Grid().dots(1), strength)
    found = {name: reader.patch(patch.form, worse) for name, reader in readers().items()}
    wrong = [code for code in found.values() if code is not None and code != patch.code]
    return found[_FIRST] == patch.code, len(wrong)


def torn(count: int, chance: Random) -> Iterator[tuple[Placed, Placed]]:
    """What is on each torn or smeared slip, and what the readers still read there of ours."""
    for _ in range(count):
        sheet = slip_of(chance.randrange(16**5), chance.randint(1, STEPS_MAX))
        made = document(sheet)
        spoil = chance.choice((_cut_in_two, _smeared))
        picture = spoil(pictures(made.pdf)[0], chance)
        read = frozenset[tuple[str, str]]().union(
            *(reader.page(picture) for reader in readers().values()),
        )
        yield placed(made.pages[0]), frozenset(found for found in read if isinstance(decode(found[1]), Tag))


def _cut_in_two(picture: Image.Image, chance: Random) -> Image.Image:
    """One side of a straight cut from edge to edge, the other side white."""
    left, right = chance.uniform(0, picture.height), chance.uniform(0, picture.height)
    kept = picture.copy() if chance.random() < 1 / 2 else picture.transpose(Image.Transpose.ROTATE_90)
    below = [(0, left), (kept.width, right), (kept.width, kept.height), (0, kept.height)]
    ImageDraw.Draw(kept).polygon(below, fill=_WHITE)
    return kept


def _smeared(picture: Image.Image, chance: Random) -> Image.Image:
    """Wet ink drawn sideways in some bands, and strokes of a marker over it."""
    smeared = picture.copy()
    for _ in range(chance.randint(1, SMEARS_MAX)):
        top = chance.randrange(picture.height)
        band = (0, top, picture.width, min(picture.height, top + chance.randint(10, 120)))
        wet = smeared.crop(band).filter(ImageFilter.BoxBlur((chance.randint(1, 12), 0)))
        smeared.paste(wet, band[:2])
        ends = [(chance.randrange(picture.width), chance.randrange(picture.height)) for _ in range(2)]
        ImageDraw.Draw(smeared).line(ends, fill=chance.choice((0, _WHITE)), width=chance.randint(1, 12))
    return smeared


def misread_of(meant: Placed, read: Placed) -> Placed:
    """Codes that were read and are not on the slip."""
    return read - meant


def main() -> int:
    """Prints the table; 1 when a figure misses its limit."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--renderings", type=int, default=RENDERINGS)
    count = arguments.parse_args().renderings
    chance = Random(SEED)
    seen = degraded(count, chance)
    print(f"{'harm':<14}{'slips':>8}{'read by ' + _FIRST:>16}{'misread':>10}")
    for harm, told in seen.items():
        print(f"{harm:<14}{told.renderings:>8}{told.read:>16}{told.misread:>10}")
    share = sum(told.read for told in seen.values()) / count
    misread = sum(told.misread for told in seen.values())
    print(f"\n{share:.2%} of {count} read (limit {READ_SHARE_MIN:.0%}), {misread} codes misread (limit 0)")
    spoiled = Counter[str]()
    for meant, read in torn(count * TORN_OF_TEN // 10, chance):
        spoiled.update(slips=1, read=len(read & meant), misread=len(misread_of(meant, read)))
    print(
        f"{spoiled['slips']} torn or smeared: {spoiled['read']} codes still read, "
        f"{spoiled['misread']} misread (limit 0)"
    )
    return int(share < READ_SHARE_MIN or misread > 0 or spoiled["misread"] > 0)


if __name__ == "__main__":
    sys.exit(main())
