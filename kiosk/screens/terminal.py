"""The one screen: places for the parts of a view, and each part handed to its place.

Never asks what a part means; a place redraws itself only when its part changed.
"""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen

from kiosk.dialogue.view import Asking, Done, Drawing, Helping, View, Waiting, Working
from kiosk.screens.bodies import paint_body
from kiosk.screens.caution import Caution, paint_caution
from kiosk.screens.frame import (
    News,
    Top,
    paint_foot,
    paint_last,
    paint_news,
    paint_top,
)
from kiosk.screens.touching import keys_in_body, keys_named
from kiosk.widgets.canvas import Line, Role, Span, centred, padded
from kiosk.widgets.painted import Painted
from kiosk.widgets.pictured import Pictured
from kiosk.words import _

COLUMNS_MIN: Final = 80
ROWS_MIN: Final = 24
ROWS_FOR_LAST: Final = 34
"""From this height on the last reports stay on the screen while something is reported."""


class TerminalScreen(Screen[None], inherit_bindings=False):
    """Top line, trouble, body, news, last reports, foot."""

    AUTO_FOCUS = None

    def __init__(self, view: View, foot_known: bool, now: datetime) -> None:
        """A screen that shows `view`; without `foot_known` the foot says that the terminal is starting."""
        super().__init__(id="terminal")
        self._view = view
        self._foot_known = foot_known
        self._now = now

    def compose(self) -> ComposeResult:
        """The places, from top to bottom."""
        view, foot = self._view, self._view.foot if self._foot_known else None
        self._top = Painted(paint_top, Top(view.header, self._now), id="top")
        self._trouble = Painted(paint_caution, Caution(foot, view.training), id="trouble")
        self._body = Painted(paint_body, view.body, id="body")
        self._drawing = Pictured(id="drawing")
        self._news = Painted(paint_news, _news(view), id="news")
        self._last = Painted(paint_last, view.last, id="last")
        self._foot = Painted(paint_foot, foot, id="foot")
        self._small = Painted(paint_too_small, None, id="small")
        self._arrange()
        yield from (self._top, self._trouble, self._body, self._drawing)
        yield from (self._news, self._last, self._foot, self._small)

    def show(self, view: View, foot_known: bool, now: datetime) -> None:
        """Show another view."""
        anew = view.language != self._view.language
        self._view, self._foot_known = view, foot_known
        if anew:
            for place in self.query(Painted):
                place.forget()
        foot = view.foot if foot_known else None
        self.show_time(now)
        self._trouble.show(Caution(foot, view.training))
        self._body.show(view.body)
        if isinstance(view.body, Drawing):
            self._drawing.show(view.body.pictures, view.body.corner)
        else:
            self._drawing.show(())
        self._news.show(_news(view))
        self._last.show(view.last)
        self._foot.show(foot)
        self._arrange()

    def keys_at(self, column: int, row: int) -> tuple[str, ...]:
        """The keys that a finger on this place means; none where it means nothing."""
        for place in (self._body, self._foot):
            region = place.region
            if place.display and region.contains(column, row):
                text, line = place.text_at(row - region.y), row - region.y
                if place is self._body:
                    return keys_in_body(self._view.body, text, line, column, region.height)
                return keys_named(text, column)
        return ()

    def show_time(self, now: datetime) -> None:
        """The clock alone."""
        zone = self._view.header.time_zone
        self._now = (now.astimezone(ZoneInfo(zone)) if zone else now).replace(microsecond=0)
        self._top.show(Top(self._view.header, self._now))

    def on_resize(self, _event: Resize) -> None:
        self._arrange()

    def _arrange(self) -> None:
        """Places come and go one by one: a class on the screen would look up every style of every place."""
        width, height = self.app.size
        fits = width >= COLUMNS_MIN and height >= ROWS_MIN
        body, view = self._view.body, self._view
        drawing = isinstance(body, Drawing)
        roomy = height >= ROWS_FOR_LAST and not isinstance(body, Done | Drawing)
        whole = isinstance(body, Done | Helping | Drawing) and not view.notice and not view.typed
        for place in (self._top, self._trouble, self._body, self._foot):
            place.display = fits
        self._body.set_class(drawing, "-above-drawing")
        self._drawing.display = fits and drawing
        self._news.display = fits and not whole
        self._last.display = fits and (roomy or isinstance(body, Waiting))
        self._small.display = not fits


def _news(view: View) -> News:
    """The notice; what is being typed, unless the body shows it already."""
    in_body = isinstance(view.body, Asking) or (isinstance(view.body, Working) and view.typed.isdigit())
    return News(view.notice, "" if in_body else view.typed)


def paint_too_small(_nothing: None, width: int, height: int) -> list[Line]:
    """Said instead of everything else: reports still work."""
    needed = _("{columns}x{rows} needed.").format(columns=COLUMNS_MIN, rows=ROWS_MIN)
    words = (_("This window is too small."), needed, _("What you scan is taken."))
    lines = [centred((Span(text, Role.FLAGGED),), width) for text in words]
    above = max((height - len(lines)) // 2, 0)
    return [*[padded((), width)] * above, *lines][:height]
