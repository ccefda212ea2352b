"""Our font in a PDF: what slip after slip embeds alike is made once and remembered.

Never embeds a letter that the reportlab font would not: only its work is kept.
"""

from functools import lru_cache
from typing import Any, Final, NamedTuple

from reportlab.pdfbase import pdfdoc, ttfonts

SUBSETS_MAX: Final = 32
"""Remembered: ASCII and, after it, the other letters in the order in which a page has them."""


class _Parts(NamedTuple):
    """What does not change while a font has the same letters."""

    name: str
    widths: bytes
    """As they stand in the PDF."""
    letters: str
    """Which codes are which letters, for whoever copies text."""
    outlines: bytes


def _add_objects(font: Any, doc: Any) -> None:
    """What reportlab asks of a font when a document is finished."""
    state = font.state[doc]
    state.frozen = 1
    for number, subset in enumerate(state.subsets):
        _add(font, doc, number, tuple(subset))


EmbeddedFont = type("EmbeddedFont", (ttfonts.TTFont,), {"addObjects": _add_objects})
"""A font of reportlab of which each document embeds the letters that it needs."""


def _add(font: Any, doc: Any, number: int, subset: tuple[int, ...]) -> None:
    parts = _parts(font, number, subset)
    name = font.getSubsetInternalName(number, doc)[1:]
    said: Any = pdfdoc.PDFTrueTypeFont()
    said.Name, said.BaseFont = name, parts.name
    said.FirstChar, said.LastChar, said.Widths = 0, len(subset) - 1, parts.widths
    said.ToUnicode = _stream(doc, f"toUnicodeCMap:{parts.name}", parts.letters)
    said.FontDescriptor = _descriptor(font.face, doc, parts)
    doc.Reference(said, name)
    doc.idToObject["BasicFonts"].dict[name] = said


def _descriptor(face: Any, doc: Any, parts: _Parts) -> Any:
    said = {
        "Type": "/FontDescriptor",
        "Ascent": face.ascent,
        "CapHeight": face.capHeight,
        "Descent": face.descent,
        "Flags": face.flags & ~ttfonts.FF_NONSYMBOLIC | ttfonts.FF_SYMBOLIC,
        "FontBBox": pdfdoc.PDFArray(face.bbox),
        "FontName": pdfdoc.PDFName(parts.name),
        "ItalicAngle": face.italicAngle,
        "StemV": face.stemV,
        "FontFile2": _stream(doc, f"fontFile:{parts.name}", parts.outlines, Length1=len(parts.outlines)),
        "MissingWidth": face.defaultWidth,
    }
    return doc.Reference(pdfdoc.PDFDictionary(said), f"fontDescriptor:{parts.name}")


def _stream(doc: Any, name: str, content: bytes | str, **said: int) -> Any:
    stream = pdfdoc.PDFStream()
    stream.content = content
    for key, value in said.items():
        stream.dictionary[key] = value
    return doc.Reference(stream, name)


@lru_cache(maxsize=SUBSETS_MAX)
def _parts(font: Any, number: int, subset: tuple[int, ...]) -> _Parts:
    face = font.face
    name = b"".join((ttfonts.SUBSETN(number), b"+", face.name, face.subfontNameX)).decode("pdfdoc")
    widths = " ".join(f"{face.getCharWidth(code):g}" for code in subset)
    letters = ttfonts.makeToUnicodeCMap(name, list(subset))
    return _Parts(name, f"[ {widths} ]".encode("ascii"), letters, face.makeSubset(list(subset)))
