"""The formats that slips are printed on.

Never says what stands where: `slip.measures` does.
"""

from enum import StrEnum


class Paper(StrEnum):
    """One format, upright."""

    A4 = "a4"
    A5 = "a5"
    A6 = "a6"
    LABEL = "4x6"
    """A label of 4 by 6 inch."""
    RECEIPT = "80mm"
    """A strip from a roll of 80 mm, as long as it needs to be."""
