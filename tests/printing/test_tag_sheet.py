"""What a tag says, on every paper, and what its code opens."""

import pytest

from floor.events import TagUse
from floor.tags import Tag, TagKind, decode
from printing.document import document
from printing.readback import Trusted, read_back
from printing.tag_sheet import TagSheet
from tests.printing.documents import a_tag


def code_of(sheet: TagSheet) -> Tag:
    """What the tag's code says."""
    tag = decode(sheet.code or "")
    assert isinstance(tag, Tag)
    return tag


def test_a_hold_tag_says_what_lies_there_why_and_who_said_so() -> None:
    sheet = a_tag(TagUse.HOLD)
    assert (sheet.headline, sheet.order_to_reader) == ("HOLD", "Do not use")
    assert (sheet.quantity, sheet.unit, sheet.copy_mark) == ("12", "pcs", "COPY 1")
    said = dict(sheet.lines)
    assert said["Reason"] == "Surface scratched"
    assert said["From"] == "step 20 Sand and polish"
    assert said["Who"] == "Anna Kowalska"
    assert said["Order"] == "1001"
    assert (code_of(sheet).kind, code_of(sheet).step_number) == (TagKind.HOLD, 20)


def test_a_rework_tag_says_where_to_and_its_code_opens_that_step() -> None:
    sheet = a_tag(TagUse.REWORK)
    assert (sheet.headline, sheet.order_to_reader) == ("REWORK", "To step 10 Cut to length")
    assert (code_of(sheet).kind, code_of(sheet).step_number) == (TagKind.SLIP_STEP, 10)


def test_a_step_that_no_code_can_name_still_has_its_tag() -> None:
    sheet = a_tag(TagUse.HOLD, code=None)
    assert isinstance(read_back(sheet, document(sheet)), Trusted)


@pytest.mark.parametrize("paper", [(74.0, 105.0), (80.0, 120.0), (210.0, 297.0)])
@pytest.mark.parametrize("use", TagUse)
def test_a_tag_is_read_back_on_every_paper_with_the_best_grade(
    use: TagUse, paper: tuple[float, float]
) -> None:
    sheet = a_tag(use, paper)
    verdict = read_back(sheet, document(sheet))
    assert isinstance(verdict, Trusted)
    assert verdict.proof.grade == "A"
