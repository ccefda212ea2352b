"""A passport as the letters of one long code, and back.

Never says half of a word: what finds no room is left out whole, names first, then steps from the end, and the
passport counts what is missing. Never writes one passport in two ways: what was signed can be made again from
what it says.
"""

import string
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from pydantic import ValidationError

from floor.identity import NAME_CHARS_MAX, NUMBER_CHARS_MAX
from floor.letters import seal, unseal
from floor.packing import NotPackedError, Packer, Unpacker
from floor.passport import (
    DOMAIN,
    LETTERS_MAX,
    RATIO_MAX,
    SIGNATURE_BYTES,
    STEP_NUMBER_MAX,
    STEPS_MAX,
    Part,
    Passport,
    PassportStep,
    Sign,
    Signed,
)
from floor.quantities import AMOUNT_MAX, DECIMALS_MAX, Ratio, Unit, canonical
from floor.refusals import Refusal
from floor.routing import Counting, StepKind
from floor.tags import ALPHABET, SLIP_BODY_CHARS, TagKind, count_to_letters, encode, letters_to_count

FORMAT: Final = 1
FORMATS_MAX: Final = 16
SLIPS: Final = len(ALPHABET) ** SLIP_BODY_CHARS
KEYS: Final = 2**32
MINUTES: Final = 2**27
"""Until the year 2225."""
DAYS: Final = date.max.toordinal() + 1
NUMBERS: Final = (
    string.ascii_uppercase + string.digits + "-._/",
    string.ascii_letters + string.digits + " ._/+:#-",
)
PLAIN: Final = string.ascii_letters + string.digits + " .,-/()&+:'ÄÖÜäöüßÅåÆæØøÀàÂâÇçÉéÈèÊêËëÍíÎîÓóÔôÑñÚúÛû"
"""Most names have no other letters."""
UNITS: Final = ("pcs", "set", "kg", "g", "t", "m", "mm", "m2", "m3", "l")
"""Units that take four bits; any other one is spelled."""
UNIT_CHARS_MAX: Final = 20
USUAL_GAP: Final = 10
"""From one step to the next."""
KINDS: Final = tuple(StepKind)
COUNTINGS: Final = tuple(Counting)


def write(passport: Passport, sign: Sign, letters_max: int = LETTERS_MAX) -> str | None:
    """The whole code, of at most `letters_max` letters; None where not even one step fits."""
    for smaller in _smaller(passport):
        try:
            code = encode(TagKind.PASSPORT, seal(_pack(smaller) + sign(signed_bytes(smaller))))
        except ValueError:
            continue
        if len(code) <= letters_max:
            return code
    return None


def read(body: str) -> Signed | Refusal:
    """What the body of a scanned code says; refused whole where any of it has no meaning here."""
    content = unseal(body)
    if isinstance(content, Refusal):
        return content
    packed, signature = content[:-SIGNATURE_BYTES], content[-SIGNATURE_BYTES:]
    try:
        passport = _unpack(packed)
        if _pack(passport) != packed:
            return Refusal.PASSPORT_UNUSABLE
    except (NotPackedError, ValidationError):
        return Refusal.PASSPORT_UNUSABLE
    return Signed(passport, signature.hex())


def signed_bytes(passport: Passport) -> bytes:
    """What the printing station signs, and what a signature is checked against."""
    return DOMAIN + _pack(passport)


def _smaller(passport: Passport) -> Iterator[Passport]:
    """The passport with less and less in it."""
    yield passport
    nameless = tuple(step.model_copy(update={"name": None}) for step in passport.steps)
    passport = passport.model_copy(update={"steps": nameless})
    yield passport
    passport = passport.model_copy(update={"item_name": None})
    yield passport
    for kept in range(len(nameless) - 1, 0, -1):
        dropped = passport.steps_dropped + len(nameless) - kept
        yield passport.model_copy(update={"steps": nameless[:kept], "steps_dropped": dropped})


class _Seen:
    """Texts that were said before: their place is shorter than they are."""

    def __init__(
        self, say: Callable[[Packer, str], None], hear: Callable[[Unpacker], str], *said: str
    ) -> None:
        self._say, self._hear, self._said = say, hear, list(said)

    def pack(self, text: str, packer: Packer) -> None:
        place = self._said.index(text) if text in self._said else len(self._said)
        packer.choice(place, len(self._said) + 1)
        if place == len(self._said):
            self._said.append(text)
            self._say(packer, text)

    def unpack(self, unpacker: Unpacker) -> str:
        place = unpacker.choice(len(self._said) + 1)
        if place == len(self._said):
            self._said.append(self._hear(unpacker))
        return self._said[place]


def _say_number(packer: Packer, number: str) -> None:
    packer.text(number, NUMBERS, NUMBER_CHARS_MAX)


def _hear_number(unpacker: Unpacker) -> str:
    return unpacker.text(NUMBERS, NUMBER_CHARS_MAX)


def _say_unit(packer: Packer, words: str) -> None:
    packer.words(words, PLAIN, UNIT_CHARS_MAX)


def _hear_unit(unpacker: Unpacker) -> str:
    return unpacker.words(PLAIN, UNIT_CHARS_MAX)


def _units() -> _Seen:
    return _Seen(_say_unit, _hear_unit, *UNITS)


def _numbers() -> _Seen:
    return _Seen(_say_number, _hear_number)


def _pack(passport: Passport) -> bytes:
    packer = Packer()
    packer.choice(FORMAT, FORMATS_MAX)
    packer.choice(letters_to_count(passport.slip), SLIPS)
    packer.choice(ALPHABET.index(passport.copy_letter), len(ALPHABET))
    packer.choice(int(passport.key, 16), KEYS)
    packer.choice(passport.minute, MINUTES)
    for number in (passport.order, passport.item):
        _say_number(packer, number)
    for amount in (passport.quantity, passport.order_quantity):
        _pack_amount(amount, packer)
    units = _units()
    _pack_unit(passport.unit, packer, units)
    packer.choice(passport.due.toordinal() if passport.due else 0, DAYS)
    packer.count(passport.version_of_route)
    packer.count(0 if passport.version_of_bom is None else passport.version_of_bom + 1)
    packer.flag(passport.make_up)
    packer.flag(passport.part is not None)
    if passport.part:
        packer.choice(letters_to_count(passport.part.parent), SLIPS)
        packer.choice(passport.part.step, STEP_NUMBER_MAX + 1)
    _pack_name(passport.item_name, packer)
    packer.choice(len(passport.steps), STEPS_MAX + 1)
    packer.count(passport.steps_dropped)
    _pack_steps(passport.steps, packer, units)
    return packer.packed()


def _unpack(packed: bytes) -> Passport:
    unpacker = Unpacker(packed)
    if unpacker.choice(FORMATS_MAX) != FORMAT:
        raise NotPackedError("another release wrote this")
    said = {
        "slip": count_to_letters(unpacker.choice(SLIPS), SLIP_BODY_CHARS),
        "copy_letter": ALPHABET[unpacker.choice(len(ALPHABET))],
        "key": f"{unpacker.choice(KEYS):08x}",
        "minute": unpacker.choice(MINUTES),
        "order": _hear_number(unpacker),
        "item": _hear_number(unpacker),
        "quantity": _unpack_amount(unpacker),
        "order_quantity": _unpack_amount(unpacker),
    }
    units = _units()
    said |= {"unit": _unpack_unit(unpacker, units)}
    due, route, bom = unpacker.choice(DAYS), unpacker.count(), unpacker.count()
    said |= {"due": date.fromordinal(due) if due else None, "version_of_route": route}
    said |= {"version_of_bom": bom - 1 if bom else None, "make_up": unpacker.flag()}
    said |= {"part": _unpack_part(unpacker) if unpacker.flag() else None, "item_name": _unpack_name(unpacker)}
    steps = unpacker.choice(STEPS_MAX + 1)
    said |= {"steps_dropped": unpacker.count(), "steps": tuple(_unpack_steps(unpacker, steps, units))}
    unpacker.end()
    return Passport.model_validate(said)


def _unpack_part(unpacker: Unpacker) -> Part:
    parent = count_to_letters(unpacker.choice(SLIPS), SLIP_BODY_CHARS)
    return Part(parent=parent, step=unpacker.choice(STEP_NUMBER_MAX + 1))


def _pack_steps(steps: Sequence[PassportStep], packer: Packer, units: _Seen) -> None:
    work_centres, machines, before = _numbers(), _numbers(), 0
    numbers = [step.number for step in steps]
    for at, step in enumerate(steps):
        usual = step.number - before == USUAL_GAP
        packer.flag(usual)
        if not usual:
            packer.choice(step.number - before, STEP_NUMBER_MAX + 1)
        before = step.number
        work_centres.pack(step.work_centre, packer)
        _pack_name(step.name, packer)
        packer.flag(_is_plain(step))
        if not _is_plain(step):
            _pack_rest(step, numbers[:at], packer, units, machines)


def _unpack_steps(unpacker: Unpacker, count: int, units: _Seen) -> Iterator[PassportStep]:
    work_centres, machines = _numbers(), _numbers()
    numbers: list[int] = []
    for _ in range(count):
        gap = USUAL_GAP if unpacker.flag() else unpacker.choice(STEP_NUMBER_MAX + 1)
        number = (numbers[-1] if numbers else 0) + gap
        said = {
            "number": number,
            "work_centre": work_centres.unpack(unpacker),
            "name": _unpack_name(unpacker),
        }
        if not unpacker.flag():
            said |= _unpack_rest(unpacker, numbers, units, machines)
        numbers.append(number)
        yield PassportStep.model_validate(said)


def _is_plain(step: PassportStep) -> bool:
    plain = PassportStep(number=step.number, name=step.name, work_centre=step.work_centre)
    return step == plain


def _pack_rest(
    step: PassportStep, earlier: Sequence[int], packer: Packer, units: _Seen, machines: _Seen
) -> None:
    packer.choice(KINDS.index(step.kind), len(KINDS))
    packer.choice(COUNTINGS.index(step.counting), len(COUNTINGS))
    packer.flag(step.machine is not None)
    if step.machine is not None:
        machines.pack(step.machine, packer)
    packer.flag(step.predecessors is not None)
    if step.predecessors is not None:
        for number in earlier:
            packer.flag(number in step.predecessors)
    packer.flag(step.unit is not None)
    if step.unit is not None:
        _pack_unit(step.unit, packer, units)
    for figure in (step.ratio.step, step.ratio.order):
        packer.count(figure - 1)


def _unpack_rest(
    unpacker: Unpacker, earlier: Sequence[int], units: _Seen, machines: _Seen
) -> dict[str, object]:
    return {
        "kind": KINDS[unpacker.choice(len(KINDS))],
        "counting": COUNTINGS[unpacker.choice(len(COUNTINGS))],
        "machine": machines.unpack(unpacker) if unpacker.flag() else None,
        "predecessors": (tuple(number for number in earlier if unpacker.flag()) if unpacker.flag() else None),
        "unit": _unpack_unit(unpacker, units) if unpacker.flag() else None,
        "ratio": Ratio(step=_figure(unpacker), order=_figure(unpacker)),
    }


def _figure(unpacker: Unpacker) -> int:
    figure = unpacker.count() + 1
    if figure > RATIO_MAX:
        raise NotPackedError("no unit has so many")
    return figure


def _pack_amount(amount: Decimal, packer: Packer) -> None:
    whole, _, places = canonical(amount).partition(".")
    packer.choice(len(places), DECIMALS_MAX + 1)
    packer.count(int(whole + places))


def _unpack_amount(unpacker: Unpacker) -> Decimal:
    decimals = unpacker.choice(DECIMALS_MAX + 1)
    amount = Decimal(unpacker.count()).scaleb(-decimals)
    if amount > AMOUNT_MAX + 1:
        raise NotPackedError("no slip is for so many")
    return amount


def _pack_unit(unit: Unit, packer: Packer, units: _Seen) -> None:
    units.pack(unit.name, packer)
    packer.choice(unit.decimals, DECIMALS_MAX + 1)


def _unpack_unit(unpacker: Unpacker, units: _Seen) -> Unit:
    return Unit(name=units.unpack(unpacker), decimals=unpacker.choice(DECIMALS_MAX + 1))


def _pack_name(name: str | None, packer: Packer) -> None:
    packer.flag(name is not None)
    if name is not None:
        packer.words(name, PLAIN, NAME_CHARS_MAX)


def _unpack_name(unpacker: Unpacker) -> str | None:
    return unpacker.words(PLAIN, NAME_CHARS_MAX) if unpacker.flag() else None
