"""A long history costs an operator nothing: what a question costs is counted in SQLite's own steps.

Never in seconds, which depend on who else is at work: those are benchmarks/big_ledger.py's, with a million
facts.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
import uuid_utils

from benchmarks import full_ledger
from floor import chain
from floor.commands import ReportWork, StartRun
from floor.events import MachineWentDown, ReportContent, RunKind, RunStarted, SlipIssued, Subjects
from floor.network import NetworkState
from floor.refusals import Refusal
from floor.station import Draft
from kiosk.wiring.clock import moment
from sync import chains, disk, drafts, ledger, outbox, reading, received, slipnumbers
from sync.incidents import Incidents
from sync.opening import OpenMemory, open_memory
from sync.unanswered import LOOKED_BACK_MAX

HISTORY = 20_000
LONG_HISTORY = 400_000
MORE_ALLOWED = 1.3
STEPS_COUNTED = 10
"""SQLite tells of so many steps at once."""
SMALL = 2000
"""Fewer steps than that - a quarter of a millisecond - are nothing, however they compare."""

Question = Callable[[OpenMemory, str], object]


def new_id() -> str:
    return uuid_utils.uuid7().hex


def report(memory: OpenMemory, slip: str) -> object:
    content = ReportContent(step=10, machine="M10", operators=("4711",), unit="pcs", good=Decimal(1))
    command = ReportWork(intent=new_id(), by="4711", slip=slip, content=content)
    answer = memory.ledger.record(command, moment())
    assert not isinstance(answer, Refusal)
    return answer


def kept_draft(memory: OpenMemory, slip: str) -> list[Draft]:
    memory.drafts.save(Draft(new_id(), slip, recorded=False))
    return memory.drafts.all()


QUESTIONS: dict[str, Question] = {
    "a slip's facts": lambda memory, slip: memory.ledger.picture(Subjects(slip=slip)),
    "a report": report,
    "the last reports": lambda memory, _: memory.ledger.last_reports(),
    "what the foot says": lambda memory, _: memory.outbox.standing(moment(), NetworkState.ONLINE),
    "drafts": kept_draft,
    "whether rows are to be swept": lambda memory, _: memory.received.sweep(),
    "an open order": lambda memory, _: memory.ledger.known.progress("NEW-003", None),
    "the next batch": lambda memory, _: memory.outbox.batch(memory.ledger.own.stream, 100, 50),
    "a hello's claims": lambda memory, _: memory.outbox.claims(),
}


class Counted:
    """An open ledger that counts SQLite's steps."""

    def __init__(self, folder: Path, history: int) -> None:
        folder.mkdir()
        self.filled = full_ledger.fill(folder, history)
        self.memory = open_memory(folder, new_id, Random(1), Incidents(folder / "incidents", lambda: 0))
        self.steps = 0
        self.memory.ledger.disk.connection.set_progress_handler(self._step, STEPS_COUNTED)

    def _step(self) -> int:
        self.steps += STEPS_COUNTED
        return 0

    def cost(self, question: Question, slip: str) -> int:
        before = self.steps
        question(self.memory, slip)
        return self.steps - before


@pytest.fixture
def both(tmp_path: Path, long_run: bool) -> Iterator[tuple[Counted, Counted]]:
    """A ledger without a past, and one with years of it; the same orders are open in both."""
    made = Counted(tmp_path / "new", 0), Counted(tmp_path / "old", LONG_HISTORY if long_run else HISTORY)
    yield made
    for counted in made:
        counted.memory.ledger.disk.close()


def test_no_question_of_a_terminal_costs_more_with_years_of_history(both: tuple[Counted, Counted]) -> None:
    new, old = both
    too_dear = {}
    for name, question in QUESTIONS.items():
        slips = list(zip(new.filled.open_slips, old.filled.open_slips, strict=True))[3:12:3]
        costs = [(new.cost(question, one), old.cost(question, other)) for one, other in slips]
        cheap, dear = map(sum, zip(*costs, strict=True))
        if dear > max(SMALL, MORE_ALLOWED * cheap):
            too_dear[name] = (cheap, dear)
    assert not too_dear


def test_what_waits_for_an_answer_is_sought_in_small_pieces(both: tuple[Counted, Counted]) -> None:
    known = both[1].memory.ledger.known
    for kind in (RunStarted.kind, SlipIssued.kind, MachineWentDown.kind):
        more, costs = True, []
        while more:
            before = both[1].steps
            more = known.look_back(kind)
            costs.append(both[1].steps - before)
        assert max(costs) <= 60 * LOOKED_BACK_MAX
        assert known.unanswered(kind) == [], "every run, paper and downtime of the past was answered"


def test_the_filled_ledger_is_a_genuine_one(both: tuple[Counted, Counted]) -> None:
    memory, filled = both[1].memory, both[1].filled
    assert memory.incidents.trouble is None
    own = memory.ledger.own
    assert own.last_seq == filled.own
    assert chains.difference(memory.ledger.disk.connection, own.header, 0, filled.own) is None
    placed = chains.places(memory.ledger.disk.connection, own.stream, own.last_seq - 1, 1)[0]
    assert placed.sealed.digest == chain.digest(placed.kind, placed.version, placed.body)
    assert len(memory.ledger.known.open_orders()) == full_ledger.OPEN_ORDERS
    assert memory.received.sweep() == 0


def _statements(module: ModuleType) -> Iterator[tuple[str, str]]:
    for name, said in vars(module).items():
        texts = [member.value for member in said] if said is reading.Asked else [said]
        for text in texts:
            if isinstance(text, str) and text.lstrip().upper().startswith(("SELECT", "DELETE", "UPDATE")):
                yield f"{module.__name__}.{name}", text


STATEMENTS = dict(
    found
    for module in (reading, ledger, received, drafts, slipnumbers, chains, outbox, disk)
    for found in _statements(module)
)


@pytest.mark.parametrize("name", STATEMENTS)
def test_every_question_finds_its_rows_by_what_is_narrowest(tmp_path: Path, name: str) -> None:
    memory = open_memory(tmp_path, new_id, Random(1), Incidents(tmp_path / "incidents", lambda: 0))
    text = STATEMENTS[name]
    numbered = set(re.findall(r"\?\d", text))
    parameters = ["x"] * (len(numbered) or text.count("?"))
    connection: sqlite3.Connection = memory.ledger.disk.connection
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", parameters)]
    memory.ledger.disk.close()
    whole = [line for line in plan if re.match(r"SCAN (event|entry|received)\b", line)]
    assert not whole, plan
    if re.search(r"\b(slip|answers|event_id|order_number) = \?", text):
        assert not [line for line in plan if "_kind (kind=?" in line], plan


def test_a_run_that_nobody_ended_is_found_however_long_ago_it_began(both: tuple[Counted, Counted]) -> None:
    memory = both[1].memory
    slip = both[1].filled.open_slips[0]
    command = StartRun(
        intent=new_id(),
        by="4711",
        slip=slip,
        step=10,
        machine="M10",
        operators=("4711",),
        run_kind=RunKind.PRODUCTION,
    )
    assert not isinstance(memory.ledger.record(command, moment()), Refusal)
    many = memory.ledger.disk.connection.execute(
        "SELECT COUNT(*) FROM event WHERE kind = ?", (RunStarted.kind,)
    ).fetchone()[0]
    assert many > LOOKED_BACK_MAX, "more than one look back"
    assert [fact.event_id for fact in memory.ledger.known.unanswered(RunStarted.kind)] == [command.intent]
