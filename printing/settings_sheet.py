"""A terminal's sheet: its settings as one long code and in words, as one frozen value.

Never places anything and loads no library that draws; never knows what a setting means.
"""

from typing import Literal

from floor.quantities import Value


class SettingsSheet(Value):
    """One terminal's settings."""

    kind: Literal["settings"] = "settings"
    title: str
    hint: str
    """What to do with the sheet."""
    code: str
    lines: tuple[tuple[str, str], ...]
    """(what, how it is set), in words."""
    bars: bool = False
    """Whether the code stands as bars too: it is short enough, and some scanner reads nothing else."""

    @property
    def codes(self) -> frozenset[str]:
        """The one code that must be readable."""
        return frozenset({self.code})
