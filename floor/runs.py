"""What became of each run: since when it is paused, and when it ended.

Never a quantity, and never a clock of its own: a run without an end is open, however old it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from floor.codec import Fact, in_order
from floor.events import Reported, RunClosed, RunPaused, RunResumed, RunStarted


@dataclass(frozen=True, slots=True)
class Pause:
    """Operators stopped for a while."""

    fact: Fact
    resumed_ms: int | None
    """Unix time in ms at which the work went on; None where nobody said so."""

    @property
    def began_ms(self) -> int:
        """Unix time in ms."""
        return self.fact.event.at.clamped_ms


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as all facts about it show it."""

    fact: Fact
    started: RunStarted
    pauses: tuple[Pause, ...]
    ends: tuple[Fact, ...]
    """Everything that says that it is over, in order: reports that end it, and closings."""

    @property
    def run(self) -> str:
        """The run's id."""
        return self.fact.event_id

    @property
    def open(self) -> bool:
        """Whether nobody said that it is over."""
        return not self.ends

    @property
    def open_pauses(self) -> tuple[Pause, ...]:
        """The pauses that go on: several, where two stations stopped the same run."""
        return tuple(pause for pause in self.pauses if pause.resumed_ms is None)

    @property
    def paused(self) -> Pause | None:
        """The pause that goes on; of several, the last one."""
        return self.open_pauses[-1] if self.open_pauses else None

    @property
    def began_ms(self) -> int:
        """Unix time in ms."""
        return self.started.at.clamped_ms

    @property
    def ended_ms(self) -> int | None:
        """Unix time in ms of the earliest end that is known; None while it is open, or where nobody knows."""
        return min(filter(None, map(_ended_ms, self.ends)), default=None)

    @property
    def forgotten(self) -> bool:
        """Whether it is over, and nobody knows since when."""
        return bool(self.ends) and self.ended_ms is None


def _ended_ms(end: Fact) -> int | None:
    return end.event.ended_ms if isinstance(end.event, RunClosed) else end.event.at.clamped_ms


def _pause(fact: Fact, resumed: Mapping[str, list[int]]) -> Pause:
    return Pause(fact, min(resumed.get(fact.event_id, ()), default=None))


def fold_runs(facts: Iterable[Fact]) -> tuple[Run, ...]:
    """Every run that the facts know to have started, in order of stream and place."""
    ordered = in_order(list(facts))
    paused: dict[str, list[Fact]] = defaultdict(list)
    resumed: dict[str, list[int]] = defaultdict(list)
    ends: dict[str, list[Fact]] = defaultdict(list)
    for fact in ordered:
        match fact.event:
            case RunPaused(run=run):
                paused[run].append(fact)
            case RunResumed(pause=pause, at=at):
                resumed[pause].append(at.clamped_ms)
            case RunClosed(run=run):
                ends[run].append(fact)
            case Reported(run=str(run), ends_run=True):
                ends[run].append(fact)
    return tuple(
        Run(
            fact,
            fact.event,
            tuple(_pause(pause, resumed) for pause in paused[fact.event_id]),
            tuple(ends[fact.event_id]),
        )
        for fact in ordered
        if isinstance(fact.event, RunStarted)
    )
