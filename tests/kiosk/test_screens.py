"""Every face of the terminal at both sizes: grids of characters and roles, compared with those looked at.

Never judges beauty: whoever updates a snapshot has looked at it.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.dialogue.view import BigNumber, Foot, Notice, Row, Tone, View
from kiosk.screens.bodies import paint_body
from kiosk.screens.frame import News, Top, paint_foot, paint_last, paint_news, paint_top, paint_trouble
from kiosk.screens.numbers import FRAME_ROWS, paint_number
from kiosk.widgets.canvas import Line, Span, age, cut, literal, width_of, wrapped
from kiosk.widgets.letters import SIZES, drawable, drawn, largest, width
from kiosk.widgets.themes import theme_for
from tests.kiosk.faces import SIZES as SCREEN_SIZES
from tests.kiosk.faces import characters, roles, running
from tests.kiosk.views import (
    BODIES,
    DOUBTFUL,
    FOOT,
    HEADER,
    LAST,
    MARKED,
    NAMES,
    NOW,
    WORKING,
    Still,
    view_of,
)

SNAPSHOTS: Final = Path(__file__).parent / "snapshots"
UPDATE: Final = "UPDATE_SNAPSHOTS"
"""Set to anything, the snapshots are written instead of compared. Look at them then."""


@pytest.mark.parametrize("size", SCREEN_SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", NAMES)
async def test_a_face_is_as_it_was_looked_at(name: str, size: tuple[int, int]) -> None:
    async with running(Still(view_of(name)), size) as (app, _):
        shown = [line.rstrip() for line in characters(app)]
        grid = "\n".join([*shown, "-" * size[0], *roles(app), ""])
    file = SNAPSHOTS / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get(UPDATE):
        SNAPSHOTS.mkdir(exist_ok=True)
        file.write_text(grid, encoding="utf-8")
    assert grid == file.read_text(encoding="utf-8")


def test_no_snapshot_is_left_over() -> None:
    wanted = {f"{name}-{columns}x{rows}.txt" for name in NAMES for columns, rows in SCREEN_SIZES}
    assert {file.name for file in SNAPSHOTS.iterdir()} == wanted


@pytest.mark.parametrize("theme", ["dark", "ansi"])
async def test_both_themes_show_the_same_words(theme: str) -> None:
    async with running(Still(view_of("working")), theme=theme) as (app, _):
        assert "STILL HERE" in "\n".join(characters(app))
        assert app.theme == theme


@pytest.mark.parametrize(
    ("choice", "term", "colorterm", "theme"),
    [
        ("auto", "linux", "", "ansi"),
        ("auto", "xterm-256color", "", "dark"),
        ("auto", "xterm", "", "ansi"),
        ("auto", "xterm", "truecolor", "dark"),
        ("dark", "linux", "", "dark"),
        ("ansi", "xterm-256color", "truecolor", "ansi"),
    ],
)
def test_the_theme_follows_the_terminal(choice: str, term: str, colorterm: str, theme: str) -> None:
    assert theme_for(choice, term, colorterm) == theme


@pytest.mark.parametrize("name", [name for name in NAMES if name != "drawing"])  # not shown there
async def test_the_bare_console_has_every_character(name: str) -> None:
    async with running(Still(view_of(name)), theme="ansi") as (app, _):
        shown = set("".join(characters(app)))
    foreign = {character for character in shown if ord(character) > 0x7E} - {"\u2588", "\u00b7"}
    assert foreign <= (set("\u6728\u88c2\u3051") if name == "working-hostile" else set())


async def test_a_small_window_says_so_and_still_takes_scans() -> None:
    conversation = Still(view_of("working"))
    async with running(conversation, (60, 20)) as (app, pilot):
        assert "too small" in "\n".join(characters(app))
        await pilot.press("4", "enter")
        await pilot.pause(0.1)
        assert conversation.taken
        await pilot.resize_terminal(80, 24)
        await pilot.pause(0.1)
        assert "STILL HERE" in "\n".join(characters(app))


async def test_nothing_moves_when_a_number_changes() -> None:
    view = view_of("working")
    conversation = Still(view)
    async with running(conversation) as (app, pilot):
        before = characters(app)
        body = replace(WORKING, good=replace(WORKING.good, text="8"), scrap=BigNumber("SCRAP", "120"))
        conversation.shown = replace(view, body=body)
        await pilot.press("x")
        await pilot.press("backspace")
        await pilot.pause(0.1)
        after = characters(app)
    changed = [row for row, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    labels = [row for row, line in enumerate(after) if "STILL HERE" in line]
    assert changed
    assert all(labels[0] <= row <= labels[0] + 5 + FRAME_ROWS for row in changed)


@pytest.mark.parametrize(("rows", "lines"), [(19, 1), (30, 2)])
def test_no_mark_is_cut_and_what_is_left_out_is_counted(rows: int, lines: int) -> None:
    for many in range(len(MARKED.marks) + 1):
        body = replace(MARKED, marks=MARKED.marks[:many])
        painted = paint_body(body, 80, rows)
        shown = "".join(span.text for line in painted for span in line)
        first = [mark for mark in body.marks if f"[{mark}]" in shown]
        assert tuple(first) == body.marks[: len(first)]
        assert (f"and {many - len(first)} more" in shown) == (len(first) < many)
        assert "ENTER if all are good" in shown
        assert len(first) == many or len(first) >= lines


def test_nothing_moves_when_a_mark_comes() -> None:
    for rows in (19, 30):
        few, many = paint_body(replace(MARKED, marks=()), 80, rows), paint_body(MARKED, 80, rows)
        changed = [row for row, (old, new) in enumerate(zip(few, many, strict=True)) if old != new]
        assert len(changed) == 2


def test_a_doubt_needs_its_line_more_than_the_last_marks_do() -> None:
    lines = paint_body(replace(MARKED, doubts=DOUBTFUL.doubts), 80, 19)
    shown = ["".join(span.text for span in line) for line in lines]
    assert not any("run since" in line for line in shown)
    assert any("and 5 more" in line for line in shown)
    assert any("The order is on hold." in line or "and 1 more" in line for line in shown)


SOME_TEXT = st.text(max_size=60)
TONES = st.sampled_from(list(Tone))


def exact(lines: list[Line], columns: int) -> bool:
    return all(width_of(line) == columns for line in lines)


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(list(BODIES)),
    columns=st.integers(80, 200),
    rows=st.integers(10, 60),
    text=SOME_TEXT,
    other=SOME_TEXT,
    tone=TONES,
)
def test_e8_e9_every_body_fits_its_place_whatever_the_names(
    name: str, columns: int, rows: int, text: str, other: str, tone: Tone
) -> None:
    body = BODIES[name]
    told = {
        "order": text,
        "item": other,
        "step": text,
        "title": text,
        "detail": (other,) if name.startswith("asking") else other,
        "question": other,
        "text": text,
        "figures": text,
        "doubts": (other,) if name.startswith("done") else (Notice(tone, text, other),),
        "rows": (Row((text, other), tone),),
        "good": BigNumber(text, other, tone, (text, other, text, other)),
        "marks": (text, other),
        "now": text,
        "keys": other,
    }
    known = {field: value for field, value in told.items() if hasattr(body, field)}
    lines = paint_body(replace(body, **known), columns, rows)
    assert len(lines) == rows
    assert exact(lines, columns)
    assert all(literal(span.text) == span.text for line in lines for span in line)


@settings(max_examples=100, deadline=None)
@given(columns=st.integers(80, 200), text=SOME_TEXT, typed=SOME_TEXT, tone=TONES, many=st.integers(0, 10**9))
def test_every_line_of_the_frame_fits(columns: int, text: str, typed: str, tone: Tone, many: int) -> None:
    header = replace(HEADER, place=text, operator=typed, machine=text)
    assert exact(paint_top(Top(header, NOW), columns, 1), columns)
    assert exact(paint_news(News(Notice(tone, text, text), typed), columns, 2), columns)
    assert exact(paint_last((replace(LAST[0], figures=text, mark=typed),), columns, 5), columns)
    foot = Foot(many, many // 2, many, FOOT.network, text)
    assert exact(paint_foot(foot, columns, 1), columns)
    assert exact(paint_trouble(foot, columns, 1), columns)


@given(st.integers(0, 999_999_999), st.integers(18, 60), st.sampled_from([5, 10]))
def test_a_number_is_shown_whole_whatever_its_size(count: int, columns: int, rows: int) -> None:
    lines = paint_number(BigNumber("GOOD", f"{count:,}", Tone.FOCUS, ("a",)), columns, rows, 3)
    assert len(lines) == rows + FRAME_ROWS + 2 + 1
    assert exact(lines, columns)
    if largest(f"{count}", columns - 2, rows) is None:
        shown = "".join(span.text for line in lines for span in line).replace(" ", "")
        assert f"{count:,}" in shown


@given(st.text(alphabet="0123456789,.-ABCRESTOWNDK /", min_size=1, max_size=12))
def test_large_letters_are_as_wide_as_they_say(text: str) -> None:
    assert drawable(text)
    for size in SIZES:
        rows = drawn(text, size)
        assert len(rows) == size.rows
        assert {len(row) for row in rows} == {width(text, size)}


@given(st.text(), st.integers(0, 40))
def test_e9_what_is_cut_fits(text: str, columns: int) -> None:
    assert width_of((Span(cut(text, columns)),)) <= columns
    assert all(len(wrapped(text, 10, lines)) <= lines for lines in (1, 2))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7199, "119 min"), (7200, "2 h"), (172_800, "2 days")],
)
def test_an_age_is_told_in_one_unit(seconds: int, words: str) -> None:
    assert age(seconds) == words


def test_the_foot_always_says_what_is_recorded_safe_and_waiting() -> None:
    lines = paint_foot(Foot(999_999, 0, 9_999_999, FOOT.network, None), 80, 1)
    words = "".join(span.text for span in lines[0])
    assert "999,999 recorded" in words
    assert "0 safe" in words
    assert "999,999 waiting, oldest 115 days" in words
    assert "no network" in words


def test_a_view_is_painted_once_only() -> None:
    shown = view_of("working")
    assert shown == View(HEADER, WORKING, None, LAST, FOOT), (
        "views compare by value: equal parts are not redrawn"
    )
