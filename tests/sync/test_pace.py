"""How long to wait, whatever anybody proposes."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from sync.pace import backoff_s, retry_after_s

NOW_MS = 1_776_000_000_000


def _date(after_s: int) -> str:
    return format_datetime(datetime.fromtimestamp(NOW_MS / 1000 + after_s, UTC), usegmt=True)


@pytest.mark.parametrize("failures", [1, 2, 3, 6, 7, 50, 10_000])
@pytest.mark.parametrize("chance", [0.0, 0.5, 0.999])
def test_pauses_stay_within_one_second_and_one_minute(failures: int, chance: float) -> None:
    assert 1 <= backoff_s(failures, lambda: chance) <= 60


def test_pauses_grow_with_failures_and_are_spread_over_their_whole_length() -> None:
    assert [backoff_s(failures, lambda: 1.0) for failures in range(1, 9)] == [2, 4, 8, 16, 32, 60, 60, 60]
    assert backoff_s(6, lambda: 0.0) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("0", 1),
        ("86400", 300),
        ("9" * 400, 300),
        (_date(120), 120),
        (_date(-500), 1),
        (_date(86_400), 300),
        ("soon", None),
        ("-5", None),
        ("1e3", None),
        ("７", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_taken_within_limits_and_garbage_is_not(
    header: str | None, seconds: float | None
) -> None:
    assert retry_after_s(header, NOW_MS, lambda: 0.0) == seconds


def test_stations_do_not_come_back_together() -> None:
    assert retry_after_s("100", NOW_MS, lambda: 1.0) == pytest.approx(110)
