"""How much more than is here may be reported before anybody is warned or asked: the step's own rule.

Never stops a report: beyond the rule a doubt is said, and where the rule asks, an answer is owed.
"""

from fractions import Fraction
from typing import Final

from floor.events import ReportContent
from floor.flags import Flag
from floor.lines import NOTHING, StepLine, accounted
from floor.routing import OverPolicy, Step

PERCENT: Final = 100
ASKS: Final = frozenset({OverPolicy.ASK_REASON, OverPolicy.ASK_SUPERVISOR})

SAYS: Final = {
    OverPolicy.ALLOW: None,
    OverPolicy.WARN: Flag.MORE_THAN_HERE,
    OverPolicy.ASK_REASON: Flag.OVER_TOLERANCE,
    OverPolicy.ASK_SUPERVISOR: Flag.OVER_TOLERANCE,
}
"""What a screen says beyond the tolerance, by the step's policy."""


def beyond_tolerance(line: StepLine, step: Step | None) -> Fraction:
    """The surplus of a step, where it is more than its tolerance takes for no doubt; else nothing."""
    return line.surplus if line.surplus > _free(line, step) else NOTHING


def _free(line: StepLine, step: Step | None) -> Fraction:
    """So much surplus is no doubt."""
    return line.received * Fraction(step.over_percent if step else 0) / PERCENT


def over_doubt(line: StepLine | None, content: ReportContent, step: Step | None) -> Flag | None:
    """What to say of a report that would count more than is here and the tolerance allows; None within it."""
    said = accounted(content)
    if line is None or not line.counts or not said:
        return None
    if line.accounted + said <= line.received + _free(line, step):
        return None
    return SAYS[step.over_policy] if step else Flag.MORE_THAN_HERE
