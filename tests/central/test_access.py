"""Every route, every caller: denied by default."""

import re
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from central.api.access import ACCESS, ADMIN_TOKEN_FILE, Caller, administrator_token
from central.config import Settings
from central.storage import CannotStart
from tests.central.support import TOKEN, Plant, Station, served


def routes(app: FastAPI) -> set[tuple[str, str]]:
    """Every (method, path) that the app answers."""
    found = set()
    for route in iter_route_contexts(app.routes):
        for method in getattr(route, "methods", None) or ():
            found.add((method, str(route.path)))
    return found - {("HEAD", "/api/v1/openapi.json")}


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "board.css" if "static" in path else "MO-1042", path)


def status(plant: Plant, method: str, path: str, token: str | None) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = httpx.request(method, plant.address + filled(path), headers=headers, json={}, trust_env=False)
    return answer.status_code


def test_the_table_names_every_route_and_no_other(plant: Plant) -> None:
    assert routes(plant.app) == set(ACCESS)


def test_every_route_asks_for_a_token_unless_it_is_public(plant: Plant) -> None:
    public = {key for key, callers in ACCESS.items() if Caller.ANYBODY in callers}
    assert len(public) < 6
    for method, path in routes(plant.app):
        expected = {200} if (method, path) in public else {401}
        assert status(plant, method, path, None) in expected, (method, path)
        if (method, path) not in public:
            assert status(plant, method, path, "wrong") == 401, (method, path)
            assert status(plant, method, path, "") == 401, (method, path)


def test_every_route_is_denied_to_the_wrong_role(demo: Plant) -> None:
    station = demo.station("cutting-1")
    token = station.http.headers["Authorization"].partition(" ")[2]
    for (method, path), callers in ACCESS.items():
        if Caller.ANYBODY in callers:
            continue
        denied = token if Caller.STATION not in callers else TOKEN
        allowed = TOKEN if Caller.STATION not in callers else token
        assert status(demo, method, path, denied) == 403, (method, path)
        assert status(demo, method, path, allowed) not in (401, 403), (method, path)


def test_a_route_that_the_table_forgot_is_closed(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ACCESS, ("GET", "/api/v1/board"))
    assert plant.http.get("/api/v1/board").status_code == 403
    assert httpx.get(plant.address + "/api/v1/board", trust_env=False).status_code == 401


def test_the_page_can_be_closed(tmp_path: Path) -> None:
    with served(Settings(data_dir=tmp_path, public_page=False)) as plant:
        assert status(plant, "GET", "/", None) == 401
        assert status(plant, "GET", "/", TOKEN) == 200
        assert status(plant, "GET", "/health", None) == 200


def test_a_replaced_token_is_worthless(demo: Plant, cutting: Station) -> None:
    answer = demo.post("/stations", {"station": "cutting-1"}, 409)
    assert "token already" in answer["sentence"]
    fresh = demo.post("/stations", {"station": "cutting-1", "replace": True}, 201)["token"]
    assert cutting.say_hello().status_code == 401
    cutting.http.headers["Authorization"] = f"Bearer {fresh}"
    cutting.hello()


def test_no_token_is_kept_in_clear(demo: Plant, cutting: Station) -> None:
    token = cutting.http.headers["Authorization"].partition(" ")[2]
    with demo.central.database.reading() as connection:
        kept = connection.exec_driver_sql("SELECT * FROM station").all()
    assert kept
    assert all(token not in str(value) for row in kept for value in row)


def test_a_station_is_named_by_number_or_name_or_made(demo: Plant) -> None:
    assert demo.post("/stations", {"station": "Terminal at packing"}, 201)["station"] == "packing-1"
    assert demo.post("/stations", {"station": "nowhere"}, 404)["hint"]
    assert demo.post("/stations", {"station": "new", "work_centre": "NONE"}, 422)["hint"]
    new = {"station": "new-1", "work_centre": "CUT", "name": "New [b]terminal"}
    assert demo.post("/stations", new, 201)["station"] == "new-1"
    assert "New [b]terminal" in [row["name"] for row in demo.get("/stations")]
    demo.post("/stations", {"station": "bad\x00number", "work_centre": "CUT"}, 422)


def test_the_administrators_token_is_made_once_and_is_nobody_elses_to_read(tmp_path: Path) -> None:
    token = administrator_token(tmp_path / "data", None)
    file = tmp_path / "data" / ADMIN_TOKEN_FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(token) >= 40
    assert administrator_token(tmp_path / "data", None) == token
    assert administrator_token(tmp_path / "data", "given") == "given"
    file.write_text("", encoding="ascii")
    with pytest.raises(CannotStart, match="empty"):
        administrator_token(tmp_path / "data", None)
