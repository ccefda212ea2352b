"""The administrator's side of the plant: loading it, and stations' tokens.

Never gives a token twice: it is shown in the answer that makes it.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from central import stations
from central.api.access import API
from central.api.answers import Unfit
from central.clock import moment
from central.loading.load import load
from central.loading.problems import Broken
from central.server import Central
from floor.events import StationDefined
from floor.identity import Name, Number

router = APIRouter(prefix=API, tags=["plant"])


class LoadFiles(BaseModel):
    """The files of a plant's directory by name."""

    model_config = ConfigDict(extra="forbid")

    files: dict[str, str]
    dry_run: bool = False
    by: Number | None = None
    """Who loads: a person's number."""


class LoadAnswer(BaseModel):
    """What was added, by kind of event; empty when everything was known."""

    added: dict[str, int]
    dry_run: bool


@router.post("/load")
def load_plant(request: Request, body: LoadFiles) -> LoadAnswer:
    """All files, or nothing: a broken one is named by file, row and column."""
    central: Central = request.app.state.central
    try:
        loaded = load(central, body.files, body.by, body.dry_run)
    except Broken as broken:
        trouble = Unfit(
            "broken", "The files cannot be loaded; nothing was changed.", "Mend what is named below."
        )
        trouble.content["problems"] = broken.as_json()
        raise trouble from broken
    return LoadAnswer(added=dict(loaded.added), dry_run=loaded.dry_run)


class NewStation(BaseModel):
    """A station that needs a token, named by its number or its name."""

    model_config = ConfigDict(extra="forbid")

    station: Annotated[str, Field(min_length=1, max_length=120)]
    work_centre: Number | None = None
    """Where it stands: defines a station that the plant does not know yet."""
    name: Name | None = None
    replace: bool = False
    """Whether a token that exists is made worthless."""


class StationToken(BaseModel):
    """The token, shown once."""

    station: str
    token: str
    server: str


@router.post("/stations", status_code=201)
def add_station(request: Request, body: NewStation) -> StationToken:
    """A token for a station."""
    central: Central = request.app.state.central
    with central.database.writing() as connection:
        plant = central.plant.read(connection)
        now = moment(connection, central.clock)
        defined = None
        if body.work_centre is not None:
            if body.work_centre not in plant.work_centres:
                raise Unfit("work_centre", f"There is no work centre {body.work_centre}.", "Load it first.")
            defined = StationDefined(
                at=now, station=body.station, name=body.name or body.station, work_centre=body.work_centre
            )
        try:
            number, token = stations.add(connection, plant, defined, body.station, body.replace, now)
        except stations.StationUnknown as unknown:
            hint = "Load it from stations.csv, or give its work centre."
            raise Unfit("station", f"There is no station {unknown}.", hint, 404) from unknown
        except stations.TokenExists as exists:
            hint = "Ask to replace it; the old one is then worthless."
            raise Unfit("token", f"Station {exists} has a token already.", hint, 409) from exists
    return StationToken(station=number, token=token, server=central.identity.server)


@router.get("/stations")
def list_stations(request: Request) -> list[dict[str, Any]]:
    """Each station with its age and what is safe."""
    central: Central = request.app.state.central
    with central.database.reading() as connection:
        plant = central.plant.read(connection)
        return stations.ages(connection, plant, central.clock.wall_ms())
