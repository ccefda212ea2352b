"""Pages that lie over the conversation: lists to choose from, questions to answer, help.

Never decides what a choice means: whoever opens a page says what follows.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from floor.refusals import Refusal
from floor.tags import CommandWord, TagKind
from kiosk.dialogue.view import Asking, Body, Choosing, Helping, Row
from kiosk.inputs import Input, Number, Press, Scan
from kiosk.words import _, mark

ANSWER_CHARS_MAX: Final = 40

KEY_WORDS: Final[dict[str, CommandWord]] = {
    "enter": CommandWord.OK,
    "escape": CommandWord.BACK,
    "up": CommandWord.PREVIOUS,
    "down": CommandWord.NEXT,
    "f1": CommandWord.HELP,
    "f2": CommandWord.PICK,
    "f3": CommandWord.DONE,
    "f4": CommandWord.NO_REASON,
    "f5": CommandWord.REWORK,
    "f6": CommandWord.REVIEW,
    "f7": CommandWord.START,
    "f8": CommandWord.END,
    "f9": CommandWord.UNDO,
    "f10": CommandWord.SUPERVISOR,
    "f11": CommandWord.DOWN,
    "f12": CommandWord.SIGN_OFF,
    "home": CommandWord.SETUP,
    "delete": CommandWord.CANCEL,
    "insert": CommandWord.MENU,
    "pagedown": CommandWord.SPLIT,
}
"""Which command word a key stands for; every one of them can be scanned from the command card too."""


def word_of(taken: Input) -> CommandWord | None:
    """The command that a key or a scanned command card says; None for anything else."""
    match taken:
        case Press(key=key):
            return KEY_WORDS.get(key)
        case Scan(tag=tag) if tag.kind is TagKind.COMMAND:
            return tag.command
        case _:
            return None


class Page(Protocol):
    """Something that lies over the conversation until it is answered."""

    def body(self, typed: str, /) -> Body:
        """What the screen shows."""

    async def take(self, taken: Input, /) -> bool | Refusal:
        """Take an input; False leaves it to the conversation, which closes the page; or say No by name."""


@dataclass(slots=True)
class ListPage:
    """A list: arrows or NEXT move, a number or OK chooses."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    choose: Callable[[int], Awaitable[None]]
    keys: str = mark("UP DOWN choose      ENTER takes      ESC back")
    empty: str = mark("nothing here")
    chosen: int = 0
    reason: Callable[[str], Awaitable[None]] | None = None
    """Takes the code of a scanned reason; None leaves reasons to the conversation."""
    scans: Mapping[TagKind, Callable[[str], Awaitable[None]]] = field(default_factory=dict)
    """Takes the letters of other codes; those of no kind in here are left to the conversation."""
    not_now: Callable[[], Awaitable[None]] | None = None
    """What NOT_NOW does here; None leaves it to the conversation."""
    look: Callable[[int], Awaitable[None]] | None = None
    """What PICK does with the marked line: shows what it would make; None leaves it to the conversation."""

    def body(self, typed: str, /) -> Body:
        """The list with its mark; a number being typed moves the mark."""
        chosen = int(typed) - 1 if typed.isascii() and typed.isdigit() else self.chosen
        return Choosing(
            self.title,
            self.columns,
            self.rows,
            chosen if 0 <= chosen < len(self.rows) else 0,
            _(self.keys),
            _(self.empty),
        )

    async def take(self, taken: Input, /) -> bool | Refusal:
        """Move the mark, or choose."""
        if isinstance(taken, Number):
            if not taken.text.isdigit() or not 1 <= int(taken.text) <= len(self.rows):
                return Refusal.NO_SUCH_LINE
            self.chosen = int(taken.text) - 1
            if taken.confirmed:
                await self.choose(self.chosen)
            return True
        if self.reason and isinstance(taken, Scan) and taken.tag.kind is TagKind.REASON:
            await self.reason(taken.tag.body)
            return True
        if isinstance(taken, Scan) and taken.tag.kind in self.scans:
            await self.scans[taken.tag.kind](taken.tag.body)
            return True
        match word_of(taken):
            case CommandWord.NOT_NOW if self.not_now:
                await self.not_now()
            case CommandWord.PICK if self.look and self.rows:
                await self.look(self.chosen)
            case CommandWord.NEXT if self.rows:
                self.chosen = (self.chosen + 1) % len(self.rows)
            case CommandWord.PREVIOUS if self.rows:
                self.chosen = (self.chosen - 1) % len(self.rows)
            case CommandWord.OK if self.rows:
                await self.choose(self.chosen)
            case CommandWord.NEXT | CommandWord.PREVIOUS | CommandWord.OK:
                pass
            case _:
                return False
        return True


@dataclass(slots=True)
class AskPage:
    """A question answered with a number or a PIN."""

    title: str
    question: str
    answer: Callable[[str], Awaitable[None]]
    detail: tuple[str, ...] = ()
    secret: bool = False
    keys: str = mark("ENTER takes      ESC back")
    text: str = field(default="")
    not_now: Callable[[], Awaitable[None]] | None = None
    """What NOT_NOW does here; None leaves it to the conversation."""

    def body(self, typed: str, /) -> Asking:
        """The question with what was typed; a PIN shows only how long it is."""
        shown = self.text or typed
        return Asking(
            self.title, self.question, "*" * len(shown) if self.secret else shown, self.detail, _(self.keys)
        )

    async def take(self, taken: Input, /) -> bool:
        """Collect the answer; OK gives it."""
        if isinstance(taken, Number):
            self.text = taken.text[:ANSWER_CHARS_MAX]
        if word_of(taken) is CommandWord.OK or (isinstance(taken, Number) and taken.confirmed):
            text, self.text = self.text, ""
            if text or not self.secret:
                await self.answer(text)
            return True
        if self.not_now and word_of(taken) is CommandWord.NOT_NOW:
            await self.not_now()
            return True
        return isinstance(taken, Number)


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What can be scanned and what the keys do."""

    title: str
    lines: tuple[tuple[str, str], ...]

    def body(self, _typed: str, /) -> Helping:
        """The same whatever is typed."""
        return Helping(_(self.title), tuple((_(key), _(does)) for key, does in self.lines))

    async def take(self, _taken: Input, /) -> bool:
        """Any input closes the page and counts."""
        return False


HELP: Final = HelpPage(
    mark("Scan in any order; keys do the same"),
    (
        (mark("your badge"), mark("signs you on; another badge takes over")),
        (mark("the slip, or a step on it"), mark("shows what is here and starts a report")),
        (mark("a number, then a reason"), mark("so many are scrap for that reason")),
        (mark("a number, then ENTER"), mark("so many are good: recorded")),
        (mark("ENTER alone"), mark("records what the screen proposes")),
        (mark("ESC"), mark("takes the last entry back")),
        (mark("F2 pick"), mark("choose from what waits here, when a code will not scan")),
        (mark("F3 done / part"), mark("step done: what is left is missing; again: part only")),
        (mark("F4 no reason"), mark("after a number: scrap, reason not given")),
        (mark("F5 rework"), mark("after a number: to rework; alone: this run is rework")),
        (mark("F6 review"), mark("after a number: set aside for a decision")),
        (mark("F7 start   F8 end"), mark("of a run; HOME before F7: it is set-up")),
        (mark("F9 undo"), mark("takes one of your last reports back")),
        (mark("F11 down / up"), mark("of the machine")),
        (mark("INSERT menu"), mark("everything that has no key of its own")),
        (mark("F10 supervisor   F12 sign off"), mark("orders, slips and print; or leave your place")),
    ),
)
