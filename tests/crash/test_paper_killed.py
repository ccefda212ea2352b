"""The promise about paper: whatever is killed, nothing is printed twice by itself, nothing is given up."""

import asyncio
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

from floor.commands import ReprintSlip
from floor.events import PaperEvent, PaperPrinted, PaperUnknown, SlipReprinted, Subjects
from floor.refusals import Refusal
from floor.tags import ALPHABET
from kiosk.wiring.clock import moment
from sync.memory import StationMemory
from tests.kiosk.test_paper_desk import SLIP, new_id, slip_of_another_station
from tests.printing import tcp_printer as printers
from tests.printing.tcp_printer import tcp_printer
from tests.tidy.tree import ROOT

PAPERS = 7
COPY = re.compile(rb"copy-(\d+)")


async def asked_for(folder: Path) -> None:
    """Copies of one slip, all asked for while no desk was there."""
    memory = StationMemory(folder, moment, new_id, Random(1))
    await memory.open()
    await slip_of_another_station(memory)
    for _ in range(PAPERS):
        asked = await memory.record(ReprintSlip(intent=new_id(), by="9001", slip=SLIP, printer="office"))
        assert not isinstance(asked, Refusal)
    await memory.stop()


async def answers(folder: Path) -> dict[int, PaperEvent]:
    """By the number of the copy."""
    memory = StationMemory(folder, moment, new_id, Random(1))
    await memory.open()
    facts = (await memory.picture(Subjects(slip=SLIP))).order.facts
    await memory.stop()
    asked = {
        fact.event_id: ALPHABET.index(fact.event.copy_letter) + 1
        for fact in facts
        if isinstance(fact.event, SlipReprinted)
    }
    said = [fact.event for fact in facts if isinstance(fact.event, PaperEvent)]
    assert len(said) == len({event.paper for event in said}) == PAPERS
    return {asked[event.paper]: event for event in said}


def killed_again_and_again(folder: Path, target: str) -> int:
    """The station, started until nothing waits any more; how often it was killed."""
    chance, kills = Random(20261125), 0
    program = [sys.executable, "-m", "tests.crash.paper_station", str(folder), target]
    while True:
        station = subprocess.Popen(program, cwd=ROOT)
        try:
            station.wait(chance.uniform(1.0, 2.5) if kills < PAPERS else 60)
        except subprocess.TimeoutExpired:
            station.kill()
            station.wait()
            kills += 1
        else:
            assert station.returncode == 0
            return kills


async def test_f5_f6_killed_at_any_moment_no_paper_is_printed_twice_nor_given_up(tmp_path: Path) -> None:
    folder = tmp_path / "station"
    await asked_for(folder)
    with tcp_printer(printers.takes_its_time) as printer:
        kills = await asyncio.to_thread(killed_again_and_again, folder, printer.target)
        printer.settle()
    came = Counter(int(copy[1]) for paper in printer.papers if (copy := COPY.search(paper)))
    said = await answers(folder)
    assert kills >= 2
    assert max(came.values()) == 1
    assert any(isinstance(event, PaperPrinted) for event in said.values())
    for copy, event in said.items():
        assert isinstance(event, PaperPrinted | PaperUnknown)
        assert came[copy] == 1 or isinstance(event, PaperUnknown)
