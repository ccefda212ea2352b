"""The files of the project, as the tidy tests read them.

Never asks git: the tree must be readable in an archive of it, too.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("floor", "kiosk", "sync", "printing", "central")

_NOT_OURS: Final = {"__pycache__", "build", "demo-out", "dist", "node_modules"}
_HIDDEN_BUT_OURS: Final = {".ci", ".gitignore"}


def files(folder: Path = ROOT) -> Iterator[Path]:
    """Every file of the project below a folder; not what was installed, cached or made by running it."""
    for path in sorted(folder.iterdir()):
        name = path.name
        if name in _NOT_OURS or name.endswith(".egg-info"):
            continue
        if name.startswith(".") and name not in _HIDDEN_BUT_OURS:
            continue
        if path.is_dir():
            yield from files(path)
        else:
            yield path


def python_files(*folders: str) -> list[Path]:
    """Every Python file, or those of some top folders."""
    tops = [ROOT / folder for folder in folders] or [ROOT]
    return [path for top in tops if top.is_dir() for path in files(top) if path.suffix == ".py"]


def module_name(path: Path) -> str:
    """`floor/events/work.py` is `floor.events.work`, `floor/__init__.py` is `floor`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_modules(path: Path, tree: ast.Module) -> set[str]:
    """Every dotted name that a file imports, wherever in it; of `from a import b` both `a` and `a.b`."""
    inside = module_name(path).split(".")
    if path.name != "__init__.py":
        inside = inside[:-1]
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = inside[: len(inside) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            found.add(base)
            found.update(f"{base}.{alias.name}" for alias in node.names)
    return found


def parse(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def where(path: Path, line: int | None = None) -> str:
    """A place as an editor opens it."""
    shown = str(path.relative_to(ROOT))
    return shown if line is None else f"{shown}:{line}"
