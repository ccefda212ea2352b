"""A tag that lies on pieces which were set aside or sent to rework: every word and the code on it.

Never places anything and loads no library that draws; never knows what became of the pieces since.
"""

from collections.abc import Mapping
from typing import Literal

from floor.codec import Fact
from floor.events import Reported, ReviewDecided, TagAsked, TagUse
from floor.plant import Plant
from floor.progress import OrderProgress
from floor.quantities import Value, show
from floor.tags import hold_code, slip_name, step_code
from printing.words import Say, english, moment_in_words

A6_MM = (105.0, 148.0)


class TagSheet(Value):
    """One copy of one tag."""

    kind: Literal["tag"] = "tag"
    title: str
    """Of the file: order, what it is, copy."""
    use: TagUse
    headline: str
    """What is read from two metres away."""
    order_to_reader: str
    """What may or must be done with the pieces."""
    quantity: str
    unit: str
    lines: tuple[tuple[str, str], ...]
    """(what, how), from what matters most."""
    code: str | None
    """None where no code can name the step."""
    hint: str
    """What scanning it does."""
    copy_mark: str
    again: bool
    """Not the first tag of these pieces."""
    foot: str
    width: float = A6_MM[0]
    """Of the paper, in millimetres."""
    height: float = A6_MM[1]

    @property
    def codes(self) -> frozenset[str]:
        """The one code that must be readable."""
        return frozenset(filter(None, [self.code]))


def tag_sheet(
    asked: Fact,
    progress: OrderProgress,
    plant: Plant,
    names: Mapping[str, str],
    station: str,
    say: Say = english,
    paper_mm: tuple[float, float] = A6_MM,
) -> TagSheet:
    """The tag that was asked for, in the light of its order. Raises TypeError for another request.

    `names` holds the names of people by their number; `station` is the name of the one that prints.
    """
    tag = asked.event
    if not isinstance(tag, TagAsked):
        raise TypeError(f"{tag.kind} asks for no tag")
    holds = tag.use is TagUse.HOLD
    printed = moment_in_words(plant.local_time(tag.at.clamped_ms), say)
    use = say("HOLD") if holds else say("REWORK")
    to_step = _step(progress, tag.to_step, say)
    return TagSheet(
        title=f"{tag.order or tag.slip} {tag.use.value} {tag.said[-6:]}-{tag.line} copy-{tag.copy_number}",
        use=tag.use,
        headline=use,
        order_to_reader=say("Do not use") if holds else say("To {step}").format(step=to_step),
        quantity=show(tag.quantity),
        unit=tag.unit,
        lines=tuple(_lines(tag, progress, plant, names, say)),
        code=_code(tag),
        hint=say("A supervisor scans this to decide.") if holds else say("Scan this to begin the rework."),
        copy_mark=say("COPY {number}").format(number=tag.copy_number),
        again=tag.copy_number > 1,
        foot=f"{station}  ·  {printed}",
        width=paper_mm[0],
        height=paper_mm[1],
    )


def _lines(
    tag: TagAsked, progress: OrderProgress, plant: Plant, names: Mapping[str, str], say: Say
) -> list[tuple[str, str]]:
    confirmed = progress.life.confirmed
    reason = plant.reasons.get(tag.reason or "")
    who, at = _said(tag, progress)
    people = ", ".join(names.get(number, number) for number in who)
    return [
        (say("Reason"), reason.name if reason else tag.reason or say("not given")),
        (say("Order"), tag.order or say("not known here")),
        (say("Item"), confirmed.item_name if confirmed else "–"),
        (say("From"), _step(progress, tag.step, say)),
        (say("Who"), people or "–"),
        (say("When"), moment_in_words(plant.local_time(at), say)),
        (say("Slip"), slip_name(tag.slip)),
    ]


def _said(tag: TagAsked, progress: OrderProgress) -> tuple[tuple[str, ...], int]:
    """Who set the pieces aside, and when, as the report or the decision says."""
    for fact in progress.facts:
        if fact.event_id == tag.said and isinstance(fact.event, Reported):
            return fact.event.content.operators, fact.event.at.clamped_ms
        if fact.event_id == tag.said and isinstance(fact.event, ReviewDecided):
            return tuple(filter(None, [fact.event.by])), fact.event.at.clamped_ms
    return tuple(filter(None, [tag.by])), tag.at.clamped_ms


def _step(progress: OrderProgress, number: int | None, say: Say) -> str:
    if number is None:
        return "–"
    step = progress.steps.get(number)
    named = say("step {number}").format(number=number)
    return f"{named} {step.name}" if step else named


def _code(tag: TagAsked) -> str | None:
    """The tag of held pieces is scanned for a decision; that of rework opens the step where it is done."""
    try:
        if tag.use is TagUse.HOLD:
            return hold_code(tag.slip, tag.step)
        return step_code(tag.slip, tag.to_step or tag.step)
    except ValueError:
        return None
