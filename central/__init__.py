"""The plant's ledger and plan: intake, feed, orders, boards, pages and API.

Never refuses a fact that a station recorded, and never writes the ledger except through its one intake.
"""

from typing import Final

__version__: Final = "0.1.0"
