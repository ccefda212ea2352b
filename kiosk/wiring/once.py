"""A child process that is asked one thing, answers, and ends.

Never waits longer than its deadline, and never leaves a child behind.
"""

import asyncio
import os
from collections.abc import Sequence

from printing.child import python_path


async def ask_once(command: Sequence[str], request: bytes, deadline_s: float) -> bytes:
    """What the child answers; nothing where it failed. Raises TimeoutError and OSError."""
    child = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
        env=os.environ | {"PYTHONPATH": python_path()},
    )
    try:
        async with asyncio.timeout(deadline_s):
            said, _errors = await child.communicate(request)
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    return said if child.returncode == 0 else b""
