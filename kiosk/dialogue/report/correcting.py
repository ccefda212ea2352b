"""Correcting: a report is opened again as it was said; OK records what it says now, whole.

Never erases: the old report stays in the ledger. Never lets others' reports, or old ones, be corrected
without a supervisor's badge and PIN, which are good for one report and for one minute.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from floor.codec import Fact
from floor.commands import CorrectReport
from floor.corrections import too_late
from floor.events import ReasonUse, ReportContent, Reported
from floor.people import Person
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import slip_name
from kiosk.dialogue import painting
from kiosk.dialogue.asides import Permission
from kiosk.dialogue.desk.leading import PERMISSION_MS, ask_leader
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.report.drafts import Drafts
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Done, Row, Tone
from kiosk.words import _, mark

WHY: Final = (
    mark("miscounted"),
    mark("wrong slip or step"),
    mark("wrong reason"),
    mark("entered twice"),
    mark("wrong person or machine"),
)


@dataclass(frozen=True, slots=True)
class Correctable:
    """A report as it counts now."""

    fact: Fact
    reported: Reported
    content: ReportContent | None
    """None when it was taken back."""


class Correcting:
    """UNDO and CORRECT."""

    def __init__(self, talk: Talk, drafts: Drafts) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk
        self._drafts = drafts

    async def undo(self) -> None:
        """UNDO: the newest of one's own reports at this station is marked; OK takes it back."""
        keys = _("ENTER takes the marked report back      ESC leaves it")
        await self._offer_own(_("Take back which report?"), self._take_back, keys)

    async def correct(self) -> None:
        """CORRECT: one's own reports of this station; with a slip on the screen, all reports of that slip."""
        talk = self._talk
        if talk.unfinished:
            talk.refuse(Refusal.REPORT_UNFINISHED)
        elif talk.filling and talk.operator:
            self._offer(await self._of_slip(talk.filling.slots.slip), _("Correct which report?"), self._open)
        else:
            await self._offer_own(_("Correct which report?"), self._open)

    async def _offer_own(
        self, title: str, errand: Callable[[Correctable], Awaitable[None]], keys: str = ""
    ) -> None:
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
            return
        talk.plant = await talk.memory.plant()
        own = [
            Correctable(last.fact, last.fact.event, last.corrected_to or last.fact.event.content)
            for last in await talk.memory.own_reports(talk.operator.person)
            if isinstance(last.fact.event, Reported) and not last.withdrawn
        ]
        self._offer(own, title, errand, keys)

    async def _of_slip(self, slip: str) -> list[Correctable]:
        """Every report of a slip that counts, newest first."""
        filling = self._talk.filling
        progress = filling.picture.slip(slip) if filling else None
        lines = progress.lines.values() if progress else ()
        found = [Correctable(one.fact, one.reported, one.content) for line in lines for one in line.reports]
        counting = [one for one in found if one.content]
        return sorted(counting, key=lambda one: one.fact.event.at.clamped_ms, reverse=True)

    def _offer(
        self,
        reports: list[Correctable],
        title: str,
        errand: Callable[[Correctable], Awaitable[None]],
        keys: str = "",
    ) -> None:
        talk = self._talk
        if not reports:
            talk.refuse(Refusal.NOTHING_TO_UNDO)
            return

        async def choose(index: int) -> None:
            talk.pages.clear()
            await errand(reports[index])

        rows = tuple(Row(painting.report_cells(talk, one.fact, one.content)) for one in reports)
        columns = (_("time"), _("slip"), _("step"), _("quantities"))
        page = ListPage(title, columns, rows, choose)
        page.keys = keys or page.keys
        talk.offer(page)

    # Taking back

    async def _take_back(self, report: Correctable) -> None:
        me = self._talk.operator.person if self._talk.operator else ""
        await self._withdraw(report, me, None)

    async def _withdraw(self, report: Correctable, by: str, supervisors_reason: str | None) -> None:
        talk, reported = self._talk, report.reported
        command = CorrectReport(
            intent=talk.new_intent(),
            by=by,
            slip=reported.slip,
            report=report.fact.event_id,
            content=None,
            reason=supervisors_reason,
            as_supervisor=supervisors_reason is not None,
        )
        if await talk.record(command):
            await talk.look_again()
            talk.show_done(self._done(_("TAKEN BACK"), reported, report.content or reported.content))

    def _done(self, title: str, reported: Reported, content: ReportContent) -> Done:
        where = _("{order}  step {step}").format(
            order=reported.order or slip_name(reported.slip), step=content.step
        )
        return Done(Tone.TAKEN, title, painting.figures(content), where)

    # Opening again

    async def _open(self, report: Correctable) -> None:
        talk = self._talk
        me = talk.operator.person if talk.operator else ""
        late = too_late(talk.plant.undo_minutes, report.reported.at, talk.memory.moment())
        if me in report.reported.content.operators and not late:
            await self._fill_in(report, None, None)
            return

        async def led(person: Person) -> None:
            until_ms = talk.monotonic_ms() + PERMISSION_MS
            talk.permission = Permission(report.fact.event_id, person.person, until_ms)
            self._ask_what(report, person)

        whose = _("This needs a supervisor: badge and PIN")
        ask_leader(talk, whose, led, None)

    def _ask_what(self, report: Correctable, person: Person) -> None:
        """What the supervisor does with the report."""
        talk = self._talk

        async def choose(index: int) -> None:
            self._ask_why(report, person, take_back=index == 1)

        rows = (Row((_("Correct it"),)), Row((_("Take it back"),)))
        talk.offer(ListPage(_("What is to be done?"), ("",), rows, choose))

    def _ask_why(self, report: Correctable, person: Person, *, take_back: bool) -> None:
        talk = self._talk

        async def choose(index: int) -> None:
            talk.pages.clear()
            if not take_back:
                await self._fill_in(report, person.person, WHY[index])
            elif self._allowed(report.fact.event_id):
                await self._withdraw(report, person.person, WHY[index])
            else:
                talk.refuse(Refusal.PERMISSION_OVER)

        rows = tuple(Row((_(reason),)) for reason in WHY)
        talk.offer(ListPage(_("Why?"), (_("reason"),), rows, choose))

    def _allowed(self, report: str) -> bool:
        """Whether a supervisor's word for this report is still good; it is used up by asking."""
        given, self._talk.permission = self._talk.permission, None
        return given is not None and given.report == report and self._talk.monotonic_ms() <= given.until_ms

    async def _fill_in(self, report: Correctable, approved_by: str | None, why: str | None) -> None:
        """Put the report on the screen as it was said; ESC takes back one line after the other."""
        talk, content = self._talk, report.content
        if content is None:
            return
        await talk.open_slip(report.reported.slip, Source.KEYS, report.reported.copy_letter, content.step)
        if talk.slots is None:
            return
        opened = talk.slots.model_copy(
            update={
                "corrects": report.fact.event_id,
                "approved_by": approved_by,
                "why": why,
                "machine": content.machine,
                "crew": content.operators,
                "run_kind": content.run_kind,
                "good": content.good,
                "done": content.final,
                "run": None,
            }
        )
        for slots in _one_after_the_other(opened, content):
            await talk.fill(slots)
        await talk.look_again()
        del talk.before[:1]

    async def record(self) -> None:
        """OK: the whole new content."""
        talk, filling = self._talk, self._talk.filling
        slots = talk.slots
        if filling is None or slots is None or slots.corrects is None or talk.operator is None:
            return
        if filling.content == talk.as_said:
            talk.refuse(Refusal.NOTHING_CHANGED)
            return
        if slots.approved_by and not self._allowed(slots.corrects):

            async def led(person: Person) -> None:
                await self._write(person.person)

            ask_leader(talk, _("The minute is over: badge and PIN once more"), led, None)
            return
        await self._write(slots.approved_by or talk.operator.person)

    async def _write(self, by: str) -> None:
        talk, filling, slots = self._talk, self._talk.filling, self._talk.slots
        if filling is None or slots is None or slots.corrects is None:
            return
        command = CorrectReport(
            intent=slots.intent,
            by=by,
            slip=slots.slip,
            report=slots.corrects,
            content=filling.content,
            reason=slots.why,
            as_supervisor=slots.approved_by is not None,
        )
        if await talk.record(command):
            order = filling.picture.order.number or slip_name(slots.slip)
            where = _("{order}  step {step}").format(order=order, step=slots.step)
            done = Done(Tone.TAKEN, _("CORRECTED"), painting.figures(filling.content), where)
            talk.close_slip()
            talk.show_done(done)
            await self._drafts.offer()


def _one_after_the_other(opened: Slots, content: ReportContent) -> list[Slots]:
    """The slots as they would have been filled in, line by line."""
    states = [opened]
    for use in (ReasonUse.SCRAP, ReasonUse.REWORK, ReasonUse.REVIEW):
        lines = getattr(content, use.value)
        for count in range(1, len(lines) + 1):
            states.append(states[-1].model_copy(update={use.value: lines[:count], "newest": use}))
    return states
