"""Texts of the terminal that no language could say: literals for people that are not marked for translation.

Never a proof: what looks like a text for people is one, unless it is named in `NOT_FOR_PEOPLE`.
"""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.tidy.tree import ROOT

FOLDERS: Final = ("kiosk/dialogue", "kiosk/screens", "kiosk/widgets")
MARKS: Final = {"_", "mark", "counted"}
LOOKS_LIKE_WORDS: Final = re.compile(r"[A-Za-z]{2,}[ .!?:]+[A-Za-z(]|^[A-Z][a-z]+|[A-Z]{3,}|[a-z]{3,} \{?")
NOT_FOR_PEOPLE: Final = frozenset(
    {
        *("English", "Deutsch", "Español"),
        *("ENTER", "ESC", "INSERT", "DELETE", "HOME", "PAGE DOWN", "NOT NOW", "TRAINING", "LANGUAGE"),
        *("XVX", "signs.txt", "station.token", "Conversation", "Place", "Filling", "Part"),
    }
)
"""Languages by their own names; keys and words of the card, as printed; names of classes and files."""
SILENT: Final = {"TypeError", "ValueError", "RuntimeError", "AssertionError"}
"""Calls whose texts go to engineers."""


def _is_text(text: str) -> bool:
    return text not in NOT_FOR_PEOPLE and bool(LOOKS_LIKE_WORDS.search(text))


def _docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _texts(node: ast.AST, silent: set[int]) -> Iterator[tuple[int, str]]:
    """Every literal below a node, except where it is marked or not for people."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in MARKS | SILENT:
            return
        case ast.AnnAssign(annotation=annotation, value=value):
            del annotation
            if value is not None:
                yield from _texts(value, silent)
            return
        case ast.Constant(value=str(text)) if id(node) not in silent and _is_text(text):
            yield node.lineno, text
        case ast.JoinedStr(values=values):
            joined = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in values)
            if _is_text(re.sub(r"\{\}", " ", joined)):
                yield node.lineno, joined
            for part in values:
                if isinstance(part, ast.FormattedValue):
                    yield from _texts(part.value, silent)
            return
        case _:
            pass
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, silent)


def unmarked() -> list[str]:
    """`file:line text` of each text that is not marked."""
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for line, text in _texts(tree, _docstrings(tree)):
                found.append(f"{path.relative_to(ROOT)}:{line} {text!r}")
    return found
