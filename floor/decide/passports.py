"""Rules for what slips say of themselves, and for the keys that vouch for it.

Never checks a signature: whoever asks has done so, and says what came of it.
"""

from floor.commands import AnnounceKey, CheckPassport, ReadPassport
from floor.decide.picture import Decided
from floor.events import Moment, PassportChecked, PassportRead, StationKeyMade
from floor.passport import Vouched
from floor.refusals import Refusal


def decide(command: ReadPassport | CheckPassport | AnnounceKey, now: Moment) -> Decided | Refusal:
    """What follows from a passport or a key."""
    match command:
        case ReadPassport():
            return read(command, now)
        case CheckPassport():
            return check(command, now)
        case AnnounceKey():
            made = StationKeyMade(at=now, by=command.by, public_key=command.public_key)
            return [(command.intent, made)]


def read(command: ReadPassport, now: Moment) -> Decided | Refusal:
    """What a slip says is taken, proven or not; what a known key did not sign is refused."""
    if command.vouched is Vouched.FORGED:
        return Refusal.PASSPORT_FORGED
    taken = PassportRead(
        at=now,
        by=command.by,
        passport=command.signed.passport,
        signature=command.signed.signature,
        proven=command.vouched is Vouched.PROVEN,
        source=command.source,
    )
    return [(command.intent, taken)]


def check(command: CheckPassport, now: Moment) -> Decided | Refusal:
    """What became known of a passport that was taken unproven."""
    checked = PassportChecked(
        at=now,
        by=command.by,
        read=command.read,
        slip=command.slip,
        order=command.order,
        genuine=command.genuine,
    )
    return [(command.intent, checked)]
