"""Where a station's server is, and as whom it goes there.

Never opened here: sync.client does, and only after the ledger is open.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Road:
    """The way to the server."""

    station: str
    """The plant's number of this station."""
    url: str
    """Such as `http://10.0.0.5:8080`, without the path."""
    token: str
    app_version: str
    printers: tuple[str, ...] = ()
    """Names of this station's printers, told in each hello."""
    read_token: Callable[[], str] | None = None
    """Reads the token anew, where the server refused it; None where it never changes."""
    transport: "httpx.AsyncBaseTransport | None" = None
    """How requests travel; None for the network."""
