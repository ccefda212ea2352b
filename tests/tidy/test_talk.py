"""The conversation's state lies in Talk and the pages over it: what is taken back there is taken back."""

import ast
from collections.abc import Iterator

from tests.tidy.tree import ROOT, python_files

DIALOGUE = ROOT / "kiosk/dialogue"
WITHOUT_TALK = {"SettingUp", "PracticeMemory", "Conversation"}
"""A terminal without settings has its own conversation; what is practised is facts; rooms are no state."""


def _rooms() -> Iterator[tuple[str, ast.ClassDef]]:
    """Every class of the dialogue that works on a Talk and is no page."""
    for path in python_files("kiosk"):
        if DIALOGUE in path.parents:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and node.name not in WITHOUT_TALK:
                    methods = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
                    if "__init__" in methods and "body" not in methods:
                        yield path.name, node


def _set_later(room: ast.ClassDef) -> Iterator[str]:
    """Attributes that a method sets, and values of its own that the room begins with."""
    for method in room.body:
        if not isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(method):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AnnAssign | ast.AugAssign):
                targets = [node.target]
            names = [name for target in targets for name in _own(target)]
            if method.name != "__init__" or isinstance(getattr(node, "value", None), ast.Constant | ast.Dict):
                yield from names


def _own(target: ast.expr) -> Iterator[str]:
    match target:
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            yield name
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from _own(part)


def test_no_room_of_the_dialogue_remembers_anything_by_itself() -> None:
    rooms = list(_rooms())
    assert len(rooms) > 15
    assert [f"{path}: {room.name}.{name}" for path, room in rooms for name in _set_later(room)] == []
