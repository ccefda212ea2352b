"""Lines for whoever looks later, one sentence for whoever stands here."""

import json
from pathlib import Path

import pytest

from sync.incidents import Incident, Incidents
from sync.memory import INCIDENTS_NAME, UNKNOWN_BADGE_SEEN
from tests.sync.world import station


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_people_see_the_gravest_trouble_whatever_came_first(tmp_path: Path) -> None:
    incidents = Incidents(tmp_path / "incidents.jsonl", lambda: 5)
    assert incidents.trouble is None
    incidents.alarm(Incident.CLOCK, "clock")
    incidents.alarm(Incident.FORK, "fork")
    incidents.alarm(Incident.ALTERED, "altered")
    assert incidents.trouble == "fork"
    incidents.clear(Incident.FORK)
    assert incidents.trouble == "altered"


def test_what_stands_is_logged_once_and_again_when_it_changed(tmp_path: Path) -> None:
    incidents = Incidents(tmp_path / "incidents.jsonl", lambda: 5)
    for seq in (1, 1, 2):
        incidents.alarm(Incident.UNSENDABLE, "unsendable", seq=seq)
    assert [line["seq"] for line in _lines(tmp_path / "incidents.jsonl")] == [1, 2]


def test_a_name_with_a_line_break_stays_one_line(tmp_path: Path) -> None:
    incidents = Incidents(tmp_path / "incidents.jsonl", lambda: 5)
    incidents.log(Incident.FLAGGED, reason='a\n{"incident": "forged"}\x1b[2J')
    assert len(_lines(tmp_path / "incidents.jsonl")) == 1
    assert "\x1b" not in (tmp_path / "incidents.jsonl").read_text()


def test_the_file_does_not_grow_without_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.incidents.FILE_BYTES_MAX", 1_000)
    incidents = Incidents(tmp_path / "incidents.jsonl", lambda: 5)
    for seq in range(200):
        incidents.log(Incident.SALVAGED, seq=seq)
    sizes = [path.stat().st_size for path in tmp_path.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) < 1_200


def test_a_disk_that_takes_no_incident_is_itself_a_trouble(tmp_path: Path) -> None:
    incidents = Incidents(tmp_path / "absent" / "incidents.jsonl", lambda: 5)
    incidents.log(Incident.FORK)
    assert incidents.trouble == "Incidents cannot be written down."


async def test_e1_an_unknown_badge_is_written_down_each_time_and_told_of_once(tmp_path: Path) -> None:
    async with station(tmp_path) as here:
        for badge in ("XXXXXX", "XXXXXX", "VVVVVV"):
            assert await here.memory.person_by_badge(badge) is None
        standing = await here.memory.standing()
        assert (standing.recorded, standing.trouble) == (0, None), "nobody is stopped, nothing is counted"
        assert here.memory._notes == [UNKNOWN_BADGE_SEEN], "for whoever asks for the health"
    lines = _lines(tmp_path / INCIDENTS_NAME)
    assert [line["badge"] for line in lines if line["incident"] == "unknown_badge"] == [
        "XXXXXX",
        "XXXXXX",
        "VVVVVV",
    ]
