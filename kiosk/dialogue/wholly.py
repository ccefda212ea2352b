"""An input is taken wholly or not at all, also where the memory stops answering in the middle of it.

Never takes a fact back: what was recorded stands, and the screen says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from floor.refusals import Refusal
from floor.station import MemorySilentError
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Notice, Tone
from kiosk.words import _


@contextmanager
def wholly(talk: Talk) -> Iterator[None]:
    """Somebody did something: they are told whether it counts."""
    before = talk.as_it_is()
    try:
        yield
    except MemorySilentError:
        if _taken_back(talk, before):
            talk.refuse(Refusal.DISK_SILENT)
        else:
            since = _("The disk does not answer since then: the screen may show what was before it.")
            talk.notice = Notice(Tone.FLAGGED, _("This was recorded."), since)


@contextmanager
def unnoticed(talk: Talk) -> Iterator[None]:
    """Nobody did anything: it is tried again soon."""
    before = talk.as_it_is()
    try:
        yield
    except MemorySilentError:
        _taken_back(talk, before)


def _taken_back(talk: Talk, before: Talk) -> bool:
    """Whether all is as it was: nothing was recorded meanwhile."""
    unrecorded = talk.records == before.records
    if unrecorded:
        talk.back_to(before)
    talk.silent = True
    return unrecorded
