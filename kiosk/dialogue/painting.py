"""From the state of the conversation to what the screen shows.

Never changes the state, and never says a colour: tones only.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from floor.codec import Fact
from floor.events import ReportContent, Reported, RunKind
from floor.flags import Flag
from floor.network import NetworkState
from floor.source import Source
from floor.standing import owes_reason
from floor.station import LastReport, SyncMark
from floor.tags import slip_name
from kiosk.dialogue.amounts import read, show, write_with
from kiosk.dialogue.goods import material_rows, whereabouts
from kiosk.dialogue.moments import clock
from kiosk.dialogue.names import machine_name, people_names, reason_name, run_kind_name
from kiosk.dialogue.paper import standing as papers
from kiosk.dialogue.report.balance import balance, line_after
from kiosk.dialogue.report.checking import owed_mark
from kiosk.dialogue.report.reporting import Filling, with_number
from kiosk.dialogue.station import devices
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import (
    FIGURE_GAP,
    BigNumber,
    Body,
    Done,
    Foot,
    Header,
    LastLine,
    Tone,
    View,
    Waiting,
    Working,
)
from kiosk.dialogue.work import run_rows
from kiosk.dialogue.work.open_here import open_here
from kiosk.words import MONTHS, WEEKDAYS, _, mark, speak

MS: Final = 1000
KEYS: Final = mark("ENTER records   ESC takes back   F3 done/part   F1 help")


def view(talk: Talk, typed: str) -> View:
    """The whole screen."""
    speak(talk.language)
    write_with(talk.plant.decimal_mark)
    return View(
        header=_header(talk),
        body=_body(talk, typed),
        notice=talk.notice,
        last=tuple(_last_line(talk, last) for last in talk.last),
        foot=Foot(
            talk.standing.recorded,
            talk.standing.safe,
            talk.standing.oldest_waiting_s,
            talk.standing.network,
            _trouble(talk),
        ),
        typed=typed,
        language=talk.language,
        training=talk.training,
    )


def _trouble(talk: Talk) -> str | None:
    """The gravest one."""
    if talk.silent:
        return _("The disk does not answer. What was ticked is recorded. Tell your supervisor.")
    said = talk.standing.trouble or papers.sentence(talk) or _without_token(talk)
    return said or devices.sentence(talk.devices())


def _without_token(talk: Talk) -> str | None:
    """What to do about it, and where."""
    if talk.standing.network is not NetworkState.NO_TOKEN:
        return None
    sentence = _("No token in {file}: central station add prints one.")
    return sentence.format(file=talk.place.token_file)


def _header(talk: Talk) -> Header:
    operator = f"{talk.operator.name} {talk.operator.person}" if talk.operator else ""
    machine = machine_name(talk, talk.at_machine) if talk.at_machine else ""
    return Header(talk.place.name, operator, machine, talk.plant.time_zone if talk.plant.name else "")


def _body(talk: Talk, typed: str) -> Body:
    if talk.done:
        return (
            replace(talk.done, title=_("ONLY PRACTICE"), hint=_("Nothing was recorded or printed."))
            if talk.training
            else talk.done
        )
    if talk.pages:
        return talk.pages[-1].body(typed)
    if talk.filling:
        return _working(talk, talk.filling, typed)
    if talk.operator is None:
        detail = _kept(talk) or papers.waits(talk) or _("or a slip to see where it is")
        return Waiting(_("SCAN YOUR BADGE"), detail, open_here(talk))
    detail = _kept(talk) or papers.waits(talk) or _("or press F2 to pick from what waits here")
    return Waiting(_("SCAN THE SLIP"), detail, open_here(talk))


def _kept(talk: Talk) -> str:
    """Whose reports wait unrecorded."""
    owners = people_names(talk, dict.fromkeys(slots.operator for slots in talk.kept if slots.operator))
    return (
        _("A report begun by {people} is kept and NOT recorded yet").format(people=owners) if owners else ""
    )


def _working(talk: Talk, filling: Filling, typed: str) -> Working:
    order, slots = filling.picture.order, filling.slots
    confirmed = order.locked
    step = order.steps.get(slots.step or 0)
    due = confirmed.demand.due if confirmed else None
    shown = _with_typed(talk, filling, typed)
    return Working(
        order=(confirmed.order if confirmed else None) or "",
        item=confirmed.item_name if confirmed else _("not known at this station"),
        due=_("due {day}").format(day=_day(due)) if due else "",
        slip=slip_name(slots.slip),
        step=f"{_step(slots.step)}   {step.name}" if step else _step(slots.step),
        route=whereabouts.route(filling),
        here=whereabouts.here(filling),
        passed_on=whereabouts.passed_on(talk, filling),
        good=_good(talk, shown, typed),
        scrap=_scrap(talk, shown, typed),
        left=_left(shown),
        marks=_marks(talk, shown),
        doubts=whereabouts.doubt_notices(talk, shown),
        now=_now(talk, filling, typed),
        keys=_(KEYS),
        balance=balance(shown),
    )


def _with_typed(talk: Talk, filling: Filling, typed: str) -> Filling:
    """The slots as OK would record them with the number that stands on the screen."""
    number = talk.number
    if number is None and typed:
        parsed = read(_leading_number(typed), filling.unit)
        number = parsed if isinstance(parsed, Decimal) else None
    if number is None:
        return filling
    return replace(filling, slots=with_number(filling, number, scraps=talk.scrap_next))


def _leading_number(typed: str) -> str:
    """The number before the code that is being typed: it counts until the code says what it is."""
    return typed[: len(typed) - len(typed.lstrip("0123456789.,"))]


def _step(number: int | None) -> str:
    return _("step {number}").format(number=number) if number else _("which step?")


def _good(talk: Talk, filling: Filling, typed: str) -> BigNumber:
    slots = filling.slots
    known = slots.good is not None or filling.proposed_good is not None
    if (typed or talk.number is not None) and not talk.scrap_next:
        notes: tuple[str, ...] = (_("ENTER: good"), _("reason: scrap"))
    elif slots.good is None and known:
        notes = (_("proposed"),)
    else:
        notes = ()
    tone = Tone.PLAIN if talk.scrap_next else Tone.FOCUS
    return BigNumber(_("GOOD"), show(filling.good) if known else "-", tone, notes)


def _scrap(talk: Talk, filling: Filling, typed: str) -> BigNumber:
    lines = filling.slots.scrap
    total = sum((Fraction(line.quantity) for line in lines), Fraction(0))
    notes = tuple(f"{show(line.quantity)} {reason_name(talk, line.reason)}" for line in lines)
    if talk.scrap_next and (typed or talk.number is not None):
        notes = (_("ENTER: scrap"), _("reason: why"))
    return BigNumber(_("SCRAP"), show(total), Tone.FOCUS if talk.scrap_next else Tone.PLAIN, notes)


def _left(filling: Filling) -> BigNumber:
    if filling.line is None:
        return BigNumber(_("STILL HERE"), "-")
    after = line_after(filling)
    if filling.missing:
        notes = (_("nobody accounts"), _("for these"))
        return BigNumber(_("MISSING"), show(filling.missing), Tone.FLAGGED, notes)
    here = after.still_here if after and after.counts else filling.left
    if filling.final:
        return BigNumber(_("STILL HERE"), show(here), Tone.PLAIN, (_("step done"),))
    stays = (_("stays at this step"),) if here else ()
    return BigNumber(_("STILL HERE"), show(here), Tone.PLAIN, stays)


def _marks(talk: Talk, filling: Filling) -> tuple[str, ...]:
    """What the report is and ends, what was entered, what is owed, who works; the last may lack room."""
    slots = filling.slots
    if filling.final:
        marks = [_("STEP DONE")]
    elif filling.line and filling.line.final and not filling.left:
        marks = [_("step already done")]
    else:
        marks = [_("PART of the step")]
    if slots.corrects:
        marks.insert(0, _("CORRECTS a report"))
    run_kind = filling.content.run_kind
    if run_kind is not RunKind.PRODUCTION:
        marks.append(run_kind_name(run_kind))
    if filling.run:
        marks.append(run_rows.mark(talk, filling.run, slots.ends_run or filling.final))
    marks += [
        _("{number} to rework at step {step} ({reason})").format(
            number=show(line.quantity), step=line.to_step, reason=reason_name(talk, line.reason)
        )
        for line in slots.rework
    ]
    marks += [
        _("{number} set aside for review ({reason})").format(
            number=show(line.quantity), reason=reason_name(talk, line.reason)
        )
        for line in slots.review
    ]
    marks += [*owed_mark(filling), *material_rows.marks(talk, filling)]
    crew = filling.operators[1:]
    if crew:
        marks.append(_("with {names}").format(names=people_names(talk, crew)))
    return tuple(marks)


def _now(talk: Talk, filling: Filling, typed: str) -> str:
    if talk.operator is None:
        return _("scan your badge to report on it")
    if filling.slots.step is None:
        return _("scan the step on the slip, or F2 to pick it")
    if talk.scrap_next:
        return _("type how many are scrap, then why; GOOD goes back")
    if typed or talk.number is not None:
        return _("ENTER if these are good, or scan why they are scrap")
    if filling.slots.corrects:
        return _("mend it, ENTER corrects; DELETE leaves it as it was")
    slots, proposed = filling.slots, filling.proposed_good
    if slots.good is None and proposed is not None:
        if slots.scrap or slots.rework or slots.review:
            others = _("ENTER if the other {number} are good, or type how many")
            return others.format(number=show(proposed))
        return _("ENTER if all are good, or type how many")
    if not slots.says_result:
        return _("type how many are good, or ESC")
    return _("ENTER to record, or type a number")


def done(filling: Filling) -> Done:
    """What RECORDED says after a report."""
    content, slots = filling.content, filling.slots
    doubts = [_(flag.sentence) for flag in whereabouts.shown_doubts(filling.doubts)]
    if owes_reason(content):
        doubts.append(_(Flag.REASON_OWED.sentence))
    if filling.missing:
        missing = _("{number} missing: your supervisor will ask.").format(number=show(filling.missing))
        doubts.insert(0, missing)
    following = min(
        (number for number in filling.picture.order.steps if number > (slots.step or 0)), default=None
    )
    step = filling.picture.order.steps.get(following or 0)
    onward = f"  ->  {step.number} {step.name}" if step and content.good else ""
    name = filling.picture.order.number or slip_name(slots.slip)
    tone = Tone.FLAGGED if doubts else Tone.TAKEN
    return Done(tone, _("RECORDED"), figures(content), f"{name}  {_step(slots.step)}{onward}", tuple(doubts))


def done_start(talk: Talk, filling: Filling) -> Done:
    """What the screen says after START."""
    doubts = tuple(
        whereabouts.doubt_sentence(talk, filling, flag)
        for flag in whereabouts.shown_doubts(filling.doubts_of_start)
    )
    tone = Tone.FLAGGED if doubts else Tone.TAKEN
    name = filling.picture.order.number or slip_name(filling.slots.slip)
    at = machine_name(talk, filling.slots.machine) if filling.slots.machine else talk.place.name
    kind = filling.slots.run_kind or RunKind.PRODUCTION
    return Done(
        tone,
        _("STARTED"),
        f"{name}  {_step(filling.slots.step)}",
        _("{kind} at {place}").format(kind=run_kind_name(kind), place=at),
        doubts,
    )


def figures(content: ReportContent) -> str:
    """`76 good   4 scrap`; `nothing made` for a run that ended with nothing."""
    parts = [f"{show(content.good)} {_('good')}"] if content.good else []
    counts = ((content.scrap, _("scrap")), (content.rework, _("rework")), (content.review, _("review")))
    for lines, word in counts:
        total = sum((Fraction(line.quantity) for line in lines), Fraction(0))
        if total:
            parts.append(f"{show(total)} {word}")
    return FIGURE_GAP.join(parts) or _("nothing made")


def _last_line(talk: Talk, last: LastReport) -> LastLine:
    time, slip, step, quantities = report_cells(talk, last.fact, last.corrected_to)
    if last.withdrawn:
        told, tone = _("taken back"), Tone.WAITING
    elif last.corrected_to:
        told, tone = _("corrected"), Tone.WAITING
    elif last.mark is SyncMark.SAFE:
        told, tone = _("safe"), Tone.TAKEN
    elif last.mark is SyncMark.PRACTICE:
        told, tone = _("practice"), Tone.FLAGGED
    else:
        told, tone = _("waiting"), Tone.WAITING
    return LastLine(time, slip, _("step {number}").format(number=step), quantities, told, tone)


def report_cells(
    talk: Talk, fact: Fact, corrected_to: ReportContent | None = None
) -> tuple[str, str, str, str]:
    """Time, slip, step and quantities of a report, as a correction left it."""
    event = fact.event
    if not isinstance(event, Reported):
        return (clock(talk.zone, fact), "", "", "")
    slip = slip_name(event.slip)
    content = corrected_to or event.content
    said = figures(content).replace(FIGURE_GAP, "  ")
    quantities = f"{said}  {_('done')}" if content.final else said
    if event.source is Source.PAPER:
        quantities = _("{quantities}  from paper").format(quantities=quantities)
    return (clock(talk.zone, fact), slip, str(content.step), quantities)


def _day(day: date) -> str:
    """`Fri 30 April 2027`."""
    weekday, month = _(WEEKDAYS[day.weekday()]), _(MONTHS[day.month - 1])
    return _("{weekday} {day} {month} {year}").format(
        weekday=weekday, day=day.day, month=month, year=day.year
    )


__all__ = [
    "done",
    "done_start",
    "figures",
    "machine_name",
    "people_names",
    "reason_name",
    "report_cells",
    "view",
]
