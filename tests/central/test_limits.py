"""Sizes, packing, headers: the outermost layer."""

import gzip
import zlib

import pytest

from central.api.limits import BODY_BYTES_MAX, CannotUnpack, unpack
from floor.wire import PUSH_BYTES_MAX
from tests.central.support import Plant, Station


def test_a_small_gzip_that_unpacks_to_much_is_refused(demo: Plant, cutting: Station) -> None:
    bomb = gzip.compress(b" " * (200 * 1024 * 1024), 9)
    assert len(bomb) < PUSH_BYTES_MAX
    answer = cutting.http.post("/sync/push", content=bomb, headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 413


def test_a_body_beyond_the_cap_is_refused(demo: Plant, cutting: Station) -> None:
    assert cutting.http.post("/sync/push", content=b" " * (PUSH_BYTES_MAX + 1)).status_code == 413
    assert cutting.http.post("/sync/raw", content=b" " * (BODY_BYTES_MAX + 1)).status_code == 413
    assert cutting.http.post("/sync/raw", content=b" " * BODY_BYTES_MAX).status_code == 200


@pytest.mark.parametrize(
    "packed",
    [b"", b"no gzip", gzip.compress(b"x" * 1000)[:-9], gzip.compress(b"x") + b"y"],
    ids=["empty", "no gzip", "cut off", "with a tail"],
)
def test_a_body_that_is_no_gzip_is_refused(packed: bytes) -> None:
    with pytest.raises(CannotUnpack) as refused:
        unpack(packed, 2000)
    assert refused.value.status == 400


def test_only_gzip_is_unpacked(demo: Plant, cutting: Station) -> None:
    deflated = zlib.compress(b"{}")
    answer = cutting.http.post("/sync/push", content=deflated, headers={"Content-Encoding": "deflate"})
    assert answer.status_code == 415


def test_the_request_id_is_echoed_and_nothing_is_cached(demo: Plant, cutting: Station) -> None:
    cutting.record(cutting.reported("BCDFGHJK", None, 1))
    for answer in (
        cutting.http.get("/sync/feed", headers={"X-Request-Id": "abc-123"}),
        cutting.http.post("/sync/push", json=cutting.batch(1, 1), headers={"X-Request-Id": "abc-123"}),
        cutting.http.get("/no/such/path", headers={"X-Request-Id": "abc-123"}),
        cutting.http.post("/sync/push", content=b"x" * 2_000_000, headers={"X-Request-Id": "abc-123"}),
    ):
        assert answer.headers["X-Request-Id"] == "abc-123"
        assert answer.headers["Cache-Control"] == "no-store"
    assert cutting.http.post(
        "/sync/push", json=cutting.batch(1, 1), headers={"X-Request-Id": "abc-123"}
    ).json()["request_id"] == ("abc-123")


def test_a_strange_request_id_is_replaced(demo: Plant, cutting: Station) -> None:
    for strange in ("a b", "x" * 65, "<script>"):
        answer = cutting.http.get("/sync/feed", headers={"X-Request-Id": strange})
        assert len(answer.headers["X-Request-Id"]) == 32


def test_a_long_answer_is_packed(demo: Plant, cutting: Station) -> None:
    answer = cutting.feed()
    assert answer.headers["Content-Encoding"] == "gzip"
    plain = cutting.http.get("/sync/feed", headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert plain.json() == answer.json()


def test_openapi_names_every_message(plant: Plant) -> None:
    document = plant.get("/openapi.json")
    schemas = document["components"]["schemas"]
    assert {"Hello", "HelloAnswer", "Push", "PushAnswer", "FeedAnswer", "Standing409"} <= set(schemas)
    assert "/api/v1/sync/push" in document["paths"]


def test_a_wrong_path_or_method_is_told_so(demo: Plant, cutting: Station) -> None:
    assert cutting.http.get("/sync/push").status_code == 405
    assert cutting.http.post("/sync/pull", json={}).status_code == 404
