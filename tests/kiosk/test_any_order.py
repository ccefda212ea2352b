"""Scans, keys, drops and idles in any order: nothing is lost, nothing lands where it does not belong."""

import asyncio

from hypothesis import HealthCheck, given, settings

from floor.events import Reported
from floor.tags import CommandWord, step_code
from tests.kiosk.any_order import (
    BADGES,
    REASONS,
    SLIPS,
    STEP_CODES,
    UNKNOWN_SLIP,
    Deed,
    Elsewhere,
    PowerCut,
    Wait,
    scan,
    sequences,
    typed,
    word,
)
from tests.kiosk.any_terminal import play

SHORT, LONG = 200, 10_000


def test_whatever_comes_in_any_order_nothing_is_lost_and_nothing_is_misplaced(long_run: bool) -> None:
    @settings(
        max_examples=LONG if long_run else SHORT,
        derandomize=not long_run,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(sequences)
    def any_order(deeds: list[Deed]) -> None:
        asyncio.run(play(deeds))

    any_order()


async def test_what_is_played_reaches_the_ledger() -> None:
    played = await play(
        [
            *(scan(code) for code in (BADGES[0], STEP_CODES[0])),
            typed("4"),
            scan(REASONS[0]),
            PowerCut(),
            Wait(400.0),
            scan(BADGES[0]),
            scan(word(CommandWord.OK)),
        ]
    )
    [report] = [fact.event for fact in played.shop.facts if isinstance(fact.event, Reported)]
    assert (report.content.good, report.content.scrap[0].quantity) == (36, 4)


PUT_ASIDE = [
    scan(BADGES[0]),
    scan(STEP_CODES[0]),
    typed("4"),
    scan(REASONS[0]),
    scan(word(CommandWord.SIGN_OFF)),
]
PRACTISED = [
    scan(BADGES[1]),
    scan(word(CommandWord.TRAINING)),
    scan(STEP_CODES[1]),
    typed("3"),
    scan(REASONS[0]),
]


async def test_what_was_put_aside_outlasts_a_training_that_keeps_nothing() -> None:
    played = await play([*PUT_ASIDE, *PRACTISED])
    assert len(played.memory.saved) == 1
    played = await play([*PUT_ASIDE, *PRACTISED, scan(word(CommandWord.TRAINING))])
    assert [slots.intent for slots in played.talk.kept] == list(played.memory.saved)
    assert not [fact for fact in played.shop.facts if isinstance(fact.event, Reported)]


async def test_more_pieces_than_can_be_typed_are_not_proposed_and_stop_nothing() -> None:
    played = await play(
        [
            scan(BADGES[0]),
            scan(step_code(UNKNOWN_SLIP, 10)),
            typed("999999999", "enter"),
            Elsewhere(SLIPS.index(UNKNOWN_SLIP), 10, 33),
            scan(step_code(UNKNOWN_SLIP, 20)),
        ]
    )
    assert played.talk.filling
    assert played.talk.filling.proposed_good is None
