"""`python -m printing.drawings`: one request from the standard input, its pictures to the standard output.

Never answers half: without all pictures it ends with 1 and says why on the standard error.
"""

import json
import sys
from typing import Final

import pypdfium2
from PIL import Image

from printing.drawings.scaled import answer

REQUEST_BYTES_MAX: Final = 16 * 1024


def main() -> int:
    """Answer the one request; the exit code."""
    try:
        pictures = answer(json.loads(sys.stdin.buffer.read(REQUEST_BYTES_MAX)))
    except (
        *(ValueError, OSError, MemoryError, SyntaxError, ZeroDivisionError),
        *(Image.DecompressionBombError, pypdfium2.PdfiumError),
    ) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    json.dump(pictures, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
