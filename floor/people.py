"""People as the directory knows them: records that can be erased, never events.

Events carry a person's number only; the name, the badge and the PIN's hash live here.
"""

from enum import StrEnum
from typing import Final

from floor.identity import Name, Number
from floor.quantities import Value


class Role(StrEnum):
    """What a person may do, from PROTOCOL section 8."""

    OPERATOR = "operator"
    SETTER = "setter"
    SUPERVISOR = "supervisor"
    PLANNER = "planner"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


LEADS: Final = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
"""Roles that may open the supervisor's screen."""


class Person(Value):
    """One person of the plant."""

    person: Number
    """The number that events carry."""
    name: Name
    badge: str
    """The six letters of the badge's code: an identifier, not a secret."""
    role: Role = Role.OPERATOR
    language: str = "en"
    skills: tuple[Number, ...] = ()
    """What this person is qualified for."""
    pin_hash: str | None = None
    """argon2id verifier; None for people without privileges."""

    @property
    def leads(self) -> bool:
        """Whether this person may open the supervisor's screen."""
        return self.role in LEADS
