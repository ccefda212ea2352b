"""What we hold to in every file: small functions, files and screens, nothing dead, nothing left undone.

Never looks at what code means: the other tests do.
"""

import ast
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.tidy.tree import (
    PACKAGES,
    ROOT,
    files,
    imported_modules,
    module_name,
    parse,
    python_files,
    where,
)

FUNCTION_LINES_MAX: Final = 70
FILE_LINES_MAX: Final = 400
APP_LINES_MAX: Final = 150
SCREEN_LINES_MAX: Final = 250

# In brackets, so that this file does not find itself.
LEFT_UNDONE: Final = re.compile(r"\b(T[O]DO|FIX[M]E|X[X]X|n[o]qa|pragma: no c[o]ver)\b|type:\s*ign[o]re")
PASSED_OVER: Final = re.compile(r"\b(pytest\.sk[i]p|mark\.sk[i]p|importorsk[i]p|xf[a]il)\b")
MACHINE_PATHS: Final = re.compile(r"(?<![\w.~])/(w[o]rk|r[o]ot|h[o]me|t[m]p|Us[e]rs)/[A-Za-z.]")
MERGE_SIDES: Final = ("<" * 7 + " ", ">" * 7 + " ")
TEXT_SUFFIXES: Final = {"", ".css", ".csv", ".html", ".ini", ".mako", ".md", ".py", ".tcss", ".toml", ".txt"}


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def size(node: Definition) -> int:
    """Lines from the first to the last of a definition."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def bases(node: ast.ClassDef) -> set[str]:
    """The last names of a class's bases: of `class Main(textual.app.App[None])` it is `App`."""
    roots = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return {ast.unparse(base).rpartition(".")[2] for base in roots}


def class_lines_max(node: ast.ClassDef) -> int | None:
    """How long this class may grow; None for a class that is neither app nor screen."""
    names = bases(node)
    if any(name.endswith("App") for name in names):
        return APP_LINES_MAX
    return SCREEN_LINES_MAX if any(name.endswith("Screen") for name in names) else None


def definitions(*folders: str) -> Iterator[tuple[Path, Definition]]:
    """Every function and class with the file that it stands in."""
    for path in python_files(*folders):
        for node in ast.walk(parse(path)):
            if isinstance(node, Definition):
                yield path, node


def test_functions_fit_the_eye() -> None:
    too_long = [
        f"{where(path, node.lineno)} {node.name}: {size(node)} lines"
        for path, node in definitions()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and size(node) > FUNCTION_LINES_MAX
    ]
    assert too_long == []


def test_files_stay_readable_in_one_go() -> None:
    lines = {where(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {name: count for name, count in lines.items() if count > FILE_LINES_MAX} == {}


def test_apps_and_screens_stay_small() -> None:
    too_long = [
        f"{where(path, node.lineno)} {node.name}: {size(node)} lines, at most {lines_max}"
        for path, node in definitions(*PACKAGES)
        if isinstance(node, ast.ClassDef) and (lines_max := class_lines_max(node)) and size(node) > lines_max
    ]
    assert too_long == []


def entry_modules() -> set[str]:
    """What is started and not imported: commands, `python -m`, and what alembic loads by itself."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    commands = {target.partition(":")[0] for target in declared.values()}
    modules = {module_name(path) for path in python_files(*PACKAGES)}
    started = {name for name in modules if name.endswith(".__main__") or ".migrations." in f"{name}."}
    return commands | started


def test_no_module_is_dead() -> None:
    imported = entry_modules()
    for path in python_files(*PACKAGES, "benchmarks", "scripts"):
        imported |= imported_modules(path, parse(path)) - {module_name(path)}
    alive = {name[: dot.start()] for name in imported for dot in re.finditer(r"\.|$", name)}
    dead = [
        where(path)
        for path in python_files(*PACKAGES)
        if module_name(path) not in alive and module_name(path) not in PACKAGES
    ]
    assert dead == [], "imported by nothing but perhaps tests"


def test_nothing_is_left_undone_or_silenced() -> None:
    found = []
    for path in python_files():
        with path.open("rb") as source:
            comments = [
                token for token in tokenize.tokenize(source.readline) if token.type == tokenize.COMMENT
            ]
        found += [f"{where(path, c.start[0])} {c.string}" for c in comments if LEFT_UNDONE.search(c.string)]
    assert found == []


def test_no_test_is_passed_over() -> None:
    found = [
        where(path, number)
        for path in python_files("tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PASSED_OVER.search(line)
    ]
    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{where(path, number)} {line.strip()}"
        for path in files()
        if path.suffix in TEXT_SUFFIXES and path.name != "LICENSE"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


def test_no_file_still_holds_both_sides_of_a_merge() -> None:
    found = [
        where(path, number)
        for path in files()
        if path.suffix in TEXT_SUFFIXES | {".po", ".json", ".svg"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.startswith(MERGE_SIDES)
    ]
    assert found == []
