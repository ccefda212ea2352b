"""A terminal without settings speaks the language of whoever sets it up."""

from dataclasses import fields, replace

import pytest

from floor.refusals import Refusal
from kiosk.config import SECTIONS, KioskConfig, ScreenSection
from kiosk.dialogue.station.setting_names import NAMES
from kiosk.dialogue.station.sheets import SettingUp
from kiosk.dialogue.view import Helping, Waiting
from kiosk.record import Record, code
from kiosk.scanner import Scanner
from kiosk.words import ENGLISH, speak

OF_A_TERMINAL = {"station", "server", "data", "scanner", "screen", "sound", "drawings", "serial", "camera"}


class Setter:
    """Somebody at a terminal without settings."""

    def __init__(self, language: str = ENGLISH, languages: tuple[str, ...] = ("en", "de", "es")) -> None:
        self.conversation = SettingUp(self.keep, language, languages)
        self.scanner = Scanner()
        self.now_ms = 0.0

    async def keep(self, record: Record) -> Refusal | None:
        return None

    async def press(self, *keys: str, gap_ms: float = 150) -> None:
        for key in keys:
            self.now_ms += gap_ms
            for taken in self.scanner.press(key, self.now_ms):
                await self.conversation.take(taken)

    @property
    def title(self) -> str:
        body = self.conversation.view("").body
        assert isinstance(body, Waiting), body
        return body.title


@pytest.fixture(autouse=True)
def english_afterwards() -> object:
    yield
    speak(ENGLISH)


async def test_insert_goes_through_the_languages_that_can_be_shown_here() -> None:
    setter = Setter()
    titles = []
    for _turn in range(4):
        titles.append(setter.title)
        await setter.press("insert")
    assert titles[0] == titles[3] == "SCAN THE SHEET"
    assert len(set(titles)) == 3


@pytest.mark.parametrize(("language", "spoken"), [("de", "de"), ("zh", "en"), ("fr", "en"), ("C.", "en")])
async def test_the_language_of_the_machine_is_spoken_first_where_it_can_be_shown(
    language: str, spoken: str
) -> None:
    assert Setter(language).conversation.view("").language == spoken


async def test_a_sheet_is_read_in_the_language_that_it_sets() -> None:
    config = replace(KioskConfig(), screen=ScreenSection(language="de", touch=True))
    setter = Setter()
    await setter.press(*code(Record(config, "secret")), "enter", gap_ms=0)
    view = setter.conversation.view("")
    assert isinstance(view.body, Helping)
    lines = dict(view.body.lines)
    assert view.language == "de"
    assert lines["Nummer der Station"] == "station-1"
    assert lines["Bedienung mit dem Finger"] == "ja"
    assert lines["Token"] == "auf diesem Blatt: wie einen Schlüssel hüten"


def test_every_setting_has_a_name_that_can_be_translated() -> None:
    tables = [(name, key.name) for name, section in SECTIONS.items() for key in fields(section)]
    keys = {f"{name} {key}".replace("_", " ") for name, key in tables}
    assert NAMES - keys == {"token"}, "no name of a setting that is gone"
    unnamed = {key for key in keys - NAMES if key.partition(" ")[0] in OF_A_TERMINAL}
    assert unnamed == set(), "others stand as they are written in the file, until somebody names them"
