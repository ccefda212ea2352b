"""Every name that a person can meet is explained in docs/reference, in the file of its family, in backticks.

Never judges the explanation: a reader does.
"""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Final

import pytest
from pydantic import BaseModel
from textual.binding import Binding
from typer.core import TyperGroup
from typer.main import get_command

from floor.events import KINDS
from floor.flags import Flag
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind
from tests.tidy.tree import ROOT

REFERENCE: Final = ROOT / "docs" / "reference"


def modules_of(package: str) -> Iterator[ModuleType]:
    """Every module of a package, loaded; not its migrations, which only alembic can load."""
    root = importlib.import_module(package)
    yield root
    for found in pkgutil.walk_packages(root.__path__, f"{package}."):
        if "migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def classes_of(module: ModuleType) -> Iterator[type]:
    """The classes that a module itself defines."""
    for _, found in inspect.getmembers(module, inspect.isclass):
        if found.__module__ == module.__name__:
            yield found


def config_keys(module: str) -> set[str]:
    """Every field of every settings model of a `config` module, as it is written in the file."""
    models = [found for found in classes_of(importlib.import_module(module)) if issubclass(found, BaseModel)]
    return {field.alias or name for model in models for name, field in model.model_fields.items()}


def keys_bound() -> set[str]:
    """Every key that a screen, widget or app of the terminal binds."""
    found: set[str] = set()
    for module in modules_of("kiosk"):
        for owner in classes_of(module):
            for binding in vars(owner).get("BINDINGS", []):
                keys = binding.key if isinstance(binding, Binding) else binding[0]
                found.update(key.strip() for key in keys.split(","))
    return found


def command_lines(command: object, path: str) -> set[str]:
    """`central order draft` and every other command below a group."""
    if isinstance(command, TyperGroup):
        return {
            line
            for name, below in command.commands.items()
            for line in command_lines(below, f"{path} {name}")
        }
    return {path}


def central_command_lines() -> set[str]:
    """Every command of `central`."""
    return command_lines(get_command(importlib.import_module("central.cli").app), "central")


FAMILIES: Final = {
    "events.md": lambda: set(KINDS),
    "refusals.md": lambda: {refusal.value for refusal in Refusal},
    "flags.md": lambda: {flag.value for flag in Flag},
    "codes.md": lambda: {kind.value for kind in TagKind} | {word.name for word in CommandWord},
    "keys.md": keys_bound,
    "configuration.md": lambda: config_keys("kiosk.config") | config_keys("central.config"),
    "commands.md": central_command_lines,
}
"""File of docs/reference, and the names that it explains."""


@pytest.mark.parametrize("file", FAMILIES)
def test_every_name_is_explained(file: str) -> None:
    names = FAMILIES[file]()
    explained = set(re.findall(r"`([^`\n]+)`", (REFERENCE / file).read_text(encoding="utf-8")))
    assert names, "nothing to explain: this test looks in the wrong place"
    assert sorted(names - explained) == []
