"""Every name that a person can meet is explained in docs/reference, in the file of its family, in backticks.

Never judges the explanation: a reader does.
"""

import argparse
import importlib
import re
from dataclasses import fields
from typing import Final

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from central.config import Settings
from floor.events import KINDS
from floor.flags import Flag
from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind
from kiosk.commands import parser
from kiosk.config import SECTIONS
from kiosk.dialogue.pages import KEY_WORDS
from kiosk.scanner import BACKSPACE
from tests.tidy.tree import ROOT

REFERENCE: Final = ROOT / "docs" / "reference"


def config_keys() -> set[str]:
    """Every key of a terminal's settings with its table, and every key of the server's."""
    terminal = {f"{table}.{key.name}" for table, section in SECTIONS.items() for key in fields(section)}
    return terminal | set(Settings.model_fields)


def keys_and_words() -> set[str]:
    """Every key that the terminal takes, and every word of the command card."""
    return set(KEY_WORDS) | {BACKSPACE} | {word.name for word in CommandWord}


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


def kiosk_command_lines() -> set[str]:
    """Every command of `kiosk`."""
    return argparse_lines(parser(), "kiosk") - {"kiosk"}


def argparse_lines(words: argparse.ArgumentParser, path: str) -> set[str]:
    """`kiosk config check` and every other command below a parser; the parser itself where it has none."""
    below = [
        (name, command)
        for action in words._actions
        if isinstance(action, argparse._SubParsersAction)
        for name, command in action.choices.items()
    ]
    if not below:
        return {path}
    return {line for name, command in below for line in argparse_lines(command, f"{path} {name}")}


FAMILIES: Final = {
    "events.md": lambda: set(KINDS),
    "refusals.md": lambda: {refusal.value for refusal in Refusal},
    "flags.md": lambda: {flag.value for flag in Flag},
    "codes.md": lambda: {kind.value for kind in TagKind} | {kind.name for kind in TagKind},
    "keys.md": keys_and_words,
    "configuration.md": config_keys,
    "commands.md": lambda: central_command_lines() | kiosk_command_lines(),
}
"""File of docs/reference, and the names that it explains."""


@pytest.mark.parametrize("file", FAMILIES)
def test_every_name_is_explained(file: str) -> None:
    names = FAMILIES[file]()
    quoted = set(re.findall(r"`([^`\n]+)`", (REFERENCE / file).read_text(encoding="utf-8")))
    assert names, "nothing to explain: this test looks in the wrong place"
    assert sorted(names - quoted) == []


TERMINAL_ROWS: Final = range(20, 35)
"""Rows of the list of features that a terminal shows."""


def test_every_feature_of_the_terminal_is_held_by_tests_that_are_there() -> None:
    table = (REFERENCE / "features.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\d, ]+) \|.*\|(.*)\|$", table, re.MULTILINE)
    held = {
        int(number): re.findall(r"`(tests/[^`]+)`", by)
        for numbers, by in rows
        for number in numbers.split(",")
    }
    assert [row for row in TERMINAL_ROWS if not held.get(row)] == []
    named = {file for files in held.values() for file in files}
    assert sorted(file for file in named if not (ROOT / file).is_file()) == []


FAULTS_OF_THE_TERMINAL: Final = {"a": (3, 4, 22, 23, 24), "e": range(1, 25), "g": range(1, 9)}
"""Groups and rows of the list of faults that a terminal must survive."""


def test_every_fault_of_the_terminal_is_held_by_a_test_of_its_number_or_named_as_a_limit() -> None:
    rows = {f"{group}{row}" for group, numbers in FAULTS_OF_THE_TERMINAL.items() for row in numbers}
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    names = re.findall(r"def (test_\w+)", sources)
    held = {part for name in names for part in name.split("_") if re.fullmatch(r"[a-h]\d+", part)}
    limits = (ROOT / "docs" / "operating" / "limits.md").read_text(encoding="utf-8")
    named = {row.lower() for row in re.findall(r"\(([A-H]\d+)\)", limits)}
    assert sorted(rows - held - named) == []
