"""IPP messages: our requests as bytes, answers taken apart, rubbish refused by name."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floor.printers import PrinterTrouble
from printing.printers.ipp_message import Attribute, NotIppError, Tag, reply, request
from printing.printers.reasons import trouble_of

SIZE = {"media-size": [{"x-dimension": [10500], "y-dimension": [14800]}]}


def as_answer(message: bytes, status: int = 0) -> bytes:
    """What we ask, as if a printer had said it."""
    return message[:2] + struct.pack(">H", status) + message[4:]


def test_what_is_asked_is_what_is_understood() -> None:
    message = request(
        2,
        [
            Attribute(Tag.CHARSET, "attributes-charset", ["utf-8"]),
            Attribute(Tag.KEYWORD, "requested-attributes", ["printer-state", "media-ready"]),
            Attribute(Tag.INTEGER, "job-id", [-7]),
            Attribute(Tag.BOOLEAN, "my-jobs", [True]),
        ],
        [Attribute(Tag.BEGIN_COLLECTION, "media-col", [SIZE])],
    )
    understood = reply(as_answer(message, 0x0507))
    assert understood.status == 0x0507
    assert understood.texts("requested-attributes") == ["printer-state", "media-ready"]
    assert understood.numbers("job-id") == [-7]
    assert understood.attributes["my-jobs"] == [True]
    assert understood.collections("media-col") == [SIZE]


def test_it_begins_as_the_standard_says() -> None:
    said = request(0x000B, [Attribute(Tag.CHARSET, "attributes-charset", ["utf-8"])])
    assert said == b"\x02\x00\x00\x0b\x00\x00\x00\x01\x01\x47\x00\x12attributes-charset\x00\x05utf-8\x03"


@given(st.integers(0, 200))
def test_an_answer_that_was_cut_is_refused(length: int) -> None:
    whole = as_answer(request(2, [Attribute(Tag.BEGIN_COLLECTION, "media-col", [SIZE])]))
    if length < len(whole):
        with pytest.raises(NotIppError):
            reply(whole[:length])


@given(st.binary(max_size=300))
def test_rubbish_is_refused_or_taken_apart_but_never_breaks_anything(rubbish: bytes) -> None:
    with suppress(NotIppError):
        assert reply(rubbish).status >= 0


def test_collections_without_end_are_refused() -> None:
    begin = bytes([Tag.BEGIN_COLLECTION]) + b"\x00\x01a\x00\x00"
    member = bytes([Tag.MEMBER_NAME]) + b"\x00\x00\x00\x01b"
    with pytest.raises(NotIppError, match="too deep"):
        reply(b"\x02\x00\x00\x00\x00\x00\x00\x01\x01" + (begin + member) * 50)


@pytest.mark.parametrize(
    ("reasons", "trouble"),
    [
        (["none"], None),
        ([], None),
        (["media-empty"], PrinterTrouble.OUT_OF_PAPER),
        (["media-empty-error"], PrinterTrouble.OUT_OF_PAPER),
        (["media-empty-warning", "toner-low-report"], None),
        (["media-empty-error", "cover-open"], PrinterTrouble.COVER_OPEN),
        (["media-needed-error"], PrinterTrouble.WRONG_PAPER),
        (["offline-report"], PrinterTrouble.OFFLINE),
        (["paused"], PrinterTrouble.PAUSED),
        (["something-of-the-maker"], None),
    ],
)
def test_f1_f2_what_printers_say_is_a_trouble_that_people_know(
    reasons: list[str], trouble: PrinterTrouble | None
) -> None:
    assert trouble_of(reasons) is trouble


def test_f2_while_a_page_waits_a_warning_says_why() -> None:
    assert (
        trouble_of(["media-empty-warning", "toner-low-report"], page_waits=True)
        is PrinterTrouble.OUT_OF_PAPER
    )
