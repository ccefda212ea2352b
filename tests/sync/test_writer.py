"""The one thread: the operator first, then the pump, and behind both what nobody waits for."""

import asyncio
from threading import Event

from sync.writer import LATER_JOBS_MAX, Writer


async def test_what_nobody_waits_for_comes_behind_what_somebody_asks() -> None:
    done: list[str] = []
    writer, held = Writer(lambda error: done.append(repr(error))), Event()
    writer.start()
    first = asyncio.create_task(writer.operator(held.wait, lambda: done.append("after")))
    await asyncio.sleep(0.05)
    writer.later(lambda: done.append("later"))
    asked = asyncio.create_task(writer.operator(lambda: done.append("asked")))
    await asyncio.sleep(0.05)
    held.set()
    await asyncio.gather(first, asked)
    await writer.stop(lambda: done.append("last"))
    assert done == ["after", "asked", "later", "last"]


async def test_what_nobody_waits_for_harms_nobody_and_is_left_out_where_much_waits() -> None:
    done: list[str] = []
    writer, held = Writer(lambda error: done.append(repr(error))), Event()
    writer.start()
    first = asyncio.create_task(writer.operator(held.wait))
    await asyncio.sleep(0.05)
    writer.later(lambda: 1 // 0)
    for _ in range(2 * LATER_JOBS_MAX):
        writer.later(lambda: done.append("later"))
    held.set()
    await first
    await writer.stop(lambda: done.append("last"))
    assert done == [*["later"] * (LATER_JOBS_MAX - 1), "last"]
