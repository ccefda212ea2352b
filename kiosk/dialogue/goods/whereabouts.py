"""Where a slip's pieces are, in words: the steps around, who passed them on, which slip they went on with.

Never changes anything, and never guesses: what nobody said is shown as unknown.
"""

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from floor.doubts import others_runs
from floor.events import SlipsMerged, SlipSplit
from floor.flags import Flag
from floor.freshness import known_up_to
from floor.life import Life
from floor.moves import passed
from floor.progress import SlipProgress, StepLine
from floor.quantities import ONE_TO_ONE
from floor.routing import feeders
from floor.tags import slip_name
from kiosk.dialogue.amounts import show
from kiosk.dialogue.moments import clock, day_and_clock, day_in_words
from kiosk.dialogue.names import machine_name, order_state_name, people_names
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.dialogue.work.run_rows import down_since
from kiosk.words import _

OF_OTHERS: Final = frozenset({Flag.STEP_SKIPPED, Flag.NOTHING_HERE, Flag.MORE_THAN_HERE, Flag.OVER_TOLERANCE})
"""Doubts that others' reports can take away: how far these are known is said beside them."""

PLANNED_OTHERWISE: Final = frozenset({Flag.WRONG_MACHINE, Flag.OTHER_PERSON})
"""Shown after what is wrong with the pieces or the paper."""


def route(filling: Filling) -> str:
    """The steps around this one: `10 done   > 20 <   30 waiting`."""
    slip, steps = filling.slip, filling.picture.order.steps
    numbers = list(steps)
    if filling.slots.step not in steps or slip is None:
        return ""
    at = numbers.index(filling.slots.step or 0)
    around = numbers[max(0, at - 1) : at + 2]
    return "   ".join(
        f"> {number} <" if number == filling.slots.step else f"{number} {_state(filling, slip, number)}"
        for number in around
    )


def _state(filling: Filling, slip: SlipProgress, number: int) -> str:
    line = slip.lines[number]
    if line.final:
        return _("done")
    if line.accounted:
        return _("begun")
    if line.still_here:
        return _("next")
    apart = slip.origin.step if slip.origin else None
    if apart is not None and apart not in passed(number, filling.picture.order.steps):
        return _("before the split")
    return _("to come")


def passed_on(talk: Talk, filling: Filling) -> tuple[str, ...]:
    """When the pieces came, and from whom; where they went with other paper."""
    slip, steps, step = filling.slip, filling.picture.order.steps, filling.slots.step
    if slip is None or step is None or step not in steps:
        return ()
    moved = _moved(talk, slip, slip.lines[step])
    fed_by = feeders(steps, step)
    reports = [report for feeder in fed_by for report in slip.lines[feeder].reports if report.content]
    if not reports:
        if moved:
            return moved
        return (_("nothing passed on yet") if fed_by else _of_slip(filling, slip.quantity),)
    if moved and not slip.lines[step].still_here:
        return moved
    last = max(reports, key=lambda report: report.fact.event.at.clamped_ms)
    content = last.content or last.reported.content
    by = machine_name(talk, content.machine) if content.machine else people_names(talk, content.operators)
    at = _("passed on {time}").format(time=clock(talk.zone, last.fact))
    return (at, _("by {whom}").format(whom=by), *moved)


def here(filling: Filling) -> str:
    """`HERE 80`; with its unit, where the order counts something else."""
    number = show(filling.line.unaccounted) if filling.line else "?"
    if filling.step is None or filling.step.ratio == ONE_TO_ONE:
        return _("HERE {number}").format(number=number)
    return _("HERE {number} {counts}").format(number=number, counts=filling.unit.name)


def _of_slip(filling: Filling, quantity: Fraction) -> str:
    """`of 20 on the slip`; `of 80 legs for the 20 tables on the slip`."""
    step, confirmed = filling.step, filling.picture.order.locked
    if step is None or confirmed is None or step.ratio == ONE_TO_ONE:
        return _("of {number} on the slip").format(number=show(quantity))
    return _("of {number} {counts} for the {quantity} {things} on the slip").format(
        number=show(step.ratio.to_step(quantity)),
        counts=filling.unit.name,
        quantity=show(quantity),
        things=confirmed.unit.name,
    )


def _moved(talk: Talk, slip: SlipProgress, line: StepLine) -> tuple[str, ...]:
    """The last move at this step; of a slip with nothing left anywhere, the last move of all."""
    empty = not any(found.still_here for found in slip.lines.values())
    moves = line.moves or (slip.moves if empty else ())
    if not moves:
        return ()
    fact = max(moves, key=lambda move: move.event.at.clamped_ms)
    when = clock(talk.zone, fact)
    match fact.event:
        case SlipSplit(slip=child, parent=parent) if child == slip.slip:
            return (_("part of {slip}, split {time}").format(slip=slip_name(parent), time=when),)
        case SlipSplit(slip=other, quantity=quantity) | SlipsMerged(into=other, quantity=quantity) if (
            other != slip.slip
        ):
            went = _("{number} went on with {slip}, {time}")
            return (went.format(number=show(quantity), slip=slip_name(other), time=when),)
        case SlipsMerged(slip=other, quantity=quantity):
            came = _("{number} came from {slip}, {time}")
            return (came.format(number=show(quantity), slip=slip_name(other), time=when),)
        case _:
            return ()


def shown_doubts(doubts: Collection[Flag]) -> tuple[Flag, ...]:
    """What is warned of, what matters most first; another work centre has other machines anyway."""
    shown = [
        flag for flag in doubts if flag is not Flag.WRONG_MACHINE or Flag.WRONG_WORK_CENTRE not in doubts
    ]
    return tuple(sorted(shown, key=lambda flag: flag in PLANNED_OTHERWISE))


def doubt_notices(talk: Talk, filling: Filling) -> tuple[Notice, ...]:
    """Every warning, with what is known behind it."""
    return tuple(
        Notice(Tone.FLAGGED, doubt_sentence(talk, filling, flag), _behind(talk, filling, flag))
        for flag in shown_doubts(filling.doubts)
    )


def doubt_sentence(talk: Talk, filling: Filling, flag: Flag) -> str:
    """The warning to whoever reads it: who is not qualified is told so, or named."""
    if flag is Flag.NOTHING_HERE and filling.line and filling.line.received:
        return _("Nothing is here now: all that came is reported.")
    if flag is not Flag.NOT_QUALIFIED:
        return _(flag.sentence)
    if talk.operator and filling.operators == (talk.operator.person,):
        return _("You are not qualified for this step.")
    return _("Not qualified for this step: {people}").format(people=people_names(talk, filling.operators))


def _behind(talk: Talk, filling: Filling, flag: Flag) -> str:
    if flag is Flag.MACHINE_DOWN:
        return down_since(talk, filling.picture.downtimes)
    if flag is Flag.OTHERS_RUN:
        return _whose_runs(talk, filling)
    if flag is Flag.OTHER_PERSON and filling.step and filling.step.person:
        return people_names(talk, (filling.step.person,))
    if flag is Flag.UNKNOWN_SLIP:
        return _("Scan the large square code on it.")
    if flag is Flag.ORDER_NOT_OPEN:
        return _why_not_open(filling.picture.order.life)
    if flag in OF_OTHERS:
        return _freshness(talk, filling)
    voided = filling.slip.voided if filling.slip else ()
    if flag is Flag.VOIDED_SLIP and voided:
        return _(getattr(voided[-1].event, "reason", ""))
    return ""


def _whose_runs(talk: Talk, filling: Filling) -> str:
    """`Bob Carter since 13:10`, of the run that began last."""
    run = others_runs(filling.slip, filling.slots.step, filling.operators)[-1]
    names = people_names(talk, run.started.operators)
    return _("{people} since {moment}").format(people=names, moment=day_and_clock(talk.zone, run.fact))


def _freshness(talk: Talk, filling: Filling) -> str:
    """`step 10 known up to 14:02 from Cutting Line 1`; empty where no other station reports on it."""
    steps, step = filling.picture.order.steps, filling.slots.step or 0
    known = known_up_to(talk.plant, steps, step, talk.heard)
    if known is None:
        return ""
    if known.heard_ms is None:
        return _("step {step}: nothing heard from {station} yet").format(
            step=known.step, station=known.station
        )
    at, now = (talk.plant.local_time(ms) for ms in (known.heard_ms, talk.memory.moment().clamped_ms))
    time = f"{at:%H:%M}" if at.date() == now.date() else f"{day_in_words(at)} {at:%H:%M}"
    said = _("step {step} known up to {time} from {station}")
    return said.format(step=known.step, time=time, station=known.station)


def _why_not_open(life: Life) -> str:
    """`held: no oak`; the state alone where nobody had to say why."""
    state = order_state_name(life.state) if life.state else _("not confirmed")
    return f"{state}: {life.reason}" if life.reason else state
