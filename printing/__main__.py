"""`python -m printing`: one JSON line a job on standard input; on standard output its news, then its answer.

Never says anything else on standard output, and ends when the input does.
"""

import os
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO, Final

from floor.printers import PrinterTrouble
from printing.jobs import GO, LINE_BYTES_MAX, Answer, News, Word, to_line

_STDOUT: Final = 1
_STDERR: Final = 2
NEWS_EVERY_S: Final = 10.0
"""The same news again, so that a page which waits for a person is not taken for a child that hangs."""


def main() -> None:
    """Answers until the input ends."""
    with _answers() as answers:
        from printing.work import answer_line

        parent = _Pipe(sys.stdin.buffer, answers)
        for line in _lines(sys.stdin.buffer):
            parent.say(answer_line(line, parent))
            parent.heard = None


class _Pipe:
    """The parent at the other end: hears news of a job, and says whether it may be handed over."""

    def __init__(self, asked: BinaryIO, answers: BinaryIO) -> None:
        self._asked = asked
        self._answers = answers
        self.heard: PrinterTrouble | None = None
        """What the parent knows to hold the page up."""
        self._heard_s = 0.0

    def say(self, message: Answer | News) -> None:
        """One line, at once."""
        self._answers.write(to_line(message))
        self._answers.flush()

    def page_read(self) -> None:
        """The work goes on."""
        self.say(News(word=Word.PAGE))

    def may_hand_over(self) -> bool:
        """When the parent says so; never when it is gone."""
        self.say(News(word=Word.READY))
        return self._asked.readline(LINE_BYTES_MAX) == GO

    def taken(self, job: str, /) -> None:
        """The printer calls it this."""
        self.say(News(word=Word.TAKEN, job=job))

    def held_up(self, trouble: PrinterTrouble | None, /) -> None:
        """Said when it changes, and now and then."""
        now_s = time.monotonic()
        if trouble is not self.heard or (trouble and now_s - self._heard_s >= NEWS_EVERY_S):
            self.heard, self._heard_s = trouble, now_s
            self.say(News(word=Word.HELD_UP, trouble=trouble))


def _answers() -> BinaryIO:
    """Standard output for us alone: whatever a library prints goes to standard error from now on."""
    ours = os.fdopen(os.dup(_STDOUT), "wb")
    os.dup2(_STDERR, _STDOUT)
    return ours


def _lines(jobs: BinaryIO) -> Iterator[bytes]:
    """Lines of at most one byte over the limit; the rest of a longer one is passed over."""
    while line := jobs.readline(LINE_BYTES_MAX + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := jobs.readline(LINE_BYTES_MAX)):
            pass
        if line.strip():
            yield line


if __name__ == "__main__":
    main()
