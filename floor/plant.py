"""The plant as central described it: a fold over what it defined.

Never holds a person; never decides. Only central's stream writes these events, so the last word counts; of
BOMs and routes the last word of the highest version.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import singledispatch
from typing import Final
from zoneinfo import ZoneInfo

from floor.codec import Fact, in_order
from floor.events import (
    BomDefined,
    CrewTime,
    Event,
    InstructionsDefined,
    ItemDefined,
    LotDefined,
    MachineDefined,
    PlantDescribed,
    ReasonDefined,
    RouteDefined,
    ShiftDefined,
    StationDefined,
    StreamBound,
    WorkCentreDefined,
)
from floor.items import Bom, Item
from floor.routing import Route, RunUse

MS: Final = 1000
PLANT_KINDS: Final = frozenset(
    event.kind
    for event in (
        PlantDescribed,
        ItemDefined,
        BomDefined,
        RouteDefined,
        InstructionsDefined,
        LotDefined,
        WorkCentreDefined,
        MachineDefined,
        ReasonDefined,
        ShiftDefined,
        StationDefined,
        StreamBound,
    )
)


@dataclass(slots=True)
class Plant:
    """Everything that orders, reports and screens refer to, by its number."""

    name: str = ""
    time_zone: str = "UTC"
    runs: RunUse = RunUse.OPTIONAL
    crew_time: CrewTime = CrewTime.SHARED
    decimal_mark: str = "."
    undo_minutes: int = 30
    items: dict[str, Item] = field(default_factory=dict)
    boms: dict[str, Bom] = field(default_factory=dict)
    """The active BOM by item."""
    routes: dict[str, Route] = field(default_factory=dict)
    """The active route by item."""
    instructions: dict[tuple[str, int, int], InstructionsDefined] = field(default_factory=dict)
    """By item, version of its route, and step."""
    lots: dict[str, LotDefined] = field(default_factory=dict)
    work_centres: dict[str, WorkCentreDefined] = field(default_factory=dict)
    machines: dict[str, MachineDefined] = field(default_factory=dict)
    reasons: dict[str, ReasonDefined] = field(default_factory=dict)
    shifts: dict[str, ShiftDefined] = field(default_factory=dict)
    stations: dict[str, StationDefined] = field(default_factory=dict)
    streams: dict[str, StreamBound] = field(default_factory=dict)
    """Which station a stream belongs to, and its prefix."""

    def machine_by_code(self, code: str) -> MachineDefined | None:
        """The machine whose tag carries `code`."""
        return next((machine for machine in self.machines.values() if machine.code == code), None)

    def reason_by_code(self, code: str) -> ReasonDefined | None:
        """The reason whose line on the sheet carries `code`."""
        return next((reason for reason in self.reasons.values() if reason.code == code), None)

    def lot_by_code(self, code: str) -> LotDefined | None:
        """The lot whose label carries `code`."""
        return next((lot for lot in self.lots.values() if lot.code == code), None)

    def item_by_gtin(self, gtin: str) -> Item | None:
        """The item that suppliers' labels name by `gtin`, in 14 digits."""
        return next((item for item in self.items.values() if item.gtin == gtin), None)

    def local_time(self, unix_ms: int) -> datetime:
        """A moment as the plant's clocks show it, with the zone."""
        return datetime.fromtimestamp(unix_ms / MS, ZoneInfo(self.time_zone))

    def copy(self) -> "Plant":
        """One that may learn more, while somebody still looks at this one."""
        return replace(
            self,
            items=dict(self.items),
            boms=dict(self.boms),
            routes=dict(self.routes),
            instructions=dict(self.instructions),
            lots=dict(self.lots),
            work_centres=dict(self.work_centres),
            machines=dict(self.machines),
            reasons=dict(self.reasons),
            shifts=dict(self.shifts),
            stations=dict(self.stations),
            streams=dict(self.streams),
        )

    def learn(self, event: Event) -> None:
        """Take in one event of central's stream; other kinds change nothing here."""
        _learn(event, self)


def fold(facts: Iterable[Fact]) -> Plant:
    """The plant that `facts` describe."""
    plant = Plant()
    for fact in in_order(list(facts)):
        plant.learn(fact.event)
    return plant


@singledispatch
def _learn(event: Event, plant: Plant) -> None:
    """Facts about work do not describe the plant."""


@_learn.register
def _(event: PlantDescribed, plant: Plant) -> None:
    plant.name, plant.time_zone = event.name, event.time_zone
    plant.runs, plant.crew_time = event.runs, event.crew_time
    plant.decimal_mark, plant.undo_minutes = event.decimal_mark, event.undo_minutes


@_learn.register
def _(event: ItemDefined, plant: Plant) -> None:
    plant.items[event.item.item] = event.item


@_learn.register
def _(event: BomDefined, plant: Plant) -> None:
    known = plant.boms.get(event.bom.item)
    if known is None or known.version <= event.bom.version:
        plant.boms[event.bom.item] = event.bom


@_learn.register
def _(event: RouteDefined, plant: Plant) -> None:
    known = plant.routes.get(event.route.item)
    if known is None or known.version <= event.route.version:
        plant.routes[event.route.item] = event.route


@_learn.register
def _(event: InstructionsDefined, plant: Plant) -> None:
    plant.instructions[event.item, event.version_of_route, event.step] = event


@_learn.register
def _(event: LotDefined, plant: Plant) -> None:
    plant.lots[event.lot] = event


@_learn.register
def _(event: WorkCentreDefined, plant: Plant) -> None:
    plant.work_centres[event.work_centre] = event


@_learn.register
def _(event: MachineDefined, plant: Plant) -> None:
    plant.machines[event.machine] = event


@_learn.register
def _(event: ReasonDefined, plant: Plant) -> None:
    plant.reasons[event.reason] = event


@_learn.register
def _(event: ShiftDefined, plant: Plant) -> None:
    plant.shifts[event.shift] = event


@_learn.register
def _(event: StationDefined, plant: Plant) -> None:
    plant.stations[event.station] = event


@_learn.register
def _(event: StreamBound, plant: Plant) -> None:
    plant.streams[event.stream] = event
