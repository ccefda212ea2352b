"""The terminal's words in the language of whoever stands there.

Never a second wording: English stands in the code, the catalogues in `assets/words` say it again.
"""

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "de", "es", "zh")
"""What the terminal speaks, in the order in which LANGUAGE goes through them."""
BARE_CONSOLE: Final = "linux"
"""The name of a terminal that has 512 signs at most."""
BARE_LANGUAGES: Final = (ENGLISH, "de", "es")
"""What can be shown there."""
WORDS: Final = Path(__file__).parents[1] / "assets" / "words"
DOMAIN: Final = "kiosk"


class _Speech:
    """One terminal speaks one language at a time."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()


_SPEECH: Final = _Speech()


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, WORDS, [language], fallback=True)


def shown_on(term: str) -> tuple[str, ...]:
    """The languages whose signs a terminal has, by its name in TERM."""
    return BARE_LANGUAGES if term == BARE_CONSOLE else LANGUAGES


def speak(language: str) -> None:
    """From now on in `language`, such as `de`; in English where there is no catalogue for it."""
    _SPEECH.catalogue = _catalogue(language)


def _(text: str) -> str:
    """The text in the language that is spoken; texts with values are filled by `str.format` afterwards."""
    return _SPEECH.catalogue.gettext(text) if text else ""


def said_in(language: str) -> Callable[[str], str]:
    """What says texts in one language, whatever is spoken here: for paper, which stays."""
    return _catalogue(language).gettext


def mark(text: str) -> str:
    """The text itself: it stands in a table, and whoever shows it says it in the language of then."""
    return text


def counted(one: str, many: str, count: int) -> str:
    """The wording for so many; `{count}` in it is filled."""
    return _SPEECH.catalogue.ngettext(one, many, count).format(count=count)


WEEKDAYS: Final = (
    mark("Mon"),
    mark("Tue"),
    mark("Wed"),
    mark("Thu"),
    mark("Fri"),
    mark("Sat"),
    mark("Sun"),
)
MONTHS: Final = (
    mark("January"),
    mark("February"),
    mark("March"),
    mark("April"),
    mark("May"),
    mark("June"),
    mark("July"),
    mark("August"),
    mark("September"),
    mark("October"),
    mark("November"),
    mark("December"),
)
