"""The server's settings, from a file, from the environment and from the command line, in this order.

Never holds a secret: the administrator's token is a file of its own in the data directory.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

ENVIRONMENT_PREFIX: Final = "FLOOR_"
ADDRESS_FILE: Final = "address"
"""Where a server writes its address, in its data directory, for the commands on the same machine."""
TABLE: Final = "central"
"""The table of the settings file that is the server's."""


class SettingsBroken(ValueError):
    """The settings cannot be used; says which one, and why."""


class Settings(BaseModel):
    """Everything that can be set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    database: str | None = None
    """Where the ledger lies: `sqlite:///FILE` or `postgresql://…`; None for `central.db` in `data_dir`."""
    data_dir: Path = Path("central-data")
    """Directory of what belongs to this server alone: the administrator's token, and SQLite's file."""
    host: str = "127.0.0.1"
    """Address to listen on; `0.0.0.0` for the whole plant."""
    port: int = Field(default=8080, ge=0, le=65535)
    """Port to listen on; 0 takes a free one and prints it."""
    public_page: bool = True
    """Whether the read-only web page is shown without a token."""

    @property
    def database_url(self) -> str:
        """`database`, with its default, and with the driver that we use."""
        if self.database is None:
            return f"sqlite:///{self.data_dir / 'central.db'}"
        for scheme in ("postgres://", "postgresql://"):
            if self.database.startswith(scheme):
                return "postgresql+psycopg://" + self.database.removeprefix(scheme)
        return self.database


def read(path: Path | None, environment: Mapping[str, str], given: Mapping[str, Any]) -> Settings:
    """A file's `[central]`, overruled by `FLOOR_…`, overruled by what was given. Raises SettingsBroken."""
    found = dict(_file(path)) if path else {}
    for name in Settings.model_fields:
        said = environment.get(ENVIRONMENT_PREFIX + name.upper())
        if said:
            found[name] = said
    found.update({name: value for name, value in given.items() if value is not None})
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise SettingsBroken(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}") from error


def _file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get(TABLE, {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsBroken(f"{path}: {error}") from error
    if not isinstance(table, dict):
        raise SettingsBroken(f"{path}: {TABLE} is not a table")
    return table
