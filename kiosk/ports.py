"""What the conversation needs from the outside: the station's memory, as a shape without a body.

Never says how: `kiosk.wiring` brings the real ones, and a test may bring smaller ones.
"""

from collections.abc import Callable, Mapping
from typing import Protocol

from floor.commands import Command
from floor.days import OpenDay
from floor.decide import Picture
from floor.dispatch import WaitingHere
from floor.events import Moment, Subjects
from floor.passport import Signed, Vouched
from floor.people import Person
from floor.plant import Plant
from floor.progress import OrderProgress
from floor.refusals import Refusal
from floor.runs import Run
from floor.station import Draft, LastReport, OpenWork, Recorded, Standing


class Memory(Protocol):
    """The station's ledger and directory."""

    def moment(self) -> Moment:
        """Now, by every clock of the station."""

    async def record(self, command: Command) -> Recorded | Refusal:
        """Decide, append, commit; answers when the fact is on the disk."""

    async def picture(self, subjects: Subjects) -> Picture:
        """The state around an order, a slip or a machine."""

    async def plant(self) -> Plant:
        """The plant as central described it, as far as known."""

    async def person_by_badge(self, badge: str) -> Person | None:
        """Whom the six letters of a badge name."""

    async def people(self) -> Mapping[str, Person]:
        """Everyone of this area, by number."""

    async def prove(self, signed: Signed) -> Vouched:
        """Whether a key that is known here signed what a slip says of itself."""

    async def check_pin(self, person: str, pin: str) -> Refusal | None:
        """None when the PIN is right; failures are counted on the disk before the check."""

    async def last_reports(self) -> list[LastReport]:
        """This station's last five, newest first."""

    async def own_reports(self, person: str) -> list[LastReport]:
        """What this person reported at this station lately, newest first."""

    async def open_runs(self) -> list[Run]:
        """Runs started and not ended, with the pauses that go on, as far as known here, oldest first."""

    async def open_work(self) -> OpenWork | None:
        """Runs and downtimes that are open, without waiting; None while the past is still looked through."""

    async def heard(self) -> Mapping[str, int | None]:
        """Every other station, with the Unix time in ms of its last fact known here; None for none yet."""

    async def waiting_here(self, work_centre: str | None) -> list[WaitingHere]:
        """What a work centre can take up, and what comes to it next; None means every work centre."""

    async def open_orders(self) -> list[OrderProgress]:
        """Orders that are confirmed, by number."""

    async def open_day(self) -> OpenDay:
        """What was recorded here since the day was closed last, counted."""

    async def save_draft(self, draft: Draft) -> None:
        """Keep what was filled in so far; replaces the draft of the same intent."""

    async def drop_draft(self, intent: str) -> None:
        """The operator took it back."""

    async def drafts(self) -> list[Draft]:
        """What was left when the program last stopped."""

    async def standing(self) -> Standing:
        """What the foot says now."""


NewIntent = Callable[[], str]
"""Makes an event id when an intent is born."""
