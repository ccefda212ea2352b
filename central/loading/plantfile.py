"""`plant.toml`: the plant's name, its time zone, and the rules for all its terminals.

Never compares with what the plant already has: `loading.changes` does.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, TypeVar
from zoneinfo import ZoneInfo

from central.loading.problems import BadCell
from central.loading.reading import clean
from floor.events import CrewTime
from floor.identity import NAME_CHARS_MAX
from floor.routing import RunUse

PLANT_FILE: Final = "plant.toml"
UNDO_MINUTES_MAX: Final = 7 * 24 * 60

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class PlantLine:
    """What `plant.toml` says; the fields of `events.PlantDescribed`."""

    name: str
    time_zone: str
    runs: RunUse
    crew_time: CrewTime
    decimal_mark: Literal[".", ","]
    undo_minutes: int


KEYS: Final = tuple(PlantLine.__dataclass_fields__)


def plant(table: dict[str, object]) -> PlantLine:
    """The content of `plant.toml`. Raises BadCell."""
    for key in table:
        if key not in KEYS:
            raise BadCell(key[:40], f"one of {', '.join(KEYS)}")
    return PlantLine(
        name=_name(table.get("name")),
        time_zone=_time_zone(str(table.get("time_zone", "UTC"))),
        runs=_choice(table, "runs", RunUse.OPTIONAL),
        crew_time=_choice(table, "crew_time", CrewTime.SHARED),
        decimal_mark=_decimal_mark(table.get("decimal_mark", ".")),
        undo_minutes=_minutes(table, "undo_minutes", 30, UNDO_MINUTES_MAX),
    )


def _name(said: object) -> str:
    if not isinstance(said, str) or not 1 <= len(clean("name", said)) <= NAME_CHARS_MAX:
        raise BadCell("name", "the plant's name")
    return clean("name", said)


def _time_zone(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as error:
        raise BadCell("time_zone", f"a time zone such as Europe/Berlin, not {zone[:40]!r}") from error
    return zone


def _choice(table: dict[str, object], key: str, default: Choice) -> Choice:
    """One of a few words."""
    allowed = type(default)
    said = table.get(key, default.value)
    if said not in set(allowed):
        raise BadCell(key, f"one of {', '.join(allowed)}, not {str(said)[:40]!r}")
    return allowed(str(said))


def _decimal_mark(said: object) -> Literal[".", ","]:
    if said == ".":
        return "."
    if said == ",":
        return ","
    raise BadCell("decimal_mark", f'"." or ",", not {str(said)[:40]!r}')


def _minutes(table: dict[str, object], key: str, default: int, most: int) -> int:
    said = table.get(key, default)
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said <= most:
        raise BadCell(key, f"minutes, a whole number from 0 to {most}, not {str(said)[:40]!r}")
    return said
