"""What tests use and the repository does not hold: pictures of real codes, print programs, a label printer.

Never fetches or installs any of it.
"""

import os
import shutil
from pathlib import Path
from typing import Final

from tests.tidy.tree import ROOT

SCANS: Final = Path(os.environ.get("FLOOR_TESTS_SCANS", ROOT.parent / "shared" / "data" / "scans"))
"""Folders of pictures, the text of each beside it."""

PRINT_PROGRAMS: Final = ("cupsd", "ippeveprinter", "lpadmin", "lp", "lpstat", "dbus-daemon", "avahi-daemon")
"""Debian: cups, cups-client, cups-ipp-utils, cups-filters, dbus, avahi-daemon."""

LABEL_PRINTER: Final = ROOT / ".venv" / "label-printer" / "node_modules"
"""Where `scripts/test` installs a program that renders ZPL."""


def can_print_labels() -> bool:
    """Whether ZPL can be rendered here: it takes node and the package."""
    return shutil.which("node") is not None and (LABEL_PRINTER / "zpl-renderer-js").is_dir()


def can_open_a_print_shop() -> bool:
    """Whether a print system of its own can be started here: it takes Debian's programs and root."""
    return os.geteuid() == 0 and all(map(shutil.which, PRINT_PROGRAMS))
