"""Whatever a terminal says, it says in each of its languages.

Never judges a translation: people who speak the language do.
"""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from types import ModuleType

import pytest

from kiosk.widgets import signs
from kiosk.words import ENGLISH, LANGUAGES
from tests.tidy.tree import ROOT
from tests.tidy.unmarked import unmarked


def script(name: str) -> ModuleType:
    """A script of the project, as a module."""
    loader = SourceFileLoader(name, str(ROOT / "scripts" / name))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    loader.exec_module(module)
    return module


WORDS = script("words")


def test_no_text_on_the_screen_is_left_in_one_language() -> None:
    assert unmarked() == []


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != ENGLISH])
def test_every_text_is_said_with_the_same_values(language: str) -> None:
    assert list(WORDS.faults(language, WORDS.template())) == []


def test_a_text_that_nobody_translated_is_found() -> None:
    wanted = WORDS.template()
    wanted.add("Nobody said this {number} times yet")
    assert any("Nobody said this" in fault for fault in WORDS.faults("de", wanted))


def test_every_sign_of_the_catalogues_can_be_drawn_large() -> None:
    drawn = {line[0] for line in signs.SIGNS.read_text(encoding="utf-8").splitlines()}
    assert set(script("signs").wanted()) <= drawn
