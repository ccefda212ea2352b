"""Which painter draws which body.

Never draws by itself.
"""

from kiosk.dialogue.view import Asking, Body, Choosing, Done, Drawing, Findings, Helping, Waiting, Working
from kiosk.screens.dialogs import paint_asking, paint_choosing, paint_helping
from kiosk.screens.drawing import paint_drawing
from kiosk.screens.findings import paint_findings
from kiosk.screens.moments import paint_done, paint_waiting
from kiosk.screens.working import paint_working
from kiosk.widgets.canvas import Line


def paint_body(body: Body, width: int, height: int) -> list[Line]:
    """The middle of the screen."""
    match body:
        case Waiting():
            return paint_waiting(body, width, height)
        case Working():
            return paint_working(body, width, height)
        case Done():
            return paint_done(body, width, height)
        case Choosing():
            return paint_choosing(body, width, height)
        case Asking():
            return paint_asking(body, width, height)
        case Helping():
            return paint_helping(body, width, height)
        case Findings():
            return paint_findings(body, width, height)
        case Drawing():
            return paint_drawing(body, width, height)
