"""The command `central`.

Never holds a command itself: `central.cli` does.
"""

from central.cli import main

if __name__ == "__main__":
    main()
