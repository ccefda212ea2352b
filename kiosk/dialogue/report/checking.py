"""The checks of a step: measured or looked at, each recorded by itself as soon as it is answered.

Never stands in a report's way: what was not checked is owed, and a flag says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from floor.checking import CheckState, check_states, passes
from floor.commands import MakeCheck
from floor.events import CheckMade
from floor.progress import NOTHING, accounted
from floor.quantities import DECIMALS_MAX, Unit
from floor.refusals import Refusal
from floor.routing import Check, CheckKind
from kiosk.dialogue.amounts import read, show
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.report.measuring import MeasurePage
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Body, Notice, Row, Tone
from kiosk.inputs import Input, Number
from kiosk.words import _, counted

MEASURED = Unit(name="measure", decimals=DECIMALS_MAX)
"""An instrument shows what it shows."""


def states(filling: Filling) -> list[CheckState]:
    """Every check of the chosen step, as it would stand after the report on the screen."""
    step, line, slip = filling.step, filling.line, filling.slip
    if step is None:
        return []
    pieces = (line.accounted if line else NOTHING) + accounted(filling.content)
    return check_states(step, pieces, slip.care if slip else ())


def owed_mark(filling: Filling) -> tuple[str, ...]:
    """`2 checks owed`, and how many failed; nothing where all is well."""
    found = states(filling)
    owed, failed = sum(state.owed for state in found), sum(bool(state.failed) for state in found)
    marks = [counted("{count} check owed", "{count} checks owed", owed)] if owed else []
    marks += [counted("{count} check FAILED", "{count} checks FAILED", failed)] if failed else []
    return tuple(marks)


@dataclass(slots=True)
class ChecksPage(ListPage):
    """The checks, where a number that is no line of the list is the measure of the marked one."""

    measuring: Callable[[int], MeasurePage | None] | None = None
    """Asks for the measure of a line; None where that check is not measured."""
    lay: Callable[[MeasurePage], None] | None = None

    def _measured(self, text: str) -> MeasurePage | None:
        is_line = text.isascii() and text.isdigit() and 1 <= int(text) <= len(self.rows)
        return self.measuring(self.chosen) if text and self.measuring and self.rows and not is_line else None

    def body(self, typed: str, /) -> Body:
        """The list; while a measure is typed, the check that it belongs to with its limits."""
        page = self._measured(typed)
        return page.body(typed) if page else ListPage.body(self, typed)

    async def take(self, taken: Input, /) -> bool | Refusal:
        """As a list does, and a measure typed straight away."""
        page = self._measured(taken.text) if isinstance(taken, Number) else None
        if page is None or self.lay is None:
            return await ListPage.take(self, taken)
        self.lay(page)
        return await page.take(taken)


class Checking:
    """CHECK."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def open(self) -> None:
        """The checks of the step on the screen, the first that is owed marked."""
        filling = self._talk.at_step()
        if filling:
            self._show(filling)

    def _show(self, filling: Filling) -> None:
        found = states(filling)

        async def choose(index: int) -> None:
            self._ask(found[index].check)

        rows = tuple(self._row(state) for state in found)
        wanting = [at for at, state in enumerate(found) if _is_wanting(state)]
        failed = [at for at, state in enumerate(found) if state.failed]
        title = _("Checks of step {step}").format(step=filling.slots.step)

        def measuring(index: int) -> MeasurePage | None:
            check = found[index].check
            return self._measuring(check) if check.kind is CheckKind.MEASURED else None

        self._talk.offer(
            ChecksPage(
                title,
                (_("check"), _("must be"), _("so far")),
                rows,
                choose,
                keys=_("UP DOWN choose      type the measure, or ENTER      ESC back"),
                empty=_("This step has no checks."),
                chosen=next(iter(wanting + failed), 0),
                not_now=self._not_now,
                measuring=measuring,
                lay=self._talk.pages.append,
            )
        )

    async def _not_now(self) -> None:
        self._talk.pages.clear()

    def _row(self, state: CheckState) -> Row:
        if state.failed:
            return Row((state.check.name, limits(state.check), _("FAILED")), Tone.REFUSED)
        if state.owed:
            return Row((state.check.name, limits(state.check), _("owed")), Tone.FLAGGED)
        last = state.made[-1].event if state.made else None
        value = show(last.value) if isinstance(last, CheckMade) and last.value is not None else ""
        done = _("passed {value}").format(value=value) if last else _("not made yet")
        return Row((state.check.name, limits(state.check), done), Tone.TAKEN if last else Tone.PLAIN)

    def _ask(self, check: Check) -> None:
        if check.kind is CheckKind.MEASURED:
            self._talk.pages.append(self._measuring(check))
        else:
            self._judge(check)

    def _measuring(self, check: Check) -> MeasurePage:
        async def answer(text: str, below_zero: bool) -> None:
            value = read(text, MEASURED)
            if isinstance(value, Refusal):
                self._talk.refuse(value)
                return
            value = -value if below_zero and value else value
            await self._record(check, passes(check, value), value)

        return MeasurePage(check.name, limits(check), answer, self._not_now)

    def _judge(self, check: Check) -> None:
        async def choose(index: int) -> None:
            await self._record(check, index == 0, None)

        rows = (Row((_("Yes, it passes"),), Tone.TAKEN), Row((_("No, it FAILS"),), Tone.REFUSED))
        self._talk.offer(ListPage(check.name, ("",), rows, choose, not_now=self._not_now))

    async def _record(self, check: Check, passed: bool, value: Decimal | None) -> None:
        talk = self._talk
        filling = talk.filling
        talk.pages.clear()
        if filling is None or talk.operator is None or filling.slots.step is None:
            return
        me = talk.operator.person
        command = MakeCheck(
            intent=talk.new_intent(),
            by=me,
            slip=filling.slots.slip,
            step=filling.slots.step,
            check=check.check,
            machine=filling.slots.machine,
            operators=(me,),
            passed=passed,
            value=value,
        )
        if not await talk.record(command):
            return
        await talk.look_again()
        if talk.filling and any(map(_is_wanting, states(talk.filling))):
            self._show(talk.filling)
        shown = f" {show(value)} {check.unit or ''}".rstrip() if value is not None else ""
        if passed:
            title = _("{check}{value}: passed.")
            talk.notice = Notice(Tone.TAKEN, title.format(check=check.name, value=shown))
        else:
            title = _("{check}{value}: FAILED.")
            again = _("CHECK repeats it; a flag stays until it passes or is settled.")
            talk.notice = Notice(Tone.FLAGGED, title.format(check=check.name, value=shown), again)


def _is_wanting(state: CheckState) -> bool:
    """Whether it is owed, or was never made: whoever checks goes through all of them."""
    return bool(state.owed) or not state.made


def limits(check: Check) -> str:
    """What passes: `3.5 to 4 mm`, `at least 3.5 mm`; empty where there is no limit."""
    unit = f" {check.unit}" if check.unit else ""
    low, high = check.low, check.high
    if low is not None and high is not None:
        return _("{low} to {high}{unit}").format(low=show(low), high=show(high), unit=unit)
    if low is not None:
        return _("at least {low}{unit}").format(low=show(low), unit=unit)
    if high is not None:
        return _("at most {high}{unit}").format(high=show(high), unit=unit)
    return unit.strip()
