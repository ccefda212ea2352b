"""LANGUAGE: the terminal speaks the language of the badge, or the one that was chosen since.

Never changes what is recorded: a fact has no language.
"""

from typing import Final

from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _, speak

NAMES: Final = {"en": "English", "de": "Deutsch", "es": "Español", "zh": "中文"}
"""Each language by its own name."""


class Languages:
    """LANGUAGE."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def next(self) -> None:
        """The language after this one; it stays until somebody else signs on or everybody has left."""
        talk = self._talk
        shown = talk.place.languages
        talk.chosen_language = shown[(shown.index(talk.language) + 1) % len(shown)]
        speak(talk.language)
        talk.notice = Notice(Tone.PLAIN, NAMES[talk.language], _("LANGUAGE again: the next one."))
