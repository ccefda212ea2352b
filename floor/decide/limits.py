"""What one report can say at most: the one place where its limits speak, as refusals with a name.

Never asked by a screen: it shows what was said, however much that is.
"""

from typing import Final

from pydantic import ValidationError

from floor.events import ReportContent
from floor.refusals import Refusal

LINES: Final = frozenset({"scrap", "rework", "review"})
TOO_LONG: Final = "too_long"


def within_limits(content: ReportContent) -> ReportContent | Refusal:
    """The content as it can be written, every amount in its one spelling; or why it cannot."""
    try:
        return ReportContent.model_validate(content.model_dump())
    except ValidationError as error:
        found = {(fault["loc"][0], fault["type"]) for fault in error.errors(include_url=False)}
    if any(field == "operators" for field, _type in found):
        return Refusal.CREW_FULL if content.operators else Refusal.NO_OPERATOR
    if any((field, TOO_LONG) in found for field in LINES):
        return Refusal.TOO_MANY_LINES
    if any(field in {"good", *LINES} for field, _type in found):
        return Refusal.NOT_A_QUANTITY
    return Refusal.BEYOND_ONE_RECORD
