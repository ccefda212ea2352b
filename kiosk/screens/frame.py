"""What stands around every body: top line, trouble, notices, last reports, and what is safe.

Never hides a number: where a line is too narrow, words go first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rich.cells import cell_len, set_cell_size

from floor.network import NetworkState
from kiosk.dialogue.view import Foot, Header, LastLine, Notice, Tone
from kiosk.widgets.canvas import (
    BAND_OF,
    TEXT_OF,
    Line,
    Role,
    Span,
    age,
    cut,
    ends,
    inset,
    number,
    padded,
    width_of,
)
from kiosk.words import MONTHS, WEEKDAYS, _, mark

DATE_COLUMNS_MIN: Final = 100
"""From this width on the clock has its date."""

MARGIN: Final = Span(" ", Role.BAR)

CHIPS: Final[dict[Tone, str]] = {
    Tone.PLAIN: "  ",
    Tone.FOCUS: "> ",
    Tone.TAKEN: "OK",
    Tone.FLAGGED: "! ",
    Tone.REFUSED: "X ",
    Tone.WAITING: "..",
}
"""What a tone is called where there are no colours."""

NETWORK: Final[dict[NetworkState, tuple[str, str, Role]]] = {
    NetworkState.STARTING: (mark("connecting"), "", Role.BAR),
    NetworkState.ONLINE: (mark("connected"), "", Role.BAR_TAKEN),
    NetworkState.NO_NETWORK: (mark("no network"), "", Role.BAR_FLAGGED),
    NetworkState.BLOCKED: (mark("login page"), mark("A login page blocks the network"), Role.BAR_REFUSED),
    NetworkState.NO_TOKEN: (mark("no token"), mark("This station has no token"), Role.BAR_REFUSED),
    NetworkState.TOKEN_REFUSED: (
        mark("not accepted"),
        mark("The server refuses this station"),
        Role.BAR_REFUSED,
    ),
    NetworkState.WRONG_SERVER: (
        mark("wrong server"),
        mark("This is the server of another plant"),
        Role.BAR_REFUSED,
    ),
    NetworkState.ALONE: (mark("no server set"), "", Role.BAR),
}
"""Short words for the foot; a sentence where somebody must act; the colour."""

OLD_S: Final = 3600
"""From this age on, what waits is shown in amber even with the network up."""


@dataclass(frozen=True, slots=True)
class Top:
    """The top line with its clock."""

    header: Header
    now: datetime


def paint_top(top: Top, width: int, _height: int) -> list[Line]:
    """Place, operator and machine at the left, the time at the right once its zone is known."""
    header, share = top.header, width // 3
    left: Line = (MARGIN, Span(cut(header.place.upper(), share), Role.BAR_STRONG))
    if header.operator:
        left += (Span("   ", Role.BAR), Span(cut(header.operator, share), Role.BAR_STRONG))
    if header.machine:
        left += (Span(f"   {_('at')} ", Role.BAR), Span(header.machine, Role.BAR_STRONG))
    if not header.time_zone:
        return [ends(left, (MARGIN,), width, Role.BAR)]
    weekday = _(WEEKDAYS[top.now.weekday()])
    date = _("{weekday} {day} {month}").format(
        weekday=weekday, day=top.now.day, month=_(MONTHS[top.now.month - 1])
    )
    day = f"{weekday} " if width < DATE_COLUMNS_MIN else f"{date}  "
    right: Line = (Span(day, Role.BAR), Span(f"{top.now:%H:%M:%S}", Role.BAR_STRONG), MARGIN)
    return [ends(left, right, width, Role.BAR)]


def paint_trouble(foot: Foot | None, width: int, _height: int) -> list[Line]:
    """One sentence that people should know, or an empty line."""
    if foot is None:
        return [padded((), width)]
    sentence = foot.trouble or _(NETWORK[foot.network][1])
    if not sentence:
        return [padded((), width)]
    more = "" if foot.trouble else f". {_('Reports are kept; tell a supervisor.')}"
    return [padded((Span(f" ! {sentence}{more}", Role.BAND_FLAGGED),), width, Role.BAND_FLAGGED)]


@dataclass(frozen=True, slots=True)
class News:
    """What the band above the foot says."""

    notice: Notice | None
    typed: str


def paint_news(news: News, width: int, height: int) -> list[Line]:
    """What is being typed; else the notice as a band of its colour; else nothing."""
    if news.typed:
        echo = news.typed[-(width - 16) :]
        line = (Span(f" {_('typed')}  ", Role.DIM), Span(echo.upper(), Role.STRONG), Span("_", Role.FOCUS))
        return [padded((), width)] * (height - 1) + [padded(line, width)]
    notice = news.notice
    if notice is None:
        return [padded((), width)] * height
    band = BAND_OF[notice.tone]
    strong = Role.BAR_STRONG if band is Role.BAR else band
    title = padded((Span(f" {CHIPS[notice.tone]} {notice.title}", strong),), width, band)
    detail = padded((Span("    ", band), Span(notice.detail, band)), width, band)
    return [title, detail]


LAST_LINES: Final = 5
LAST_TITLE: Final = mark("last")
MARK_COLUMNS: Final = 10


def paint_last(last: Sequence[LastLine], width: int, _height: int) -> list[Line]:
    """The last five reports, newest first, each with how far it has come."""
    heads = ["  ".join(cells) for cells in _aligned([(line.time, line.slip, line.step) for line in last])]
    lines: list[Line] = []
    heading = f"{_(LAST_TITLE)}  "
    for head, report in list(zip(heads, last, strict=True))[:LAST_LINES]:
        title = Span(" " * cell_len(heading) if lines else heading, Role.DIM)
        left: Line = (title, Span(f"{head}  "), Span(report.figures, Role.STRONG))
        before = " " * (MARK_COLUMNS - cell_len(report.mark))
        mark: Line = (Span(f"{before}{report.mark}", TEXT_OF[report.tone]),)
        lines.append(ends(left, mark, width - 2))
    if not last:
        lines.append((Span(f"{heading}{_('no report on this station yet')}", Role.DIM),))
    return inset(lines, width, LAST_LINES)


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[list[str]]:
    """Cells of one column are of one width."""
    columns = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [[set_cell_size(cell, width) for cell, width in zip(row, columns, strict=True)] for row in rows]


def paint_foot(foot: Foot | None, width: int, _height: int) -> list[Line]:
    """How many are recorded here, how many safe, what waits and since when, the road, and help."""
    if foot is None:
        return [padded((Span(f" {_('starting: what you scan now is kept')}", Role.BAR),), width, Role.BAR)]
    help_key: Line = (Span(_("F1 help") if foot.helps else "", Role.BAR_STRONG), MARGIN)
    parts = _foot_parts(foot)
    for gap in (4, 3, 2):
        line = _spaced(parts, gap)
        if width_of(line) + width_of(help_key) + gap <= width:
            return [ends(line, help_key, width, Role.BAR)]
    return [padded(_spaced(parts, 2), width, Role.BAR)]


def _foot_parts(foot: Foot) -> list[Span]:
    waiting = max(foot.recorded - foot.safe, 0)
    short, _sentence, road = NETWORK[foot.network]
    if not waiting:
        safe = Span(_("{count} safe at the server").format(count=number(foot.safe)), Role.BAR_TAKEN)
        waiting_words = Span(_("nothing waiting"), Role.BAR)
    else:
        words = _("{count} waiting").format(count=number(waiting))
        if foot.oldest_waiting_s is not None:
            words += _(", oldest {age}").format(age=age(foot.oldest_waiting_s))
        old = foot.oldest_waiting_s is not None and foot.oldest_waiting_s >= OLD_S
        amber = old or road is not Role.BAR_TAKEN
        safe = Span(_("{count} safe").format(count=number(foot.safe)), Role.BAR_TAKEN)
        waiting_words = Span(words, Role.BAR_FLAGGED if amber else Role.BAR)
    recorded = Span(_("{count} recorded").format(count=number(foot.recorded)), Role.BAR_STRONG)
    return [recorded, safe, waiting_words, Span(_(short), road)]


def _spaced(parts: Sequence[Span], gap: int) -> Line:
    line: Line = (MARGIN,)
    for index, part in enumerate(parts):
        line += (Span(" " * gap, Role.BAR), part) if index else (part,)
    return line
