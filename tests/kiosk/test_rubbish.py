"""Python's collector never stops the terminal for long, and rubbish does not pile up."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from kiosk import rubbish


class Thing:
    """Something that may point at itself."""

    def __init__(self) -> None:
        self.itself: object = None


@pytest.fixture
def looks() -> Iterator[list[int]]:
    """Which generations were looked through since; the collector is as before afterwards."""
    made: list[int] = []

    def note(phase: str, found: dict[str, int]) -> None:
        if phase == "start":
            made.append(found["generation"])

    before = gc.get_threshold()
    gc.collect()
    gc.callbacks.append(note)
    rubbish.begin()
    yield made
    gc.callbacks.remove(note)
    gc.set_threshold(*before)
    gc.unfreeze()


def round_thing() -> "weakref.ref[Thing]":
    """Rubbish that only a look through everything new can find."""
    thing = Thing()
    thing.itself = thing
    return weakref.ref(thing)


def test_old_things_are_never_looked_through_by_themselves(looks: list[int]) -> None:
    kept = [Thing() for _ in range(300_000)]
    assert looks, "the young ones are"
    assert 2 not in looks
    assert len(kept) == 300_000


def test_rubbish_of_the_last_second_is_taken_out(looks: list[int]) -> None:
    ref = round_thing()
    gc.collect(1)  # it has seen better days
    rubbish.take_out(gc.get_count()[2])
    assert ref() is None
    assert 2 in looks


def test_what_was_there_a_second_ago_is_not_looked_at_again(looks: list[int]) -> None:
    kept = [Thing() for _ in range(1_000)]
    seen = rubbish.take_out(0)
    assert gc.get_freeze_count() > len(kept)
    assert not any(isinstance(found, Thing) for found in gc.get_objects())
    rubbish.take_out(seen)
    assert len(looks) >= 2


def test_a_great_load_is_not_looked_through_at_all(looks: list[int]) -> None:
    kept = [Thing() for _ in range(200_000)]
    seen = rubbish.take_out(0)
    assert 2 not in looks
    assert gc.get_freeze_count() > len(kept)
    looks.clear()
    rubbish.take_out(seen)
    assert looks == [2], "a quiet second after it is as any other"
