"""Names that somebody might type to see what happens: commands of printers, markup, signs of all kinds.

Never harmful to anything that runs the tests.
"""

from typing import Final

HOSTILE: Final = (
    "^XA^FO0,0^GB800,800,800^FS^XZ",
    "~JR",
    "~DGR:LOGO.GRF,1,1,FF",
    "^XA^JUF^XZ",
    "^FS^BCN,90^FDTBCDFGHJLBC^FS",
    "^FH_^FD_5E_58_41",
    "^CC!!XA",
    "Miller_7EJR",
    "\x1b@\x1dV\x00",
    "\x1dk\x49\x0cTBCDFGHJLBC\x00",
    "\x10\x14\x01\x03\x01",
    "\r\n\x03\x02\x00\x7f",
    "%PDF-1.7 endstream endobj",
    "<script>&amp;</script>",
    "[@click=app.quit]",
    "'; DROP TABLE slips; --",
    "\u202egnol\u202c",
    "شركة التصنيع",
    "漢字かな 한글",
    "😀🔧👩‍🏭",
    "e\u0301" * 40,
    "W" * 120,
)
"""None longer than a name may be."""


def hostile(at: int) -> dict[str, str]:
    """Every word of a slip that people type, each with another of these names."""
    words = ("plant", "order", "item_name", "customer", "sales_order", "note", "unit", "station")
    return {word: HOSTILE[(at + number) % len(HOSTILE)] for number, word in enumerate(words)}
