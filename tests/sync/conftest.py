"""A server with a plant in it, for whoever asks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.server import Server


@pytest.fixture(scope="session")
def described(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A server's files with a plant in them, made once."""
    folder = tmp_path_factory.mktemp("described")
    made = Server(folder)
    made.describe()
    made.stop()
    return folder / "central"


@pytest.fixture
def server(tmp_path: Path, described: Path) -> Iterator[Server]:
    shutil.copytree(described, tmp_path / "central")
    made = Server(tmp_path)
    yield made
    made.stop()
