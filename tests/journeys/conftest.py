"""The demo plant's server, a terminal at the cutting line, and two slips of its first order.

Never shared between two journeys.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo import plant, shift
from kiosk.demo.server import PlantServer
from tests.journeys.somebody import Somebody, terminal


@pytest.fixture
def server(tmp_path: Path) -> Iterator[PlantServer]:
    """A server that knows the demo plant."""
    with PlantServer.started(tmp_path / "central") as started:
        started.load(plant.ASSETS)
        yield started


@pytest.fixture
def cutting(server: PlantServer, tmp_path: Path) -> Iterator[Somebody]:
    """Somebody at the terminal of the cutting line."""
    somebody = Somebody(terminal(tmp_path, server))
    yield somebody
    somebody.terminal.stop()


@pytest.fixture
def slips(cutting: Somebody) -> list[str]:
    """Slips of 80 and 20, issued and printed at the cutting line."""
    return shift.issue_slips(cutting.terminal, 80)
