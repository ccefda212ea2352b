"""A station that hears of nothing but what slips say of themselves.

Never fakes a rule: what it takes was decided by floor.
"""

from dataclasses import replace
from typing import Any, Final

from floor.codec import Fact
from floor.commands import (
    CheckPassport,
    ReadPassport,
)
from floor.events import (
    PassportChecked,
    PassportRead,
)
from floor.flags import Flag
from floor.onpaper import NOTHING_READ
from floor.passport import Passport, Signed, Vouched, key_id
from floor.passport_of import passport_of
from floor.progress import OrderProgress, fold_order
from floor.quantities import Unit
from floor.standing import standing_flags
from tests.floor.shop import ANNA, MOMENT, Shop, content

KEY: Final = key_id("5d" * 32)
AWAY: Final = "d4" * 16
"""The stream of a station that hears of nothing."""
PAPER: Final = (PassportRead, PassportChecked)
LEGS: Final = Unit(name="legs")


def paper_of(shop: Shop, slip: str, copy_letter: str = "B") -> Passport:
    """What stands on the paper of a slip."""
    passport = passport_of(shop.order, slip, copy_letter, KEY, MOMENT)
    assert passport is not None
    return passport


def reading(passport: Passport, intent: str, vouched: Vouched = Vouched.PROVEN) -> ReadPassport:
    return ReadPassport(intent=intent, by=ANNA, signed=Signed(passport, "0" * 128), vouched=vouched)


class Away:
    """A station with no server: it knows what it was told by paper, and what was reported at it."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.facts: list[Fact] = []

    def read(self, passport: Passport, vouched: Vouched = Vouched.PROVEN) -> Fact:
        facts = self.shop.do(reading(passport, self.shop.new_id(), vouched), AWAY, self.facts)
        self.facts += facts
        return facts[0]

    def check(self, read: Fact, *, genuine: bool) -> None:
        order, slip = read.event.subjects()[:2]
        command = CheckPassport(
            intent=self.shop.new_id(),
            by=None,
            read=read.event_id,
            slip=slip or "",
            order=order or "",
            genuine=genuine,
        )
        self.facts += self.shop.do(command, AWAY, self.facts)

    def report(self, slip: str, step: int, good: int, **more: Any) -> Fact:
        fact = self.shop.report(slip, content(step, good, **more), stream=AWAY, known=self.facts)
        self.facts.append(fact)
        return fact

    @property
    def order(self) -> OrderProgress:
        return fold_order(self.facts)

    @property
    def flags(self) -> list[Flag]:
        return [flag.flag for flag in standing_flags(self.order)]


def bare(order: OrderProgress) -> OrderProgress:
    """Without what was read from paper: everything that a report or a plan goes by."""
    slips = {name: replace(slip, words=NOTHING_READ) for name, slip in order.slips.items()}
    facts = tuple(fact for fact in order.facts if not isinstance(fact.event, PAPER))
    return replace(order, slips=slips, facts=facts)
