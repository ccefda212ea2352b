"""The table of PROTOCOL section 5: answer by answer, what the station does."""

import json
from typing import Any, Final

import pytest

from floor.network import NetworkState
from sync.reply import Reply
from sync.verdicts import Verdict, judge_feed, judge_hello, judge_push

SERVER: Final = "server-1"
STREAM: Final = "ab" * 16
OLDER_STREAM: Final = "cd" * 16
PUSHED: Final[dict[str, Any]] = {
    "server": SERVER,
    "ledger_epoch": "e",
    "request_id": "r",
    "stream": STREAM,
    "acked_through": 7,
    "head": "0" * 64,
    "server_ms": 1,
    "receipt": None,
}
GREETED: Final[dict[str, Any]] = {
    "server": SERVER,
    "ledger_epoch": "e",
    "server_ms": 1,
    "streams": [],
    "feed": {"epoch": "e.1", "head": 0},
}


def _reply(
    status: int, body: Any = None, *, echoed: bool = True, content_type: str = "application/json"
) -> Reply:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, content_type, None, echoed, "r", raw)


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (_reply(200, PUSHED), Verdict.DURABLE),
        (_reply(200, PUSHED, content_type="application/json; charset=utf-8"), Verdict.DURABLE),
        (_reply(200, PUSHED | {"new_field": 1}), Verdict.DURABLE),
        (_reply(200, PUSHED, echoed=False), Verdict.BLOCKED),
        (_reply(200, PUSHED | {"request_id": "other"}), Verdict.BLOCKED),
        (_reply(200, PUSHED | {"stream": "cd" * 16}), Verdict.BLOCKED),
        (_reply(200, PUSHED | {"server": "server-2"}), Verdict.WRONG_SERVER),
        (_reply(200, b"<html>log in</html>", content_type="text/html"), Verdict.BLOCKED),
        (_reply(200, json.dumps(PUSHED).encode()[:40]), Verdict.UNKNOWN),
        (_reply(200, {"ok": True}), Verdict.UNKNOWN),
        (_reply(200, PUSHED | {"acked_through": -1}), Verdict.UNKNOWN),
        (_reply(200, PUSHED | {"acked_through": "7"}), Verdict.UNKNOWN),
        (_reply(200, b"[" * 100_000), Verdict.UNKNOWN),
        (_reply(301), Verdict.BLOCKED),
        (_reply(302, b""), Verdict.BLOCKED),
        (_reply(304), Verdict.BLOCKED),
        (_reply(409, {"error": "gap", "acked_through": 3, "head": "0" * 64}), Verdict.GAP),
        (_reply(409, {"error": "fork", "acked_through": 3, "head": "0" * 64}), Verdict.FORK),
        (_reply(409, {"error": "epoch"}), Verdict.OTHER_EPOCH),
        (_reply(409, {"error": "gap", "acked_through": 3}, echoed=False), Verdict.UNKNOWN),
        (_reply(409, b"conflict"), Verdict.UNKNOWN),
        (_reply(400), Verdict.REBUILD),
        (_reply(400, echoed=False), Verdict.UNKNOWN),
        (_reply(415), Verdict.REBUILD),
        (_reply(422), Verdict.REBUILD),
        (_reply(401), Verdict.REFUSED),
        (_reply(403), Verdict.REFUSED),
        (_reply(404), Verdict.OTHER_VERSION),
        (_reply(405), Verdict.OTHER_VERSION),
        (_reply(426), Verdict.OTHER_VERSION),
        (_reply(413), Verdict.HALVE),
        (_reply(429), Verdict.BUSY),
        (_reply(503), Verdict.BUSY),
        (_reply(511), Verdict.BLOCKED),
        (_reply(500), Verdict.UNKNOWN),
        (_reply(502), Verdict.UNKNOWN),
        (_reply(504), Verdict.UNKNOWN),
        (_reply(418), Verdict.UNKNOWN),
        (_reply(204), Verdict.UNKNOWN),
    ],
)
def test_each_answer_to_a_push_has_its_verdict(reply: Reply, verdict: Verdict) -> None:
    judged = judge_push(reply, SERVER, STREAM)
    assert judged.verdict is verdict
    assert (judged.message is not None) == (verdict is Verdict.DURABLE)


def test_the_first_server_that_answers_is_ours_and_no_other_after_it() -> None:
    assert judge_hello(_reply(200, GREETED), None, []).verdict is Verdict.DURABLE
    assert judge_hello(_reply(200, GREETED), SERVER, []).verdict is Verdict.DURABLE
    assert judge_hello(_reply(200, GREETED), "server-2", []).verdict is Verdict.WRONG_SERVER


@pytest.mark.parametrize(
    ("named", "verdict"),
    [
        ([STREAM, OLDER_STREAM], Verdict.DURABLE),
        ([STREAM], Verdict.UNKNOWN),
        ([], Verdict.UNKNOWN),
        ([STREAM, OLDER_STREAM, "ef" * 16], Verdict.UNKNOWN),
        ([STREAM, "ef" * 16], Verdict.UNKNOWN),
        ([STREAM, OLDER_STREAM, STREAM], Verdict.UNKNOWN),
    ],
)
def test_a_hello_is_answered_only_when_exactly_our_streams_are_named(
    named: list[str], verdict: Verdict
) -> None:
    standing = {"prefix": "BBB", "acked_through": 0, "head": "0" * 64, "common": {"seq": 0, "hash": "0" * 64}}
    streams = [standing | {"stream": stream} for stream in named]
    judged = judge_hello(_reply(200, GREETED | {"streams": streams}), SERVER, [OLDER_STREAM, STREAM])
    assert judged.verdict is verdict
    assert (judged.message is not None) == (verdict is Verdict.DURABLE)


def test_a_cursor_of_another_feed_begins_anew_only_when_the_server_itself_says_so() -> None:
    assert judge_feed(_reply(410, {"reset": True})).verdict is Verdict.RESET
    assert judge_feed(_reply(410, {"reset": True}, echoed=False)).verdict is Verdict.UNKNOWN


def test_people_see_why_nothing_moves() -> None:
    assert judge_push(_reply(302), SERVER, STREAM).verdict.network is NetworkState.BLOCKED
    assert judge_push(_reply(401), SERVER, STREAM).verdict.network is NetworkState.TOKEN_REFUSED
    assert judge_push(_reply(500), SERVER, STREAM).verdict.network is NetworkState.NO_NETWORK
