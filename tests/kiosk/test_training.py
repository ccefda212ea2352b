"""TRAINING: everything can be tried, and nothing of it reaches the ledger, the drafts or the printer."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from floor.commands import Command
from floor.refusals import Refusal
from floor.station import Draft
from floor.tags import CommandWord, TagKind, encode, step_code
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.station.practice import PracticeMemory, questions_of
from kiosk.dialogue.view import Choosing, Done, Waiting
from tests.floor.shop import a_shop
from tests.kiosk.at_terminal import command, refused, signed_on, working
from tests.kiosk.shop_memory import BADGE, BOB, EVE, MACHINE, PIN, REASON, ShopMemory, Terminal, with_reasons

TRAINING: Final = command(CommandWord.TRAINING)
BOBS_BADGE: Final = encode(TagKind.PERSON, BOB.badge)
SUPERVISOR: Final = encode(TagKind.PERSON, EVE.badge)
MINUTE: Final = 60_000


class Watched(ShopMemory):
    """Remembers every call that could leave a trace."""

    traces: list[str]

    async def record(self, said: Command) -> Any:
        self.traces.append("record")
        return await super().record(said)

    async def save_draft(self, draft: Draft) -> None:
        self.traces.append("save_draft")
        await super().save_draft(draft)

    async def drop_draft(self, intent: str) -> None:
        self.traces.append("drop_draft")
        await super().drop_draft(intent)

    async def check_pin(self, person: str, pin: str) -> Refusal | None:
        self.traces.append("check_pin")
        return await super().check_pin(person, pin)


@pytest.fixture
def terminal() -> Terminal:
    made = Terminal(with_reasons(a_shop()))
    made.memory = Watched(made.shop)
    made.memory.traces = []
    made.conversation = Conversation(
        made.memory,
        Place("Cutting Line 1", "WC10", printers=("folder",)),
        made.shop.new_id,
        lambda: made.now_ms,
    )
    return made


def traces(terminal: Terminal) -> list[str]:
    assert isinstance(terminal.memory, Watched)
    return terminal.memory.traces


async def test_a_whole_shift_of_practice_leaves_no_trace(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    facts = list(terminal.shop.facts)
    await terminal.scan(TRAINING)
    assert terminal.view.training
    await terminal.scan(MACHINE)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("f7")
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(REASON)
    await terminal.keys("enter")
    body = terminal.view.body
    assert isinstance(body, Done)
    assert body.title == "ONLY PRACTICE"
    assert body.figures.startswith("76 good")
    (practised,) = terminal.view.last
    assert practised.figures.startswith("76 good")
    assert practised.mark == "practice"
    await terminal.keys("f9", "enter")
    assert terminal.view.last[0].mark == "taken back"
    await terminal.keys("f11", "enter", "f11", "f8", "escape", "f2", "escape", "f5", "delete")
    assert terminal.shop.facts == facts
    assert traces(terminal) == []
    assert terminal.memory.saved == {}


async def test_practice_is_folded_by_the_rules_of_the_floor(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(TRAINING)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("3", "0", "enter")
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).here == "HERE 50"
    await terminal.keys("escape")
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).here == "HERE 30"
    await terminal.keys("escape")
    await terminal.scan(TRAINING)
    await terminal.scan(step_code(slip, 20))
    assert working(terminal).here == "HERE 0"


async def test_a_slip_that_is_split_in_training_gets_no_paper(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    facts = list(terminal.shop.facts)
    await terminal.scan(TRAINING)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("3", "0")
    await terminal.scan(command(CommandWord.SPLIT))
    body = terminal.view.body
    assert isinstance(body, Done)
    assert body.hint == "Nothing was recorded or printed."
    await terminal.keys("enter")
    await terminal.scan(step_code(slip, 10))
    assert working(terminal).here == "HERE 50"
    assert terminal.shop.facts == facts
    assert traces(terminal) == []


async def test_after_the_training_a_report_is_recorded(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(TRAINING)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("enter")
    await terminal.scan(TRAINING)
    assert not terminal.view.training
    assert terminal.view.last == ()
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("enter")
    assert [report.content.good for report in terminal.reports] == [80]
    body = terminal.view.body
    assert isinstance(body, Done)
    assert body.title == "RECORDED"


async def test_training_is_refused_while_a_report_is_unfinished(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4")
    await terminal.scan(TRAINING)
    assert refused(terminal) == Refusal.REPORT_UNFINISHED.sentence
    assert not terminal.view.training
    assert working(terminal).good.text == "4"


async def test_a_report_that_waits_for_its_owner_waits_through_a_training(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4")
    await terminal.scan(BOBS_BADGE)
    await terminal.scan(TRAINING)
    (other,) = terminal.shop.issue(20)
    await terminal.scan(step_code(other, 10))
    await terminal.keys("7", "f4")
    await terminal.scan(command(CommandWord.SIGN_OFF))
    assert not terminal.view.training
    await terminal.scan(BADGE)
    assert working(terminal).scrap.text == "4"
    await terminal.keys("enter")
    assert [(report.by, report.content.scrap[0].quantity) for report in terminal.reports] == [("4711", 4)]


async def test_sign_off_ends_the_training(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.scan(TRAINING)
    await terminal.keys("f12")
    assert not terminal.view.training
    assert terminal.view.header.operator == ""


async def test_idleness_ends_the_training(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(TRAINING)
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("4", "f4")
    terminal.now_ms += 3 * MINUTE - 1000
    await terminal.conversation.refresh()
    assert terminal.view.training
    terminal.now_ms += 1000
    await terminal.conversation.refresh()
    assert not terminal.view.training
    assert isinstance(terminal.view.body, Waiting)
    assert "kept" not in terminal.view.body.detail
    assert terminal.memory.saved == {}


async def test_the_next_badge_ends_the_training_and_reports_for_real(terminal: Terminal) -> None:
    slip = await signed_on(terminal)
    await terminal.scan(TRAINING)
    await terminal.scan(BADGE)
    assert terminal.view.training, "one's own badge is no other one"
    await terminal.scan(BOBS_BADGE)
    assert not terminal.view.training
    await terminal.scan(step_code(slip, 10))
    await terminal.keys("enter")
    assert [report.by for report in terminal.reports] == [BOB.person]


async def test_a_training_that_is_switched_off_is_refused(terminal: Terminal) -> None:
    place = Place("Cutting Line 1", "WC10", training=False)
    terminal.conversation = Conversation(
        terminal.memory, place, terminal.shop.new_id, lambda: terminal.now_ms
    )
    await terminal.scan(TRAINING)
    assert refused(terminal) == Refusal.TRAINING_OFF.sentence


async def test_the_supervisors_desk_is_not_played_with(terminal: Terminal) -> None:
    await terminal.scan(SUPERVISOR)
    await terminal.scan(TRAINING)
    await terminal.keys("f10", *PIN, "enter")
    assert refused(terminal) == Refusal.NOT_IN_TRAINING.sentence
    assert traces(terminal) == []


async def test_training_is_in_the_list_of_what_has_no_key(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.keys("insert")
    body = terminal.view.body
    assert isinstance(body, Choosing)
    at = [row.cells[1] for row in body.rows].index("TRAINING")
    await terminal.keys(*str(at + 1), "enter")
    assert terminal.view.training


async def test_a_machine_that_stands_in_training_stands_nowhere_else(terminal: Terminal) -> None:
    await signed_on(terminal)
    await terminal.scan(MACHINE)
    await terminal.scan(TRAINING)
    await terminal.keys("f11", "enter")
    await terminal.keys("f11")
    body = terminal.view.body
    assert isinstance(body, Done)
    assert body.where == "runs again"
    assert traces(terminal) == []


async def test_the_practice_memory_holds_no_way_to_the_ledger(terminal: Terminal) -> None:
    practice = PracticeMemory(questions_of(terminal.memory), terminal.shop.new_id)
    held = [getattr(practice._known, name) for name in practice._known.__slots__]
    assert all(isinstance(question, Callable) for question in held)
    names = {question.__name__ for question in held}
    assert not names & {"record", "save_draft", "drop_draft", "check_pin", "drafts"}
    assert not any(isinstance(value, ShopMemory) for value in vars(practice).values())
