"""A terminal's sheet on paper: the longest code that there may be is still read by every reader."""

import pytest

from floor.tags import LONG_BODY_CHARS_MAX, LONG_CODE_CHARS_MAX, decode
from printing.document import document, document_name
from printing.page import Square, Words
from printing.readback import Trusted, read_back
from printing.settings_layout import LINES_MAX
from tests.printing.samples import a_settings_sheet


@pytest.mark.parametrize("letters", [20, 300, 660, LONG_BODY_CHARS_MAX])
def test_a_settings_sheet_reads_back(letters: int) -> None:
    sheet = a_settings_sheet(8, letters)
    assert isinstance(read_back(sheet, document(sheet)), Trusted)


def test_the_longest_code_is_on_the_sheet_whole() -> None:
    sheet = a_settings_sheet(3, LONG_BODY_CHARS_MAX)
    [page] = document(sheet).pages
    [square] = [mark for mark in page.marks if isinstance(mark, Square)]
    assert len(square.code) == LONG_CODE_CHARS_MAX
    assert decode(square.code) == decode(sheet.code)
    assert square.module_mm >= 0.75


def test_settings_that_do_not_fit_in_words_are_counted() -> None:
    sheet = a_settings_sheet(LINES_MAX + 3)
    words = [mark.text for mark in document(sheet).pages[0].marks if isinstance(mark, Words)]
    assert "and 4 more" in words
    assert not [text for text in words if text == f"setting {LINES_MAX - 1}"]


def test_the_file_is_named_after_the_terminal() -> None:
    assert document_name(a_settings_sheet(1)) == "Terminal-Cutting-Line-1"
