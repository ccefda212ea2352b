"""What is wrong with a file: where, and what was expected there.

Never stops at the first: a person mends a list faster than one line at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Final

PROBLEMS_MAX: Final = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken place."""

    file: str
    row: int | None
    """Line in the file, the header is 1; None when the file as a whole is meant."""
    column: str | None
    expected: str

    def __str__(self) -> str:
        """As a person reads it."""
        row = f", row {self.row}" if self.row else ""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}{row}{column}: {self.expected}"


class BadCell(ValueError):
    """A cell that does not hold what was expected."""

    def __init__(self, column: str | None, expected: str) -> None:
        """Which column, and what was expected."""
        super().__init__(expected)
        self.column = column
        self.expected = expected


class Broken(Exception):
    """The directory cannot be loaded; nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        """With everything that was found."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def as_json(self) -> list[dict[str, object]]:
        """For the answer of the API."""
        return [asdict(problem) for problem in self.problems]


@dataclass(slots=True)
class Problems:
    """Everything found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, row: int | None, column: str | None, expected: str) -> None:
        """Notes one."""
        self.found.append(Problem(file, row, column, expected))

    @contextmanager
    def of(self, file: str, row: int | None) -> Iterator[None]:
        """Notes a BadCell that is raised inside, and goes on behind."""
        try:
            yield
        except BadCell as bad:
            self.add(file, row, bad.column, bad.expected)

    def check(self) -> None:
        """Raises Broken when anything was found."""
        if self.found:
            raise Broken(sorted(self.found[:PROBLEMS_MAX], key=lambda found: (found.file, found.row or 0)))
