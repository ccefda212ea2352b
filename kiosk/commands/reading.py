"""`kiosk read`: the codes in picture files, such as photographs of slips.

Never records anything: it says what each picture holds.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.commands.words import Commands

ALL_READ: Final = 0
NOT_ALL_READ: Final = 1


def offer(commands: "Commands") -> None:
    """Add the words of this command."""
    words = commands.add_parser("read", help="the codes in pictures")
    words.add_argument("picture", type=Path, nargs="+", help="a file: PNG, JPEG, WebP and others")
    words.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Print a line for each code; 0 when every picture has one, 1 when one has none."""
    answers = [_read(path) for path in given.picture]
    return ALL_READ if all(answers) else NOT_ALL_READ


def _read(path: Path) -> bool:
    from printing.reading import PictureError, read_file

    try:
        found = read_file(path)
    except PictureError as error:
        print(error, file=sys.stderr)
        return False
    for seen in sorted(found, key=lambda seen: seen.text):
        print(f"{path}\t{seen.form}\t{_one_line(seen.text)}\t{_means(seen.text)}")
    if not found:
        print(f"{path}: no code can be read.", file=sys.stderr)
    return bool(found)


def _means(text: str) -> str:
    from floor.gs1 import read_label
    from floor.tags import Tag, TagKind, decode

    tag = decode(text)
    if isinstance(tag, Tag) and tag.kind is TagKind.PASSPORT:
        return f"passport: {_says(tag.body)}"
    if isinstance(tag, Tag):
        return tag.kind.name.lower().replace("_", " ")
    return "supplier's label" if read_label(text) else "not ours"


def _says(body: str) -> str:
    """A slip's own words, in short. Whether they are genuine, no picture tells."""
    from floor.passport_code import read
    from floor.quantities import show
    from floor.refusals import Refusal
    from floor.tags import slip_name

    signed = read(body)
    if isinstance(signed, Refusal):
        return signed.sentence
    said = signed.passport
    item = f"{said.item} {said.item_name}" if said.item_name else said.item
    left_out = f", {said.steps_dropped} more left out" if said.steps_dropped else ""
    steps = f"{len(said.steps)} steps{left_out}"
    quantity = f"{show(said.quantity)} {said.unit.name}"
    return _one_line(f"{slip_name(said.slip)} of order {said.order}, {quantity} of {item}, {steps}")


def _one_line(text: str) -> str:
    """What somebody else wrote into a code is no order to our terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
