"""Who works here: people by number and badge, and whether a PIN is theirs.

Never an event and never in the chain: records that can be erased. A wrong PIN is counted on the disk before
it is checked, and stops nobody from recording.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from floor.events import Moment
from floor.people import Person, Role
from floor.refusals import Refusal
from sync import marks
from sync.disk import Disk

PIN_FAILURES_MAX: Final = 5
PIN_LOCKED_MS: Final = 5 * 60 * 1000
PIN_CHARS_MAX: Final = 64


class Directory:
    """The people of this station's area; lives in the writer's thread."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._people = self._read()

    @property
    def people(self) -> Mapping[str, Person]:
        """Everyone, by number; never changed after it was handed out."""
        return self._people

    @property
    def version(self) -> str | None:
        """Which directory this is, as central numbers them."""
        return marks.get(self._disk.connection, marks.DIRECTORY_VERSION)

    def by_badge(self, badge: str) -> Person | None:
        """Whom the six letters of a badge name."""
        return next((person for person in self._people.values() if person.badge == badge), None)

    def replace(self, version: str, people: Iterable[Person]) -> None:
        """Another directory takes the place of this one, whole."""
        if version == self.version:
            return
        with self._disk.transaction() as connection:
            connection.execute("DELETE FROM person")
            connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?)", map(_row, people))
            connection.execute(
                "DELETE FROM pin_failure WHERE NOT EXISTS "
                "(SELECT 1 FROM person WHERE person.person = pin_failure.person)"
            )
            marks.put(connection, marks.DIRECTORY_VERSION, version)
        self._people = self._read()

    def _read(self) -> Mapping[str, Person]:
        rows = self._disk.connection.execute(
            "SELECT person, name, badge, role, language, pin_hash, skills FROM person ORDER BY person"
        )
        return MappingProxyType({row[0]: _person(row) for row in rows})

    # PINs

    def begin_pin_check(self, person: str, now: Moment) -> Refusal | str:
        """The verifier to check against, after this try was counted; or why there will be no check.

        Time is the monotonic clock's: a lock that stood before the machine was started anew begins anew.
        """
        found = self._people.get(person)
        if found is None:
            return Refusal.UNKNOWN_BADGE
        if found.pin_hash is None:
            return Refusal.SUPERVISOR_ONLY
        with self._disk.transaction() as connection:
            row = connection.execute(
                "SELECT failures, boot_id, monotonic_ms FROM pin_failure WHERE person = ?", (person,)
            ).fetchone()
            failures, boot_id, since_ms = row or (0, now.boot_id, now.monotonic_ms)
            locked = failures >= PIN_FAILURES_MAX
            if locked and boot_id == now.boot_id and now.monotonic_ms - since_ms < PIN_LOCKED_MS:
                return Refusal.PIN_LOCKED
            still_locked = locked and boot_id != now.boot_id
            counted = failures if still_locked else 1 if locked else failures + 1
            connection.execute(
                "INSERT OR REPLACE INTO pin_failure VALUES (?, ?, ?, ?)",
                (person, counted, now.boot_id, now.monotonic_ms),
            )
        if still_locked:
            return Refusal.PIN_LOCKED
        return found.pin_hash

    def pin_was_right(self, person: str) -> None:
        """Count from zero again."""
        with self._disk.transaction() as connection:
            connection.execute("DELETE FROM pin_failure WHERE person = ?", (person,))


def pin_matches(pin_hash: str, pin: str) -> bool:
    """Slow by intent (argon2id): never in the writer's thread, never in the event loop."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    if len(pin) > PIN_CHARS_MAX:
        return False
    try:
        return PasswordHasher().verify(pin_hash, pin)
    except (VerificationError, InvalidHashError):
        return False


def _row(person: Person) -> tuple[str | None, ...]:
    return (
        person.person,
        person.name,
        person.badge,
        person.role.value,
        person.language,
        person.pin_hash,
        " ".join(person.skills),
    )


def _person(row: tuple[str, str, str, str, str, str | None, str]) -> Person:
    number, name, badge, role, language, pin_hash, skills = row
    return Person(
        person=number,
        name=name,
        badge=badge,
        role=Role(role),
        language=language,
        skills=tuple(skills.split()),
        pin_hash=pin_hash,
    )
