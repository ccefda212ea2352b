"""The plant's server for the demo and the benchmarks: a process of its own, spoken to over loopback.

Never reaches into it: what is asked here, a planner could ask.
"""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx

START_S: Final = 30.0
STOP_S: Final = 10.0
ANSWER_S: Final = 120.0
TOKEN_FILE: Final = "admin-token"

_ADDRESS: Final = re.compile(r"http://127\.0\.0\.1:\d+")


class ServerFailedError(RuntimeError):
    """The server did not start; the text is what it said."""


class PlantServer:
    """A running `central serve` and an administrator's way to it."""

    def __init__(self, folder: Path, database: str | None = None, port: int = 0) -> None:
        """Start a server on its data directory and wait until it answers. Port 0 takes a free one."""
        command = [sys.executable, "-m", "central", "serve", "--data-dir", str(folder), "--port", str(port)]
        command += ["--database", database] if database else []
        self.folder = folder
        self._said: list[str] = []
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        self._listening = threading.Event()
        self.url = ""
        self._client: httpx.Client | None = None
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        if not self._listening.wait(START_S) or not self.url:
            self.stop()
            raise ServerFailedError("".join(self._said))
        token = (folder / TOKEN_FILE).read_text(encoding="ascii").strip()
        self._client = httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=ANSWER_S, trust_env=False
        )

    @classmethod
    @contextmanager
    def started(cls, folder: Path, database: str | None = None, port: int = 0) -> "Iterator[PlantServer]":
        """A server that is stopped at the end."""
        server = cls(folder, database, port)
        try:
            yield server
        finally:
            server.stop()

    def _listen(self) -> None:
        """Read what the server says, so that it never waits for us; its address is in the first lines."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if not self.url:
                self._said.append(line)
                found = _ADDRESS.search(line)
                if found:
                    self.url = found.group()
                    self._listening.set()
        self._listening.set()

    @property
    def _http(self) -> httpx.Client:
        if self._client is None:
            raise ServerFailedError("The server is not running.")
        return self._client

    def load(self, directory: Path) -> dict[str, Any]:
        """Load a plant's directory."""
        return self.load_files(
            {
                path.name: path.read_text(encoding="utf-8")
                for path in sorted(directory.iterdir())
                if path.is_file()
            }
        )

    def load_files(self, files: Mapping[str, str]) -> dict[str, Any]:
        """Load a plant's files by name."""
        answer: dict[str, Any] = self.post("/load", {"files": dict(files)})
        return answer

    def add_station(self, station: str, **more: Any) -> str:
        """A new token for a station."""
        return str(self.post("/stations", {"station": station, "replace": True, **more})["token"])

    def get(self, path: str) -> Any:
        """What the server answers on a path below `/api/v1`."""
        answer = self._http.get(f"/api/v1{path}")
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """What the server answers to a command."""
        answer = self._http.post(f"/api/v1{path}", json=body)
        if answer.is_error:
            raise ServerFailedError(f"{path}: {answer.status_code} {answer.text}")
        return answer.json()

    def stop(self) -> None:
        """End the server."""
        self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._listener.join(STOP_S)
        if self.process.stdout:
            self.process.stdout.close()
        if self._client:
            self._client.close()
