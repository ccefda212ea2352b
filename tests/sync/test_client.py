"""One request, one whole answer, within a time and a size."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable

import httpx
import pytest

from floor.wire import ANSWER_BYTES_MAX
from sync.client import Client
from sync.errors import NoAnswerError, OversizeError, TimedOutError
from sync.reply import Reply
from sync.road import Road
from tests.sync.server import Chunks, answer
from tests.sync.world import Ids

Answer = Callable[[httpx.Request], Awaitable[httpx.Response]]


async def _ask(answers: Answer, deadline_s: float = 5.0) -> Reply:
    road = Road("station-1", "http://server.test/", "secret", "0.1.0", transport=httpx.MockTransport(answers))
    client = Client(road, Ids(), deadline_s)
    try:
        return await client.feed("epoch", "12.ab", 100)
    finally:
        await client.close()


def _answers(response: httpx.Response) -> Answer:
    async def answered(request: httpx.Request) -> httpx.Response:
        return response

    return answered


async def test_a_request_says_who_asks_for_what() -> None:
    asked: list[httpx.Request] = []

    async def answered(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return answer(200, b"{}", {"X-Request-Id": request.headers["X-Request-Id"]})

    reply = await _ask(answered)
    assert str(asked[0].url) == "http://server.test/api/v1/sync/feed?epoch=epoch&cursor=12.ab&limit=100"
    assert asked[0].headers["Authorization"] == "Bearer secret"
    assert (reply.status, reply.body, reply.echoed) == (200, b"{}", True)


async def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress(b'{"a": 1}' * 50_000)
    response = httpx.Response(
        200, headers={"Content-Encoding": "gzip"}, stream=Chunks([packed[:99], packed[99:]])
    )
    assert (await _ask(_answers(response))).body == b'{"a": 1}' * 50_000


async def test_an_answer_to_another_request_is_told_apart() -> None:
    response = answer(200, b"{}", {"X-Request-Id": "another"})
    assert not (await _ask(_answers(response))).echoed


async def test_redirects_are_not_followed() -> None:
    reply = await _ask(_answers(answer(302, b"", {"Location": "http://login.test"})))
    assert reply.status == 302


async def test_an_endless_answer_is_cut_at_its_limit() -> None:
    taken = 0

    async def count() -> None:
        nonlocal taken
        taken += 1

    response = httpx.Response(200, stream=Chunks([b"x" * 100_000] * 3_000, count))
    with pytest.raises(OversizeError):
        await _ask(_answers(response))
    assert taken <= 1 + ANSWER_BYTES_MAX // 100_000


async def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 300_000_000, compresslevel=1)
    response = httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Chunks([bomb]))
    with pytest.raises(OversizeError):
        await _ask(_answers(response))


async def test_a_drip_ends_at_the_deadline_though_every_byte_comes_in_time() -> None:
    response = httpx.Response(200, stream=Chunks([b"x"] * 1000, lambda: asyncio.sleep(0.02)))
    with pytest.raises(TimedOutError):
        await _ask(_answers(response), deadline_s=0.2)


async def test_silence_ends_at_the_deadline() -> None:
    async def silent(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError("nobody waits that long")

    with pytest.raises(TimedOutError):
        await _ask(silent, deadline_s=0.1)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(
            200, headers={"Content-Encoding": "gzip"}, stream=Chunks([gzip.compress(b"{}" * 500)[:20]])
        ),
        httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Chunks([b"not gzip at all"])),
        httpx.Response(200, headers={"Content-Encoding": "br"}, stream=Chunks([b"x"])),
    ],
    ids=["packed and cut", "not packed as it says", "packed as nobody asked"],
)
async def test_half_an_answer_is_none(response: httpx.Response) -> None:
    with pytest.raises(NoAnswerError):
        await _ask(_answers(response))


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadError, httpx.RemoteProtocolError, httpx.ProxyError]
)
async def test_every_trouble_of_the_network_is_no_answer(error: type[httpx.TransportError]) -> None:
    async def broken(request: httpx.Request) -> httpx.Response:
        raise error("broken", request=request)

    with pytest.raises(NoAnswerError):
        await _ask(broken)
