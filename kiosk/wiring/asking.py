"""What programs beside a running terminal ask it: by a Unix socket in its folder, one JSON line each way.

Never for anybody but the terminal's own user and root, and never a rule: whoever answers decides.
"""

import asyncio
import json
import os
import pwd
import socket
import struct
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

NAME: Final = "kiosk.sock"
LINE_BYTES_MAX: Final = 1024 * 1024
ASKED_WITHIN_S: Final = 10.0
"""Whoever connects and says nothing is let go."""
ANSWERED_WITHIN_S: Final = 120.0
ASKER_WAITS_S: Final = 130.0
"""Longer than the terminal takes to say that it is not ready."""
NOT_READY: Final = (
    "The terminal is still at it. What was asked for is kept there: look at it before asking again."
)
AT_ONCE_MAX: Final = 8
OWNER_ONLY: Final = 0o600
PATH_BYTES_MAX: Final = 100
"""What the system takes as the name of a socket."""

Said = dict[str, Any]
"""A question with `ask`, or an answer; JSON objects."""
Answer = Callable[[Said, str], Awaitable[Said]]
"""Answers a question of the system's user of that name."""


class NobodyThereError(ConnectionError):
    """No terminal runs on this ledger."""


class NoAnswerError(ConnectionError):
    """A terminal runs, and did not answer as it should."""


@contextmanager
def _address(folder: Path) -> Iterator[str]:
    """A name of the socket that is short enough, however long the folder's is."""
    plain = str(folder / NAME)
    if len(os.fsencode(plain)) <= PATH_BYTES_MAX:
        yield plain
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{handle}/{NAME}"
    finally:
        os.close(handle)


def _bound(folder: Path) -> socket.socket:
    """The socket with its name, for its owner only before anybody can connect: nobody listens yet."""
    with suppress(FileNotFoundError):
        (folder / NAME).unlink()
    bound = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _address(folder) as address:
            bound.bind(address)
            Path(address).chmod(OWNER_ONLY)
    except BaseException:
        bound.close()
        raise
    return bound


class Asking:
    """The terminal's end. The ledger is open: no other terminal listens here."""

    def __init__(
        self, folder: Path, answers: Mapping[str, Answer], within_s: float = ANSWERED_WITHIN_S
    ) -> None:
        """`answers` by the word of `ask`; each must come within so many seconds."""
        self._folder = folder
        self._within_s = within_s
        self._answers = answers
        self._server: asyncio.Server | None = None
        self._at_once = asyncio.Semaphore(AT_ONCE_MAX)

    async def open(self) -> None:
        """Listen; a socket that was left behind is replaced. Raises OSError."""
        listening = _bound(self._folder)
        try:
            self._server = await asyncio.start_unix_server(self._take, sock=listening, limit=LINE_BYTES_MAX)
        except BaseException:
            listening.close()
            raise

    async def close(self) -> None:
        """Stop listening; what is being answered ends with its connection."""
        if self._server:
            self._server.close()
            with suppress(FileNotFoundError):
                (self._folder / NAME).unlink()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with self._at_once:
                line = await asyncio.wait_for(reader.readline(), ASKED_WITHIN_S)
                writer.write(await self._answer(line, _user(writer)))
                await writer.drain()
        except (TimeoutError, ConnectionError, ValueError):
            pass  # whoever asked has gone, or said too much
        finally:
            writer.close()

    async def _answer(self, line: bytes, user: str) -> bytes:
        try:
            said = json.loads(line)
            answer = self._answers[said["ask"]]
        except (ValueError, KeyError, TypeError):
            return _line({"error": "This terminal does not know what is asked."})
        try:
            return _line(await asyncio.wait_for(answer(said, user), self._within_s))
        except TimeoutError:
            return _line({"error": NOT_READY})
        except Exception as error:
            return _line({"error": f"{type(error).__name__}: {error}"})


def _line(said: Said) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _user(writer: asyncio.StreamWriter) -> str:
    """Who asks, as the system says and not the asker."""
    peer = writer.get_extra_info("socket")
    packed = peer.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    _pid, uid, _gid = struct.unpack("3i", packed)
    return user_name(uid)


def user_name(uid: int) -> str:
    """The name of a user of the system; the number of one without."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def ask(folder: Path, said: Said, within_s: float = ASKER_WAITS_S) -> Said:
    """Ask the terminal that runs on the ledger in a folder. Raises NobodyThereError, NoAnswerError."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(within_s)
        try:
            with _address(folder) as address:
                asking.connect(address)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            raise NobodyThereError("No terminal runs here.") from error
        except OSError as error:
            raise NoAnswerError(f"The terminal cannot be asked: {error.strerror or error}.") from error
        try:
            asking.sendall(_line(said))
            with asking.makefile("rb") as answers:
                line = answers.readline(LINE_BYTES_MAX + 1)
            answer = json.loads(line)
        except (OSError, ValueError) as error:
            raise NoAnswerError("The terminal did not answer.") from error
    if not isinstance(answer, dict):
        raise NoAnswerError("The terminal answered something else.")
    return answer
