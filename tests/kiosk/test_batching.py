"""Slips for many orders with one word, how far they are, an end to them, and what a stop does to them."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from pydantic import TypeAdapter

from floor.codec import Fact
from floor.codec import encode as encode_event
from floor.commands import IssueSlips
from floor.events import PaperEvent, PaperFailed, SlipIssued, Subjects
from floor.tags import TagKind, encode
from floor.wire import FeedAnswer, FeedItem, FeedMark
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.desk.batching import BatchPage
from kiosk.dialogue.view import Choosing
from kiosk.papers import Batch, BatchLine, BatchState
from kiosk.wiring.clock import moment
from kiosk.wiring.paper import PaperDesk
from kiosk.wiring.sheets import SheetMaker
from printing.printers import PrinterKind, PrinterSetting
from sync.memory import StationMemory
from tests.floor.shop import a_shop
from tests.kiosk.shop_memory import EVE, PIN, Terminal
from tests.kiosk.test_paper_desk import at_work, new_id, pages, until, until_async
from tests.kiosk.test_paper_standing import ShopPapers


class BatchPapers(ShopPapers):
    """A desk that keeps the batch that it was given, and goes on as a test says."""

    begun: Batch | None = None
    state: BatchState | None = None
    ended_by: str = ""

    async def begin(self, batch: Batch) -> None:
        self.begun, self.state = batch, BatchState(sum(line.slips for line in batch.lines), 0, 0)

    def batch(self) -> BatchState | None:
        return self.state

    async def end_batch(self, by: str) -> int:
        self.ended_by, self.state = by, None
        return 2


class BatchTerminal(Terminal):
    """Eve's terminal."""

    def __init__(self) -> None:
        shop = a_shop()
        self.papers = BatchPapers(shop)
        super().__init__(shop)

    def new_conversation(self, memory: object) -> Conversation:
        place = Place("Cutting Line 1", "WC10", printers=("office",))
        return Conversation(self.memory, place, self.shop.new_id, lambda: self.now_ms, papers=self.papers)

    async def at_the_batch(self) -> None:
        """Badge, PIN, and the line of the desk."""
        await self.scan(encode(TagKind.PERSON, EVE.badge))
        await self.keys("f10")
        await self.keys(*PIN, "enter")
        await self.keys("2", "enter")

    @property
    def rows(self) -> list[str]:
        body = self.view.body
        assert isinstance(body, Choosing), body
        return ["  ".join(filter(None, row.cells)) for row in body.rows]


async def test_one_word_prints_what_every_order_still_wants() -> None:
    terminal = BatchTerminal()
    await terminal.at_the_batch()
    assert terminal.rows[:3] == ["Print 1 slip", "On each slip: all of it on one slip", "None of them"]
    assert terminal.rows[3].startswith("[x]  1001")
    await terminal.keys("1", "enter")
    batch = terminal.papers.begun
    assert batch is not None
    assert (batch.by, batch.printer) == ("9001", "office")
    assert [(line.order, line.quantity, line.lot, line.slips) for line in batch.lines] == [
        ("1001", Decimal(80), None, 1)
    ]


async def test_in_lots_no_command_issues_more_slips_than_it_may() -> None:
    terminal = BatchTerminal()
    terminal.shop = terminal.papers.shop = terminal.memory.shop = a_shop(quantity=1005)
    await terminal.at_the_batch()
    await terminal.keys("2", "enter", "5", "enter")
    assert terminal.rows[0] == "Print 201 slips"
    await terminal.keys("1", "enter")
    batch = terminal.papers.begun
    assert batch is not None
    assert [line.slips for line in batch.lines] == [100, 100, 1]
    assert sum(line.quantity for line in batch.lines) == 1005
    assert len({line.intent for line in batch.lines}) == 3


async def test_an_order_that_is_not_chosen_gets_no_slips() -> None:
    terminal = BatchTerminal()
    await terminal.at_the_batch()
    await terminal.keys("4", "enter")
    assert terminal.rows[0] == "Print 0 slips"
    await terminal.keys("1", "enter")
    assert terminal.papers.begun is None


async def test_how_far_it_is_goes_on_by_itself_and_an_end_is_asked_twice() -> None:
    terminal = BatchTerminal()
    await terminal.at_the_batch()
    await terminal.keys("1", "enter")
    terminal.papers.state = BatchState(1000, 500, 250)
    await terminal.conversation.refresh()
    assert terminal.rows[0] == "issued  [###############...............] 500 / 1,000"
    assert terminal.rows[1] == "from the printer  [#######.......................] 250 / 1,000"
    await terminal.keys("4", "enter")
    assert terminal.papers.ended_by == ""
    await terminal.keys("2", "enter")
    assert terminal.papers.ended_by == "9001"
    notice = terminal.view.notice
    assert notice is not None
    assert notice.title == "2 papers are not printed."


async def test_who_comes_back_to_the_desk_sees_the_batch_that_goes_on() -> None:
    terminal = BatchTerminal()
    terminal.papers.state = BatchState(10, 5, 2)
    await terminal.at_the_batch()
    assert isinstance(terminal.conversation._talk.pages[-1], BatchPage)
    terminal.papers.state = None
    await terminal.conversation.refresh()
    assert terminal.rows == ["All is done.", "Back to the orders"]


# The paper desk's part, with a real memory


@pytest.fixture
async def memory(tmp_path: Path) -> AsyncIterator[StationMemory]:
    opened = StationMemory(tmp_path / "station", moment, new_id, Random(1))
    await opened.open()
    await feed(opened, a_shop(quantity=1000).facts)
    yield opened
    await opened.stop()


async def feed(memory: StationMemory, facts: list[Fact]) -> None:
    """A confirmed order, as the server's feed brings it."""
    items = []
    for position, fact in enumerate(facts, 1):
        envelope = encode_event(fact.event_id, fact.event)
        items.append(
            FeedItem(
                position=position,
                stream="cd" * 16,
                seq=position,
                event_id=envelope.event_id,
                kind=envelope.kind,
                v=envelope.version,
                digest=envelope.digest,
                body=envelope.body.decode(),
                station=None,
            )
        )
    answer = FeedAnswer(epoch="e", items=items, cursor=f"{len(items)}-abcdefgh", has_more=False)
    await memory._writer.pump(lambda: memory._memory.received.take(answer, FeedMark()))


def a_batch(lines: int = 3, slips: int = 2) -> Batch:
    """So many lines of so many slips."""
    line = [BatchLine(new_id(), "1001", Decimal(slips), Decimal(1), slips) for _ in range(lines)]
    return Batch("9001", "folder", tuple(line))


async def issued(memory: StationMemory) -> list[SlipIssued]:
    facts = (await memory.picture(Subjects(order="1001"))).order.facts
    return [fact.event for fact in facts if isinstance(fact.event, SlipIssued)]


async def answered(memory: StationMemory) -> list[PaperEvent]:
    facts = (await memory.picture(Subjects(order="1001"))).order.facts
    return [fact.event for fact in facts if isinstance(fact.event, PaperEvent)]


def desk(memory: StationMemory, folder: Path) -> PaperDesk:
    printer = PrinterSetting(name="folder", kind=PrinterKind.FOLDER, target=str(folder))
    return PaperDesk(memory, (printer,), SheetMaker(memory, "Cutting Line 1"), new_id)


async def test_a_batch_is_issued_and_printed_and_then_forgotten(
    memory: StationMemory, tmp_path: Path
) -> None:
    at = desk(memory, tmp_path / "slips")
    async with at_work(at):
        await at.begin(a_batch())
        await until(lambda: at.batch() is None)
    assert len(await issued(memory)) == 6
    assert len(pages(tmp_path / "slips")) == 6
    assert await memory.kept_batch() is None


async def test_f5_a_batch_goes_on_after_a_stop_and_issues_nothing_twice(
    memory: StationMemory, tmp_path: Path
) -> None:
    batch = a_batch()
    first = batch.lines[0]
    command = IssueSlips(
        intent=first.intent, by="9001", order="1001", quantity=first.quantity, lot=first.lot, printer="folder"
    )
    await memory.record(command)
    await memory.keep_batch(TypeAdapter(Batch).dump_json(batch).decode())
    at = desk(memory, tmp_path / "slips")
    async with at_work(at):
        await until_async(lambda: memory_has(memory, 6))
        await until(lambda: at.batch() is None)
    assert len(await issued(memory)) == 6
    assert len(pages(tmp_path / "slips")) == 6


async def memory_has(memory: StationMemory, count: int) -> bool:
    return len(await answered(memory)) >= count


async def test_what_is_left_of_a_batch_that_was_ended_is_not_printed(
    memory: StationMemory, tmp_path: Path
) -> None:
    at = desk(memory, tmp_path / "share" / "slips")
    async with at_work(at):
        await at.begin(a_batch())
        await until(lambda: (state := at.batch()) is not None and state.waiting == 6)
        assert await at.end_batch("9001") == 6
        assert at.batch() is None
    said = await answered(memory)
    assert {(event.by, event.reason) for event in said if isinstance(event, PaperFailed)} == {
        ("9001", "cancelled by 9001")
    }
    assert len(said) == 6
    assert pages(tmp_path) == []


async def test_a_batch_of_another_release_is_forgotten(memory: StationMemory, tmp_path: Path) -> None:
    await memory.keep_batch('{"by": 7}')
    at = desk(memory, tmp_path / "slips")
    async with at_work(at):
        assert at.batch() is None
    assert await memory.kept_batch() is None
