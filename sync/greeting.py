"""Hello: what the station says of itself, and what it makes of the server's answer.

Never believes itself about what was acknowledged: the numbers in the answer are where pushing goes on. Runs
in the writer's thread.
"""

import gzip
import shutil
from typing import Final

from floor.events import Moment
from floor.network import NetworkState
from floor.wire import ClockReading, Hello, HelloAnswer
from sync.incidents import Incident
from sync.opening import OpenMemory
from sync.road import Road

CLOCK_OFF_MS_MAX: Final = 10 * 60 * 1000
"""A clock that differs more from the server's is told to people; nothing depends on it."""
MS_PER_MINUTE: Final = 60_000


def say_hello(memory: OpenMemory, road: Road, now: Moment) -> bytes:
    """The message as JSON, gzipped."""
    standing = memory.outbox.standing(now, NetworkState.STARTING)
    hello = Hello(
        app_version=road.app_version,
        station=road.station,
        streams=memory.outbox.claims(),
        feed=memory.received.mark(),
        clock=ClockReading(wall_ms=now.wall_ms, boot_id=now.boot_id, monotonic_ms=now.monotonic_ms),
        pending=standing.recorded - standing.safe,
        oldest_pending_s=standing.oldest_waiting_s,
        disk_free_bytes=shutil.disk_usage(memory.ledger.disk.path.parent).free,
        printers=list(road.printers),
    )
    return gzip.compress(hello.model_dump_json().encode(), mtime=0)


def take_answer(memory: OpenMemory, answer: HelloAnswer, asked: Moment, now: Moment) -> dict[str, int]:
    """Keep what the server says; gives its number for each stream that is not forked."""
    was = memory.outbox.belong(answer.server, answer.ledger_epoch)
    if was:
        memory.incidents.alarm(
            Incident.OTHER_EPOCH, "The server was restored.", was=was, epoch=answer.ledger_epoch
        )
        memory.received.begin_generation()
    for notice in answer.notices:
        memory.directory.replace(notice.version, notice.people)
    _compare_clocks(memory, answer.server_ms, asked, now)
    acked: dict[str, int] = {}
    for standing in answer.streams:
        memory.outbox.keep_prefix(standing.stream, standing.prefix)
        if agree(memory, standing.stream, standing.acked_through, standing.head, standing.status == "fork"):
            acked[standing.stream] = standing.acked_through
    if len(acked) == len(answer.streams):
        memory.incidents.clear(Incident.FORK)
    return acked


def agree(
    memory: OpenMemory,
    stream: str,
    acked_through: int,
    head: str,
    fork: bool = False,
    receipt: str | None = None,
) -> bool:
    """Take the server's number; False, with an alarm, when it holds another history."""
    agreement = "fork" if fork else memory.outbox.compare(stream, acked_through, head)
    if agreement == "fork":
        memory.incidents.alarm(
            Incident.FORK,
            "The server holds another history of this terminal. Recording goes on; call your administrator.",
            stream=stream,
            acked_through=acked_through,
            head=head,
            receipt=memory.outbox.kept_receipt(stream),
        )
        return False
    if agreement == "lost":
        kept = memory.outbox.kept_mark(stream)
        memory.incidents.alarm(
            Incident.SERVER_LOST,
            f"The server lost {kept - acked_through} facts of this terminal; they are sent again.",
            stream=stream,
            kept=kept,
            acked_through=acked_through,
            receipt=memory.outbox.kept_receipt(stream),
        )
    if receipt is not None or acked_through != memory.outbox.kept_mark(stream):
        memory.outbox.keep(stream, acked_through, receipt)
    return True


def _compare_clocks(memory: OpenMemory, server_ms: int, asked: Moment, now: Moment) -> None:
    """The server's clock against the middle of the exchange."""
    took_ms = now.monotonic_ms - asked.monotonic_ms
    off_ms = server_ms - (asked.wall_ms + took_ms // 2)
    if abs(off_ms) > CLOCK_OFF_MS_MAX:
        minutes = abs(off_ms) // MS_PER_MINUTE
        memory.incidents.alarm(
            Incident.CLOCK, f"This terminal's clock is {minutes} minutes off the server's."
        )
    else:
        memory.incidents.clear(Incident.CLOCK)
