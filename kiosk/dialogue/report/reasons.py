"""Reasons to pick from: those that can explain what was entered, the most used at this step first.

Never keeps anybody from scanning another one.
"""

from collections import Counter

from floor.events import ReasonDefined, ReasonUse, Reported, Review, Rework, Scrap
from floor.refusals import Refusal
from kiosk.dialogue.amounts import show
from kiosk.dialogue.pages import ListPage
from kiosk.dialogue.report.entering import Entering
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row
from kiosk.words import _

NEARNESS = (4, 2, 1)
"""What a use counts at this machine, at this step, and elsewhere in the order."""


def most_used_first(talk: Talk, filling: Filling, uses: frozenset[ReasonUse]) -> list[ReasonDefined]:
    """The plant's reasons for any of `uses`, by how often this order's reports here gave them."""
    known = [reason for reason in talk.plant.reasons.values() if uses & set(reason.uses)]
    used = _used(filling)
    return sorted(known, key=lambda reason: (-used[reason.reason], reason.reason))


def _used(filling: Filling) -> Counter[str | None]:
    used: Counter[str | None] = Counter()
    at_machine, at_step, elsewhere = NEARNESS
    for fact in filling.picture.order.facts:
        if not isinstance(fact.event, Reported):
            continue
        content = fact.event.content
        here = content.step == filling.slots.step
        same_machine = here and content.machine == filling.slots.machine
        weight = at_machine if same_machine else at_step if here else elsewhere
        lines: tuple[Scrap | Rework | Review, ...] = (*content.scrap, *content.rework, *content.review)
        for line in lines:
            used[line.reason] += weight
    return used


class Reasons:
    """PICK with a number typed, or behind a line that lacks its reason."""

    def __init__(self, talk: Talk, entering: Entering) -> None:
        """`entering` takes what was picked."""
        self._talk = talk
        self._entering = entering

    @property
    def wanted(self) -> ReasonUse | None:
        """What a reason would explain now; None where nothing lacks one."""
        talk = self._talk
        if talk.number is not None:
            return ReasonUse.SCRAP
        slots = talk.slots
        lines = getattr(slots, slots.newest.value) if slots and slots.newest else ()
        return slots.newest if slots and lines and lines[-1].reason is None else None

    async def pick(self) -> None:
        """Lay the list of reasons for what was entered last."""
        talk, use = self._talk, self.wanted
        if talk.filling is None or use is None:
            talk.refuse(Refusal.QUANTITY_FIRST)
            return
        talk.plant = await talk.memory.plant()
        reasons = most_used_first(talk, talk.filling, frozenset({use}))

        async def choose(index: int) -> None:
            talk.pages.clear()
            await self._entering.explain(reasons[index])

        async def scan(code: str) -> None:
            talk.pages.clear()
            await self._entering.reason(code)

        rows = tuple(Row((reason.name,)) for reason in reasons)
        title = _("Why?")
        if talk.number is not None:
            title = _("Why are {number} scrap?").format(number=show(talk.number))
        talk.offer(ListPage(title, (_("reason"),), rows, choose, reason=scan))
