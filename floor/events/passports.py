"""What slips say of themselves, and the keys of the stations that vouch for it.

Never a slip's issue: what was read is worth nothing any more where the issue is known.
"""

from floor.events.base import Event, Subjects
from floor.identity import EventId, Number, SlipNumber
from floor.passport import Passport, PublicKey, Signature
from floor.source import Source


class StationKeyMade(Event):
    """The recording station signs with this key from now on."""

    kind = "station_key_made"
    public_key: PublicKey


class PassportRead(Event):
    """A slip's own words were taken at a station that did not know the slip, or knew it otherwise."""

    kind = "passport_read"
    passport: Passport
    signature: Signature
    proven: bool
    """Whether the key that signed it was known here; one that a known key did not sign is not taken."""
    source: Source

    def subjects(self) -> Subjects:
        return Subjects(order=self.passport.order, slip=self.passport.slip)


class PassportChecked(Event):
    """The key of a passport that was taken unproven became known."""

    kind = "passport_checked"
    read: EventId
    """The PassportRead."""
    slip: SlipNumber
    order: Number
    genuine: bool
    """Whether that key signed it."""

    def subjects(self) -> Subjects:
        return super().subjects()._replace(answers=self.read)
