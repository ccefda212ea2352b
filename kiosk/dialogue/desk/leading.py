"""A supervisor's word: badge and PIN, asked for one thing and good for that alone.

Never signs the supervisor on: whoever works here goes on working.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from floor.people import Person
from floor.refusals import Refusal
from floor.tags import TagKind
from kiosk.dialogue.pages import AskPage, ListPage
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Row, Tone
from kiosk.words import _

PERMISSION_MS: Final = 60_000
"""So long a supervisor's badge and PIN are good for the one thing that they were given for."""

Errand = Callable[[], Awaitable[None]]
Led = Callable[[Person], Awaitable[None]]


def later_row() -> Row:
    """The line of NOT NOW."""
    return Row((_("Not now: a flag stays"),), Tone.WAITING)


def ask_leader(talk: Talk, title: str, then: Led, not_now: Errand | None) -> None:
    """Ask for a supervisor's badge, scanned or picked, and the PIN; `then` learns who gave it.

    A supervisor who is signed on needs the PIN alone, unless somebody may say NOT NOW.
    """
    if not_now is None and talk.operator and talk.operator.leads:
        _ask_pin(talk, talk.operator, then, not_now)
        return
    leaders = [person for _number, person in sorted(talk.people.items()) if person.leads]

    async def choose(index: int) -> None:
        if index < len(leaders):
            _ask_pin(talk, leaders[index], then, not_now)
        elif not_now:
            await not_now()

    async def scan(badge: str) -> None:
        person = await talk.memory.person_by_badge(badge)
        if person is None or not person.leads:
            talk.refuse(Refusal.SUPERVISOR_ONLY)
        else:
            _ask_pin(talk, person, then, not_now)

    rows = (*(Row((person.name, person.person)) for person in leaders), *([later_row()] if not_now else []))
    columns = (_("supervisor"), "")
    talk.offer(ListPage(title, columns, rows, choose, not_now=not_now, scans={TagKind.PERSON: scan}))


def _ask_pin(talk: Talk, person: Person, then: Led, not_now: Errand | None) -> None:
    async def answer(pin: str) -> None:
        refusal = await talk.memory.check_pin(person.person, pin)
        if refusal:
            talk.refuse(refusal)
        else:
            talk.pages.clear()
            await then(person)

    question = _("PIN of {name}").format(name=person.name)
    talk.pages.append(AskPage(_("Supervisor"), question, answer, secret=True, not_now=not_now))
