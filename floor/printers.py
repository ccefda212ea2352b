"""What can be wrong with a printer, by name, with a sentence for the person and what to do now.

Never asks a printer: `printing.printers` does. The order of the members is the precedence when several apply.
"""

from enum import Enum


class PrinterTrouble(Enum):
    """Why a printer prints nothing now. `value` is its name; `sentence` and `hint` are for people."""

    sentence: str
    hint: str

    def __new__(cls, name: str, sentence: str, hint: str) -> "PrinterTrouble":
        """A member from its name, its sentence and its hint."""
        member = object.__new__(cls)
        member._value_ = name
        member.sentence = sentence
        member.hint = hint
        return member

    COVER_OPEN = ("cover_open", "The cover is open.", "Close it.")
    PAPER_JAM = ("paper_jam", "Paper is jammed.", "Take it out.")
    OUT_OF_PAPER = ("out_of_paper", "Out of paper.", "Put paper in.")
    WRONG_PAPER = ("wrong_paper", "No paper of this size.", "Put that in.")
    OUT_OF_INK = ("out_of_ink", "Out of ink or ribbon.", "Put a new one in.")
    TRAY_FULL = ("tray_full", "Its tray is full.", "Take the pages out.")
    PAUSED = ("paused", "It is paused.", "Start it again.")
    NEEDS_HELP = ("needs_help", "It needs help.", "Look at its display.")
    OFFLINE = ("offline", "It does not answer.", "Is it switched on?")
    NOT_ACCEPTING = ("not_accepting", "It takes no pages.", "Tell your supervisor.")
    BUSY = ("busy", "It is busy.", "It is asked again by itself.")
    STUCK = ("stuck", "A page is stuck in it.", "Look at the printer.")
    DISK_FULL = ("disk_full", "The disk is full.", "Tell your supervisor.")
