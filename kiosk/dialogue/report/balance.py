"""The conservation line: where every piece of the step would be after the report on the screen.

Never leaves a piece out: what was received and the surplus are what became of them.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Final

from rich.cells import cell_len

from floor.events import ReportContent, RunKind
from floor.progress import NOTHING, StepLine, accounted
from floor.routing import landing
from kiosk.dialogue.amounts import show
from kiosk.dialogue.report.reporting import Filling
from kiosk.words import _

BALANCE_CHARS_MAX: Final = 78


def balance(filling: Filling) -> str:
    """`80 received = 76 good + 4 scrap`; empty where nothing is known or the step moves nothing."""
    line = line_after(filling)
    if line is None or not line.counts:
        return ""
    came = [
        _("{number} received").format(number=show(line.received)),
        *_terms((line.surplus, _("{number} surplus"))),
    ]
    became = _terms(
        (line.good, _("{number} good")),
        (line.scrap, _("{number} scrap")),
        (line.rework_out, _("{number} rework")),
        (line.review, _("{number} review")),
        (line.missing, _("{number} missing")),
        (line.still_here, _("{number} still here")),
    )
    text = f"{' + '.join(came)} = {' + '.join(became or ['0'])}"
    return text if cell_len(text) <= BALANCE_CHARS_MAX else text.replace(" + ", "+")


def _terms(*amounts: tuple[Fraction, str]) -> list[str]:
    return [text.format(number=show(amount)) for amount, text in amounts if amount]


def line_after(filling: Filling) -> StepLine | None:
    """The step's figures as they would be after this report."""
    line, content = filling.line, filling.content
    if line is None:
        return None
    sent_here = _sent_here(filling, content)
    reworks = content.run_kind is RunKind.REWORK
    return replace(
        line,
        received=line.received + sent_here,
        rework_in=line.rework_in + sent_here,
        good=line.good + Fraction(content.good),
        scrap=line.scrap + sum((Fraction(one.quantity) for one in content.scrap), NOTHING),
        rework_out=line.rework_out + sum((Fraction(one.quantity) for one in content.rework), NOTHING),
        review=line.review + sum((Fraction(one.quantity) for one in content.review), NOTHING),
        reworked=line.reworked + (accounted(content) if reworks else NOTHING),
        final=line.final or (content.final and not reworks),
        rework_final=line.rework_final or (content.final and reworks),
    )


def _sent_here(filling: Filling, content: ReportContent) -> Fraction:
    """Rework that comes back to this very step."""
    steps = filling.picture.order.steps
    return sum(
        (Fraction(one.quantity) for one in content.rework if content.step in landing(steps, one.to_step)),
        NOTHING,
    )
