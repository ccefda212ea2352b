"""How the plant's tables came to be, revision by revision.

Never altered in place: a new shape is a new revision.
"""

from typing import Final

REVISION: Final = "0003"
"""The revision that this release works with."""
