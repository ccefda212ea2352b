"""Deciding, appending, and knowing what is in the ledger."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from floor import chain
from floor.codec import BODY_BYTES_MAX, decode
from floor.commands import AnswerPaper, BringMachineUp, CorrectReport, PaperOutcome, TakeMachineDown
from floor.events import (
    EventQuarantined,
    OrderCancelled,
    OrderCompleted,
    OrderReopened,
    PaperUnknown,
    Reported,
    SlipIssued,
    Subjects,
    WorkCentreDefined,
)
from floor.refusals import Refusal
from floor.station import Draft, Recorded, SyncMark
from sync import chains
from sync.errors import AlreadyRunningError
from sync.opening import OpenMemory
from tests.sync.world import (
    ANNA,
    CENTRAL,
    MACHINE,
    ORDER,
    THERE,
    Clock,
    Feed,
    described,
    issue_slips,
    issued,
    station,
    told,
)


async def test_a_report_is_on_the_disk_and_in_the_chain_when_it_is_answered(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        recorded = told(await here.memory.record(here.report(good=76)))
    async with station(tmp_path) as here:
        [own] = await here.inside(lambda memory: memory.ledger.streams)
        places = await here.inside(
            lambda memory: chains.places(memory.ledger.disk.connection, own.stream, 0, 10)
        )
    assert own.head == recorded.head
    assert (
        chain.verify(own.stream, 0, chain.first_hash(own.header), [place.sealed for place in places]) is None
    )
    event = decode(places[0].kind, places[0].version, places[0].body)
    assert isinstance(event, Reported)
    assert event.content.good == Decimal(76)


async def test_two_records_of_one_intent_are_one_fact(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        wanted = here.report(good=5)
        first = told(await here.memory.record(wanted))
        second = told(await here.memory.record(wanted))
        assert (await here.memory.standing()).recorded == 1
    async with station(tmp_path) as here:
        third = told(await here.memory.record(wanted))
    assert [first.repeated, second.repeated, third.repeated] == [False, True, True]
    assert first.facts == second.facts == third.facts


async def test_a_report_that_came_back_from_the_server_is_not_counted_a_second_time(tmp_path: Path) -> None:
    """The disk was restored, the feed brought the lost tail, and the operator sends the draft again."""
    async with station(tmp_path) as here:
        wanted = here.report(good=5)
        feed = Feed()
        at = Clock().reading()
        event = Reported(
            at=at, by=ANNA, slip=wanted.slip, order=None, content=wanted.content, source=wanted.source
        )
        feed.add(event, stream=THERE, station="station-1", event_id=wanted.intent)
        await here.take(feed)
        answer = told(await here.memory.record(wanted))
        assert answer.repeated
        assert answer.facts[0].stream == THERE
        assert (await here.memory.standing()).recorded == 0


async def test_what_has_no_meaning_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        assert await here.memory.record(here.report(good=0)) is Refusal.EMPTY_REPORT
        assert (await here.memory.standing()).recorded == 0


async def test_the_ledgers_time_never_runs_backwards_though_the_clock_does(tmp_path: Path) -> None:
    clamped, raw = [], []
    async with station(tmp_path) as here:
        for turned_ms in (0, -3_600_000, 0, 7_200_000, -10_000_000):
            here.clock.wall_ms += turned_ms
            at = told(await here.memory.record(here.report())).facts[0].event.at
            clamped.append(at.clamped_ms)
            raw.append(at.wall_ms)
    async with station(tmp_path) as here:
        here.clock.wall_ms = 5
        clamped.append(
            told(await here.memory.record(here.report(intent="ff" * 16))).facts[0].event.at.clamped_ms
        )
    assert clamped == sorted(clamped)
    assert raw != sorted(raw)


async def test_a_picture_says_how_far_the_others_facts_are_in_it(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        before = await here.memory.picture(Subjects())
        await described(here)
        after = await here.memory.picture(Subjects())
        cursor = await here.inside(lambda memory: memory.ledger.cursor)
    assert [before.cursor, after.cursor] == [None, cursor]
    assert cursor is not None


# What belongs together


async def test_a_slips_facts_are_read_with_its_whole_order(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await described(here)
        slip, other = await issue_slips(here, 20, 10)
        await here.memory.record(here.report(slip, good=4))
        await here.memory.record(here.report(other, good=3))
        picture = await here.memory.picture(Subjects(slip=slip))
        assert picture.order.number == ORDER
        assert {name: progress.lines[10].good for name, progress in picture.order.slips.items()} == {
            slip: 4,
            other: 3,
        }
        assert picture.order_of(slip) == ORDER


async def test_a_report_on_a_slip_nobody_knew_joins_its_order_when_the_issue_arrives(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        await here.memory.record(here.report("XXXXXXXX", good=4))
        alone = await here.memory.picture(Subjects(slip="XXXXXXXX"))
        assert alone.order_of("XXXXXXXX") is None
        assert (await here.memory.picture(Subjects(order=ORDER))).order.slips == {}
        seen = len(feed.items)
        feed.add(issued("XXXXXXXX"), THERE, "station-2")
        await here.take(feed, seen)
        together = await here.memory.picture(Subjects(slip="XXXXXXXX"))
        assert together.order.number == ORDER
        assert together.order.slips["XXXXXXXX"].lines[10].good == 4


async def test_downtimes_and_runs_stand_until_an_event_answers_them(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        down = TakeMachineDown(intent=here.ids(), by=ANNA, machine=MACHINE, reason=None, operators=(ANNA,))
        await here.memory.record(down)
        run = here.start_run("BBBBBBBB")
        await here.memory.record(run)
        picture = await here.memory.picture(Subjects(machine=MACHINE))
        assert [fact.event_id for fact in picture.downtimes] == [down.intent]
        assert (await here.memory.picture(Subjects(machine="OTHER"))).downtimes == ()
        assert [found.run for found in await here.memory.open_runs()] == [run.intent]

        up = BringMachineUp(
            intent=here.ids(), by=ANNA, machine=MACHINE, downtime=down.intent, operators=(ANNA,)
        )
        await here.memory.record(up)
        await here.memory.record(here.report(good=0, run=run.intent, ends_run=True))
        assert (await here.memory.picture(Subjects(machine=MACHINE))).downtimes == ()
        assert await here.memory.open_runs() == []
    async with station(tmp_path) as here:
        assert await here.memory.open_runs() == []


async def test_papers_wait_until_the_printer_answered_and_only_this_stations_own(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        seen = len(feed.items)
        feed.add(issued("XXXXXXXX").model_copy(update={"printer": "folder"}), THERE, "station-2")
        await here.take(feed, seen)
        first, second = await issue_slips(here, 20, 10)
        waiting = await here.memory.papers_waiting()
        assert [fact.event.subjects().slip for fact in waiting] == [first, second]
        answer = AnswerPaper(
            intent=here.ids(),
            by=None,
            slip=first,
            paper=waiting[0].event_id,
            printer="folder",
            outcome=PaperOutcome.PRINTED,
            readers=("zxing",),
        )
        await here.memory.record(answer)
        assert [fact.event.subjects().slip for fact in await here.memory.papers_waiting()] == [second]


async def test_paper_that_no_printer_of_this_station_was_asked_for_waits_for_nobody(tmp_path: Path) -> None:
    def kept(memory: OpenMemory) -> list[str | None]:
        known = [*memory.ledger.known.unanswered(SlipIssued.kind), *memory.ledger.papers_in_doubt()]
        return [fact.event.subjects().slip for fact in known]

    async with station(tmp_path) as here:
        feed = await described(here)
        assert await here.inside(kept) == []
        seen = len(feed.items)
        theirs = issued("XXXXXXXX").model_copy(update={"printer": "folder"})
        asked = feed.add(theirs, THERE, "station-2").event_id
        doubt = PaperUnknown(
            at=Clock().reading(), paper=asked, slip="XXXXXXXX", printer="folder", reason="stopped"
        )
        feed.add(doubt, THERE, "station-2")
        await here.take(feed, seen)
        await here.memory.record(replace(here.issue(5), printer=None))
        (mine,) = await issue_slips(here, 10)
        assert await here.inside(kept) == [mine], "as they came"
    async with station(tmp_path) as here:
        assert await here.inside(kept) == [mine], "as they are found again"


async def test_the_last_five_reports_are_shown_newest_first_with_what_was_withdrawn(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        reports = [told(await here.memory.record(here.report(good=good))).facts[0] for good in range(1, 8)]
        undo = CorrectReport(
            intent=here.ids(), by=ANNA, slip="BBBBBBBB", report=reports[-1].event_id, content=None
        )
        told(await here.memory.record(undo))
        stream = reports[0].stream
        await here.inside(lambda memory: memory.outbox.keep(stream, 4, None))
        last = await here.memory.last_reports()
    assert [report.fact for report in last] == reports[:1:-1]
    assert [report.withdrawn for report in last] == [True, False, False, False, False]
    assert [report.mark for report in last] == [
        SyncMark.HERE,
        SyncMark.HERE,
        SyncMark.HERE,
        SyncMark.SAFE,
        SyncMark.SAFE,
    ]


async def test_a_fact_that_central_set_aside_is_not_counted_here_either(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        [slip] = await issue_slips(here)
        doubtful = told(await here.memory.record(here.report(slip, good=4))).facts[0]
        await here.memory.record(here.report(slip, good=3))
        seen = len(feed.items)
        feed.add(
            EventQuarantined(
                at=Clock().reading(),
                event_id=doubtful.event_id,
                stream=doubtful.stream,
                seq=doubtful.seq,
                reason="not understood",
            )
        )
        await here.take(feed, seen)
        picture = await here.memory.picture(Subjects(slip=slip))
        assert picture.order.slips[slip].lines[10].good == 3


# Drafts


async def test_a_draft_is_offered_again_and_gone_once_its_report_is_recorded(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        wanted, other = here.report(), here.report()
        await here.memory.save_draft(Draft(wanted.intent, '{"good": 1}', recorded=False))
        await here.memory.save_draft(Draft(wanted.intent, '{"good": 2}', recorded=False))
        await here.memory.save_draft(Draft(other.intent, "{}", recorded=False))
    async with station(tmp_path) as here:
        assert await here.memory.drafts() == [
            Draft(wanted.intent, '{"good": 2}', recorded=False),
            Draft(other.intent, "{}", recorded=False),
        ]
        await here.memory.record(wanted)
        await here.memory.drop_draft(other.intent)
        assert await here.memory.drafts() == []


async def test_a3_a_draft_whose_report_was_recorded_just_before_the_power_went_is_shown_as_recorded(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as here:
        wanted = here.report()
        await here.memory.save_draft(Draft(wanted.intent, "{}", recorded=False))
        await here.inside(lambda memory: memory.ledger.record(wanted, here.clock()))
        assert await here.memory.drafts() == [Draft(wanted.intent, "{}", recorded=True)]


async def test_a_refused_report_keeps_its_draft(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        empty = here.report(good=0)
        await here.memory.save_draft(Draft(empty.intent, "{}", recorded=False))
        await here.memory.record(empty)
        assert len(await here.memory.drafts()) == 1


async def test_the_foot_says_what_is_here_what_is_safe_and_how_old_the_rest_is(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        for _ in range(3):
            await here.memory.record(here.report())
            here.clock.pass_ms(10_000)
        stream = await here.inside(lambda memory: memory.ledger.own.stream)
        before = await here.memory.standing()
        await here.inside(lambda memory: memory.outbox.keep(stream, 2, None))
        here.clock.wall_ms += 999_000_000
        after = await here.memory.standing()
        await here.inside(lambda memory: memory.outbox.keep(stream, 3, None))
        done = await here.memory.standing()
    assert (before.recorded, before.safe, before.oldest_waiting_s) == (3, 0, 30)
    assert (after.recorded, after.safe, after.oldest_waiting_s) == (3, 2, 10)
    assert (done.safe, done.oldest_waiting_s) == (3, None)


async def test_orders_are_open_from_their_confirmation_on(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        assert await here.memory.open_orders() == []
        feed = await described(here)
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
        [slip] = await issue_slips(here)
        here_now = await here.memory.waiting_here("SAW")
        assert [(waiting.slip, waiting.step, waiting.still_here) for waiting in here_now] == [(slip, 10, 10)]
        [coming] = await here.memory.waiting_here("SAND")
        assert (coming.step, coming.coming) == (20, True)
        seen = len(feed.items)
        feed.add(OrderCancelled(at=Clock().reading(), order=ORDER, reason="customer left", counted=()))
        await here.take(feed, seen)
        assert await here.memory.open_orders() == []


async def test_an_order_that_was_opened_again_is_open_after_a_start_too(tmp_path: Path) -> None:
    at = Clock().reading()
    async with station(tmp_path) as here:
        feed = await described(here)
        seen = len(feed.items)
        feed.add(OrderCompleted(at=at, order=ORDER, good="10", remains=(), counted=()))
        await here.take(feed, seen)
    async with station(tmp_path, family=2) as here:
        assert await here.memory.open_orders() == []
        seen = len(feed.items)
        feed.add(OrderReopened(at=at, order=ORDER, reason="two came back"))
        await here.take(feed, seen)
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]
    async with station(tmp_path, family=3) as here:
        assert [order.number for order in await here.memory.open_orders()] == [ORDER]


async def test_the_plant_is_what_central_described_and_nobody_else(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        feed = await described(here)
        before = await here.memory.plant()
        seen = len(feed.items)
        at = Clock().reading()
        feed.add(WorkCentreDefined(at=at, work_centre="SAW", name="Forged"), "d3" * 16, "station-2")
        feed.add(WorkCentreDefined(at=at, work_centre="PACK", name="Packing"), CENTRAL)
        await here.take(feed, seen)
        after = await here.memory.plant()
    assert set(before.work_centres) == {"SAW", "SAND"}
    assert {name: centre.name for name, centre in after.work_centres.items()} == {
        "SAW": "Saw",
        "SAND": "Sanding",
        "PACK": "Packing",
    }


async def test_a_second_memory_of_one_ledger_is_refused(tmp_path: Path) -> None:
    async with station(tmp_path):
        with pytest.raises(AlreadyRunningError):
            async with station(tmp_path):
                pass


async def test_what_does_not_fit_into_one_record_is_refused_by_name_and_the_ledger_goes_on(
    tmp_path: Path,
) -> None:
    async with station(tmp_path) as here:
        too_much = here.report(good=5, warned=("x" * BODY_BYTES_MAX,))
        assert await here.memory.record(too_much) is Refusal.BEYOND_ONE_RECORD
        assert await here.memory.record(here.report(slip="no slip")) is Refusal.BEYOND_ONE_RECORD
        assert isinstance(await here.memory.record(here.report(good=1)), Recorded)
        assert (await here.memory.standing()).recorded == 1
