"""Material of the step on the screen: which lots go in, and what is wanting.

Never closes the report that is being filled in, and never stops it: what nobody said is owed, not forced.
Never takes an issue back: it is a fact without a correction; a wrong one is explained at central.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from floor.commands import IssueMaterial, NoteShortage
from floor.events import LotDefined, Subjects
from floor.gs1 import MaterialLabel
from floor.identity import NAME_CHARS_MAX
from floor.quantities import DECIMALS_MAX, Unit, parse_amount
from floor.refusals import Refusal
from floor.source import Source
from floor.tags import Tag, TagKind, encode, grouped, slip_code
from kiosk.dialogue.asides import Echo
from kiosk.dialogue.goods import material_rows
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Row, Tone
from kiosk.inputs import Input, Label, Number, Scan
from kiosk.words import _

TWICE_MS_MAX: Final = 300
"""A label read again so soon is one scan, not a second part of the lot."""

ANY_UNIT: Final = Unit(name="", decimals=DECIMALS_MAX)
"""Of an item that nobody knows here."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What a scan or a choice names."""

    item: str | None
    lot: str | None = None
    serial: str | None = None
    label: str | None = None
    quantity: Decimal | None = None
    """What the label says."""
    more: str = ""
    """What else people should see: dates."""
    source: Source = Source.SCAN

    @property
    def title(self) -> str:
        """The number that people know it by."""
        return self.serial or self.lot or self.label or ""


@dataclass(slots=True)
class MaterialPage(ListPage):
    """A list on which a lot's code, a supplier's label or another slip names what is meant."""

    scanned: Callable[[Input], Awaitable[bool]] | None = None

    async def take(self, taken: Input, /) -> bool | Refusal:
        """As a list does, and scans."""
        if self.scanned and await self.scanned(taken):
            return True
        answer = await ListPage.take(self, taken)
        is_amount = answer is Refusal.NO_SUCH_LINE and isinstance(taken, Number) and not taken.confirmed
        return True if is_amount else answer


class Material:
    """Lots, labels, MATERIAL and SHORT."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def lot(self, tag: Tag, source: Source) -> None:
        """A lot's own label: it goes in at the step on the screen."""
        await self._issue_typed(await self._of_lot(tag, source))

    async def label(self, label: Label) -> None:
        """A supplier's label: what it names goes in at the step on the screen."""
        await self._issue_typed(await self._of_label(label.says, label.source))

    async def open(self) -> None:
        """MATERIAL: what the step needs and what went in; choosing a line says which lot."""
        filling = self._talk.at_step()
        if filling is None:
            return
        self._talk.plant = filling.picture.plant
        found = material_rows.need_rows(self._talk, filling)
        rows = (*(row for _item, row in found), *material_rows.unknown_rows(filling))

        async def choose(index: int) -> None:
            if index < len(found):
                await self._pick_lot(found[index][0])

        columns = (_("item"), _("told"), _("needed"), _("went in"))
        title = _("What goes in at step {step}").format(step=filling.slots.step)
        keys = _("scan a lot, a label or a slip; or ENTER chooses      ESC back")
        empty = _("No list of material is known for this step. Scan a lot or a label.")
        page = MaterialPage(title, columns, rows, choose, keys, empty, scanned=self._scanned_here)
        self._talk.offer(page)

    async def short(self) -> None:
        """SHORT: what is wanting at this step; work goes on."""
        filling = self._talk.at_step()
        if filling is None:
            return
        self._talk.plant = filling.picture.plant
        needed = [need.item for need in material_rows.needs_of(filling)] or list(filling.picture.plant.items)

        async def choose(index: int) -> None:
            self._ask_how_short(needed[index])

        async def scanned(taken: Input) -> bool:
            if self._is_amount(taken):
                return False
            named = await self._named(taken)
            if named is None:
                return False
            if named.item is None:
                self._talk.refuse(Refusal.MATERIAL_UNNAMED)
            elif self._talk.spelled:
                await self._note_shortage(named.item, self._talk.spelled)
            else:
                self._ask_how_short(named.item)
            return True

        rows = tuple(Row((material_rows.item_name(self._talk, item), item)) for item in needed)
        self._talk.offer(MaterialPage(_("What is wanting?"), (_("item"), ""), rows, choose, scanned=scanned))

    # What is meant

    async def _named(self, taken: Input) -> _Named | None:
        """What a scan names as material; None for any other input."""
        if isinstance(taken, Label):
            return await self._of_label(taken.says, taken.source)
        if isinstance(taken, Scan) and taken.tag.kind is TagKind.MATERIAL_LOT:
            return await self._of_lot(taken.tag, taken.source)
        return None

    async def _of_lot(self, tag: Tag, source: Source) -> _Named:
        plant = self._talk.plant = await self._talk.memory.plant()
        lot = plant.lot_by_code(tag.body)
        if lot is None:
            return _Named(None, label=grouped(encode(tag.kind, tag.body)), source=source)
        return _Named(lot.item, lot.lot, source=source)

    async def _of_label(self, says: MaterialLabel, source: Source) -> _Named:
        plant = self._talk.plant = await self._talk.memory.plant()
        item = plant.item_by_gtin(says.gtin)
        return _Named(
            item.item if item else None,
            says.lot,
            says.serial,
            says.text[:NAME_CHARS_MAX],
            says.quantity(item.unit) if item else None,
            "   ".join(f"{_(word)} {day}" for word, day in says.dates),
            source,
        )

    async def _of_slip(self, tag: Tag, source: Source) -> _Named:
        """Pieces of another slip are a lot: its number says which."""
        order = (await self._talk.memory.picture(Subjects(slip=tag.slip))).order
        known = order.slips.get(tag.slip)
        confirmed = order.life.confirmed if known and known.known else None
        label = grouped(slip_code(tag.slip, tag.copy or "B")) if tag.kind is TagKind.SLIP else None
        return _Named(confirmed.demand.item if confirmed else None, tag.slip, label=label, source=source)

    # What is recorded

    async def _scanned_here(self, taken: Input) -> bool:
        """A scan while the list of material is shown; the list is shown anew."""
        if self._is_amount(taken):
            return False
        named = await self._named(taken)
        slots = self._talk.slots
        if named is None and slots and isinstance(taken, Scan):
            is_slip = taken.tag.kind in {TagKind.SLIP, TagKind.SLIP_STEP}
            if is_slip and taken.tag.slip != slots.slip:
                named = await self._of_slip(taken.tag, taken.source)
        if named is None:
            return False
        await self._issue_and_show(named, self._talk.spelled)
        return True

    def _is_amount(self, taken: Input) -> bool:
        """A number before a lot is how much of it; it is remembered until the next input."""
        if not isinstance(taken, Number) or taken.confirmed:
            return False
        self._talk.spelled = taken.text
        return True

    async def _issue_and_show(self, named: _Named, spelled: str) -> None:
        if await self._issue(named, spelled):
            self._talk.pages.clear()
            notice = self._talk.notice
            await self.open()
            self._talk.notice = notice

    async def _issue_typed(self, named: _Named) -> None:
        """With the number typed right before; what was typed is no count of pieces then."""
        if await self._issue(named, self._talk.spelled) and self._talk.spelled:
            self._talk.number = None

    async def _issue(self, named: _Named, spelled: str) -> bool:
        """Record it; `spelled` is how much a person said, empty for as much as the label says."""
        talk, filling = self._talk, self._talk.at_step()
        if filling is None or talk.operator is None:
            return False
        if not spelled and self._is_echo(filling, named):
            return True
        quantity = self._amount(spelled, named.item)
        if isinstance(quantity, Refusal):
            talk.refuse(quantity)
            return False
        quantity = named.quantity if quantity is None else quantity
        command = IssueMaterial(
            intent=talk.new_intent(),
            by=talk.operator.person,
            slip=filling.slots.slip,
            step=filling.slots.step or 0,
            operators=(talk.operator.person,),
            item=named.item,
            lot=named.lot,
            serial=named.serial,
            label=named.label,
            quantity=quantity,
            source=named.source,
        )
        if not await talk.record(command):
            return False
        await talk.look_again()
        talk.notice = told = self._told(filling, named, quantity)
        talk.echo = Echo((filling.slots.slip, filling.slots.step, named), talk.monotonic_ms(), told)
        return True

    def _is_echo(self, filling: Filling, named: _Named) -> bool:
        """Whether a scanner read in one breath what was just recorded; its notice stays."""
        talk, echo, now_ms = self._talk, self._talk.echo, self._talk.monotonic_ms()
        said = (filling.slots.slip, filling.slots.step, named)
        if echo is None or echo.said != said or now_ms - echo.at_ms > TWICE_MS_MAX:
            return False
        talk.notice, talk.echo = echo.told, replace(echo, at_ms=now_ms)
        return True

    def _amount(self, spelled: str, item: str | None) -> Decimal | Refusal | None:
        """What was typed, in the item's unit; None for nothing."""
        known = self._talk.plant.items.get(item or "")
        return parse_amount(spelled, known.unit if known else ANY_UNIT) if spelled else None

    def _told(self, filling: Filling, named: _Named, quantity: Decimal | None) -> Notice:
        talk = self._talk
        item = material_rows.item_name(talk, named.item)
        amount = material_rows.with_unit(talk, named.item, quantity) if quantity else ""
        said = "   ".join(filter(None, (item, amount, named.more)))
        title = _("RECORDED: {name} went in").format(name=named.title or item)
        needed = {need.item for need in material_rows.needs_of(filling)}
        if named.item is None:
            return Notice(Tone.FLAGGED, title, _("Nobody here knows what this is: your supervisor will ask."))
        if needed and named.item not in needed:
            return Notice(Tone.FLAGGED, title, _("{item}: not on the list of this step").format(item=said))
        return Notice(Tone.TAKEN, title, said)

    # Where no label scans

    async def _pick_lot(self, item: str) -> None:
        """Which lot of an item, then how much of it."""
        lots: list[LotDefined | None] = [
            *(lot for lot in self._talk.plant.lots.values() if lot.item == item),
            None,
        ]

        async def choose(index: int) -> None:
            lot = lots[index]
            self._ask_how_much(_Named(item, lot.lot if lot else None, source=Source.KEYS))

        rows = tuple(map(material_rows.lot_row, lots))
        title = _("Which lot of {item}?").format(item=material_rows.item_name(self._talk, item))
        page = MaterialPage(title, (_("lot"), _("from")), rows, choose, scanned=self._scanned_here)
        self._talk.offer(page)

    def _ask_how_much(self, named: _Named) -> None:
        async def answer(text: str) -> None:
            await self._issue_and_show(named, text)

        name = named.title or material_rows.item_name(self._talk, named.item)
        self._ask(_("How much of {name}").format(name=name), named.item, answer)

    def _ask_how_short(self, item: str) -> None:
        async def answer(text: str) -> None:
            await self._note_shortage(item, text)

        name = material_rows.item_name(self._talk, item)
        self._ask(_("How much of {name} is wanting").format(name=name), item, answer)

    def _ask(self, question: str, item: str | None, answer: Callable[[str], Awaitable[None]]) -> None:
        unit = material_rows.unit_name(self._talk, item)
        asked = _("{question}, in {unit}?").format(question=question, unit=unit) if unit else f"{question}?"
        self._talk.pages.append(AskPage(_("How much?"), asked, answer, (_("ENTER alone: nobody counted"),)))

    async def _note_shortage(self, item: str, spelled: str) -> None:
        talk, filling = self._talk, self._talk.at_step()
        quantity = self._amount(spelled, item)
        if filling is None or talk.operator is None:
            return
        if isinstance(quantity, Refusal):
            talk.refuse(quantity)
            return
        command = NoteShortage(
            intent=talk.new_intent(),
            by=talk.operator.person,
            slip=filling.slots.slip,
            step=filling.slots.step or 0,
            operators=(talk.operator.person,),
            item=item,
            quantity=quantity,
        )
        if await talk.record(command):
            talk.pages.clear()
            await talk.look_again()
            title = _("RECORDED: {name} is wanting").format(name=material_rows.item_name(talk, item))
            talk.notice = Notice(Tone.TAKEN, title, _("Work goes on; it is explained later."))
