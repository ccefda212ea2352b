"""`python -m printing`: one JSON line a job on standard input, one JSON line an answer on standard output.

Never says anything else on standard output, and ends when the input does.
"""

import os
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final

from printing.jobs import LINE_BYTES_MAX, to_line

_STDOUT: Final = 1
_STDERR: Final = 2


def main() -> None:
    """Answers until the input ends."""
    with _answers() as answers:
        from printing.work import answer_line

        for line in _lines(sys.stdin.buffer):
            answers.write(to_line(answer_line(line)))
            answers.flush()


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
