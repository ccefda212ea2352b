"""A terminal to which anything happens, and what must hold after each deed.

Never believes the conversation: what was said, begun and thrown away is noted beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

from floor.codec import Fact
from floor.commands import DecideOrder
from floor.events import (
    ReportContent,
    ReportCorrected,
    Reported,
    ReviewDecided,
    SlipIssued,
    SlipsMerged,
    SlipSplit,
)
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind
from kiosk.dialogue.pages import word_of
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.station.practice import SLIP_PREFIX, PracticeMemory
from kiosk.dialogue.talk import Talk
from kiosk.inputs import Input, Number, Scan
from kiosk.scanner import Scanner
from kiosk.words import ENGLISH, speak
from tests.floor.shadow import Shadow
from tests.floor.shop import CENTRAL, HERE, THERE, Shop, a_shop, content
from tests.floor.test_shadow import agree
from tests.kiosk.any_order import SLIPS, Deed, Elsewhere, Keys, PowerCut, Wait
from tests.kiosk.shop_memory import (
    BOB,
    EVE,
    JOHN,
    ShopMemory,
    Terminal,
    with_reasons,
)

QUANTITY: Final = 80
LOT: Final = 40
SHADOW_PIECES_MAX: Final = 2_000
"""The shadow moves every piece by hand: nobody waits for ten million."""
BARCODE_CHARS: Final = 6
DIGITS_KEPT: Final = 16
THROW_AWAY: Final = frozenset({CommandWord.BACK, CommandWord.CANCEL, CommandWord.OK, CommandWord.START})
"""Only these throw something away: OK when said to a list or a question, START what went into its run."""


@dataclass
class Watching(ShopMemory):
    """Knows what was taken back, too."""

    thrown_away: set[str] = field(default_factory=set)

    async def drop_draft(self, intent: str) -> None:
        self.thrown_away.add(intent)
        await super().drop_draft(intent)


class AnyTerminal(Terminal):
    """A terminal to which anything happens; every deed is followed by the checks."""

    def __init__(self) -> None:
        shop = with_reasons(a_shop())
        issued = shop.issue(QUANTITY, LOT)
        assert tuple(issued) == SLIPS[:2], "codes are made before the shop is"
        super().__init__(shop)
        self.memory: Watching = Watching(shop)
        self.owners: dict[str, str] = {}
        """Whose each begun report is."""
        self.said: set[Decimal] = set()
        """Every number that was typed or scanned so far."""
        self.inputs: list[Input] = []
        """Of this deed."""
        self._digits = ""
        self._begun = len(shop.facts)

    @property
    def talk(self) -> Talk:
        """What the conversation knows."""
        return self.conversation._talk

    async def start(self) -> None:
        """Power on: whatever was saved is there."""
        self.scanner = Scanner()
        self.conversation = self.new_conversation(self.memory)
        await self.conversation.start()

    async def do(self, deed: Deed) -> None:
        """One deed, and everything that must hold after it."""
        unfinished, self.inputs = self._begun_reports(), []
        match deed:
            case Keys():
                await self._keys(list(deed.keys), deed.gap_ms)
                await self._pass(deed.then_ms)
                self._check_no_barcode_counts(deed)
            case Wait(ms=ms):
                await self._pass(ms)
            case PowerCut():
                unfinished = set(self.memory.saved)
                await self.start()
            case Elsewhere():
                self._elsewhere(deed)
        self._check(unfinished)

    async def _keys(self, keys: list[str], gap_ms: float) -> None:
        for key in keys:
            self.now_ms += gap_ms
            await self._take(self.scanner.press(key, self.now_ms))

    async def _pass(self, ms: float) -> None:
        """As the app does it: a look when the scanner may know more, and one when a second has passed."""
        self.now_ms += ms
        await self._take(self.scanner.tick(self.now_ms))
        await self.conversation.refresh()

    async def _take(self, found: Iterable[Input]) -> None:
        for taken in found:
            self._hear(taken)
            await self.conversation.take(taken)

    def _hear(self, taken: Input) -> None:
        self.inputs.append(taken)
        digit = taken.tag.digit if isinstance(taken, Scan) and taken.tag.kind is TagKind.NUMBER else None
        digit = "." if word_of(taken) is CommandWord.POINT else digit
        if digit:
            self._digits = (self._digits + digit)[:DIGITS_KEPT]
        for text in (self._digits, taken.text if isinstance(taken, Number) else ""):
            try:
                self.said.add(Decimal(text.replace(",", ".")))
            except InvalidOperation:
                continue
        if not digit:
            self._digits = ""

    def _elsewhere(self, deed: Elsewhere) -> None:
        if deed.decision:
            command = DecideOrder(
                intent=self.shop.new_id(), by="P1", order="1001", decision=deed.decision, reason="so"
            )
            answer = self.shop.ask(command)
            if not isinstance(answer, Refusal):
                self.shop.do(command, CENTRAL)
        elif deed.good:
            self.shop.report(SLIPS[deed.slip], content(deed.step, deed.good), stream=THERE)

    # Checks

    @property
    def _practising(self) -> bool:
        """Nothing that is entered now is for the ledger; what was put aside before waits on the disk."""
        return isinstance(self.talk.memory, PracticeMemory)

    def _begun_reports(self) -> set[str]:
        """Intents of what was begun and not recorded."""
        if self._practising:
            return set(self.memory.saved)
        on_screen = {self.talk.slots.intent} if self.talk.slots and self.talk.unfinished else set()
        return on_screen | {slots.intent for slots in self.talk.kept}

    def _check(self, unfinished: set[str]) -> None:
        assert self.view.foot, "it can be painted"
        self._check_nothing_lost(unfinished)
        self._check_owners()
        if self.talk.slots:
            self._check_slots(self.talk.slots)
        for fact in self.shop.facts[self._begun :]:
            if fact.stream == HERE:
                self._check_fact(fact)
        self._begun = len(self.shop.facts)
        assert not set(self.conversation._talk.digits) - set("0123456789.")

    def _check_nothing_lost(self, unfinished: set[str]) -> None:
        here = {self.talk.slots.intent} if self.talk.slots else set()
        here |= {slots.intent for slots in self.talk.kept}
        here |= {fact.event_id for fact in self.shop.facts}
        gone = unfinished - here
        if gone and {word_of(taken) for taken in self.inputs} & THROW_AWAY:
            gone -= self.memory.thrown_away
        if self._practising:
            gone -= set(self.memory.saved)
        assert not gone, "a report that was begun is nowhere"
        self._check_saved()

    def _check_saved(self) -> None:
        if self._practising:
            practised = {slots.intent for slots in (*self.talk.kept, self.talk.slots) if slots}
            assert not practised & set(self.memory.saved), "what is practised was kept"
            return
        for slots in self.talk.kept:
            assert slots.intent in self.memory.saved, "what was put aside would not survive a power cut"
        if self.talk.slots and self.talk.slots.filled:
            assert self.talk.slots.intent in self.memory.saved, "what is entered would not survive"

    def _check_owners(self) -> None:
        """What somebody began stays that one's; what was taken back again to nothing is nobody's."""
        if self.talk.slots and not self.talk.unfinished:
            self.owners.pop(self.talk.slots.intent, None)
        begun = [*self.talk.kept, *([self.talk.slots] if self.talk.slots and self.talk.unfinished else [])]
        for slots in begun:
            if slots.operator:
                assert self.owners.setdefault(slots.intent, slots.operator) == slots.operator

    def _check_no_barcode_counts(self, deed: Keys) -> None:
        """So many digits in a burst are a foreign barcode: no part of it is a number."""
        if not deed.gap_ms:
            burst = "".join(deed.keys)
            texts = [taken.text for taken in self.inputs if isinstance(taken, Number)]
            assert not [text for text in texts if len(text) >= BARCODE_CHARS and text in burst]

    def _check_slots(self, slots: Slots) -> None:
        known = {*SLIPS, *self.shop.order.slips}
        assert slots.slip in known or (self._practising and slots.slip.startswith(SLIP_PREFIX))
        assert slots.machine in {None, *self.shop.plant.machines}
        assert slots.operator in {None, *(person.person for person in (JOHN, BOB, EVE))}
        lines = (*slots.scrap, *slots.rework, *slots.review)
        assert {line.reason for line in lines} <= {None, *self.shop.plant.reasons}
        assert {line.quantity for line in lines} <= self.said
        assert slots.good is None or slots.good in self.said | self._corrected_good(slots.corrects)

    def _corrected_good(self, report: str | None) -> set[Decimal]:
        """What the report says that is corrected: a number that was proposed for it and that nobody typed."""
        return {
            said.good
            for fact in self.shop.facts
            if isinstance(fact.event, Reported) and fact.event_id == report
            if (said := standing(self.shop, fact.event_id, fact.event.content))
        }

    def _check_fact(self, fact: Fact) -> None:
        people = {person.person for person in (JOHN, BOB, EVE)}
        assert fact.event.by in people
        subjects = fact.event.subjects()
        assert subjects.machine in {None, *self.shop.plant.machines}
        if isinstance(fact.event, Reported):
            said = fact.event.content
            assert set(said.operators) <= people
            lines = (*said.scrap, *said.rework, *said.review)
            assert {line.quantity for line in lines} <= self.said
            assert said.good in self.said | {fact.event.proposed_good, Decimal(0)}
        ids = [other.event_id for other in self.shop.facts]
        assert len(set(ids)) == len(ids)

    def check_pieces(self) -> None:
        """The order as it is folded, and every piece moved by hand."""
        slips = self.shop.order.slips
        shadows = shadows_of(self.shop)
        if shadows is None:
            return
        for slip, shadow in shadows.items():
            agree(slips[slip], shadow)


def shadows_of(shop: Shop) -> dict[str, Shadow] | None:
    """Each slip's pieces after all that was said about them; None when they are too many to move."""
    steps = shop.order.steps.values()
    quantities = {f.event.slip: f.event.quantity for f in shop.facts if isinstance(f.event, SlipIssued)}
    children = {f.event.slip: Decimal(0) for f in shop.facts if isinstance(f.event, SlipSplit)}
    moved = [
        f.event.quantity for f in shop.facts if isinstance(f.event, SlipSplit | SlipsMerged | ReviewDecided)
    ]
    if max([*quantities.values(), *moved], default=0) > SHADOW_PIECES_MAX:
        return None
    found = {slip: Shadow(steps, int(quantity)) for slip, quantity in (quantities | children).items()}
    for fact in shop.facts:
        if isinstance(fact.event, Reported) and fact.event.slip in found:
            said = standing(shop, fact.event_id, fact.event.content)
            if said and pieces(said) > SHADOW_PIECES_MAX:
                return None
            if said:
                found[fact.event.slip].report(said)
    for fact in shop.facts:
        if isinstance(fact.event, ReviewDecided) and fact.event.slip in found:
            found[fact.event.slip].decide(fact.event)
    for fact in shop.facts:
        if isinstance(fact.event, SlipSplit | SlipsMerged):
            for slip, shadow in found.items():
                shadow.move(slip, fact.event)
    return found


def standing(shop: Shop, report: str, said: ReportContent) -> ReportContent | None:
    """What a report says after its corrections: the last word of the greatest stream."""
    words = [
        (fact.stream, fact.seq, fact.event.content)
        for fact in shop.facts
        if isinstance(fact.event, ReportCorrected) and fact.event.report == report
    ]
    return max(words, key=lambda found: found[:2])[2] if words else said


def pieces(said: ReportContent) -> Decimal:
    """How many a report is about."""
    return said.good + sum(line.quantity for line in (*said.scrap, *said.rework, *said.review))


async def play(deeds: Iterable[Deed]) -> AnyTerminal:
    """Everything in its order, on a new terminal; what it is afterwards."""
    terminal = AnyTerminal()
    await terminal.start()
    try:
        for deed in deeds:
            await terminal.do(deed)
            if terminal.conversation.leaving:
                await terminal.start()
        terminal.check_pieces()
    finally:
        speak(ENGLISH)
    return terminal
