import os
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.tags import ALPHABET
from printing.document import document, draw
from printing.fonts import typeface
from printing.grid import Grid
from printing.layout import CODE_128, QR, foreign, lacking, lay_out, placed
from printing.page import Bars, Page, Square, Words
from printing.papers import Paper
from printing.readback import Trusted, read_back
from printing.sheet import SlipSheet
from printing.slip.measures import MEASURES
from printing.slip.side import Style
from tests.printing import marks
from tests.printing.samples import a_full_slip, a_passport, a_slip, with_instructions

FACE = typeface()
SNAPSHOTS: Final = Path(__file__).parent / "snapshots"
UPDATE: Final = "UPDATE_SNAPSHOTS"
"""Set to anything, the snapshots are written instead of compared. Look at the pages then."""

SMALL: Final = a_passport(350)
LARGE: Final = a_passport(660)
COUNTS: Final = (1, 4, 5, 12, 13, 40)
SHEETS: Final = {
    **{f"{count} steps": a_slip(count) for count in COUNTS},
    **{f"{count} steps and a passport": a_slip(count, passport=SMALL) for count in COUNTS},
    **{f"{count} steps and a large passport": a_slip(count, passport=LARGE) for count in COUNTS},
    **{f"{count} steps, all words long": a_full_slip(count, passport=LARGE) for count in COUNTS},
    "instructions": with_instructions(a_slip(5)),
    "more instructions than room": with_instructions(a_slip(12, passport=SMALL), 24),
    "part, make-up, old and void": a_slip(
        3, passport=LARGE, make_up=True, copy_letter="C", void=True, part_of="Part of TDPK BBBB C: ask there"
    ),
    "nothing known": a_slip(0, order=None, item_name=None, quantity=None, unit="", due=None),
}
each_paper = pytest.mark.parametrize("paper", Paper)
each_sheet = pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)


def pages_of(sheet: SlipSheet, paper: Paper) -> tuple[Page, ...]:
    return lay_out(sheet, FACE, Style(paper))


def words_of(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Words)]


@each_sheet
@each_paper
def test_nothing_is_crowded_cut_or_crossed_out(sheet: SlipSheet, paper: Paper) -> None:
    for page in pages_of(sheet, paper):
        assert marks.in_a_quiet_zone(page) == []
        assert marks.in_a_quiet_zone_of_dots(page, Grid(203)) == []
        assert marks.off_the_paper(page) == []
        assert marks.words_on_words(page) == []
        assert marks.words_with_a_line_through(page) == []


@each_sheet
@each_paper
def test_every_page_is_of_its_paper_and_no_code_is_missing(sheet: SlipSheet, paper: Paper) -> None:
    pages = pages_of(sheet, paper)
    on = MEASURES[paper]
    assert {page.width for page in pages} == {on.width}
    assert on.height is None or {page.height for page in pages} == {on.height}
    assert lacking(sheet, pages) == frozenset()
    assert foreign(sheet, pages) == frozenset()


@each_sheet
@each_paper
def test_what_a_slip_must_say_stands_on_every_page_uncut(sheet: SlipSheet, paper: Paper) -> None:
    quantity = "–" if sheet.quantity is None else str(sheet.quantity)
    for page in pages_of(sheet, paper):
        said = words_of(page)
        copy = f"COPY {sheet.copy_number}{'+' if sheet.copy_number == len(ALPHABET) else ''}"
        assert {copy, quantity, "TBCD FGHJ K"} <= set(said)
        assert any(words.startswith(f"ledger {sheet.ledger_head}") for words in said)


@each_paper
def test_the_passport_stands_on_the_first_page_only_away_from_the_slip_s_own_square(paper: Paper) -> None:
    sheet = a_slip(40, passport=LARGE)
    first, *others = pages_of(sheet, paper)
    assert (QR, LARGE) in placed(first)
    assert not any((QR, LARGE) in placed(page) for page in others)
    [passport] = [mark for mark in first.marks if isinstance(mark, Square) and mark.code == LARGE]
    [own] = [mark for mark in first.marks if isinstance(mark, Square) and mark.code == sheet.code]
    assert own.x == MEASURES[paper].margin
    assert passport.x > first.width / 2 - 8


@pytest.mark.parametrize("paper", [Paper.A5, Paper.A6, Paper.LABEL, Paper.RECEIPT])
def test_a_slip_without_passport_uses_its_room(paper: Paper) -> None:
    [bare, *_], [full, *_] = pages_of(a_slip(3), paper), pages_of(a_slip(3, passport=LARGE), paper)
    top = {
        page: min(mark.y for mark in page.marks if isinstance(mark, Bars) and mark.code != a_slip(3).code)
        for page in (bare, full)
    }
    assert top[bare] < top[full] or bare.height < full.height


@pytest.mark.parametrize("paper", [Paper.A6, Paper.LABEL])
def test_twelve_steps_and_the_largest_passport_stand_on_one_small_page(paper: Paper) -> None:
    sheet = a_slip(12, passport=LARGE)
    [page] = pages_of(sheet, paper)
    made = document(sheet, 203, Style(paper))
    assert isinstance(read_back(sheet, made), Trusted)
    assert len(placed(page)) == 12 + 2 + 1


@pytest.mark.parametrize("dots_per_inch", [203, 300])
@each_paper
def test_every_paper_reads_back(paper: Paper, dots_per_inch: int) -> None:
    for sheet in (a_slip(5, passport=SMALL), a_full_slip(13, passport=LARGE)):
        assert isinstance(read_back(sheet, document(sheet, dots_per_inch, Style(paper))), Trusted)


@pytest.mark.parametrize(
    ("paper", "with_bars", "without"),
    [(Paper.A4, 11, 12), (Paper.A5, 7, 8), (Paper.A6, 5, 6), (Paper.LABEL, 5, 6), (Paper.RECEIPT, 4, 5)],
)
def test_steps_have_bars_as_well_where_the_page_has_room(paper: Paper, with_bars: int, without: int) -> None:
    def steps_with_bars(count: int) -> int:
        [page] = pages_of(a_slip(count), paper)
        return len({code for form, code in placed(page) if form == CODE_128}) - 1

    assert (steps_with_bars(with_bars), steps_with_bars(without)) == (with_bars, 0)


def test_a_larger_paper_has_larger_words_and_modules() -> None:
    sizes, modules = [], []
    for paper in (Paper.A6, Paper.A5, Paper.A4):
        [page] = pages_of(a_slip(3), paper)
        sizes.append(max(mark.size for mark in page.marks if isinstance(mark, Words)))
        modules.append(max(mark.module_mm for mark in page.marks if isinstance(mark, Bars)))
    assert sizes == sorted(set(sizes))
    assert modules[0] < modules[1] == modules[2]


@each_paper
def test_instructions_are_read_where_there_is_room_and_end_with_a_word_where_there_is_not(
    paper: Paper,
) -> None:
    for count in (1, 2):
        [page, *_] = pages_of(with_instructions(a_slip(count), 1), paper)
        assert "INSTRUCTIONS" in words_of(page)
    many = pages_of(
        with_instructions(a_slip(2), 24, "Measure at the front edge, again and again. " * 2), paper
    )
    said = [words for page in many for words in words_of(page)]
    complete = sum(words.startswith("Measure at") for words in said) >= 2 * 24
    assert ("… more at the terminal" in said) != complete


@each_paper
def test_a_void_slip_says_so_from_edge_to_edge(paper: Paper) -> None:
    [page, *_] = pages_of(a_slip(3, void=True), paper)
    [void] = [mark for mark in page.marks if isinstance(mark, Words) and mark.text == "VOID"]
    assert void.white


@each_paper
def test_a_later_copy_says_that_older_ones_are_not_to_be_used(paper: Paper) -> None:
    assert any("Older copies" in words for words in words_of(pages_of(a_slip(3, copy_letter="C"), paper)[0]))
    assert not any("Older copies" in words for words in words_of(pages_of(a_slip(3), paper)[0]))


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(Paper),
    st.integers(0, 45),
    st.integers(0, 700),
    st.text(max_size=120),
    st.sampled_from([Decimal(1), Decimal("123456789.123456")]),
)
def test_whatever_a_slip_says_its_pages_stand(
    paper: Paper, count: int, letters: int, name: str, quantity: Decimal
) -> None:
    sheet = a_slip(count, item_name=name, customer=name, note=name, quantity=quantity, unit="kilogrammes")
    sheet = sheet.model_copy(update={"passport": a_passport(letters) if letters else None})
    pages = pages_of(sheet, paper)
    assert lacking(sheet, pages) == frozenset()
    for page in pages:
        assert marks.in_a_quiet_zone(page) == []
        assert marks.off_the_paper(page) == []
        assert str(quantity) in words_of(page)


# As they were looked at

LOOKED_AT: Final = {
    "five-steps": a_slip(5),
    "twelve-steps-and-a-passport": a_slip(12, passport=LARGE),
    "thirteen-steps-all-words-long": a_full_slip(13, passport=SMALL),
    "part-make-up-old-and-void": SHEETS["part, make-up, old and void"],
    "instructions": with_instructions(a_slip(3)),
}


def in_words(pages: tuple[Page, ...]) -> str:
    """A mark a line, in millimetres; codes by their letters, a passport by how many it has."""
    lines = []
    for page in pages:
        lines.append(f"page {page.width:g} x {mm(page.height)}")
        for mark in page.marks:
            place = f"{mm(mark.x):>7} {mm(mark.y):>7}"
            match mark:
                case Words():
                    look = ("bold" if mark.bold else "") + (" white" if mark.white else "")
                    lines.append(f"  words {place} {mm(mark.size):>5} {mark.text} {look}".rstrip())
                case Bars():
                    lines.append(f"  bars  {place} {mm(mark.height):>5} {mark.module_mm:.3f} {mark.code}")
                case Square():
                    code = mark.code if len(mark.code) < 20 else f"{len(mark.code)} letters"
                    lines.append(f"  qr    {place}       {mark.module_mm:.3f} {code}")
                case _:
                    lines.append(f"  ink   {place} {mm(mark.width)} x {mm(mark.height)}")
    return "\n".join([*lines, ""])


def mm(length: float) -> str:
    """Hundredths; what adding lengths up may lose does not turn them over."""
    return f"{length + 1e-6:.2f}"


@pytest.mark.parametrize("name", LOOKED_AT)
@each_paper
def test_a_slip_is_as_it_was_looked_at(paper: Paper, name: str) -> None:
    shown = in_words(pages_of(LOOKED_AT[name], paper))
    file = SNAPSHOTS / f"slip-{paper}-{name}.txt"
    if os.environ.get(UPDATE):
        SNAPSHOTS.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    assert shown == file.read_text(encoding="utf-8")


def test_the_same_slip_gives_the_same_bytes_on_every_paper() -> None:
    for paper in Paper:
        style = Style(paper)
        made = document(a_slip(5, passport=SMALL), 203, style)
        assert made.pdf == draw(pages_of(a_slip(5, passport=SMALL), paper), made.name, 203)
        assert made == document(replace_nothing(a_slip(5, passport=SMALL)), 203, replace(style))


def replace_nothing(sheet: SlipSheet) -> SlipSheet:
    """The same sheet, made anew."""
    return SlipSheet.model_validate_json(sheet.model_dump_json())
