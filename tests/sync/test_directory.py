"""Who works here, and whose PIN it is."""

from pathlib import Path

from argon2 import PasswordHasher

from floor.people import Person, Role
from floor.refusals import Refusal
from tests.sync.world import Station, station

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LEAD = Person(
    person="1", name="[red]Ada[/]", badge="BCDFGH", role=Role.SUPERVISOR, pin_hash=QUICK.hash("2468")
)
WORKER = Person(person="2", name="Bo", badge="BCDFGJ")
FIVE_MINUTES_MS = 5 * 60 * 1000


async def _staffed(here: Station) -> None:
    await here.inside(lambda memory: memory.directory.replace("v1", [LEAD, WORKER]))


async def test_a_badge_names_a_person_and_a_new_directory_takes_the_place_of_the_old(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        assert await here.memory.person_by_badge("BCDFGH") is None
        await _staffed(here)
        assert await here.memory.person_by_badge("BCDFGH") == LEAD
        assert dict(await here.memory.people()) == {"1": LEAD, "2": WORKER}
    async with station(tmp_path) as here:
        await here.inside(lambda memory: memory.directory.replace("v2", [WORKER]))
        assert await here.memory.person_by_badge("BCDFGH") is None
        left = "SELECT count(*) FROM person WHERE name LIKE '%Ada%'"
        assert await here.inside(lambda memory: memory.ledger.disk.connection.execute(left).fetchone()) == (
            0,
        )


async def test_the_same_directory_again_changes_nothing(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await _staffed(here)
        people = await here.memory.people()
        await here.inside(lambda memory: memory.directory.replace("v1", []))
        assert await here.memory.people() is people


async def test_a_right_pin_opens_and_starts_the_count_anew(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await _staffed(here)
        for pin, said in [("0", Refusal.PIN_WRONG)] * 4 + [("2468", None)] + [("1", Refusal.PIN_WRONG)] * 4:
            assert await here.memory.check_pin("1", pin) is said
        assert await here.memory.check_pin("1", "2468") is None


async def test_five_wrong_pins_lock_for_five_minutes_and_stop_nobody_from_recording(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await _staffed(here)
        for _ in range(5):
            assert await here.memory.check_pin("1", "0000") is Refusal.PIN_WRONG
        assert await here.memory.check_pin("1", "2468") is Refusal.PIN_LOCKED
        assert not isinstance(await here.memory.record(here.report(by="1")), Refusal)
        here.clock.pass_ms(FIVE_MINUTES_MS)
        assert await here.memory.check_pin("1", "2468") is None


async def test_neither_a_turned_clock_nor_a_restart_shortens_the_lock(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await _staffed(here)
        for _ in range(5):
            await here.memory.check_pin("1", "0000")
        here.clock.wall_ms += 10 * FIVE_MINUTES_MS
        assert await here.memory.check_pin("1", "2468") is Refusal.PIN_LOCKED
    async with station(tmp_path) as here:
        here.clock.boot_id, here.clock.monotonic_ms = "boot-2", 10**9
        assert await here.memory.check_pin("1", "2468") is Refusal.PIN_LOCKED
        here.clock.pass_ms(FIVE_MINUTES_MS)
        assert await here.memory.check_pin("1", "2468") is None


async def test_a_wrong_pin_is_counted_before_it_is_checked(tmp_path: Path) -> None:
    """Whoever kills the program during the check has used up a try all the same."""
    async with station(tmp_path) as here:
        await _staffed(here)
        for _ in range(5):
            await here.inside(lambda memory: memory.directory.begin_pin_check("1", here.clock()))
    async with station(tmp_path) as here:
        assert await here.memory.check_pin("1", "2468") is Refusal.PIN_LOCKED


async def test_nobody_and_those_without_a_pin_are_named_refusals(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        await _staffed(here)
        assert await here.memory.check_pin("99", "1") is Refusal.UNKNOWN_BADGE
        assert await here.memory.check_pin("2", "1") is Refusal.SUPERVISOR_ONLY


async def test_a_broken_verifier_or_an_endless_pin_opens_nothing(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        broken = LEAD.model_copy(update={"pin_hash": "not a hash"})
        await here.inside(lambda memory: memory.directory.replace("v1", [broken]))
        assert await here.memory.check_pin("1", "2468") is Refusal.PIN_WRONG
        await _staffed(here)
        assert await here.memory.check_pin("1", "2468" * 100) is Refusal.PIN_WRONG
