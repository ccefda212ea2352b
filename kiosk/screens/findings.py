"""What a test found: a band with the verdict, and each thing that was looked at with its sign.

Never a colour alone: the sign says the same.
"""

from typing import Final

from rich.cells import cell_len, set_cell_size

from kiosk.dialogue.view import Finding, Findings
from kiosk.screens.frame import CHIPS
from kiosk.widgets.canvas import BAND_OF, TEXT_OF, Line, Role, Span, inset, padded, wrapped

SAYS_LINES: Final = 3
GAP: Final = "   "


def paint_findings(body: Findings, width: int, height: int) -> list[Line]:
    """The whole body; where it is roomy, with a line between two findings."""
    inside = width - 2
    blank: Line = (Span(""),)
    names = max((cell_len(finding.what) for finding in body.findings), default=0)
    parts = [_finding(finding, names, inside) for finding in body.findings]
    detail: list[Line] = [(Span(line, Role.STRONG),) for line in wrapped(body.detail, inside, 2)]
    band = BAND_OF[body.tone]
    head: list[Line] = [padded((Span(f" {CHIPS[body.tone]} {body.title}", band),), inside, band), blank]
    room = height - 1 - len(head) - len(detail) - 2
    roomy = sum(map(len, parts)) + len(parts) <= room
    lines = [line for part in parts for line in (*part, *([blank] if roomy else []))]
    lines = [*head, *lines[:room]]
    lines += [blank] * (height - 2 - len(detail) - len(lines))
    return inset([blank, *lines, *detail, (Span(body.keys, Role.DIM),)], width, height)


def _finding(finding: Finding, names: int, width: int) -> list[Line]:
    role = TEXT_OF[finding.tone]
    sign = f"{CHIPS[finding.tone]} "
    room = width - len(sign) - names - len(GAP)
    lines: list[Line] = []
    for says in wrapped(finding.says, room, SAYS_LINES) or [""]:
        first = not lines
        left = (sign if first else " " * len(sign)) + set_cell_size(finding.what if first else "", names)
        lines.append((Span(left, role), Span(GAP), Span(says)))
    return lines
