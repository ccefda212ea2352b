"""`central serve`: the server in the foreground, its address printed, its troubles as sentences.

Never starts on settings or a database that cannot be trusted.
"""

import os
import socket
import sys
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import structlog
import typer
import uvicorn

from central import config
from central.api.access import ADMIN_TOKEN_FILE
from central.app import create_app
from central.cli.asking import ADMIN_TOKEN, fail
from central.storage import CannotStart

IPV4: Final = 4


def serve(file: Path | None, given: Mapping[str, Any]) -> None:
    """Runs until stopped."""
    try:
        settings = config.read(file, os.environ, given)
    except config.SettingsBroken as broken:
        fail(f"The settings cannot be used: {broken}.", "Mend it and start again.")
    _log_to_stderr()
    try:
        app = create_app(settings, os.environ.get(ADMIN_TOKEN))
    except CannotStart as cannot:
        fail(str(cannot))
    try:
        listening = _listen(settings.host, settings.port)
    except OSError as error:
        app.state.central.close()
        fail(
            f"Cannot listen on {settings.host}:{settings.port}: {error.strerror or error}.",
            "Choose another port with --port.",
        )
    host, port = listening.getsockname()[:2]
    (settings.data_dir / config.ADDRESS_FILE).write_text(f"{_near(host, port)}\n", encoding="ascii")
    typer.echo(f"central serves on http://{host}:{port}, ledger {_shown(settings)}")
    typer.echo(f"The administrator's token is in {settings.data_dir / ADMIN_TOKEN_FILE}.")
    sys.stdout.flush()
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    )
    server.run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=128)
    # asyncio does this only for sockets that it made; without it an answer may wait 40 ms for the other ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _near(host: str, port: int) -> str:
    """The address for whoever is on the same machine: a server that listens everywhere listens there too."""
    address = ip_address(host)
    if address.is_unspecified:
        address = ip_address("127.0.0.1" if address.version == IPV4 else "::1")
    return f"http://{address}:{port}" if address.version == IPV4 else f"http://[{address}]:{port}"


def _shown(settings: config.Settings) -> str:
    """The database without its password."""
    from sqlalchemy.engine import make_url

    return make_url(settings.database_url).render_as_string(hide_password=True)


def _log_to_stderr() -> None:
    """One record a line, control characters escaped."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
