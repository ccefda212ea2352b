import struct
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.commands import PaperOutcome
from printing.document import document
from printing.fonts import typeface
from printing.jobs import Job
from printing.layout import lacking, lay_out
from printing.page import Page, Picture, Words
from printing.papers import Paper
from printing.pictures import grey
from printing.printers import PrinterKind, PrinterSetting
from printing.readback import Trusted, read_back
from printing.sheet import SlipSheet
from printing.slip.logo import LOGO_BYTES_MAX
from printing.slip.measures import MEASURES
from printing.slip.side import Style
from printing.slip.styling import style_for
from printing.slip.template import BUILT_IN, COMPULSORY, Block, Detail, Labels, Template
from printing.slip.template_file import ON_PLATES, PLATE_CHARS_MAX, TemplateRefused
from printing.work import answer_job
from tests.printing import marks
from tests.printing.samples import a_passport, a_slip, with_instructions
from tests.tidy.tree import ROOT

FACE = typeface()
SAMPLES: Final = ROOT / "assets" / "templates"
LOGO: Final = (SAMPLES / "oakfield.png").read_bytes()


def a_printer(folder: Path, template: str = "", paper: Paper = Paper.A6) -> PrinterSetting:
    return PrinterSetting(
        name="slips",
        kind=PrinterKind.FOLDER,
        target=str(folder / "out"),
        paper=paper,
        slip_template=str(folder / template) if template else "",
    )


def pages_of(template: Template, paper: Paper = Paper.A6, sheet: SlipSheet | None = None) -> tuple[Page, ...]:
    return lay_out(sheet or a_slip(3), FACE, Style(paper, template, LOGO if template.logo else None))


def words_of(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Words)]


def the_words(page: Page, text: str) -> Words:
    [found] = [mark for mark in page.marks if isinstance(mark, Words) and mark.text == text]
    return found


def refusal_of(printer: PrinterSetting) -> TemplateRefused:
    refused = style_for(printer, look=grey)
    assert isinstance(refused, TemplateRefused)
    return refused


def test_the_sample_names_every_key_as_it_is_built_in(tmp_path: Path) -> None:
    style = style_for(a_printer(SAMPLES, "slip.toml"), look=grey)
    assert isinstance(style, Style)
    assert (style.template, style.logo) == (BUILT_IN, None)
    text = (SAMPLES / "slip.toml").read_text(encoding="utf-8")
    assert all(f"\n{label} = " in text for label in Labels.__dataclass_fields__)
    assert all(f"{key} = " in text for key in Template.__dataclass_fields__ if key != "labels")


@pytest.mark.parametrize("paper", Paper)
def test_the_slip_of_a_german_plant_reads_back_on_every_paper(paper: Paper) -> None:
    style = style_for(a_printer(SAMPLES, "laufkarte.toml", paper), look=grey)
    assert isinstance(style, Style)
    sheet = with_instructions(a_slip(5, copy_letter="C", passport=a_passport(350)))
    made = document(sheet, 203, style)
    assert isinstance(read_back(sheet, made), Trusted)
    said = words_of(made.pages[0])
    assert {"LAUFKARTE", "KOPIE 2", "Do 30 Apr. 2026", "GUT", "BEMERKUNGEN"} <= set(said)
    assert any(words.startswith("Rissige Bretter") for words in said)
    assert any(isinstance(mark, Picture) and mark.png == LOGO for mark in made.pages[0].marks)


def test_blocks_stand_in_the_order_of_the_template() -> None:
    blocks = (Block.CODE, Block.ROUTE, Block.NOTES, Block.DETAILS, Block.ORDER, Block.HEAD)
    [page] = pages_of(Template(blocks=blocks))
    tops = [the_words(page, words).y for words in ("SLIP", "STEP", "NOTES", "MO-1042", "TRANSFER SLIP")]
    assert tops == sorted(tops)


def test_only_the_details_that_the_plant_wants_are_printed() -> None:
    [page] = pages_of(Template(details=(Detail.SALES_ORDER,)), sheet=a_slip(3, note="felt glides"))
    assert "Sales order SO-0881" in words_of(page)
    assert not any("Miller" in words or "felt" in words for words in words_of(page))


def test_rows_to_write_on_are_kept_free_where_the_steps_would_fill_the_page() -> None:
    sheet = a_slip(9)
    [full], [kept] = pages_of(BUILT_IN, sheet=sheet), pages_of(Template(notes_rows=1), sheet=sheet)
    assert ("NOTES" in words_of(full), "NOTES" in words_of(kept)) == (False, True)


def test_a_label_that_is_too_long_is_shrunk_and_cut_and_hides_nothing() -> None:
    long = "x" * 60
    labels = Labels(
        **dict.fromkeys(Labels.__dataclass_fields__, long) | dict.fromkeys(ON_PLATES, "W" * PLATE_CHARS_MAX)
    )
    sheet = a_slip(5, make_up=True, part_of="part", void=True, passport=a_passport(660))
    for paper in Paper:
        for page in pages_of(Template(labels=labels, logo="logo.png"), paper, sheet):
            assert marks.in_a_quiet_zone(page) == []
            assert marks.off_the_paper(page) == []
            assert marks.words_on_words(page) == []
            assert "W" * PLATE_CHARS_MAX + " 1" in words_of(page)


templates = st.builds(
    Template,
    logo=st.sampled_from([None, "logo.png"]),
    logo_height_mm=st.floats(4, 20),
    blocks=st.lists(st.sampled_from([block for block in Block if block not in COMPULSORY]), unique=True)
    .map(lambda more: [*COMPULSORY, *more])
    .flatmap(st.permutations)
    .map(tuple),
    details=st.lists(st.sampled_from(Detail), unique=True).map(tuple),
    lines=st.lists(st.text(min_size=1, max_size=200), max_size=6).map(tuple),
    notes_rows=st.integers(0, 6),
)


@settings(max_examples=40, deadline=None)
@given(templates, st.sampled_from(Paper), st.integers(0, 14), st.sampled_from([0, 350, 660]))
def test_whatever_a_template_says_no_code_is_lost_and_nothing_is_crowded(
    template: Template, paper: Paper, count: int, letters: int
) -> None:
    sheet = with_instructions(a_slip(count, passport=a_passport(letters) if letters else None))
    pages = pages_of(template, paper, sheet)
    assert lacking(sheet, pages) == frozenset()
    for page in pages:
        assert marks.in_a_quiet_zone(page) == []
        assert marks.off_the_paper(page) == []
        assert marks.words_on_words(page) == []
        assert {"COPY 1", "80", "TBCD FGHJ K"} <= set(words_of(page))
        assert any(words.startswith("ledger 3fa2b17c") for words in words_of(page))
        assert MEASURES[paper].height in {None, page.height}


# From files


def test_a_template_that_is_not_there_or_has_no_logo_is_refused_by_name(tmp_path: Path) -> None:
    assert str(refusal_of(a_printer(tmp_path, "gone.toml"))) == (
        "template: gone.toml cannot be read: No such file or directory"
    )
    (tmp_path / "slip.toml").write_text('# ours\nlogo = "logo.png"\n')
    refused = refusal_of(a_printer(tmp_path, "slip.toml"))
    assert str(refused) == "template line 2: logo.png cannot be read: No such file or directory"


def png(width: int, height: int) -> bytes:
    """The beginning of a PNG of this size."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"GIF89a" + b"\0" * 40, "no PNG"),
        (b"", "no PNG"),
        (b"\x89PNG\r\n\x1a\n", "no PNG"),
        (png(0, 7), "no PNG"),
        (png(100_000, 100_000), "more than 4 million pixels"),
        (LOGO + b"\0" * LOGO_BYTES_MAX, "larger than 256 kB"),
    ],
)
def test_a_logo_that_cannot_be_printed_is_refused_with_the_line_that_names_it(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "slip.toml").write_text('logo = "logo.png"\n')
    (tmp_path / "logo.png").write_bytes(content)
    refused = style_for(a_printer(tmp_path, "slip.toml"))
    assert str(refused) == f"template line 1: logo.png: {reason}"


def test_a_logo_that_is_broken_inside_is_refused_where_it_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "slip.toml").write_text('logo = "logo.png"\n')
    (tmp_path / "logo.png").write_bytes(LOGO[:200])
    assert isinstance(style_for(a_printer(tmp_path, "slip.toml")), Style)
    assert str(refusal_of(a_printer(tmp_path, "slip.toml"))).startswith("template line 1: logo.png: ")


def test_a_slip_with_a_bad_template_is_not_printed_and_says_line_and_reason_until_it_is_mended(
    tmp_path: Path,
) -> None:
    template = tmp_path / "slip.toml"
    job = Job(paper="1", printer=a_printer(tmp_path, "slip.toml"), sheet=a_slip())
    template.write_text('\nblocks = ["head", "order", "code", "rout"]\n')
    answer = answer_job(job)
    assert (answer.outcome, answer.reason) == (
        PaperOutcome.FAILED,
        "template line 2: there is no block 'rout': route",
    )
    assert not (tmp_path / "out").exists()
    template.write_text('\nblocks = ["head", "order", "code", "route"]\n')
    assert answer_job(job).outcome is PaperOutcome.PRINTED
    template.write_text('logo = "logo.png"\n')
    (tmp_path / "logo.png").write_bytes(LOGO[:200])
    assert answer_job(job).reason.startswith("template line 1: logo.png: ")


def test_a_slip_that_is_not_as_the_plant_wanted_it_says_why_at_its_foot() -> None:
    remark = "Built-in slip: template line 2: there is no block 'rout': route"
    for paper in Paper:
        sheet = a_slip(12, passport=a_passport(350))
        for page in lay_out(sheet, FACE, Style(paper, remark=remark)):
            assert remark in words_of(page)
            assert marks.in_a_quiet_zone(page) == []
            assert marks.words_on_words(page) == []
