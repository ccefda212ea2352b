"""What still waits for an answer - runs, downtimes, papers - sought through the whole past in pieces.

Never a second truth: it is found again from the tables whenever it is dropped; what is new is added by
whoever learns of it. Never holds up a report: each look back passes over `LOOKED_BACK_MAX` facts and no more.
"""

from collections.abc import Callable
from typing import Final

from floor.codec import Fact
from sync.reading import BY_ID, Asked, Reading

LOOKED_BACK_MAX: Final = 1024
"""Facts of one look back: a few milliseconds, for which a report may have to wait."""


class Unanswered:
    """The facts of one kind that wait here, and that no event ends or answers."""

    def __init__(self, reading: Reading, kind: str, waits: Callable[[Fact], bool]) -> None:
        """Nothing is read yet; `waits` says of which facts anybody here awaits an answer."""
        self._reading = reading
        self._kind = kind
        self._waits = waits
        self._found: dict[str, Fact] = {}
        self._behind: dict[Asked, int] = dict.fromkeys(Asked, 0)
        """For each table that is not read to its end: how far it is."""

    @property
    def whole(self) -> bool:
        """Whether everything there was has been looked at."""
        return not self._behind

    def look_back(self) -> None:
        """Pass over some more of what was asked, oldest first."""
        table = next(iter(self._behind))
        asked = self._reading.asked(table, self._kind, self._behind[table], LOOKED_BACK_MAX)
        for _, event_id, answered in asked:
            if not answered:
                found = self._reading.facts(BY_ID, event_id)
                self._found |= {fact.event_id: fact for fact in found if self._waits(fact)}
        if len(asked) < LOOKED_BACK_MAX:
            del self._behind[table]
        else:
            self._behind[table] = asked[-1][0]

    def all(self) -> dict[str, Fact]:
        """Every one of them by its id, read to the end first."""
        while not self.whole:
            self.look_back()
        return self._found

    def learn(self, fact: Fact) -> None:
        """A new fact answers one of these, or waits with them."""
        self._found.pop(fact.event.subjects().answers or "", None)
        if fact.event.kind != self._kind or not self._waits(fact):
            return
        if not self._reading.is_answered(fact.event_id):
            self._found[fact.event_id] = fact
