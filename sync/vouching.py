"""What this station signs, and whether what others signed is genuine.

Never keeps a report waiting: the key is loaded in a thread of its own, and only when paper asks for it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Final

from floor.codec import Fact
from floor.commands import AnnounceKey, CheckPassport, Command
from floor.events import PassportRead
from floor.identity import NewId
from floor.passport import Signed, Vouched, prove
from floor.passport_code import signed_bytes
from floor.refusals import Refusal
from floor.station import Recorded
from sync.incidents import Incident, Incidents
from sync.opening import Ask
from sync.stationkey import KeyUnusableError, StationKey, is_genuine, load_or_make

NO_KEY: Final = "Slips are printed without the large square code: there is no key to sign it with."
CHECKED_EVERY_S: Final = 30.0
BEGUN_AFTER_S: Final = 2.0
"""What was scanned while the terminal started goes first."""
LOOKED_THROUGH_MAX: Final = 256
"""Passports of one look back: a report goes in between."""


class Vouching:
    """The station's key, and the keys that it knows."""

    def __init__(
        self,
        folder: Path,
        ask: Ask,
        record: Callable[[Command], Awaitable[Recorded | Refusal]],
        new_id: NewId,
        chance: Random,
        incidents: Incidents,
    ) -> None:
        """Nothing is loaded yet."""
        self._folder = folder
        self._ask = ask
        self._record = record
        self._new_id = new_id
        self._chance = chance
        self._incidents = incidents
        self._key: StationKey | None = None
        self._making = asyncio.Lock()
        self._checked_with: frozenset[str] = frozenset()
        self._checked_through = 0
        """The row of the last passport that was looked at with those keys."""

    async def key(self) -> StationKey | None:
        """The key of this station, which every station can know by now; None where there is none."""
        async with self._making:
            if self._key is None:
                self._key = await self._load()
            return self._key

    async def _load(self) -> StationKey | None:
        try:
            key = await asyncio.to_thread(load_or_make, self._folder, self._chance)
        except KeyUnusableError as error:
            self._incidents.alarm(Incident.NO_KEY, NO_KEY, error=str(error))
            return None
        if key.public not in await self._keys():
            told = await self._record(AnnounceKey(intent=self._new_id(), by=None, public_key=key.public))
            if isinstance(told, Refusal):
                self._incidents.alarm(Incident.NO_KEY, NO_KEY, error=told.name)
                return None
        self._incidents.clear(Incident.NO_KEY)
        return key

    async def prove(self, signed: Signed) -> Vouched:
        """Whether a key that is known here signed it."""
        keys = await self._keys()
        said = signed_bytes(signed.passport)
        return await asyncio.to_thread(prove, signed, said, keys, is_genuine)

    async def look_after(self) -> None:
        """Tell the key early, so that whoever is cut off later knows whom to believe; then check."""
        await asyncio.sleep(BEGUN_AFTER_S)
        await self.key()
        await self.check_waiting()

    async def check_waiting(self) -> None:
        """Say what the keys tell of the passports that were taken unproven here.

        All of them when a key became known since; else those that were recorded since: their key may have
        come between looking for it and recording that it is not there.
        """
        keys = await self._keys()
        if keys != self._checked_with:
            self._checked_through = 0
        behind: int | None = self._checked_through
        while behind is not None:
            self._checked_through = behind
            behind = await self._check_some(behind, keys)
        self._checked_with = keys

    async def _check_some(self, behind: int, keys: frozenset[str]) -> int | None:
        """Look at those behind a row; the row to go on from, None when no more can be said now."""
        found = await self._ask(
            lambda memory: memory.ledger.reading.own_after(PassportRead.kind, behind, LOOKED_THROUGH_MAX)
        )
        for _, fact in found:
            if await self._check(fact, keys) is not None:
                return None
        return found[-1][0] if found else None

    async def _check(self, fact: Fact, keys: frozenset[str]) -> Refusal | None:
        """Say what the keys tell of one; a refusal where it could not be recorded."""
        event = fact.event
        if not isinstance(event, PassportRead) or event.proven:
            return None
        if await self._ask(lambda memory: memory.ledger.reading.is_answered(fact.event_id)):
            return None
        signed = Signed(event.passport, event.signature)
        vouched = await asyncio.to_thread(prove, signed, signed_bytes(event.passport), keys, is_genuine)
        if vouched is Vouched.UNPROVEN:
            return None
        checked = CheckPassport(
            intent=self._new_id(),
            by=None,
            read=fact.event_id,
            slip=event.passport.slip,
            order=event.passport.order,
            genuine=vouched is Vouched.PROVEN,
        )
        told = await self._record(checked)
        return told if isinstance(told, Refusal) else None

    async def _keys(self) -> frozenset[str]:
        return await self._ask(lambda memory: memory.ledger.known.keys())
