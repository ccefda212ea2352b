"""Starts a terminal, or answers a question about one: `python -m kiosk --config config.toml`.

Never imports more than the command that was asked for needs.
"""

import sys

from kiosk.commands import parser


def main() -> None:
    """Do what the command line says, and leave with its exit code."""
    given = parser().parse_args()
    sys.exit(given.run(given))


if __name__ == "__main__":
    main()
