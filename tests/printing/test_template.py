import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.slip.template import BUILT_IN, Block, Detail, Template
from printing.slip.template_file import (
    LINES_MAX,
    TEMPLATE_BYTES_MAX,
    TEMPLATE_LINES_MAX,
    TemplateRefused,
    read_template,
)

WHOLE = """\
# The travellers of our plant.
logo = "oak leaf.png"
logo_height_mm = 12
blocks = [
    "head", "code",
    "order", "item",   # the day that counts
    "route",
    "lines",
]
details = ["customer"]
lines = ["Boards with a crack: set aside."]
notes_rows = 2
days = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]

[labels]
title = "LAUFKARTE"
due = "TERMIN"
"""


def refused(text: str) -> TemplateRefused:
    """The refusal of a template that must not be taken."""
    read = read_template(text.encode())
    assert isinstance(read, TemplateRefused)
    return read


def test_an_empty_file_changes_nothing() -> None:
    assert read_template(b"") == BUILT_IN
    assert read_template(b"\xef\xbb\xbf# saved by an editor that marks its files\r\n") == BUILT_IN


def test_a_template_says_logo_blocks_details_lines_and_labels() -> None:
    read = read_template(WHOLE.encode())
    assert isinstance(read, Template)
    assert (read.logo, read.logo_height_mm, read.notes_rows) == ("oak leaf.png", 12.0, 2)
    assert [block.value for block in read.blocks] == ["head", "code", "order", "item", "route", "lines"]
    assert (read.details, read.lines) == ((Detail.CUSTOMER,), ("Boards with a crack: set aside.",))
    assert (read.labels.title, read.labels.due, read.labels.copy) == ("LAUFKARTE", "TERMIN", "COPY")
    assert (read.days[6], read.months) == ("So", BUILT_IN.months)


@pytest.mark.parametrize("block", [Block.HEAD, Block.ORDER, Block.CODE, Block.ROUTE])
def test_no_template_takes_codes_copy_number_or_quantity_from_a_slip(block: Block) -> None:
    rest = [name.value for name in Block if name is not block]
    found = refused(f"\nblocks = {rest}")
    assert (found.line, block.value in found.reason) == (2, True)


@pytest.mark.parametrize("word", ["copy", "code", "quantity", "ledger_head", "passport", "foot"])
def test_there_is_no_switch_for_what_a_slip_must_carry(word: str) -> None:
    assert f"no key '{word}'" in refused(f"{word} = false").reason


@pytest.mark.parametrize(
    ("line", "text", "reason"),
    [
        (1, "logo = logo.png", "not TOML: Invalid value"),
        (3, "# words\n\ntitle", "not TOML: Expected '=' after a key"),
        (2, '[labels]\ntitle = "open', "not TOML: Unterminated string"),
        (1, 'blocks = ["head"', "not TOML: Unclosed array"),
        (2, 'logo = "a.png"\nlogo = "b.png"', "not TOML: Cannot overwrite a value"),
        (3, "# a\n\nlogos = 1", "there is no key 'logos': logo"),
        (2, "\nxyzzy = 1", "there is no key 'xyzzy': logo, logo_height_mm, blocks, details"),
        (4, 'details = []\n\n[labels]\ntitel = "x"', "there is no label 'titel': title"),
        (2, "[labels]\nzzzzzz = 1", "there is no label 'zzzzzz': see slips.md"),
        (3, '[labels]\ndue = "TERMIN"\ntitle = 7', 'labels.title must be words in "quotes"'),
        (2, '[labels]\ncopy = " "', "labels.copy must be words on one line, and not empty"),
        (2, '[labels]\nvoid = "a\\nb"', "labels.void must be words on one line, and not empty"),
        (2, '[labels]\ndue = """a\n[labels]\n"""', "labels.due must be words on one line, and not empty"),
        (2, f'[labels]\ndue = "{"x" * 61}"', "labels.due is longer than 60 characters"),
        (2, f'[labels]\ncopy = "{"x" * 11}"', "labels.copy is longer than 10 characters"),
        (1, "labels = 7", "labels must be a table, [labels]"),
        (1, 'logo = "/etc/logo.png"', "logo must be the name of a .png beside the template"),
        (1, 'logo = "../logo.png"', "logo must be the name of a .png beside the template"),
        (1, 'logo = "logo.gif"', "logo must be the name of a .png beside the template"),
        (2, "\nlogo_height_mm = 99", "logo_height_mm must be a number from 4 to 20"),
        (1, "logo_height_mm = true", "logo_height_mm must be a number from 4 to 20"),
        (1, "logo_height_mm = nan", "logo_height_mm must be a number from 4 to 20"),
        (1, "notes_rows = 2.5", "notes_rows must be a whole number from 0 to 6"),
        (1, "notes_rows = false", "notes_rows must be a whole number from 0 to 6"),
        (1, 'blocks = "head"', "blocks must be a list in [brackets]"),
        (4, 'blocks = [\n"head",\n\n"rout",\n"code"]', "there is no block 'rout': route"),
        (3, 'details = [\n"note",\n"note"]', "details names note twice"),
        (2, "details = [\n7]", "there is no detail 7: item, customer, sales_order, note"),
        (3, 'lines = [\n"a",\n["b"]\n]', 'lines must be words in "quotes"'),
        (LINES_MAX + 2, "lines = [\n" + '"a",\n' * (LINES_MAX + 1) + "]", f"lines has room for {LINES_MAX}"),
        (3, '# first\n\ndays = ["Mo"]', "days must name all 7"),
    ],
)
def test_a_bad_template_is_refused_with_its_line_and_the_reason(line: int, text: str, reason: str) -> None:
    found = refused(text)
    assert found.line == line
    assert found.reason.startswith(reason)
    assert str(found) == f"template line {line}: {found.reason}"


def test_a_file_that_is_no_text_or_has_no_end_is_refused() -> None:
    assert read_template(b'logo = "a.png"\n\xff') == TemplateRefused(2, "not UTF-8 text")
    assert "larger than" in str(read_template(b"#" * (TEMPLATE_BYTES_MAX + 1)))
    assert "more than" in refused("\n" * (TEMPLATE_LINES_MAX + 1)).reason
    assert refused("x = " + "[" * 9000).line in {0, 1}


@given(st.text(max_size=300))
def test_whatever_stands_in_the_file_it_is_a_template_or_refused(text: str) -> None:
    read = read_template(text.encode(errors="surrogatepass"))
    assert isinstance(read, Template | TemplateRefused)
    if isinstance(read, TemplateRefused):
        assert read.line <= text.count("\n") + 1


@given(st.sampled_from(WHOLE.splitlines()), st.text('="[] #\nabc17', max_size=6))
def test_a_spoilt_template_is_a_template_or_refused(line: str, junk: str) -> None:
    read = read_template(WHOLE.replace(line, junk, 1).encode())
    assert isinstance(read, Template | TemplateRefused)
