"""The colours of the roles: a dark set of high contrast, and one of the sixteen colours of the Linux console.

Never a colour as the only sign of anything: every role has its word or mark as well.
"""

from collections.abc import Mapping
from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

DARK: Final = Theme(
    name="dark",
    primary="#5cc8ff",
    background="#0a0d10",
    foreground="#d7dde2",
    surface="#0a0d10",
    panel="#1c2630",
    dark=True,
    variables={
        "ground": "#0a0d10",
        "ink": "#d7dde2",
        "bright": "#ffffff",
        "quiet": "#93a1ad",
        "focus": "#5cc8ff",
        "taken": "#45e07f",
        "flagged": "#ffb627",
        "refused": "#ff6b61",
        "bar": "#1c2630",
        "bar-ink": "#b4c0ca",
        "bar-bright": "#ffffff",
        "bar-taken": "#45e07f",
        "bar-flagged": "#ffb627",
        "bar-refused": "#ff6b61",
        "band-ink": "#06090b",
        "band-focus": "#5cc8ff",
        "band-taken": "#2fcc6c",
        "band-flagged": "#ffb627",
        "band-refused": "#d8322a",
        "band-refused-ink": "#ffffff",
        "block": "#f2f5f7",
    },
)

ANSI: Final = Theme(
    name="ansi",
    ansi=True,
    primary="ansi_cyan",
    background="ansi_black",
    foreground="ansi_white",
    surface="ansi_black",
    panel="ansi_blue",
    dark=True,
    variables={
        **BUILTIN_THEMES["ansi-dark"].variables,
        "ground": "ansi_black",
        "ink": "ansi_white",
        "bright": "ansi_bright_white",
        "quiet": "ansi_white",
        "focus": "ansi_bright_cyan",
        "taken": "ansi_bright_green",
        "flagged": "ansi_bright_yellow",
        "refused": "ansi_bright_red",
        "bar": "ansi_blue",
        "bar-ink": "ansi_white",
        "bar-bright": "ansi_bright_white",
        "bar-taken": "ansi_bright_green",
        "bar-flagged": "ansi_bright_yellow",
        "bar-refused": "ansi_bright_red",
        "band-ink": "ansi_black",
        "band-focus": "ansi_cyan",
        "band-taken": "ansi_green",
        "band-flagged": "ansi_yellow",
        "band-refused": "ansi_red",
        "band-refused-ink": "ansi_bright_white",
        "block": "ansi_white",
    },
)

THEMES: Final[Mapping[str, Theme]] = {theme.name: theme for theme in (DARK, ANSI)}
AUTO: Final = "auto"

_FEW_COLOURS: Final = frozenset({"linux", "vt100", "vt102", "vt220", "ansi", "xterm", "screen"})
"""Terminals by name that have sixteen colours at most."""


def theme_for(choice: str, term: str, colorterm: str) -> str:
    """The theme's name: as chosen, or by the terminal's name."""
    if choice in THEMES:
        return choice
    return ANSI.name if term in _FEW_COLOURS and not colorterm else DARK.name


def shows_pictures(theme: str, term: str) -> bool:
    """Whether a terminal of this name has the colours for a picture in this theme."""
    return theme != ANSI.name and term not in _FEW_COLOURS - {"xterm", "screen"}
