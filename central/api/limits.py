"""The outermost layer: sizes capped packed and unpacked, request ids echoed, nothing cached.

Never reads what a body says.
"""

import re
import zlib
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.api.access import API
from central.clock import new_id
from floor.wire import PUSH_BYTES_MAX

BODY_BYTES_MAX: Final = 1024 * 1024
LOAD_BYTES_MAX: Final = 32 * 1024 * 1024
PATH_BYTES_MAX: Final[dict[str, int]] = {
    f"{API}/load": LOAD_BYTES_MAX,
    f"{API}/sync/push": PUSH_BYTES_MAX,
}
"""Unpacked; `BODY_BYTES_MAX` elsewhere."""

REQUEST_ID: Final = "X-Request-Id"
_REQUEST_ID_SHAPE: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)
_GZIP_WINDOW: Final = 16 + zlib.MAX_WBITS

HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'",
}


class CannotUnpack(Exception):
    """A body that is refused before it is read: status and sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        """The answer's status and its sentence."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Limits:
    """ASGI middleware around everything."""

    def __init__(self, app: ASGIApp) -> None:
        """Wraps the app."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        try:
            body = await _whole_body(scope, receive)
        except CannotUnpack as refused:
            answer = JSONResponse({"error": "envelope", "sentence": refused.sentence}, refused.status)
            await answer(scope, receive, send_with_headers)
            return
        await self._app(scope, _once(body, receive), send_with_headers)


def _request_id(headers: Headers) -> str:
    said = headers.get(REQUEST_ID, "")
    return said if _REQUEST_ID_SHAPE.fullmatch(said) else new_id()


async def _whole_body(scope: Scope, receive: Receive) -> bytes:
    """The body, unpacked, within its cap. Raises CannotUnpack."""
    bytes_max = PATH_BYTES_MAX.get(scope["path"], BODY_BYTES_MAX)
    packed = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        packed += message.get("body", b"")
        if len(packed) > bytes_max:
            raise CannotUnpack(413, f"The request is larger than {bytes_max} bytes.")
        if not message.get("more_body"):
            break
    encoding = Headers(scope=scope).get("Content-Encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        return bytes(packed)
    if encoding != "gzip":
        raise CannotUnpack(415, "Only gzip is understood.")
    return unpack(bytes(packed), bytes_max)


def unpack(packed: bytes, bytes_max: int) -> bytes:
    """What gzip packed, as long as it is within the cap. Raises CannotUnpack."""
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        body = unpacker.decompress(packed, bytes_max + 1)
    except zlib.error as error:
        raise CannotUnpack(400, "The request is not valid gzip.") from error
    if len(body) > bytes_max:
        raise CannotUnpack(413, f"The request is larger than {bytes_max} bytes.")
    if not unpacker.eof or unpacker.unused_data:
        raise CannotUnpack(400, "The request is not valid gzip.")
    return body


def _once(body: bytes, receive: Receive) -> Receive:
    """The body in one message, then whatever the connection says."""
    given = False

    async def receive_body() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_body
