"""`python -m printing.preview`: one request from the standard input, its page to the standard output.

Never answers half: without a page it ends with 1 and says why on the standard error.
"""

import sys

from pydantic import ValidationError

from printing.preview.looks import REQUEST_BYTES_MAX, Look


def main() -> int:
    """Answer the one request; the exit code."""
    from printing.preview.page import look_at

    try:
        shown = look_at(Look.model_validate_json(sys.stdin.buffer.read(REQUEST_BYTES_MAX)))
    except (ValidationError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(shown.model_dump_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
