"""One request to the server and its whole answer, within a time and a size.

Never follows a redirect, never unpacks beyond a cap, never reads what an answer says (sync.verdicts does),
and knows no database.
"""

import asyncio
import zlib
from http import HTTPStatus
from typing import Final

import httpx

from floor.identity import NewId
from floor.wire import ANSWER_BYTES_MAX
from sync.errors import NoAnswerError, OversizeError, TimedOutError
from sync.reply import Reply
from sync.road import Road

DEADLINE_S: Final = 20.0
"""From the first byte of the request to the last of the answer."""
REQUEST_ID: Final = "X-Request-Id"
API: Final = "/api/v1/sync"
UNPACKED_AT_ONCE_MAX: Final = 64 * 1024
REFUSED: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS


class Client:
    """Requests of one station."""

    def __init__(self, road: Road, new_id: NewId, deadline_s: float = DEADLINE_S) -> None:
        self._road = road
        self._token = road.token
        self._new_id = new_id
        self._deadline_s = deadline_s
        self._http = httpx.AsyncClient(
            base_url=road.url.rstrip("/") + API,
            headers={
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
                "Cache-Control": "no-store",
            },
            timeout=deadline_s,
            follow_redirects=False,
            transport=road.transport,
        )

    async def hello(self, body: bytes) -> Reply:
        """`body` is JSON, gzipped."""
        return await self._ask("POST", "/hello", body)

    async def push(self, body: bytes) -> Reply:
        """`body` is JSON, gzipped."""
        return await self._ask("POST", "/push", body)

    async def raw(self, body: bytes) -> Reply:
        """`body` is what could not be sent otherwise, gzipped."""
        return await self._ask("POST", "/raw", body)

    async def feed(self, epoch: str | None, cursor: str | None, limit: int) -> Reply:
        """The page of the feed behind a cursor."""
        where = {name: value for name, value in (("epoch", epoch), ("cursor", cursor)) if value is not None}
        return await self._ask("GET", "/feed", None, where | {"limit": str(limit)})

    async def close(self) -> None:
        """Close what is open."""
        await self._http.aclose()

    async def _ask(
        self, method: str, path: str, body: bytes | None, parameters: dict[str, str] | None = None
    ) -> Reply:
        """Raises NoAnswerError and its kinds."""
        request_id = self._new_id()
        headers = {REQUEST_ID: request_id, "Authorization": f"Bearer {self._token}"}
        if body is not None:
            headers |= {"Content-Type": "application/json", "Content-Encoding": "gzip"}
        request = self._http.build_request(method, path, content=body, params=parameters, headers=headers)
        try:
            async with asyncio.timeout(self._deadline_s):
                reply = await self._whole(request, request_id)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TimedOutError(f"No whole answer within {self._deadline_s:.0f} s.") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise NoAnswerError(f"{type(error).__name__}: {error}") from error
        if reply.status in REFUSED:
            await self._read_token()
        return reply

    @property
    def has_token(self) -> bool:
        """Whether the station has any token to show."""
        return bool(self._token)

    async def _read_token(self) -> None:
        """The next request shows the token that lies there now: nobody starts a terminal again for it."""
        if self._road.read_token:
            self._token = await asyncio.to_thread(self._road.read_token)

    async def _whole(self, request: httpx.Request, request_id: str) -> Reply:
        response = await self._http.send(request, stream=True)
        try:
            return Reply(
                status=response.status_code,
                content_type=response.headers.get("Content-Type", ""),
                retry_after=response.headers.get("Retry-After"),
                echoed=response.headers.get(REQUEST_ID) == request_id,
                request_id=request_id,
                body=await _body(response),
            )
        finally:
            await response.aclose()


async def _body(response: httpx.Response) -> bytes:
    """Unpacked, at most `ANSWER_BYTES_MAX`. Raises NoAnswerError and OversizeError."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise NoAnswerError(f"The answer is packed as {encoding[:20]!r}, which was not asked for.")
    unpacking = zlib.decompressobj(GZIP_WINDOW) if encoding == "gzip" else None
    body = bytearray()
    async for chunk in response.aiter_raw():
        if unpacking is None:
            _add(body, chunk)
            continue
        _unpack(unpacking, chunk, body)
    if unpacking is not None and not unpacking.eof:
        raise NoAnswerError("The answer ended before it was whole.")
    return bytes(body)


def _unpack(unpacking: "zlib._Decompress", packed: bytes, body: bytearray) -> None:
    """Piece by piece, so that a small answer cannot become a large one unnoticed."""
    try:
        while packed:
            _add(body, unpacking.decompress(packed, UNPACKED_AT_ONCE_MAX))
            packed = unpacking.unconsumed_tail
    except zlib.error as error:
        raise NoAnswerError(f"The answer cannot be unpacked: {error}") from error


def _add(body: bytearray, chunk: bytes) -> None:
    body += chunk
    if len(body) > ANSWER_BYTES_MAX:
        raise OversizeError(f"The answer is larger than {ANSWER_BYTES_MAX} bytes.")
