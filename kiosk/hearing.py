"""All devices of one terminal, each with a scanner of its own: what two of them say never mixes.

Never reads a device. A number that was typed on one goes before the code that another one scans.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from floor.refusals import Refusal
from floor.source import Source
from kiosk.devices import Device
from kiosk.inputs import Input, Label, Number, Press, Scan, Unreadable
from kiosk.scanner import SCAN_CHARS_MAX, Scanner

KEYBOARD: Final = Device("keyboard", has_keys=True)
"""The terminal's own, and every scanner that types into it."""


PASTE_CHARS_MAX: Final = 65_536
"""A longer paste, or one with a line that no scan can be, is refused whole."""

TYPED_STEP_MS: Final = 50
"""A paste is taken as typed by hand: its code ends with an Enter of its own, as people expect."""


class Hearing:
    """The scanners of a terminal's devices."""

    def __init__(self, keyboard: Scanner) -> None:
        """`keyboard` hears the terminal's own keys; the other devices' codes have the same prefix."""
        self._keyboard = keyboard
        self._scanners = {KEYBOARD: keyboard}

    @property
    def pending(self) -> str:
        """What was typed and not yet taken; of several devices, where somebody typed last."""
        typing = [scanner for scanner in self._scanners.values() if scanner.pending]
        return max(typing, key=lambda scanner: scanner.last_ms).pending if typing else ""

    def settles(self, at_ms: float) -> bool:
        """Whether silence could tell more about what some device said."""
        return any(scanner.settles(at_ms) for scanner in self._scanners.values())

    def press(self, key: str, at_ms: float) -> list[Input]:
        """Take one key of the terminal's own keyboard."""
        return self.heard(KEYBOARD, ((key, at_ms),))

    def typed(self, keys: Sequence[str], at_ms: float) -> list[Input]:
        """Take keys that came at once as if a hand had typed them: codes end with an Enter of their own."""
        return self.heard(KEYBOARD, [(key, at_ms + index * TYPED_STEP_MS) for index, key in enumerate(keys)])

    def pasted(self, text: str, at_ms: float) -> list[Input]:
        """Take a paste, as typed."""
        if len(text) > PASTE_CHARS_MAX or any(len(line) > SCAN_CHARS_MAX for line in text.splitlines()):
            return [Unreadable(Refusal.SCAN_TOO_LONG)]
        return self.typed(text, at_ms)

    def heard(self, device: Device, keys: Sequence[tuple[str, float]]) -> list[Input]:
        """Take keys of a device."""
        scanner = self._scanners.get(device)
        if scanner is None:
            scanner = self._scanners[device] = Scanner(self._keyboard.prefix)
        return [said for key, at_ms in keys for said in self._said(device, scanner.press(key, at_ms), at_ms)]

    def tick(self, at_ms: float) -> list[Input]:
        """Time passed."""
        return [
            said
            for device, scanner in self._scanners.items()
            for said in self._said(device, scanner.tick(at_ms), at_ms)
        ]

    def _said(self, device: Device, found: list[Input], at_ms: float) -> list[Input]:
        if not device.has_keys:
            found = _codes_only(found)
        if not any(isinstance(said, Scan | Label | Press) for said in found):
            return found
        others = [scanner for other, scanner in self._scanners.items() if other != device]
        return [*(said for scanner in others for said in scanner.hand_over(at_ms)), *found]


def _codes_only(found: list[Input]) -> list[Input]:
    """Without keys, which nobody pressed; digits are some foreign code, whatever stands behind them.

    However slowly it is read, nobody typed it.
    """
    if any(isinstance(said, Number) for said in found):
        return [Unreadable(Refusal.NOT_A_CODE)]
    scans = (replace(said, source=Source.SCAN) if isinstance(said, Scan | Label) else said for said in found)
    return [said for said in scans if not isinstance(said, Press)]
