"""How a command reaches the server, and how a No becomes a sentence and an exit code.

Never retries: a person sees what happened and asks again.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import httpx
import typer

from central.api.access import ADMIN_TOKEN_FILE, API
from central.config import ADDRESS_FILE, Settings

SERVER: Final = "FLOOR_SERVER"
ADMIN_TOKEN: Final = "FLOOR_ADMIN_TOKEN"
DATA_DIR: Final = "FLOOR_DATA_DIR"
BY: Final = "FLOOR_BY"
DEFAULT_SERVER: Final = "http://127.0.0.1:8080"
WAIT_S_MAX: Final = 120

Server = Annotated[
    str | None,
    typer.Option(
        help=f"The server's address; else {SERVER}, else that of {DATA_DIR}, else {DEFAULT_SERVER}."
    ),
]
By = Annotated[str | None, typer.Option(help=f"Your number, to stand in the ledger; else {BY}.")]


def by_whom(given: str | None) -> str | None:
    """The number of the person who asks."""
    return given or os.environ.get(BY) or None


def fail(sentence: str, hint: str = "") -> NoReturn:
    """Ends the command with a sentence."""
    typer.echo(f"{sentence} {hint}".strip(), err=True)
    raise typer.Exit(1)


class Asking:
    """A connection to the running server."""

    def __init__(self, client: httpx.Client) -> None:
        """Over an open client."""
        self._client = client

    def get(self, path: str) -> Any:
        """What the server shows."""
        return self._answer("GET", path, None)

    def post(self, path: str, content: Mapping[str, Any]) -> Any:
        """What the server makes of a command."""
        return self._answer("POST", path, content)

    def try_post(self, path: str, content: Mapping[str, Any]) -> tuple[int, Any]:
        """The same with its status, for who can do something about a No."""
        answer = self._send("POST", path, content)
        return answer.status_code, self._content(answer)

    def _answer(self, method: str, path: str, content: Mapping[str, Any] | None) -> Any:
        answer = self._send(method, path, content)
        said = self._content(answer)
        if not answer.is_success:
            explain(said, answer.status_code)
        return said

    def _send(self, method: str, path: str, content: Mapping[str, Any] | None) -> httpx.Response:
        try:
            return self._client.request(method, API + path, json=content)
        except httpx.TransportError as error:
            fail(
                f"No server answers at {self._client.base_url} ({error}).",
                f"Start one with `central serve`, or name its address with --server or {SERVER}.",
            )

    def _content(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError:
            fail(f"What answers at {self._client.base_url} is not a central server.", "Check the address.")


def explain(said: Any, status: int) -> NoReturn:
    """Ends the command with the server's own words."""
    if not isinstance(said, dict):
        fail(f"The server answered {status}.")
    if status in (401, 403):
        fail(
            str(said.get("detail") or said.get("sentence")),
            f"Name the server's data directory in {DATA_DIR}, or its token in {ADMIN_TOKEN}.",
        )
    for problem in said.get("problems", []):
        row = f", row {problem['row']}" if problem["row"] else ""
        column = f", column {problem['column']}" if problem["column"] else ""
        typer.echo(f"{problem['file']}{row}{column}: expected {problem['expected']}", err=True)
    if isinstance(said.get("detail"), list):
        fail("; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in said["detail"]))
    fail(str(said.get("sentence", f"The server answered {status}.")), str(said.get("hint", "")))


def _data_dir() -> Path:
    return Path(os.environ.get(DATA_DIR) or Settings().data_dir)


def _address() -> str | None:
    """Where the server of this data directory was last; None where that is not known."""
    try:
        return (_data_dir() / ADDRESS_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _token() -> str:
    given = os.environ.get(ADMIN_TOKEN)
    if given:
        return given
    directory = _data_dir()
    try:
        return (directory / ADMIN_TOKEN_FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        fail(
            f"The administrator's token is not in {directory / ADMIN_TOKEN_FILE}.",
            f"`central serve` makes it at its first start. Name its directory in {DATA_DIR}.",
        )


@contextmanager
def connect(server: str | None) -> Iterator[Asking]:
    """The server, asked as its administrator."""
    address = server or os.environ.get(SERVER) or _address() or DEFAULT_SERVER
    headers = {"Authorization": f"Bearer {_token()}"}
    try:
        client = httpx.Client(base_url=address, headers=headers, timeout=WAIT_S_MAX, trust_env=False)
    except (httpx.InvalidURL, ValueError) as error:
        fail(f"{address} is not an address: {error}.")
    with client:
        yield Asking(client)
