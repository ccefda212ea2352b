"""Runs and downtimes in words: rows of lists, marks, and what stands behind a doubt about them.

Never chooses which ones: whoever asks does.
"""

from collections.abc import Iterable

from floor.codec import Fact
from floor.events import MachineWentDown
from floor.runs import Run
from floor.tags import slip_name
from kiosk.dialogue.moments import clock, day_and_clock
from kiosk.dialogue.names import machine_name, people_names, reason_name, run_kind_name
from kiosk.dialogue.talk import Talk
from kiosk.words import _


def run_cells(talk: Talk, run: Run) -> tuple[str, ...]:
    """Since when, slip, step, machine and kind of a run; a paused one says so."""
    event = run.started
    machine = machine_name(talk, event.machine) if event.machine else "-"
    slip = event.order or slip_name(event.slip)
    kind = run_kind_name(event.run_kind)
    if run.paused:
        kind = _("{kind}, paused").format(kind=kind)
    return (day_and_clock(talk.zone, run.fact), slip, str(event.step), machine, kind)


def mark(talk: Talk, run: Run, ends: bool) -> str:
    """What the report's marks say of its run."""
    since = clock(talk.zone, run.fact)
    if run.paused:
        paused = clock(talk.zone, run.paused.fact)
        return _("run since {began}, PAUSED since {paused}").format(began=since, paused=paused)
    if ends:
        return _("run since {began}, ENDS").format(began=since)
    return _("run since {began}").format(began=since)


def downtime_cells(talk: Talk, fact: Fact) -> tuple[str, ...]:
    """Since when, why, and who said so."""
    event = fact.event
    if not isinstance(event, MachineWentDown):
        return ()
    return (
        day_and_clock(talk.zone, fact),
        reason_name(talk, event.reason),
        people_names(talk, event.operators),
    )


def down_since(talk: Talk, downtimes: Iterable[Fact]) -> str:
    """`since 24 Nov 13:10: Blade change`, of the downtime that came first; empty where there is none."""
    for fact in downtimes:
        since, reason, _by = downtime_cells(talk, fact)
        return _("since {moment}: {reason}").format(moment=since, reason=reason)
    return ""
