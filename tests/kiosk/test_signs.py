"""Large signs: Chinese is read at two metres too, and what cannot be drawn is written plainly."""

import re
from collections.abc import Iterator
from typing import Final

import pytest
from rich.cells import cell_len

from kiosk.dialogue.view import Done, Tone, Waiting
from kiosk.screens.moments import paint_done, paint_waiting
from kiosk.widgets.canvas import Line, width_of, wrapped
from kiosk.widgets.signs import DOTS, HALVES, ROWS, SIGNS, drawable, drawn
from kiosk.words import WORDS, _, speak

WIDE: Final = re.compile("[\u2e80-\uffef]")
CHINESE: Final = re.compile("[\u4e00-\u9fff]")
COLUMNS: Final = 76
"""What an 80-column screen leaves for a title."""
BODY: Final = (80, 21)
"""A body that fills a screen of 80x24, as a tick does."""
TITLES: Final = (
    *("SCAN YOUR BADGE", "SCAN THE SLIP", "SCAN THE SHEET", "RECORDED", "CORRECTED", "TAKEN BACK"),
    *(
        "STARTED",
        "PAUSED",
        "GOES ON",
        "DOWN",
        "UP",
        "SPLIT",
        "MERGED",
        "DECIDED",
        "FROM PAPER",
        "ONLY PRACTICE",
    ),
)
INK: Final = set("".join(HALVES.values())) - {" "}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    speak("zh")
    yield
    speak("en")


def large(lines: list[Line]) -> list[str]:
    """The rows that hold nothing but ink."""
    rows = ["".join(span.text for span in line) for line in lines]
    return [row for row in rows if set(row) & INK and set(row) <= INK | {" "}]


def drawn_in(lines: list[Line], text: str) -> bool:
    """Whether the lines hold the text in large signs."""
    wanted = drawn(text, COLUMNS, ROWS)
    return wanted is not None and [row.strip() for row in large(lines)[:ROWS]] == [
        row.strip() for row in wanted
    ]


def test_every_sign_of_the_catalogues_can_be_drawn() -> None:
    said = "".join(path.read_text(encoding="utf-8") for path in WORDS.glob("*/LC_MESSAGES/*.po"))
    missing = {sign for sign in WIDE.findall(said) if not drawable(sign)}
    assert not missing, "run scripts/signs"


@pytest.mark.parametrize("title", TITLES)
def test_what_is_read_from_far_away_is_large_on_the_smallest_screen(title: str) -> None:
    assert _(title) != title
    assert drawn(_(title), COLUMNS, ROWS) is not None


def test_signs_are_drawn_whole_in_the_middle_of_their_dots() -> None:
    for line in SIGNS.read_text(encoding="utf-8").splitlines():
        sign, rows = line[0], [f"{int(line[at : at + 4], 16):016b}" for at in range(2, len(line), 4)]
        if not CHINESE.match(sign):
            continue
        assert len(rows) == DOTS, sign
        inked = [at for at, row in enumerate(rows) if "1" in row]
        columns = [at for at in range(DOTS) if any(row[at] == "1" for row in rows)]
        assert abs(inked[0] - (DOTS - 1 - inked[-1])) <= 2, sign
        assert abs(columns[0] - (DOTS - 1 - columns[-1])) <= 4, sign


def test_signs_are_as_wide_as_they_are_high_on_a_screen() -> None:
    rows = drawn("已记录", COLUMNS, ROWS)
    assert rows is not None
    assert len(rows) == ROWS
    assert {len(row) for row in rows} == {3 * DOTS}
    assert set("".join(rows)) <= INK | {" "}


@pytest.mark.parametrize("text", ["RECORDED", "76 good", "", "12:40"])
def test_what_the_letters_have_is_never_drawn_in_signs(text: str) -> None:
    assert not drawable(text)
    assert drawn(text, 400, 40) is None


@pytest.mark.parametrize(("columns", "rows"), [(3 * DOTS - 1, ROWS), (COLUMNS, ROWS - 1)])
def test_what_does_not_fit_is_not_drawn(columns: int, rows: int) -> None:
    assert drawn("已记录", columns, rows) is None


def test_a_sign_that_nobody_drew_is_written_plainly() -> None:
    unknown = "龘龘"
    assert drawn(unknown, COLUMNS, ROWS) is None
    lines = paint_waiting(Waiting(unknown, ""), *BODY)
    assert not large(lines)
    assert any("龘 龘" in "".join(span.text for span in line) for line in lines)


def test_the_waiting_screen_says_it_in_large_signs() -> None:
    lines = paint_waiting(Waiting(_("SCAN YOUR BADGE"), _("or a slip to see where it is")), *BODY)
    assert drawn_in(lines, _("SCAN YOUR BADGE"))
    assert {width_of(line) for line in lines} == {BODY[0]}


@pytest.mark.parametrize("title", ["RECORDED", "ONLY PRACTICE"])
@pytest.mark.parametrize("tone", [Tone.TAKEN, Tone.FLAGGED, Tone.REFUSED])
def test_a_tick_is_large_with_any_mark_before_it(title: str, tone: Tone) -> None:
    body = Done(tone, _(title), "76 合格   4 报废", "MO-1042", ("疑问",) * 3, "SPLIT")
    lines = paint_done(body, *BODY)
    marks = ("", "! ", "X ")
    assert any(drawn_in(lines, f"{mark}{body.title}") for mark in marks)
    assert {width_of(line) for line in lines} == {BODY[0]}
    assert len(lines) == BODY[1]


def test_a_single_figure_is_as_large_as_the_word_above_it() -> None:
    figure = "80 合格"
    lines = paint_done(Done(Tone.TAKEN, _("RECORDED"), figure, "MO-1042"), *BODY)
    assert len(large(lines)) == 2 * ROWS


def test_two_figures_stand_one_below_the_other_on_the_larger_screen() -> None:
    body = Done(Tone.TAKEN, _("RECORDED"), "76 合格   4 报废", "MO-1042")
    lines = paint_done(body, 120, 37)
    assert len(large(lines)) >= 3 * ROWS - 3


def test_signs_without_blanks_are_broken_and_keep_their_marks() -> None:
    text = "请扫流转卡\uff0c查看它在哪里\u3002 PIN \uff08班组长\uff09"
    for width in range(6, 40):
        lines = wrapped(text, width, 20)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert all(cell_len(line) <= width for line in lines)
        assert not any(line[:1] in "\uff0c\u3002\uff09" for line in lines if line)
        assert not any(line.endswith("\uff08") for line in lines)
