"""SCANNERS, and the test code: which devices are there, and how the one types that scanned the test code.

Never changes a setting: it names what is wrong, and what was put right without anybody's help.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from floor.tags import CommandWord
from kiosk.bursts import BURST_MS_MAX
from kiosk.dialogue.pages import word_of
from kiosk.dialogue.station.devices import SENTENCES
from kiosk.dialogue.talk import Talk
from kiosk.dialogue.view import Finding, Findings, Tone
from kiosk.inputs import Input, SelfTest
from kiosk.words import _, mark

ENDINGS: Final = {
    "enter": mark("ENTER"),
    "\r": mark("ENTER"),
    "\n": mark("a line feed"),
    "tab": mark("TAB"),
    "\t": mark("TAB"),
}
WORST_LAST: Final = (Tone.TAKEN, Tone.FLAGGED, Tone.REFUSED)


class Scanners:
    """SCANNERS."""

    def __init__(self, talk: Talk) -> None:
        """Works on the one `talk` of its terminal."""
        self._talk = talk

    async def open(self) -> None:
        """Show the devices, and ask for the test code."""
        self._show(None)

    async def tested(self, test: SelfTest) -> None:
        """Show how the test code came."""
        self._show(test)

    def _show(self, test: SelfTest | None) -> None:
        pages = self._talk.pages
        pages[:] = [page for page in pages if not isinstance(page, ScannersPage)]
        pages.append(ScannersPage(self._talk, test))


@dataclass(slots=True)
class ScannersPage:
    """What is known of the scanners."""

    talk: Talk
    test: SelfTest | None

    def body(self, _typed: str, /) -> Findings:
        """The findings of now: a device may come while they are shown."""
        devices = tuple(self._devices())
        typing = tuple(_typing(self.test)) if self.test else ()
        worst = max((finding.tone for finding in typing or devices), key=WORST_LAST.index)
        return Findings(
            title=_title(self.test, worst),
            tone=worst,
            findings=(*typing, *devices),
            detail=""
            if self.test
            else _("Scan the test code on the scanners' sheet: this page says how the scanner types."),
            keys=_("ESC back"),
        )

    async def take(self, taken: Input, /) -> bool:
        """OK closes the page, and so does every other input, which counts."""
        if word_of(taken) is CommandWord.OK:
            self.talk.pages.remove(self)
            return True
        return False

    def _devices(self) -> Iterator[Finding]:
        for state in self.talk.devices():
            if state.trouble in SENTENCES:
                says = _(SENTENCES[state.trouble]).format(name=state.device.name)
                yield Finding(Tone.REFUSED, state.device.name, says)
            else:
                yield Finding(Tone.TAKEN, state.device.name, _("is there"))
        yield Finding(Tone.TAKEN, _("keyboard"), _("always there, with the scanners that type into it"))


def _title(test: SelfTest | None, worst: Tone) -> str:
    if test is None:
        return _("THE SCANNERS")
    if worst is Tone.TAKEN:
        return _("THIS SCANNER IS SET UP WELL")
    return _("THIS SCANNER WORKS, BUT") if worst is Tone.FLAGGED else _("THIS SCANNER MUST BE SET UP")


def _typing(test: SelfTest) -> Iterator[Finding]:
    """Everything that the test code tells."""
    yield _layout(test)
    caps_lock = test.typing.caps_lock
    yield Finding(
        Tone.FLAGGED if caps_lock else Tone.TAKEN,
        _("CAPS LOCK"),
        _("is on. Codes do not mind; switch it off.") if caps_lock else _("is off"),
    )
    yield _in_front(test.typing.before)
    yield _behind(test)
    slow = test.ms_per_key > BURST_MS_MAX
    speed = _("{ms} ms a key").format(ms=round(test.ms_per_key)) if test.ms_per_key >= 1 else _("all at once")
    if slow:
        speed += _(", as slow as a hand: set the scanner to send faster.")
    yield Finding(Tone.FLAGGED if slow else Tone.TAKEN, _("speed"), speed)


def _layout(test: SelfTest) -> Finding:
    typing = test.typing
    name = _(" or ").join(map(_, typing.layouts)) if typing.layouts else _("not known")
    if not typing.garbles:
        return Finding(Tone.TAKEN, _("layout"), _("{name}. Our codes come through.").format(name=name))
    if typing.is_undone:
        says = _("{name}. It garbles codes; they are put right here. Set it to US.")
        return Finding(Tone.FLAGGED, _("layout"), says.format(name=name))
    says = _("{name}. It garbles codes. Set the keyboard of this terminal to US.")
    return Finding(Tone.REFUSED, _("layout"), says.format(name=name))


def _in_front(before: str) -> Finding:
    if not before:
        return Finding(Tone.TAKEN, _("in front of a code"), _("nothing that is not in the settings"))
    says = _('{text} - codes are not read so. Switch it off, or write prefix = "{text}" into the settings.')
    return Finding(Tone.REFUSED, _("in front of a code"), says.format(text=before))


def _behind(test: SelfTest) -> Finding:
    what, ends = _("behind a code"), _(", ").join(_(ENDINGS[key]) for key in test.endings)
    if test.typing.behind:
        says = _("{text} - codes are not read so. Set the scanner to send ENTER only.")
        return Finding(Tone.REFUSED, what, says.format(text=test.typing.behind))
    if not test.endings:
        says = _("no ENTER. A code is taken after a moment of silence; set the scanner to send ENTER.")
        return Finding(Tone.FLAGGED, what, says)
    if len(test.endings) > 1:
        return Finding(Tone.TAKEN, what, _("{ends}: taken as one").format(ends=ends))
    return Finding(Tone.TAKEN, what, ends)
