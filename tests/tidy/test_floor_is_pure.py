"""floor's own source: time, ids and chance come in as parameters.

Never runs floor: what is read here is what it could do, not what it did.
"""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from tests.tidy.tree import parse, python_files, where

OUTSIDE: Final = {
    *("os", "io", "pathlib", "shutil", "tempfile", "sqlite3"),
    *("time", "random", "secrets", "uuid", "uuid_utils"),
    *("socket", "subprocess", "threading", "asyncio", "sys", "logging", "locale"),
}
"""Modules through which clock, disk, network, chance or the process itself would come in."""

CLOCKS: Final = {"now", "utcnow", "today"}
CLOCK_OWNERS: Final = {"datetime", "date"}
IDS: Final = {"uuid1", "uuid4", "uuid6", "uuid7"}
BUILT_IN: Final = {"open", "print", "input", "__import__"}


def impurities(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of everything in a module that reaches outside."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                for alias in names:
                    if alias.name.partition(".")[0] in OUTSIDE:
                        yield node.lineno, alias.name
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in OUTSIDE:
                yield node.lineno, module
            case ast.Attribute(attr=name) if name in IDS:
                yield node.lineno, name
            case ast.Attribute(attr=name, value=owner) if name in CLOCKS:
                if ast.unparse(owner).rpartition(".")[2] in CLOCK_OWNERS:
                    yield node.lineno, name
            case ast.Name(id=name) if name in IDS | BUILT_IN:
                yield node.lineno, name


def test_floor_reads_no_clock_no_disk_and_no_chance() -> None:
    found = [
        f"{where(path, line)} {name}"
        for path in python_files("floor")
        for line, name in impurities(parse(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.now(datetime.UTC)",
        "import datetime as d\nx = d.date.today()",
        "def f():\n    import random",
        "from random import choice",
        "import os.path",
        "from uuid import uuid4",
        "import uuid_utils",
        "x = make.uuid7()",
        "import time",
        "import sqlite3",
        "x = open('file')",
    ],
)
def test_an_impure_line_is_found(source: str) -> None:
    assert list(impurities(ast.parse(source)))


def test_time_that_is_brought_in_is_welcome() -> None:
    source = "from datetime import datetime\ndef f(now: datetime): return now.isoformat()"
    assert not list(impurities(ast.parse(source)))
