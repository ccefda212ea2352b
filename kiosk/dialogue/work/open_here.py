"""What goes on and what stands still, in words, for a screen on which nothing else is chosen.

Never everything of the plant: what was begun here, what belongs to this work centre, and what is one's own.
"""

from floor.codec import Fact
from floor.events import MachineWentDown, RunKind
from floor.runs import Run
from kiosk.dialogue.names import machine_name, people_names
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.dialogue.work import run_rows
from kiosk.words import _


def open_here(talk: Talk) -> tuple[Notice, ...]:
    """Machines that stand first, then one's own runs, then those of others."""
    down = {
        fact.event.machine: fact
        for fact in reversed(talk.open_work.downtimes)
        if isinstance(fact.event, MachineWentDown) and _is_of_here(talk, fact.event.machine)
    }
    runs = [run for run in talk.open_work.runs if _is_own(talk, run) or _was_begun_here(talk, run)]
    runs.sort(key=lambda run: not _is_own(talk, run))
    standing = [_standing(talk, fact) for fact in reversed(down.values())]
    return (*standing, *(_going(talk, run) for run in runs))


def _is_own(talk: Talk, run: Run) -> bool:
    return talk.operator is not None and talk.operator.person in run.started.operators


def _was_begun_here(talk: Talk, run: Run) -> bool:
    """At this terminal, or at a machine of its work centre."""
    machine = run.started.machine
    return run.fact.station is None or (machine is not None and _is_of_here(talk, machine))


def _is_of_here(talk: Talk, machine: str) -> bool:
    """The machine of this terminal, or one of its work centre; a terminal without one serves them all."""
    known = talk.plant.machines.get(machine)
    centre = talk.place.work_centre
    return centre is None or machine == talk.machine or (known is not None and known.work_centre == centre)


def _standing(talk: Talk, fact: Fact) -> Notice:
    machine = fact.event.machine if isinstance(fact.event, MachineWentDown) else None
    title = _("{machine} is reported down.").format(machine=machine_name(talk, machine))
    return Notice(Tone.FLAGGED, title, run_rows.down_since(talk, (fact,)))


def _going(talk: Talk, run: Run) -> Notice:
    since, order, step, machine, kind = run_rows.run_cells(talk, run)
    where = machine if run.started.machine else talk.place.name
    what = _("{order}  step {step}").format(order=order, step=step)
    if run.paused or run.started.run_kind is not RunKind.PRODUCTION:
        what = _("{order}  step {step}  {kind}").format(order=order, step=step, kind=kind)
    detail = _("{what}  since {moment}  {where}").format(what=what, where=where, moment=since)
    if _is_own(talk, run):
        return Notice(Tone.FOCUS, _("Your run is open:"), detail)
    names = people_names(talk, run.started.operators)
    return Notice(Tone.PLAIN, _("{people} works on:").format(people=names), detail)
