"""The language follows the badge, and everything on the screen follows the language."""

import re
from typing import get_type_hints

from floor.tags import CommandWord, TagKind, encode
from kiosk.config import ScreenSection
from kiosk.dialogue.conversation import Conversation, Place
from kiosk.dialogue.languages import NAMES
from kiosk.words import LANGUAGES, shown_on
from tests.floor.shop import a_shop
from tests.kiosk.shop_memory import BADGE, Terminal, with_reasons

LANGUAGE = encode(TagKind.COMMAND, CommandWord.LANGUAGE.value)


async def test_the_card_goes_through_all_languages_and_comes_back() -> None:
    terminal = Terminal(with_reasons(a_shop()))
    await terminal.scan(BADGE)
    spoken = []
    for _language in LANGUAGES:
        await terminal.scan(LANGUAGE)
        assert terminal.view.notice is not None
        spoken.append((terminal.view.language, terminal.view.notice.title))
    assert spoken == [(name, NAMES[name]) for name in (*LANGUAGES[1:], LANGUAGES[0])]


async def test_a_badge_brings_its_language_whatever_was_chosen_before() -> None:
    terminal = Terminal(with_reasons(a_shop()))
    await terminal.scan(LANGUAGE)
    assert terminal.view.language == "de"
    await terminal.scan(BADGE)
    assert terminal.view.language == "en"


def test_the_settings_know_the_same_languages() -> None:
    assert get_type_hints(ScreenSection)["language"] is str
    field = next(found for found in ScreenSection.__dataclass_fields__.values() if found.name == "language")
    assert tuple(re.split(r"\|", field.metadata["pattern"].pattern)) == LANGUAGES == tuple(NAMES)


async def test_a_bare_console_has_no_chinese_signs_and_says_it_in_english() -> None:
    assert shown_on("xterm-256color") == LANGUAGES
    terminal = Terminal(with_reasons(a_shop()))
    place = Place("Cutting Line 1", "WC10", language="zh", languages=shown_on("linux"))
    terminal.conversation = Conversation(
        terminal.memory, place, terminal.shop.new_id, lambda: terminal.now_ms
    )
    assert terminal.view.language == "en"
    await terminal.scan(BADGE)
    spoken = set()
    for _language in LANGUAGES:
        await terminal.scan(LANGUAGE)
        spoken.add(terminal.view.language)
    assert spoken == {"en", "de", "es"}
