"""Whatever stands in a report's slots is painted; what one record cannot say is refused then."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floor.codec import decode, encode
from floor.commands import CorrectReport
from floor.decide import decide
from floor.events import ReasonUse, ReportContent, Reported, Review, Rework, RunKind, Scrap
from floor.events.work import LINES_MAX, OPERATORS_MAX
from floor.refusals import Refusal
from floor.source import Source
from floor.station import Recorded
from kiosk.dialogue import painting
from kiosk.dialogue.report.reporting import Filling
from kiosk.dialogue.report.slots import Slots
from kiosk.dialogue.station.practice import PracticeMemory, questions_of
from kiosk.dialogue.view import Working
from tests.floor.shop import MOMENT, a_shop, content
from tests.kiosk.shop_memory import JOHN, Terminal, with_reasons

amounts = st.one_of(
    st.integers(0, 10**12).map(Decimal),
    st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=8),
)
reasons = st.sampled_from((None, "split", "gone"))
steps = st.sampled_from((None, 10, 20, 30, 40))


def lines(value: type[Any], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    one = st.builds(value.model_construct, quantity=amounts, reason=reasons, **more)
    return st.lists(one, max_size=2 * LINES_MAX).map(tuple)


people = st.lists(st.integers(1, 99).map(str), max_size=2 * OPERATORS_MAX, unique=True).map(tuple)
slots = st.fixed_dictionaries(
    {
        "step": steps,
        "machine": st.sampled_from((None, "saw-1", "unknown")),
        "operator": st.sampled_from((None, JOHN.person, "999")),
        "crew": st.none() | people,
        "run_kind": st.none() | st.sampled_from(RunKind),
        "good": st.none() | amounts,
        "counted": st.none() | amounts,
        "scrap": lines(Scrap, caused_at=st.sampled_from((10, 99))),
        "rework": lines(Rework, to_step=st.sampled_from((10, 99))),
        "review": lines(Review),
        "newest": st.none() | st.sampled_from(ReasonUse),
        "done": st.sampled_from((None, True, False)),
        "ends_run": st.booleans(),
        "run": st.none() | st.just("0" * 32),
        "corrects": st.none() | st.just("1" * 32),
        "copy_letter": st.none() | st.just("C"),
    }
)


def filled(terminal: Terminal, said: dict[str, Any]) -> Filling:
    """The terminal's report with these slots, put there past everything that would ask."""
    shop = terminal.shop
    (slip,) = shop.issue(80)
    shop.report(slip, content(10, 30))
    begun = Slots(intent=shop.new_id(), slip=slip, source=Source.SCAN)
    filling = Filling(begun.model_copy(update=said), shop.picture(), "WC10", {JOHN.person: JOHN})
    talk = terminal.conversation._talk
    talk.plant, talk.people, talk.operator, talk.filling = shop.plant, {JOHN.person: JOHN}, JOHN, filling
    return filling


@settings(max_examples=300, deadline=None)
@given(slots, st.sampled_from(("", "7", "999999999", "0.000001", "1.5")), st.booleans())
def test_any_slots_paint_and_become_a_record_or_a_refusal(
    said: dict[str, Any], typed: str, scraps: bool
) -> None:
    terminal = Terminal(with_reasons(a_shop()))
    filling = filled(terminal, said)
    terminal.conversation._talk.scrap_next = scraps
    assert isinstance(terminal.conversation.view(typed).body, Working)
    painting.done(filling)
    decided = decide(terminal.shop.picture(), filling.command(JOHN.person), MOMENT, terminal.shop.new_id)
    if isinstance(decided, Refusal):
        return
    for event_id, event in decided:
        envelope = encode(event_id, event)
        assert decode(envelope.kind, envelope.version, envelope.body) == event


BEYOND = [
    ({"good": Decimal(10**9)}, Refusal.NOT_A_QUANTITY),
    (
        {"scrap": (Scrap.model_construct(quantity=Decimal(10**9), reason=None, caused_at=10),)},
        Refusal.NOT_A_QUANTITY,
    ),
    ({"review": (Review(quantity=Decimal(1), reason=None),) * (LINES_MAX + 1)}, Refusal.TOO_MANY_LINES),
    ({"crew": tuple(str(number) for number in range(1, OPERATORS_MAX + 1))}, Refusal.CREW_FULL),
    ({"machine": "?"}, Refusal.BEYOND_ONE_RECORD),
]


@pytest.mark.parametrize(("said", "refusal"), BEYOND)
async def test_what_is_beyond_a_record_is_shown_and_refused_by_name(
    said: dict[str, Any], refusal: Refusal
) -> None:
    terminal = Terminal(with_reasons(a_shop()))
    filling = filled(terminal, {"step": 10, "operator": JOHN.person, "good": Decimal(1), **said})
    assert isinstance(terminal.view.body, Working)
    before = len(terminal.reports)
    await terminal.keys("enter")
    assert terminal.view.notice is None or terminal.view.notice.title == refusal.sentence
    assert len(terminal.reports) == before
    assert await terminal.memory.record(filling.command(JOHN.person)) is refusal


@pytest.mark.parametrize(("said", "refusal"), BEYOND)
def test_a_correction_has_the_same_limits(said: dict[str, Any], refusal: Refusal) -> None:
    terminal = Terminal(with_reasons(a_shop()))
    filling = filled(terminal, {"step": 10, "operator": JOHN.person, "good": Decimal(1), **said})
    report = next(fact for fact in terminal.shop.facts if isinstance(fact.event, Reported))
    command = CorrectReport(
        intent=terminal.shop.new_id(),
        by=JOHN.person,
        slip=filling.slots.slip,
        report=report.event_id,
        content=filling.content,
        as_supervisor=True,
    )
    assert decide(terminal.shop.picture(), command, MOMENT, terminal.shop.new_id) is refusal


async def test_an_amount_is_recorded_in_its_one_spelling() -> None:
    terminal = Terminal(with_reasons(a_shop()))
    filling = filled(terminal, {"step": 10, "operator": JOHN.person, "good": Decimal("7.00")})
    recorded = await PracticeMemory(questions_of(terminal.memory), terminal.shop.new_id).record(
        filling.command(JOHN.person)
    )
    assert isinstance(recorded, Recorded)
    (fact,) = recorded.facts
    assert isinstance(fact.event, Reported)
    assert isinstance(fact.event.content, ReportContent)
    assert (
        fact.event.model_dump_json()
        == Reported.model_validate_json(fact.event.model_dump_json()).model_dump_json()
    )
