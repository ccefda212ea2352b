"""A served plant for each test, on each engine.

Never shared between tests.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from central.config import Settings
from tests.central.support import Plant, Station, served


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
