"""Loads a plant: all files read and checked, then all of it written in one transaction, or nothing.

Never takes a person's PIN further than its hash.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError
from sqlalchemy import Connection

from central import directory
from central.clock import moment, new_id
from central.intake import append_own
from central.loading import pins
from central.loading.changes import Change, changed_people, changes
from central.loading.checks import check, world
from central.loading.files import Files, read_files
from central.loading.problems import Problems
from central.loading.sheets import OrderLine, Placed, Wanted
from central.planning import decide_within, progress_of
from central.server import Central
from floor.codec import TooLargeError, encode
from floor.commands import Command, DecideOrder, DraftOrder
from floor.events import Moment
from floor.life import Life
from floor.orders import Decision, OrderState
from floor.plant import Plant
from floor.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load added, by kind; nothing for what was known."""

    added: Mapping[str, int]
    dry_run: bool


class _DryRun(Exception):
    """Rolls back what was tried."""

    def __init__(self, added: Mapping[str, int]) -> None:
        super().__init__()
        self.added = added


def load(central: Central, texts: Mapping[str, str], by: str | None = None, dry_run: bool = False) -> Loaded:
    """Takes in the files of a directory by name. Raises problems.Broken."""
    problems = Problems()
    files = read_files(texts, problems)
    problems.check()
    with central.database.reading() as connection:
        known = directory.people(connection)
    hashed = pins.hashes((line.value for line in files.people), known)
    try:
        with central.database.writing() as connection:
            added = _write(connection, central, files, hashed, by, problems)
            if dry_run:
                raise _DryRun(added)
    except _DryRun as tried:
        return Loaded(tried.added, dry_run=True)
    return Loaded(added, dry_run=False)


def _write(
    connection: Connection,
    central: Central,
    files: Files,
    hashed: Mapping[str, str],
    by: str | None,
    problems: Problems,
) -> dict[str, int]:
    plant = central.plant.read(connection)
    people = directory.people(connection)
    check(files, world(files, plant, people), problems)
    problems.check()
    now = moment(connection, central.clock)
    news = changes(files, plant, now, problems)
    persons = changed_people(files, people, hashed, problems)
    _check_sizes(news, problems)
    problems.check()
    if news:
        append_own(connection, [(new_id(), event) for _, event in news], now)
    directory.keep(connection, persons)
    orders = _orders(connection, _as_loaded(plant, news), files.orders, by, now, problems)
    problems.check()
    counted = Counter(event.kind for _, event in news)
    return {**counted, **({"people": len(persons)} if persons else {}), **orders}


def _check_sizes(news: Sequence[Change], problems: Problems) -> None:
    for row, event in news:
        try:
            encode("", event)
        except TooLargeError as error:
            problems.add(row.file if row else "plant.toml", row.line if row else None, None, f"less: {error}")


def _as_loaded(plant: Plant, news: Sequence[Change]) -> Plant:
    """The plant as it will be when this transaction is committed."""
    learned = plant.copy()
    for _, event in news:
        learned.learn(event)
    return learned


def _orders(
    connection: Connection,
    plant: Plant,
    lines: Sequence[Placed[OrderLine]],
    by: str | None,
    now: Moment,
    problems: Problems,
) -> dict[str, int]:
    """Drafts and confirms what is new; an order that runs is not changed by loading it."""
    added: Counter[str] = Counter()
    for line in lines:
        for command in _commands(connection, line, by, problems):
            try:
                answer = decide_within(connection, plant, command, now)
            except (ValidationError, TooLargeError) as error:
                problems.add(
                    line.row.file, line.row.line, "quantity", f"an order that can be written: {error}"
                )
                break
            if isinstance(answer, Refusal):
                problems.add(line.row.file, line.row.line, "order", f"{answer.sentence} {answer.hint}")
                break
            added.update(fact.event.kind for fact in answer.facts)
    return dict(added)


def _commands(
    connection: Connection, line: Placed[OrderLine], by: str | None, problems: Problems
) -> list[Command]:
    said = line.value
    draft = DraftOrder(intent=new_id(), by=by, order=said.number, demand=said.demand)
    confirm = DecideOrder(intent=new_id(), by=by, order=said.number, decision=Decision.CONFIRM)
    life: Life = progress_of(connection, draft).life
    same = life.demand == said.demand
    if life.state not in (None, OrderState.DRAFT):
        if not same:
            problems.add(
                line.row.file,
                line.row.line,
                "order",
                f"the same content as before: {said.number} is {life.state} and is not changed by loading",
            )
        return []
    return [*([] if same else [draft]), *([confirm] if said.wanted is Wanted.CONFIRMED else [])]
