"""Long days at a terminal: memory does not grow, and the event loop is free. The long runs are benchmarks."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import full_ledger, heartbeat, loop_blocked, memory
from tests.tidy.tree import ROOT

REPORTS = 120


def test_reports_by_scans_are_all_recorded_and_memory_is_read(tmp_path: Path) -> None:
    filled = full_ledger.fill(tmp_path, 0, REPORTS // full_ledger.SLIPS)
    found = asyncio.run(memory.measured(tmp_path, filled.open_slips))
    assert list(found) == [REPORTS // 10 * tenth for tenth in range(1, 11)]
    assert min(found.values()) > 10


def test_a_loop_that_was_blocked_is_found_and_what_others_took_is_not_its_fault(tmp_path: Path) -> None:
    written = tmp_path / "late.jsonl"
    written.write_text("".join(json.dumps(line) + "\n" for line in ([1.0, 0.2, 0.15], [2.0, 0.07, 0.0])))
    phase = loop_blocked.Phase("busy", 0.5, 1.5)
    found = loop_blocked.found(phase, heartbeat.read(written))
    assert found.count == 1
    assert found.worst_ms == pytest.approx(50)
    assert found.with_others_ms == pytest.approx(200)


@pytest.mark.parametrize(
    ("script", "short"),
    [
        ("big_ledger", ["--events", "100000", "--reports", "100", "--starts", "1"]),
        ("memory", ["--reports", "40000"]),
        ("loop_blocked", ["--events", "4000", "--history", "100000", "--seconds", "10"]),
    ],
)
def test_the_figures_are_held(script: str, short: list[str], long_run: bool) -> None:
    arguments = short if long_run else ["--help"]  # minutes, else only whether it can be asked
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{script}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
