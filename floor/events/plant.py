"""What the plant has: items, routes, work centres, machines, reasons, shifts, stations.

Never a person: people are records of the directory, which can be erased.
"""

from datetime import time
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from floor.events.base import Event
from floor.identity import Name, Number, StreamId, StreamPrefix
from floor.items import Bom, Item
from floor.routing import Route, RunUse

INSTRUCTION_LINES_MAX: Final = 24


class CrewTime(StrEnum):
    """How the time of a run counts for a crew."""

    SHARED = "shared"
    """In equal parts: two people for an hour are half an hour each."""
    EACH = "each"
    """In full for each of them."""


class PlantDescribed(Event):
    """The plant has a name, a time zone, and rules for all its terminals."""

    kind = "plant_described"
    version = 2
    name: Name
    time_zone: str
    """IANA name, such as `Europe/Berlin`."""
    runs: RunUse = RunUse.OPTIONAL
    """Whether START and END are scanned, where a step does not say."""
    crew_time: CrewTime = CrewTime.SHARED
    decimal_mark: Literal[".", ","] = "."
    """How people write decimals; both are read."""
    undo_minutes: Annotated[int, Field(ge=0, le=10_080)] = 30
    """So long an operator may take back or correct a report without a supervisor."""


class ItemDefined(Event):
    """An item exists in this form from now on."""

    kind = "item_defined"
    version = 2
    item: Item


class BomDefined(Event):
    """A version of an item's BOM exists; the highest version is the active one."""

    kind = "bom_defined"
    bom: Bom


class RouteDefined(Event):
    """A version of an item's route exists; the highest version is the active one."""

    kind = "route_defined"
    version = 2
    route: Route


class InstructionsDefined(Event):
    """How a step of a version of a route is done."""

    kind = "instructions_defined"
    item: Number
    version_of_route: int
    step: int
    lines: Annotated[tuple[Name, ...], Field(max_length=INSTRUCTION_LINES_MAX)]
    document: Name | None = None
    """The drawing, by the name under which the plant keeps it; None where there is none."""
    page: int | None = None


class LotDefined(Event):
    """A lot of a material exists and carries a code of ours."""

    kind = "lot_defined"
    lot: Number
    item: Number
    supplier: Name | None = None
    code: str
    """The six letters of its label."""


class WorkCentreDefined(Event):
    """A work centre exists."""

    kind = "work_centre_defined"
    work_centre: Number
    name: Name


class MachineDefined(Event):
    """A machine exists and stands at a work centre."""

    kind = "machine_defined"
    machine: Number
    name: Name
    work_centre: Number
    code: str
    """The six letters of the tag on it."""


class ReasonUse(StrEnum):
    """What a reason can explain."""

    SCRAP = "scrap"
    REWORK = "rework"
    REVIEW = "review"
    DOWN = "down"


class ReasonDefined(Event):
    """A reason can be given."""

    kind = "reason_defined"
    reason: Number
    name: Name
    uses: tuple[ReasonUse, ...]
    code: str
    """The six letters on the reason sheet."""


class ShiftDefined(Event):
    """A shift of the plant's calendar, in the plant's time zone."""

    kind = "shift_defined"
    shift: Number
    name: Name
    starts: time
    ends: time
    """Not after `starts` when the shift runs over midnight."""
    weekdays: tuple[int, ...]
    """Days on which it starts: 1 is Monday, 7 Sunday."""


class StationDefined(Event):
    """A terminal exists and stands at a work centre."""

    kind = "station_defined"
    station: Number
    name: Name
    work_centre: Number


class StreamBound(Event):
    """The server saw a stream for the first time and gave it the prefix of its slips."""

    kind = "stream_bound"
    stream: StreamId
    station: Number
    prefix: StreamPrefix
