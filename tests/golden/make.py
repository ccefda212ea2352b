"""Writes the golden files anew: `python -m tests.golden.make`, by hand, when something was *added*.

Never run by a test: a golden file that follows the code proves nothing. Read the diff before you commit it.
"""

import json
from pathlib import Path
from typing import Any, Final

from tests.golden import examples

FOLDER: Final = Path(__file__).parent
MAKERS: Final = {
    "events": examples.events,
    "codes": examples.codes,
    "chains": examples.chains,
    "messages": examples.messages,
}
"""Golden file by what makes its content."""


def spelled(content: Any) -> str:
    """A golden file's text."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name, make in MAKERS.items():
        (FOLDER / f"{name}.json").write_text(spelled(make()), encoding="utf-8")
