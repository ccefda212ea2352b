"""A served plant for each test, on each engine.

Never shared between tests.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from central.config import Settings
from central.loading import pins
from tests.central.support import Plant, Station, served


@pytest.fixture(autouse=True)
def quick_pins(monkeypatch: pytest.MonkeyPatch) -> None:
    """argon2id as ever, with less work than a thief should have."""
    monkeypatch.setattr(pins, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(database=database_url, data_dir=tmp_path / "data")


@pytest.fixture
def plant(settings: Settings) -> Iterator[Plant]:
    """Served, and empty."""
    with served(settings) as found:
        yield found


@pytest.fixture
def demo(plant: Plant) -> Plant:
    """Served, with the demo plant loaded."""
    plant.load()
    return plant


@pytest.fixture
def cutting(demo: Plant) -> Station:
    """The terminal at the cutting line."""
    return demo.station("cutting-1")
