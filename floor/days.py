"""What a station recorded since its day was closed last: a count over its own ledger.

Never looks at a clock: a range of entries is a day because somebody named it so.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from floor.codec import Fact
from floor.events import DayTotal, LedgerRange, ReportContent, ReportCorrected, Reported
from floor.quantities import EXACT, ZERO

COUNTED_KINDS: Final = frozenset({Reported.kind, ReportCorrected.kind})
"""What a day counts; every other entry is in its range all the same."""


@dataclass(frozen=True, slots=True)
class OpenDay:
    """What a close would cover now, and what it would say."""

    ranges: tuple[LedgerRange, ...] = ()
    """Empty where nothing was ever recorded."""
    reports: int = 0
    corrected: int = 0
    flagged: int = 0
    totals: tuple[DayTotal, ...] = ()

    @property
    def entries(self) -> int:
        """How many entries it covers."""
        return sum(found.last_seq - found.first_seq + 1 for found in self.ranges)

    @property
    def unsafe(self) -> int:
        """How many of these the server does not have, as far as known here."""
        return sum(
            max(0, found.last_seq - max(found.first_seq - 1, found.safe_through)) for found in self.ranges
        )


@dataclass(frozen=True, slots=True)
class LastClose:
    """The day that was closed last."""

    closing: str
    """Its event."""
    copies: int
    """How often its sheet was asked for."""


_Figures = tuple[str, Decimal, Decimal, Decimal, Decimal]
"""Unit, good, scrap, rework and review of one report."""


@dataclass(slots=True)
class DayCount:
    """Grows by the facts of one station in the order of its ledger."""

    corrected: int = 0
    flagged: int = 0
    _standing: dict[str, _Figures | None] = field(default_factory=dict)
    """What each report says now; None for one that was withdrawn."""

    @property
    def reports(self) -> int:
        """How many reports there are, withdrawn ones too."""
        return len(self._standing)

    _seen: set[str] = field(default_factory=set)
    """A fact that has two places in a ledger is one fact."""

    def learn(self, fact: Fact) -> None:
        """Count one more fact."""
        if fact.event_id in self._seen:
            return
        self._seen.add(fact.event_id)
        match fact.event:
            case Reported(content=content, warned=warned):
                self._standing[fact.event_id] = _figures(content)
                self.flagged += bool(warned)
            case ReportCorrected(report=report, content=content):
                self.corrected += 1
                if report in self._standing:
                    self._standing[report] = _figures(content) if content else None

    def totals(self) -> tuple[DayTotal, ...]:
        """What the reports come to, by unit; those of other days are left to their own."""
        sums: dict[str, list[Decimal]] = {}
        for figures in filter(None, self._standing.values()):
            unit, *parts = figures
            line = sums.setdefault(unit, [ZERO] * len(parts))
            sums[unit] = [EXACT.add(total, part) for total, part in zip(line, parts, strict=True)]
        return tuple(
            DayTotal(unit=unit, good=good, scrap=scrap, rework=rework, review=review)
            for unit, (good, scrap, rework, review) in sorted(sums.items())
        )


def _figures(content: ReportContent) -> _Figures:
    scrap, rework, review = (
        sum((line.quantity for line in lines), ZERO)
        for lines in (content.scrap, content.rework, content.review)
    )
    return content.unit, content.good, scrap, rework, review
