"""The people of the plant: records that stations get whole, and that can be erased.

Never an event, and never gives away a PIN's hash of somebody who leads nobody.
"""

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from central.tables import PERSON
from floor.people import Person, Role
from floor.wire import DirectoryNotice


def people(connection: Connection) -> dict[str, Person]:
    """Everybody by number."""
    rows = connection.execute(select(PERSON).order_by(PERSON.c.person))
    return {
        row.person: Person(
            person=row.person,
            name=row.name,
            badge=row.badge,
            role=Role(row.role),
            language=row.language,
            skills=tuple(row.skills.split()),
            pin_hash=row.pin_hash,
        )
        for row in rows
    }


def keep(connection: Connection, changed: Sequence[Person]) -> None:
    """Writes records of people, new or changed."""
    if changed:
        numbers = [person.person for person in changed]
        connection.execute(delete(PERSON).where(PERSON.c.person.in_(numbers)))
        connection.execute(insert(PERSON), [_row(person) for person in changed])


def _row(person: Person) -> dict[str, str | None]:
    return {**person.model_dump(), "role": person.role.value, "skills": " ".join(person.skills)}


def notice(connection: Connection) -> DirectoryNotice:
    """What a station gets: everybody, and PIN hashes only of those who lead."""
    known = [
        person if person.leads else person.model_copy(update={"pin_hash": None})
        for person in people(connection).values()
    ]
    content = "\n".join(person.model_dump_json() for person in known)
    return DirectoryNotice(version=hashlib.sha256(content.encode()).hexdigest()[:16], people=known)
