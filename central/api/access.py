"""Who may do what: one table of role x endpoint, denied by default.

Never compares a secret byte by byte: tokens are looked up and compared by their hashes.
"""

import hmac
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

from fastapi import Depends, HTTPException, Request

from central import stations
from central.server import Central
from central.storage import CannotStart

ADMIN_TOKEN_FILE: Final = "admin-token"
API: Final = "/api/v1"


class Caller(StrEnum):
    """Who stands behind a request."""

    ANYBODY = "anybody"
    STATION = "station"
    ADMINISTRATOR = "administrator"


_ADMINISTRATOR: Final = frozenset({Caller.ADMINISTRATOR})
_STATION: Final = frozenset({Caller.STATION})
_ANYBODY: Final = frozenset(Caller)

ACCESS: Final[dict[tuple[str, str], frozenset[Caller]]] = {
    ("GET", "/"): _ANYBODY,  # the read-only page; `public_page = false` closes it
    ("GET", "/static/{file}"): _ANYBODY,
    ("GET", "/health"): _ANYBODY,
    ("GET", f"{API}/openapi.json"): _ANYBODY,
    ("POST", f"{API}/sync/hello"): _STATION,
    ("POST", f"{API}/sync/push"): _STATION,
    ("GET", f"{API}/sync/feed"): _STATION,
    ("POST", f"{API}/sync/raw"): _STATION,
    ("POST", f"{API}/load"): _ADMINISTRATOR,
    ("GET", f"{API}/stations"): _ADMINISTRATOR,
    ("POST", f"{API}/stations"): _ADMINISTRATOR,
    ("GET", f"{API}/orders"): _ADMINISTRATOR,
    ("POST", f"{API}/orders"): _ADMINISTRATOR,
    ("GET", f"{API}/orders/{{number:path}}"): _ADMINISTRATOR,
    ("POST", f"{API}/orders/{{number:path}}/complete"): _ADMINISTRATOR,
    ("POST", f"{API}/orders/{{number:path}}/{{decision}}"): _ADMINISTRATOR,
    ("GET", f"{API}/board"): _ADMINISTRATOR,
    ("POST", f"{API}/board/rebuild"): _ADMINISTRATOR,
    ("GET", f"{API}/summary"): _ADMINISTRATOR,
    ("GET", f"{API}/flags"): _ADMINISTRATOR,
    ("POST", f"{API}/flags/settle"): _ADMINISTRATOR,
    ("GET", f"{API}/lots/{{name:path}}"): _ADMINISTRATOR,
    ("GET", f"{API}/trace/{{number:path}}"): _ADMINISTRATOR,
}
"""(method, path) -> who may; what does not stand here is denied to all."""


@dataclass(frozen=True, slots=True)
class Known:
    """A caller, recognised."""

    caller: Caller
    station: str | None = None


def administrator_token(directory: Path, given: str | None) -> str:
    """The administrator's token: as given, else from its file, which is made at the first start."""
    if given:
        return given
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / ADMIN_TOKEN_FILE
    try:
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_urlsafe(stations.TOKEN_BYTES) + "\n", encoding="ascii")
        token = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"The administrator's token cannot be kept in {file}: {error}") from error
    if not token:
        raise CannotStart(f"{file} is empty; delete it, and a new token is made at the next start.")
    return token


def guard(request: Request) -> Known:
    """Lets a request pass that the table allows. Answers 401 without a good token, 403 with a wrong role."""
    allowed = ACCESS.get((request.method, _path(request)), frozenset())
    known = _recognise(request)
    if known.caller in allowed and (known.caller is not Caller.ANYBODY or _is_open(request)):
        return known
    if known.caller is Caller.ANYBODY:
        raise HTTPException(401, "A token is needed.", {"WWW-Authenticate": "Bearer"})
    raise HTTPException(403, "This token does not allow that.")


def _path(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", ""))


def _is_open(request: Request) -> bool:
    central: Central = request.app.state.central
    return central.settings.public_page or _path(request) != "/"


def _recognise(request: Request) -> Known:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        return Known(Caller.ANYBODY)
    said = stations.sha256(token.strip())
    if hmac.compare_digest(said, request.app.state.administrator_sha256):
        return Known(Caller.ADMINISTRATOR)
    central: Central = request.app.state.central
    with central.database.reading() as connection:
        station = stations.by_token_sha256(connection, said)
    if station is None:
        raise HTTPException(401, "This token is not known here.", {"WWW-Authenticate": "Bearer"})
    return Known(Caller.STATION, station)


def calling_station(request: Request) -> str:
    """The number of the station that asks."""
    station: str | None = request.state.known.station
    assert station is not None, "the table lets only stations in here"
    return station


Station = Annotated[str, Depends(calling_station)]


def remember(request: Request) -> None:
    """The guard as the app's dependency: keeps who was recognised for the endpoint."""
    request.state.known = guard(request)
