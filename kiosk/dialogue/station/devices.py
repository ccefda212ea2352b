"""What is said of the devices that people scan with.

Never reads one: their states come through a port.
"""

from collections.abc import Sequence
from typing import Final

from kiosk.devices import DeviceState, DeviceTrouble
from kiosk.words import _, mark

SENTENCES: Final[dict[DeviceTrouble, str]] = {
    DeviceTrouble.GONE: mark("{name} is not there. Plug it in; all else works."),
    DeviceTrouble.IN_USE: mark("{name} is used by another program. Tell your supervisor."),
    DeviceTrouble.NOT_ALLOWED: mark("{name} may not be read by this terminal. Tell your supervisor."),
    DeviceTrouble.NO_DRIVER: mark(
        "{name} cannot be read: its driver is not installed. Tell your supervisor."
    ),
}


def no_devices() -> Sequence[DeviceState]:
    """A terminal with its keyboard alone."""
    return ()


def sentence(states: Sequence[DeviceState]) -> str | None:
    """The first device that is wanting; None when all are there."""
    for state in states:
        if state.trouble in SENTENCES:
            return _(SENTENCES[state.trouble]).format(name=state.device.name)
    return None
