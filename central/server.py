"""The server put together: database, identity, clock and the plant's fold; opened once, handed to everyone.

Never a place for rules: those who use it hold them.
"""

from dataclasses import dataclass, field

from central import identity, migrate
from central.clock import Clock
from central.config import Settings
from central.facts import PlantReader
from central.identity import Identity
from central.storage import Database


@dataclass(frozen=True, slots=True)
class Central:
    """Everything that the server holds open."""

    settings: Settings
    database: Database
    identity: Identity
    clock: Clock
    plant: PlantReader = field(default_factory=PlantReader)

    def close(self) -> None:
        """Lets go of the database."""
        self.database.close()


def open_central(settings: Settings, clock: Clock | None = None) -> Central:
    """The server on its database, brought up to date. Raises storage.CannotStart."""
    database = Database(settings.database_url)
    try:
        migrate.bring_up_to_date(database)
        with database.writing() as connection:
            who = identity.establish(connection)
    except BaseException:
        database.close()
        raise
    return Central(settings, database, who, clock or Clock())
