"""The keywords by which IPP printers and CUPS say what is wrong, as troubles that people know.

Never takes a warning for a trouble before a page waits: a printer with one of two trays empty still prints.
"""

from collections.abc import Iterable
from typing import Final

from floor.printers import PrinterTrouble

_TROUBLES: Final[dict[str, PrinterTrouble]] = {
    "cover-open": PrinterTrouble.COVER_OPEN,
    "door-open": PrinterTrouble.COVER_OPEN,
    "interlock-open": PrinterTrouble.COVER_OPEN,
    "media-jam": PrinterTrouble.PAPER_JAM,
    "media-empty": PrinterTrouble.OUT_OF_PAPER,
    "input-tray-missing": PrinterTrouble.OUT_OF_PAPER,
    "media-needed": PrinterTrouble.WRONG_PAPER,
    "toner-empty": PrinterTrouble.OUT_OF_INK,
    "marker-supply-empty": PrinterTrouble.OUT_OF_INK,
    "marker-waste-full": PrinterTrouble.OUT_OF_INK,
    "developer-empty": PrinterTrouble.OUT_OF_INK,
    "opc-life-over": PrinterTrouble.OUT_OF_INK,
    "output-area-full": PrinterTrouble.TRAY_FULL,
    "output-tray-missing": PrinterTrouble.TRAY_FULL,
    "paused": PrinterTrouble.PAUSED,
    "moving-to-paused": PrinterTrouble.PAUSED,
    "hold-new-jobs": PrinterTrouble.PAUSED,
    "offline": PrinterTrouble.OFFLINE,
    "shutdown": PrinterTrouble.OFFLINE,
    "timed-out": PrinterTrouble.OFFLINE,
    "connecting-to-device": PrinterTrouble.OFFLINE,
    "spool-area-full": PrinterTrouble.BUSY,
}
_PRECEDENCE: Final = list(PrinterTrouble)


def trouble_of(reasons: Iterable[str], page_waits: bool = False) -> PrinterTrouble | None:
    """The trouble that comes first of what these keywords say; None where a printer goes on printing.

    While a page waits in it, what a printer only warns of is the likeliest cause.
    """
    found = [trouble for reason in reasons if (trouble := _one(reason, page_waits))]
    return min(found, key=_PRECEDENCE.index, default=None)


def _one(reason: str, page_waits: bool) -> PrinterTrouble | None:
    word, _, severity = reason.rpartition("-")
    if severity not in {"error", "warning", "report"}:
        return _TROUBLES.get(reason)
    trouble = _TROUBLES.get(word)
    # CUPS says `offline-report` of a printer that it cannot reach: the one report that stops pages.
    stops = severity == "error" or page_waits or trouble is PrinterTrouble.OFFLINE
    return trouble if stops else None
