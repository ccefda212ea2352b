"""The passport: what a slip says of itself, signed, for a station that never heard of it.

Never holds a key and never checks a signature: whoever can comes in as a port. `passport_code` writes it as
letters; what found no room there is counted in the passport itself.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Final

from pydantic import Field, StringConstraints

from floor.identity import CopyLetter, Name, Number, SlipNumber
from floor.quantities import ONE_TO_ONE, Amount, Ratio, Unit, Value
from floor.routing import Counting, Step, StepKind

STEPS_MAX: Final = 32
"""However they were packed: what a passport says must fit into an event."""
STEP_NUMBER_MAX: Final = 999_999
RATIO_MAX: Final = 999_999_999
SIGNATURE_BYTES: Final = 64
KEY_ID_CHARS: Final = 8
DOMAIN: Final = b"passport-1\0"
"""Stands before what is signed, so that no signature of anything else is one of a passport."""

LETTERS_MAX: Final = 660
"""Of a whole code: 12 steps with their names; a QR of version 17."""
LETTERS_NARROW_MAX: Final = 350
"""12 steps by number and work centre alone; a QR of version 11."""

KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
"""The first letters of the SHA-256 of a station's public key; several keys may share them."""
PublicKey = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""Ed25519, in hex."""
Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
"""Ed25519, in hex."""

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes, bytes], bool]
"""Whether (public key, signature, what was signed) belong together."""


class Part(Value):
    """Where a slip comes from that was split off."""

    parent: SlipNumber
    step: int


class PassportStep(Value):
    """One step of the route, as far as counting needs it."""

    number: Annotated[int, Field(ge=0, le=STEP_NUMBER_MAX)]
    name: Name | None = None
    """None where it found no room."""
    work_centre: Number
    machine: Number | None = None
    kind: StepKind = StepKind.PRODUCTION
    counting: Counting = Counting.COUNTS
    predecessors: tuple[int, ...] | None = None
    unit: Unit | None = None
    """None means the order's."""
    ratio: Ratio = ONE_TO_ONE

    @property
    def as_step(self) -> Step:
        """The step of a route; its work centre stands for a name that found no room."""
        return Step(
            number=self.number,
            name=self.name or self.work_centre,
            work_centre=self.work_centre,
            machine=self.machine,
            kind=self.kind,
            counting=self.counting,
            predecessors=self.predecessors,
            unit=self.unit,
            ratio=self.ratio,
        )


class Passport(Value):
    """What one copy of a slip says."""

    slip: SlipNumber
    copy_letter: CopyLetter
    order: Number
    item: Number
    item_name: Name | None = None
    """None where it found no room."""
    quantity: Amount
    """The slip's, in the order's unit; of a part that was split off, in the unit of the step of the split."""
    order_quantity: Amount
    """The whole order's."""
    unit: Unit
    """The order's, whatever a step counts in."""
    due: date | None = None
    version_of_route: int
    version_of_bom: int | None = None
    """Of the item's own BOM; None where it has none."""
    make_up: bool = False
    part: Part | None = None
    steps: Annotated[tuple[PassportStep, ...], Field(max_length=STEPS_MAX)]
    steps_dropped: int = 0
    """So many of the last steps found no room."""
    key: KeyId
    """Of the printing station."""
    minute: int
    """When it was printed: minutes since 1970."""

    @property
    def names_dropped(self) -> bool:
        """Whether some name found no room."""
        return self.item_name is None or any(step.name is None for step in self.steps)


@dataclass(frozen=True, slots=True)
class Signed:
    """A passport as it was read: what it says, and the signature beside it."""

    passport: Passport
    signature: str
    """In hex."""


class Vouched(StrEnum):
    """How far a passport's signature could be checked."""

    PROVEN = "proven"
    """A station's known key signed it."""
    UNPROVEN = "unproven"
    """The key that it names is not known here."""
    FORGED = "forged"
    """The key is known, and did not sign this."""


def key_id(public_key: str) -> str:
    """What a passport calls a public key (hex)."""
    return sha256(bytes.fromhex(public_key)).hexdigest()[:KEY_ID_CHARS]


def prove(signed: Signed, what_was_signed: bytes, keys: Iterable[str], verify: Verify) -> Vouched:
    """Whether one of the known public keys (hex) that the passport may mean signed it."""
    meant = [bytes.fromhex(key) for key in keys if key_id(key) == signed.passport.key]
    if not meant:
        return Vouched.UNPROVEN
    signature = bytes.fromhex(signed.signature)
    return Vouched.PROVEN if any(verify(key, signature, what_was_signed) for key in meant) else Vouched.FORGED
