"""Suppliers' labels: GS1 element strings, as scanners send them and as people read them.

Never a guess: a text is a label only when all of it is one, and its trade item number's check digit is right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from stdnum import ean

from floor.identity import GTIN_DIGITS
from floor.quantities import INTEGER_DIGITS_MAX, Unit, canonical, is_too_fine
from floor.refusals import Refusal
from floor.tags import SEPARATOR, decode

SYMBOLOGIES: Final = ("]C1", "]d2", "]Q3", "]e0", "]J1")
"""How a scanner that names its symbologies begins a GS1 code: Code 128, Data Matrix, QR, DataBar, DotCode."""

LABEL_CHARS_MAX: Final = 300
OUR_CODE_CHARS: Final = range(8, 14)
"""Lengths of our codes that no part of a supplier's lot has by chance."""

_TRADE_ITEM: Final = ("01", "02")
"""Whose number it is: of the thing itself, or of what is in the box."""

_PRINTED: Final = re.compile(r"(?:\([0-9]{2,4}\)[^()]+)+", re.ASCII)
_PRINTED_ELEMENT: Final = re.compile(r"\(([0-9]{2,4})\)([^()]+)", re.ASCII)
_GLUED: Final = re.compile(rf"0[12](?=([0-9]{{{GTIN_DIGITS}}}))", re.ASCII)

_MEASURES: Final = {"310": "kg", "311": "m", "314": "m2", "315": "l", "316": "m3"}
"""Elements that measure, by their first three digits, and the unit that they are in."""

_COUNTS: Final = ("30", "37")
DATES: Final = {"17": "expires", "15": "best before", "11": "made"}
"""What a label dates, by its application identifier, in a word for people."""
_DATE_CHARS: Final = 6


@dataclass(frozen=True, slots=True)
class Element:
    """One element of a label."""

    ai: str
    """Its application identifier: what it says."""
    value: str
    decimal: Decimal | None
    """Of a measure, with its point in place."""


@dataclass(frozen=True, slots=True)
class MaterialLabel:
    """What a supplier's label says of the material it is on."""

    elements: tuple[Element, ...]

    @property
    def gtin(self) -> str:
        """The trade item, in 14 digits."""
        return self._value(*_TRADE_ITEM) or ""

    @property
    def lot(self) -> str | None:
        """The supplier's lot."""
        return self._value("10")

    @property
    def serial(self) -> str | None:
        """The piece's own number."""
        return self._value("21")

    @property
    def text(self) -> str:
        """The label as people read it: `(01)09501101530003(10)ABC`."""
        return "".join(f"({element.ai}){element.value}" for element in self.elements)

    @property
    def dates(self) -> tuple[tuple[str, str], ...]:
        """What the label dates, as (`expires`, `2027-04-30`)."""
        return tuple(
            (word, _date(element.value))
            for ai, word in DATES.items()
            for element in self.elements
            if element.ai == ai and len(element.value) == _DATE_CHARS
        )

    def quantity(self, unit: Unit) -> Decimal | None:
        """How much it says is there, in `unit`; None where it does not say so in this unit, or too finely."""
        for element in self.elements:
            if element.ai in _COUNTS and unit.name not in _MEASURES.values():
                amount = Decimal(element.value)
            elif _MEASURES.get(element.ai[:3]) == unit.name and element.decimal is not None:
                amount = Decimal(canonical(element.decimal))
            else:
                continue
            if 0 < amount < 10**INTEGER_DIGITS_MAX and not is_too_fine(amount, unit):
                return amount
        return None

    def _value(self, *ais: str) -> str | None:
        return next((found.value for ai in ais for found in self.elements if found.ai == ai), None)


def read_label(text: str) -> MaterialLabel | None:
    """The label that the whole of `text` is; None for anything else.

    With the scanner's symbology identifier or without, with separators or as printed: `(01)...(10)...`. One
    that was read twice in one breath counts once; two different ones, or one glued to our own code, are none.
    """
    if len(text) > LABEL_CHARS_MAX or not text.isascii():
        return None
    once = _halved(text)
    symbology = next((name for name in SYMBOLOGIES if once.startswith(name)), "")
    content = once.removeprefix(symbology).strip(SEPARATOR)
    if not symbology and not _may_be(content):
        return None
    elements = _printed(content) if content.startswith("(") else _scanned(content)
    return MaterialLabel(elements) if elements and _is_sound(elements) else None


def _halved(text: str) -> str:
    half = len(text) // 2
    return text[:half] if text[:half] == text[half:] else text


def _may_be(content: str) -> bool:
    """Whether a text without symbology identifier begins as a label does; no parser is loaded for others."""
    return content.startswith("(") or (
        content.startswith(_TRADE_ITEM) and _is_gtin(content[2 : 2 + GTIN_DIGITS])
    )


def _is_gtin(digits: str) -> bool:
    return len(digits) == GTIN_DIGITS and digits.isdigit() and bool(ean.is_valid(digits))


def _is_sound(elements: Sequence[Element]) -> bool:
    """One trade item with a right check digit, and nothing glued to it."""
    items = [element.value for element in elements if element.ai in _TRADE_ITEM]
    names = [element.ai for element in elements]
    return (
        len(items) == 1
        and _is_gtin(items[0])
        and len(set(names)) == len(names)
        and not any(_holds_another(element.value) for element in elements if element.ai not in _TRADE_ITEM)
    )


def _holds_another(value: str) -> bool:
    """Whether a lot or a serial number ends in a code of ours, or holds the beginning of another label."""
    ours = any(
        not isinstance(decode(value[-count:]), Refusal) for count in OUR_CODE_CHARS if count <= len(value)
    )
    return ours or any(_is_gtin(found[1]) for found in _GLUED.finditer(value))


def _printed(content: str) -> tuple[Element, ...]:
    """The elements of a label as people read it, blanks left out."""
    tight = "".join(content.split())
    if _PRINTED.fullmatch(tight) is None:
        return ()
    return tuple(_elements(f"{ai}{value}" for ai, value in _PRINTED_ELEMENT.findall(tight)))


def _scanned(content: str) -> tuple[Element, ...]:
    """The elements of a label as scanned: one of no fixed length ends with a separator or with the label."""
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier
    from biip.gs1_element_strings import GS1ElementString

    parts: list[str] = []
    rest = content
    try:
        while rest:
            if GS1ApplicationIdentifier.extract(rest).separator_required:
                part = rest.split(SEPARATOR, 1)[0]
            else:
                part = rest[: len(GS1ElementString.extract(rest))]
            parts.append(part)
            rest = rest[len(part) :].removeprefix(SEPARATOR)
    except (ParseError, ValueError):
        return ()
    return tuple(_elements(parts))


def _elements(parts: Iterator[str] | Sequence[str]) -> Iterator[Element]:
    """Each part as an element; none at all when one is broken."""
    from biip import ParseError
    from biip.gs1_element_strings import GS1ElementString

    try:
        found = [GS1ElementString.parse(part) for part in parts]
    except (ParseError, ValueError):
        return
    for element in found:
        yield Element(element.ai.ai, element.value, element.decimal)


def _date(value: str) -> str:
    """A label's date; one without a day means the whole month."""
    year, month, day = value[:2], value[2:4], value[4:]
    return f"20{year}-{month}" if day == "00" else f"20{year}-{month}-{day}"
