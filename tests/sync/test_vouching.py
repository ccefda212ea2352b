"""What a station signs, and whom it believes: keys that are made once, told by the feed, and checked."""

import stat
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Final

import pytest

from floor.codec import Fact
from floor.commands import ReadPassport
from floor.events import PassportChecked, PassportRead, StationKeyMade, Subjects
from floor.flags import Flag
from floor.passport import Passport, Signed, Vouched, key_id
from floor.passport_code import read, signed_bytes, write
from floor.passport_of import passport_of
from floor.refusals import Refusal
from floor.standing import standing_flags
from floor.tags import Tag, decode
from sync import vouching
from sync.incidents import Incident
from sync.opening import OpenMemory
from sync.stationkey import KEY_NAME, KeyUnusableError, is_genuine, load_or_make
from tests.golden.full import FULL
from tests.sync.world import ANNA, ORDER, THERE, Clock, Feed, Station, described, issue_slips, station, told

OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


# The key


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = load_or_make(tmp_path, Random(1))
    second = load_or_make(tmp_path, Random(2))
    assert first.public == second.public
    assert [path.name for path in tmp_path.iterdir()] == [KEY_NAME]
    assert (tmp_path / KEY_NAME).stat().st_mode & 0o777 == 0o600


def test_a_key_that_became_everybody_s_is_its_owner_s_again(tmp_path: Path) -> None:
    load_or_make(tmp_path, Random(1))
    (tmp_path / KEY_NAME).chmod(0o644)
    load_or_make(tmp_path, Random(1))
    assert not (tmp_path / KEY_NAME).stat().st_mode & OTHERS


def test_a_signature_is_genuine_for_its_own_key_and_words_alone(tmp_path: Path) -> None:
    key = load_or_make(tmp_path, Random(1))
    (tmp_path / "other").mkdir()
    other = load_or_make(tmp_path / "other", Random(2))
    signature = key.sign(b"80 chairs")
    assert is_genuine(bytes.fromhex(key.public), signature, b"80 chairs")
    assert not is_genuine(bytes.fromhex(key.public), signature, b"81 chairs")
    assert not is_genuine(bytes.fromhex(other.public), signature, b"80 chairs")
    assert not is_genuine(b"short", signature, b"80 chairs")


@pytest.mark.parametrize("content", ["", "garbage", "5d" * 31, "5d" * 33, "\udcff"])
def test_a_file_that_holds_no_key_is_never_overwritten(tmp_path: Path, content: str) -> None:
    path = tmp_path / KEY_NAME
    path.write_text(content, errors="surrogateescape")
    before = path.read_bytes()
    with pytest.raises(KeyUnusableError):
        load_or_make(tmp_path, Random(1))
    assert path.read_bytes() == before


async def test_a_station_without_a_usable_key_says_so_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / KEY_NAME).mkdir()
    async with station(tmp_path) as here:
        assert await here.memory.vouching.key() is None
        assert "without the large square code" in ((await here.memory.standing()).trouble or "")
        told(await here.memory.record(here.report()))
        (tmp_path / KEY_NAME).rmdir()
        assert await here.memory.vouching.key() is not None
        assert (await here.memory.standing()).trouble is None
    assert Incident.NO_KEY.value in (tmp_path / "incidents.jsonl").read_text()


async def test_a_key_that_cannot_be_told_is_no_key_and_that_is_said(tmp_path: Path) -> None:
    load_or_make(tmp_path, Random(1))
    async with station(tmp_path) as here:
        await here.inside(write_nothing)
        assert await here.memory.vouching.key() is None
        incidents = (tmp_path / "incidents.jsonl").read_text().splitlines()
        (said,) = [line for line in incidents if Incident.NO_KEY.value in line]
        assert Refusal.NOT_SAVED.name in said
        assert await here.memory.vouching.key() is not None


async def test_a_key_is_told_once_however_often_the_station_starts(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        key = await here.memory.vouching.key()
        await here.memory.vouching.key()
    async with station(tmp_path, family=2) as here:
        again = await here.memory.vouching.key()
        made = await here.inside(keys_made)
    assert key is not None
    assert again is not None
    assert made == [key.public] == [again.public]


async def test_nothing_is_loaded_and_no_key_is_made_before_one_is_wanted(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        told(await here.memory.record(here.report()))
    assert not (tmp_path / KEY_NAME).exists()


async def test_a_station_tells_its_key_before_its_first_slip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vouching, "BEGUN_AFTER_S", 0)
    async with station(tmp_path) as here:
        await here.memory.vouching.look_after()
        key = await here.memory.vouching.key()
        assert key is not None
        assert await here.inside(keys_made) == [key.public]


def keys_made(memory: OpenMemory) -> list[str]:
    facts = memory.ledger.reading.own_after(StationKeyMade.kind, 0, 10)
    return [fact.event.public_key for _, fact in facts if isinstance(fact.event, StationKeyMade)]


# What others signed


async def printed(here: Station, quantity: int = 10) -> tuple[Signed, str]:
    """A slip that this station issued, as its paper says it, and the station's public key."""
    (slip,) = await issue_slips(here, quantity)
    return await paper_of(here, slip)


async def paper_of(here: Station, slip: str) -> tuple[Signed, str]:
    key = await here.memory.vouching.key()
    assert key is not None
    order = (await here.memory.picture(Subjects(slip=slip))).order
    passport = passport_of(order, slip, "B", key_id(key.public), Clock().reading())
    assert passport is not None
    code = write(passport, key.sign)
    assert code is not None
    tag = decode(code)
    assert isinstance(tag, Tag)
    signed = read(tag.body)
    assert isinstance(signed, Signed)
    return signed, key.public


async def take(away: Station, signed: Signed) -> Fact:
    vouched = await away.memory.prove(signed)
    command = ReadPassport(intent=away.ids(), by=ANNA, signed=signed, vouched=vouched)
    return told(await away.memory.record(command)).facts[0]


async def test_a_signature_is_proven_by_a_key_that_came_with_the_feed(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        signed, public = await printed(here)
        assert await away.memory.prove(signed) is Vouched.UNPROVEN
        feed = Feed()
        feed.add(StationKeyMade(at=Clock().reading(), public_key=public), THERE, "cutting-1")
        await away.take(feed)
        assert await away.memory.prove(signed) is Vouched.PROVEN
        altered = Signed(signed.passport.model_copy(update={"copy_letter": "C"}), signed.signature)
        assert await away.memory.prove(altered) is Vouched.FORGED
        command = ReadPassport(intent=away.ids(), by=ANNA, signed=altered, vouched=Vouched.FORGED)
        assert await away.memory.record(command) is Refusal.PASSPORT_FORGED


@pytest.mark.parametrize("genuine", [True, False])
async def test_what_was_taken_unproven_is_checked_when_its_key_becomes_known(
    tmp_path: Path, genuine: bool
) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        signed, public = await printed(here)
        taken = signed if genuine else replace(signed, signature="00" * 64)
        await take(away, taken)
        await away.memory.vouching.check_waiting()
        slip = signed.passport.slip
        assert await flags(away, slip) == [Flag.PASSPORT_UNPROVEN]
        feed = Feed()
        feed.add(StationKeyMade(at=Clock().reading(), public_key=public), THERE, "cutting-1")
        await away.take(feed)
        await away.memory.vouching.check_waiting()
        await away.memory.vouching.check_waiting()
        assert await flags(away, slip) == ([] if genuine else [Flag.PASSPORT_FORGED])
    async with station(tmp_path / "away", 3) as away:
        await away.memory.vouching.check_waiting()
        assert await away.inside(checked) == [genuine], "once, however often it is looked at"


def checked(memory: OpenMemory) -> list[bool]:
    facts = memory.ledger.reading.own_after(PassportChecked.kind, 0, 9)
    return [fact.event.genuine for _, fact in facts if isinstance(fact.event, PassportChecked)]


async def test_forged_paper_takes_no_report_out_of_the_order_of_the_proven_one(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        signed, public = await printed(here)
        slip = signed.passport.slip
        feed = await described(away)
        seen = len(feed.items)
        feed.add(StationKeyMade(at=Clock().reading(), public_key=public), THERE, "cutting-1")
        await away.take(feed, seen)
        told(await away.memory.record(away.report(slip, 3)))
        assert (await away.memory.picture(Subjects(order=ORDER))).order.slips == {}
        await take(away, signed)
        by_order = (await away.memory.picture(Subjects(order=ORDER))).order
        assert by_order.slips[slip].lines[10].good == 3, "what was reported before the paper was read"
        later = {"order": "1002", "minute": signed.passport.minute + 1}
        forged = Signed(signed.passport.model_copy(update=later), "00" * 64)
        unproven = ReadPassport(intent=away.ids(), by=ANNA, signed=forged, vouched=Vouched.UNPROVEN)
        told(await away.memory.record(unproven))
        for _ in range(2):
            order = (await away.memory.picture(Subjects(slip=slip))).order
            assert (order.number, order.slips[slip].lines[10].good) == (ORDER, 3)
            assert order.life.confirmed, "what is known here of the order is looked at"
            by_order = (await away.memory.picture(Subjects(order=ORDER))).order
            assert by_order.slips[slip].lines[10].good == 3
            await away.memory.vouching.check_waiting()
    async with station(tmp_path / "away", 3) as away:
        order = (await away.memory.picture(Subjects(slip=slip))).order
        assert (order.number, order.slips[slip].lines[10].good) == (ORDER, 3)
        assert order.life.confirmed
        assert Flag.PASSPORT_FORGED in await flags(away, slip)


async def test_a_key_that_came_while_a_passport_was_being_recorded_proves_it_too(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        signed, public = await printed(here)
        assert await away.memory.prove(signed) is Vouched.UNPROVEN
        feed = Feed()
        feed.add(StationKeyMade(at=Clock().reading(), public_key=public), THERE, "cutting-1")
        await away.take(feed)
        await away.memory.vouching.check_waiting()
        late = ReadPassport(intent=away.ids(), by=ANNA, signed=signed, vouched=Vouched.UNPROVEN)
        told(await away.memory.record(late))
        assert await flags(away, signed.passport.slip) == [Flag.PASSPORT_UNPROVEN]
        await away.memory.vouching.check_waiting()
        assert await flags(away, signed.passport.slip) == []


async def test_what_the_disk_did_not_take_is_said_at_the_next_look(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        signed, public = await printed(here)
        await take(away, signed)
        feed = Feed()
        feed.add(StationKeyMade(at=Clock().reading(), public_key=public), THERE, "cutting-1")
        await away.take(feed)
        await away.inside(write_nothing)
        await away.memory.vouching.check_waiting()
        assert await flags(away, signed.passport.slip) == [Flag.PASSPORT_UNPROVEN]
        await away.memory.vouching.check_waiting()
        assert await flags(away, signed.passport.slip) == []


def write_nothing(memory: OpenMemory) -> None:
    """The disk takes nothing, until the ledger is opened again."""
    memory.ledger.disk.connection.execute("PRAGMA query_only = ON")


async def flags(away: Station, slip: str) -> list[Flag]:
    order = (await away.memory.picture(Subjects(slip=slip))).order
    return [flag.flag for flag in standing_flags(order)]


# The ledger of a station that never heard of the order


async def test_reports_on_a_slip_that_is_only_known_from_paper_are_kept_and_folded(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        signed, _ = await printed(here)
        slip = signed.passport.slip
        await away.memory.picture(Subjects(slip=slip))
        await take(away, signed)
        for good in (3, 4):
            told(await away.memory.record(away.report(slip, good)))
            order = (await away.memory.picture(Subjects(slip=slip))).order
            assert order.number == ORDER
        assert order.slips[slip].lines[10].still_here == 3
        assert order.slips[slip].lines[20].still_here == 7
        by_order = (await away.memory.picture(Subjects(order=ORDER))).order
        assert by_order.slips[slip] == order.slips[slip]
    async with station(tmp_path / "away", 3) as away:
        assert (await away.memory.picture(Subjects(slip=slip))).order == order


async def test_two_slips_of_an_order_read_one_after_the_other_share_what_they_say(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        await described(here)
        first, second = await issue_slips(here, 20, 10)
        whole, _ = await paper_of(here, first)
        less = shortened(await paper_of(here, second))
        await take(away, less)
        assert list((await away.memory.picture(Subjects(slip=second))).order.steps) == [10]
        await take(away, whole)
        order = (await away.memory.picture(Subjects(order=ORDER))).order
        assert list(order.steps) == [10, 20]
        told(await away.memory.record(away.report(second, 10)))
        grown = (await away.memory.picture(Subjects(order=ORDER))).order
        assert grown.slips[second].lines[20].still_here == 10


def shortened(paper: tuple[Signed, str]) -> Signed:
    said = paper[0].passport
    less = said.model_copy(update={"steps": said.steps[:1], "steps_dropped": 1})
    return replace(paper[0], passport=less)


async def test_the_facts_join_up_when_they_come(tmp_path: Path) -> None:
    async with station(tmp_path / "here") as here, station(tmp_path / "away", 2, seed=2) as away:
        feed = await described(here)
        signed, _ = await printed(here)
        slip = signed.passport.slip
        await take(away, signed)
        told(await away.memory.record(away.report(slip, 4)))
        issue = (await here.memory.picture(Subjects(slip=slip))).order.slips[slip].issues[0]
        feed.add(issue.event, THERE, "cutting-1", issue.event_id)
        await away.take(feed)
        order = (await away.memory.picture(Subjects(slip=slip))).order
        assert (order.on_paper, order.slips[slip].known, order.slips[slip].on_paper) == (None, True, False)
        assert order.slips[slip].lines[10].still_here == 6
        assert standing_flags(order) == []


def test_words_of_another_passport_are_not_what_was_signed() -> None:
    assert signed_bytes(example()) != signed_bytes(example().model_copy(update={"minute": 2}))


def example() -> Passport:
    return next(event.passport for event in FULL if isinstance(event, PassportRead))
