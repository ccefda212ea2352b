"""CREW: the badges that follow work together; there is one quantity for all of them.

Never signs anybody on: whoever stands at the terminal stays who records.
"""

from dataclasses import dataclass
from typing import Final

from floor.events.work import OPERATORS_MAX
from floor.refusals import Refusal
from floor.runs import Run
from floor.tags import CommandWord, TagKind
from kiosk.dialogue.pages import word_of
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Choosing, Row, Waiting
from kiosk.dialogue.work.runs import Runs
from kiosk.inputs import Input, Scan
from kiosk.words import _

ENDS: Final = frozenset({CommandWord.OK, CommandWord.CREW})
"""They say that everybody is named."""


class CrewPage:
    """Who works with the operator; a badge comes in, and goes out when it is scanned again."""

    def __init__(self, talk: Talk) -> None:
        """Works on the report that `talk` has open."""
        self._talk = talk
        self._marked = 0

    @property
    def _operators(self) -> tuple[str, ...]:
        return self._talk.filling.operators if self._talk.filling else ()

    def body(self, _typed: str, /) -> Choosing:
        """Everybody by name, the operator first."""
        people = self._talk.people
        rows = tuple(
            Row((number, people[number].name if number in people else "")) for number in self._operators
        )
        keys = _("scan badges   again: leaves   DEL takes the marked one out   ENTER that is all")
        marked = min(self._marked, max(0, len(rows) - 1))
        return Choosing(_("Who works on it?"), (_("number"), _("name")), rows, marked, keys)

    async def take(self, taken: Input, /) -> bool:
        """A badge, the end of the list, or a way through it; anything else closes it and counts."""
        if isinstance(taken, Scan) and taken.tag.kind is TagKind.PERSON:
            await self._badge(taken.tag.body)
            return True
        word = word_of(taken)
        if word in ENDS:
            self._talk.pages.remove(self)
        elif word in {CommandWord.NEXT, CommandWord.PREVIOUS}:
            turn = 1 if word is CommandWord.NEXT else -1
            self._marked = (self._marked + turn) % max(1, len(self._operators))
        elif word is CommandWord.CANCEL:
            await self._leave(*self._operators[self._marked : self._marked + 1])
        else:
            return False
        return True

    async def _badge(self, badge: str) -> None:
        person = await self._talk.memory.person_by_badge(badge)
        if person is None:
            self._talk.refuse(Refusal.UNKNOWN_BADGE)
        elif person.person in self._operators:
            await self._leave(person.person)
        elif len(self._operators) >= OPERATORS_MAX:
            self._talk.refuse(Refusal.CREW_FULL)
        else:
            await self._keep((*self._operators[1:], person.person))
            self._marked = len(self._operators) - 1

    async def _leave(self, *numbers: str) -> None:
        """Out of the crew; whoever records stays in it."""
        if self._operators[0] in numbers:
            self._talk.refuse(Refusal.OPERATOR_STAYS)
            return
        await self._keep(tuple(number for number in self._operators[1:] if number not in numbers))
        self._marked = 0

    async def _keep(self, crew: tuple[str, ...]) -> None:
        slots = self._talk.slots
        if slots:
            whole = (*self._operators[:1], *crew) if slots.corrects else crew
            await self._talk.fill(slots.model_copy(update={"crew": whole}))


@dataclass(frozen=True, slots=True)
class SlipFirstPage:
    """CREW without a slip: the next slip opens the list."""

    talk: Talk

    def body(self, _typed: str, /) -> Waiting:
        """The same whatever is typed."""
        return Waiting(_("SCAN THE SLIP"), _("that you work on together; then the badges of the others"))

    async def take(self, taken: Input, /) -> bool:
        """A slip is meant for the crew; every input closes the page and counts."""
        slips = {TagKind.SLIP, TagKind.SLIP_STEP}
        self.talk.crew_wanted = isinstance(taken, Scan) and taken.tag.kind in slips
        return False


class Crew:
    """CREW."""

    def __init__(self, talk: Talk, runs: Runs) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk
        self._runs = runs

    async def open(self) -> None:
        """Ask for the badges of everybody who works on what is on the screen."""
        talk = self._talk
        if talk.operator is None:
            talk.refuse(Refusal.SIGN_ON_FIRST)
        elif talk.filling:
            talk.pages.append(CrewPage(talk))
        else:
            own = await self._runs.own()
            here = [run for run in own if run.started.machine == talk.machine] or own
            if here:
                await self._runs.meant(here, _("Who works on which run?"), self._with_others)
            else:
                talk.pages.append(SlipFirstPage(talk))

    async def _with_others(self, run: Run) -> None:
        """The crew of a run whose slip nobody needs to scan again."""
        await self._runs.take_up(run)
        self._talk.pages.append(CrewPage(self._talk))

    def go_on(self) -> None:
        """The slip is on the screen that CREW asked for."""
        wanted, self._talk.crew_wanted = self._talk.crew_wanted, False
        if wanted and self._talk.filling and self._talk.operator:
            self._talk.pages.append(CrewPage(self._talk))
