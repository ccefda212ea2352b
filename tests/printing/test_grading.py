from dataclasses import replace

import pytest
from PIL import Image, ImageDraw

from floor.events import Grade
from floor.tags import slip_code, step_code
from printing import symbols
from printing.document import Document, document, draw
from printing.grading import Misread, Patch, Strength, patches, strength, unread_bare
from printing.grid import Grid
from printing.harms import Harm, harmed
from printing.jobs import Depth
from printing.layout import CODE_128, QR
from printing.page import Page, Square
from printing.raster import pictures
from printing.readback import Distrusted, Fault, Trusted, read_back
from printing.readers import Reader, readers
from tests.printing.samples import a_slip

DOTS_PER_MM = 203 / 25.4
CODE = slip_code("BCDFGHJK", "B")


def cut(steps: int = 4) -> list[Patch]:
    """The codes of a slip as a printer makes them."""
    made = document(a_slip(steps))
    return patches(made.pages[0], pictures(made.pdf)[0], Grid())


def white_over(patch: Patch, part: float) -> Patch:
    """A code of which so much is gone at its right end."""
    torn = patch.picture.copy()
    left = round(torn.width * (1 - part))
    ImageDraw.Draw(torn).rectangle((left, 0, torn.width, torn.height), fill=255)
    return replace(patch, picture=torn)


def test_every_code_is_cut_out_with_its_quiet_zone_and_nothing_else() -> None:
    found = cut()
    assert {(patch.form, patch.code) for patch in found} == {
        (form, code) for form in (CODE_128, QR) for code in a_slip(4).codes
    }
    for patch in found:
        across, along = patch.picture.size
        edges = [(x, y) for x in (0, across - 1) for y in range(along)]
        assert all(patch.picture.getpixel(at) == 255 for at in edges)


@pytest.mark.parametrize("harm", Harm)
def test_a_harm_changes_the_picture_and_always_in_the_same_way(harm: Harm) -> None:
    for patch in cut():
        worse = harmed(patch.picture, harm, DOTS_PER_MM)
        assert worse.mode == "L"
        assert worse.tobytes() != patch.picture.tobytes()
        assert worse.tobytes() == harmed(patch.picture, harm, DOTS_PER_MM).tobytes()


@pytest.mark.parametrize(
    ("harm", "darker"), [(Harm.INK_SPREAD, True), (Harm.INK_SHORT, False), (Harm.STAINED, True)]
)
def test_ink_runs_or_stays_short(harm: Harm, darker: bool) -> None:
    for patch in cut():
        before = sum(patch.picture.tobytes())
        after = sum(harmed(patch.picture, harm, DOTS_PER_MM).tobytes())
        assert (after < before) is darker


def test_a_finer_printer_is_harmed_as_far_in_millimetres() -> None:
    coarse = cut()[0].picture
    fine = coarse.resize((coarse.width * 3, coarse.height * 3), Image.Resampling.NEAREST)
    for harm in (Harm.INK_SPREAD, Harm.INK_SHORT):
        worse = harmed(coarse, harm, DOTS_PER_MM)
        assert worse.resize(fine.size, Image.Resampling.NEAREST).tobytes() == (
            harmed(fine, harm, 3 * DOTS_PER_MM).tobytes()
        )
    assert harmed(fine, Harm.SMALL, 3 * DOTS_PER_MM).size == harmed(coarse, Harm.SMALL, DOTS_PER_MM).size


def test_a_slip_as_it_is_printed_stands_every_harm() -> None:
    stands = strength(cut(), DOTS_PER_MM, readers())
    assert isinstance(stands, Strength)
    assert (stands.grade, stands.survived, stands.too_weak) == (Grade.A, tuple(Harm), frozenset())


def test_the_weakest_code_gives_the_page_its_grade() -> None:
    first, *others = cut()
    harms = tuple(Harm)
    for count, grade in enumerate([*Grade, None]):
        lost = {harm: (first,) if harm in harms[:count] else () for harm in Harm}
        lost[Harm.SKEWED] = (others[0],)
        stands = Strength(lost)
        assert stands.grade == (grade if count else Grade.B)
        assert stands.too_weak == (frozenset() if grade else {(first.form, first.code)})
        assert set(stands.survived) == set(Harm) - set(harms[:count]) - {Harm.SKEWED}


def test_a_code_of_which_a_part_is_gone_is_too_weak() -> None:
    for patch in cut():
        stands = strength([white_over(patch, 0.4)], DOTS_PER_MM, readers())
        assert isinstance(stands, Strength)
        assert stands.grade is None


def test_a_second_reader_is_asked_where_the_first_cannot_read() -> None:
    blind = Reader(lambda page: frozenset(), lambda form, picture: None)
    found = cut(1)
    alone = strength(found, DOTS_PER_MM, {"blind": blind})
    helped = strength(found, DOTS_PER_MM, {"blind": blind, **readers()})
    assert isinstance(alone, Strength)
    assert isinstance(helped, Strength)
    assert (alone.grade, helped.grade) == (None, Grade.A)


def test_a_harmed_code_that_is_taken_for_another_one_is_told() -> None:
    liar = Reader(lambda page: frozenset(), lambda form, picture: step_code("BCDFGHJK", 20))
    found = cut(1)
    misread = strength(found, DOTS_PER_MM, {"liar": liar})
    assert misread == Misread(found[0], "liar", step_code("BCDFGHJK", 20))


# What the read-back makes of it


def with_a_tiny_square(made: Document) -> Document:
    """The slip's own QR with modules of two fine dots."""

    def drawn(page: Page) -> Page:
        marks = [
            replace(mark, module_mm=0.13) if isinstance(mark, Square) and mark.code == CODE else mark
            for mark in page.marks
        ]
        return replace(page, marks=tuple(marks))

    pages = tuple(map(drawn, made.pages))
    return replace(made, pages=pages, pdf=draw(pages, made.name, made.dots_per_inch))


def test_a_code_that_can_be_read_and_stands_nothing_is_not_printed() -> None:
    sheet = a_slip(4)
    verdict = read_back(sheet, with_a_tiny_square(document(sheet, 400)))
    assert isinstance(verdict, Distrusted)
    assert (verdict.fault, verdict.page, verdict.codes) == (Fault.TOO_WEAK, 1, {(QR, CODE)})
    assert str(verdict) == (
        "page 1: the QR of the slip (TBCD FGHJ KBL) would not be read any more after a little wear"
    )


def test_between_the_samples_of_a_batch_each_code_is_read_by_itself() -> None:
    sheet = a_slip(12)
    verdict = read_back(sheet, document(sheet), Depth.CODES)
    assert isinstance(verdict, Trusted)
    assert verdict.readers == ("zxing",)
    assert (verdict.proof.grade, verdict.proof.harms, verdict.proof.survived) == (None, (), ())


@pytest.mark.parametrize("form", [CODE_128, QR])
def test_modules_that_say_something_else_are_found_between_the_samples_too(
    form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = a_slip(5)
    made = document(sheet)
    drawer = {CODE_128: "bars", QR: "qr"}[form]
    right = getattr(symbols, drawer)
    other = slip_code("BCDFGHJL", "B")
    monkeypatch.setattr(symbols, drawer, lambda code: right(other if code == CODE else code))
    assert unread_bare(made.pages[0]) == [(form, CODE)]
    verdict = read_back(sheet, made, Depth.CODES)
    assert isinstance(verdict, Distrusted)
    assert (verdict.fault, verdict.codes) == (Fault.NOT_READ, {(form, CODE)})


def test_the_weakest_page_gives_a_document_its_grade() -> None:
    sheet = a_slip(20)
    verdict = read_back(sheet, document(sheet))
    assert isinstance(verdict, Trusted)
    assert verdict.proof.grade in {Grade.A, Grade.B}
