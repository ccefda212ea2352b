"""The road to the server and back: facts go up, others' facts come down, for as long as the program runs.

Never trusts its own memory of what was acknowledged, never skips or drops a fact, and never holds up an
operator. A stream of which the server holds another history is not pushed any more; its facts stay here until
people decide.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import Final

from floor.events import Moment
from floor.identity import NewId
from floor.network import NetworkState
from floor.wire import PUSH_EVENTS_MAX, FeedAnswer, FeedMark, PushAnswer, PushResult
from sync import pace
from sync.client import Client
from sync.errors import BrokenChainError, NoAnswerError, OversizeError, SyncError, TimedOutError
from sync.greeting import agree, say_hello, take_answer
from sync.incidents import Incident
from sync.opening import OpenMemory
from sync.outbox import Batch
from sync.reply import Reply
from sync.road import Road
from sync.verdicts import Judged, Verdict, judge_feed, judge_hello, judge_push, judge_raw
from sync.writer import PUMP_ROWS_MAX, Writer

HELLO_EVERY_MS: Final = 60_000
FEED_EVERY_S: Final = 5.0
PUSHES_A_STEP_MAX: Final = 32
PAGES_A_STEP_MAX: Final = 32


NOWHERE_TO_GO: Final = frozenset({Verdict.BLOCKED, Verdict.WRONG_SERVER, Verdict.OTHER_EPOCH})
"""Without another hello nothing else will go through either."""


class TurnBackError(SyncError):
    """This part of a step ends here; the verdict says why, and how long to wait."""

    def __init__(self, verdict: Verdict, retry_after: str | None = None, reached: bool = True) -> None:
        super().__init__(verdict.value)
        self.verdict = verdict
        self.retry_after = retry_after
        self.ends_the_step = not reached or verdict in NOWHERE_TO_GO


@dataclass(frozen=True, slots=True)
class Pause:
    """What follows a step."""

    verdict: Verdict
    """`DURABLE` when everything that was tried went well."""
    seconds: float
    """How long to wait before the next; 0 when there is more to do."""

    @property
    def went_well(self) -> bool:
        """Whether a fact that is recorded now may go out at once."""
        return self.verdict is Verdict.DURABLE


class Pump:
    """One station's road; `step` by hand, or `run` for ever."""

    def __init__(
        self,
        road: Road,
        writer: Writer,
        memory: OpenMemory,
        clock: Callable[[], Moment],
        new_id: NewId,
        chance: Random,
    ) -> None:
        self.network = NetworkState.STARTING
        self._road = road
        self._writer = writer
        self._memory = memory
        self._clock = clock
        self._chance = chance.random
        self._client = Client(road, new_id)
        self._nudged = asyncio.Event()
        self._failures = 0
        self._hello_again_ms: int | None = None
        """When the monotonic clock says so; None for at once."""
        self._server = ""
        self._acked: dict[str, int] = {}
        """Where the server stands, by its answers since the last hello: pushing goes on behind it."""
        self._push_events_max = PUSH_EVENTS_MAX
        self._page_items_max = PUMP_ROWS_MAX

    def nudge(self) -> None:
        """Something was recorded."""
        self._nudged.set()

    async def close(self) -> None:
        """Close connections."""
        await self._client.close()

    async def run(self) -> None:
        """Until cancelled. A mistake in here must not end the road: it is told, and tried again."""
        while True:
            try:
                pause = await self.step()
            except Exception as error:
                pause = self._turned_back([TurnBackError(Verdict.UNKNOWN)])
                self._memory.incidents.alarm(
                    Incident.FAULT, "The road to the server has a fault.", error=repr(error)
                )
            await self._wait(pause)

    async def _wait(self, pause: Pause) -> None:
        """A new fact goes out at once, but never sooner than the pace allows after a failure."""
        if not pause.went_well:
            await asyncio.sleep(pause.seconds)
            return
        try:
            await asyncio.wait_for(self._nudged.wait(), pause.seconds)
        except TimeoutError:
            return

    async def step(self) -> Pause:
        """One round, without waiting: hello when it is due, push what waits, read what is new.

        What cannot go up does not keep down what others have for us, as long as the server is there.
        """
        self._nudged.clear()
        greeted = await self._tried(self._greet)
        if isinstance(greeted, TurnBackError):
            return self._turned_back([greeted])
        more, turned_back = False, list[TurnBackError]()
        pushes = [partial(self._push_stream, stream) for stream in sorted(self._acked)]
        parts: list[Callable[[], Awaitable[bool]]] = [*pushes, self._read_feed]
        for part in parts:
            outcome = await self._tried(part)
            if not isinstance(outcome, TurnBackError):
                more = more or outcome
                continue
            turned_back.append(outcome)
            if outcome.ends_the_step:
                break
        if turned_back:
            return self._turned_back(turned_back)
        self._failures = 0
        self.network = NetworkState.ONLINE
        self._memory.incidents.clear(Incident.FAULT)
        return Pause(Verdict.DURABLE, 0.0 if more else FEED_EVERY_S)

    async def _tried(self, part: Callable[[], Awaitable[bool]]) -> bool | TurnBackError:
        """Whether a part of the step left more to do, or why it turned back."""
        try:
            return await part()
        except TurnBackError as error:
            return error
        except NoAnswerError:
            return TurnBackError(Verdict.UNKNOWN, reached=False)
        except SyncError as error:
            self._memory.incidents.alarm(Incident.FAULT, str(error))
            return TurnBackError(Verdict.UNKNOWN)

    def _turned_back(self, errors: list[TurnBackError]) -> Pause:
        """The longest of the pauses that they ask for."""
        self._failures += 1
        self._hello_again_ms = None
        worst = max(map(self._pause, errors), key=lambda pause: pause.seconds)
        self.network = worst.verdict.network
        if worst.verdict is Verdict.REFUSED and not self._client.has_token:
            self.network = NetworkState.NO_TOKEN
        return worst

    def _pause(self, error: TurnBackError) -> Pause:
        asked_s = pace.retry_after_s(error.retry_after, self._clock().wall_ms, self._chance)
        seconds = pace.backoff_s(self._failures, self._chance) if asked_s is None else asked_s
        return Pause(error.verdict, seconds)

    # Hello

    async def _greet(self) -> bool:
        """Say hello when it is due; never leaves more to do."""
        if self._hello_again_ms is None or self._clock().monotonic_ms >= self._hello_again_ms:
            await self._hello()
        return False

    async def _hello(self) -> None:
        asked = self._clock()
        body = await self._writer.pump(lambda: say_hello(self._memory, self._road, asked))
        reply = await self._client.hello(body)
        outbox = self._memory.outbox
        pinned, streams = await self._writer.pump(lambda: (outbox.server, outbox.streams()))
        judged = await asyncio.to_thread(judge_hello, reply, pinned, streams)
        answer = judged.message
        if answer is None:
            raise TurnBackError(judged.verdict, reply.retry_after)
        now = self._clock()
        self._acked = await self._writer.pump(lambda: take_answer(self._memory, answer, asked, now))
        self._server = answer.server
        self._hello_again_ms = now.monotonic_ms + HELLO_EVERY_MS

    # Up

    async def _push_stream(self, stream: str) -> bool:
        """Send what lies above the server's number; True when more is left for the next step."""
        for _ in range(PUSHES_A_STEP_MAX):
            if stream not in self._acked:
                return False
            batch = await self._next_batch(stream)
            if batch is None:
                return False
            await self._push(batch)
        return True

    async def _next_batch(self, stream: str) -> Batch | None:
        """What lies behind the server's number; None when nothing does, or nothing that may be sent."""
        after_seq, events_max = self._acked[stream], self._push_events_max
        try:
            batch = await self._writer.pump(lambda: self._memory.outbox.batch(stream, after_seq, events_max))
        except BrokenChainError as error:
            self._memory.incidents.alarm(Incident.CHAIN_BROKEN, str(error), stream=stream)
            return None
        if batch is None:
            self._memory.incidents.clear(Incident.SERVER_LOST)
        return batch

    async def _push(self, batch: Batch) -> None:
        try:
            reply = await self._client.push(batch.body)
        except TimedOutError:
            self._halve_push()
            raise
        judged = await asyncio.to_thread(judge_push, reply, self._server, batch.stream)
        match judged.verdict:
            case Verdict.DURABLE if judged.message:
                await self._advance(batch, judged.message)
            case Verdict.GAP | Verdict.FORK:
                await self._go_back(batch, judged)
            case Verdict.HALVE | Verdict.REBUILD:
                await self._shrink(batch, judged.verdict)
            case Verdict.OTHER_EPOCH:
                await self._writer.pump(self._memory.received.begin_generation)
                raise TurnBackError(Verdict.OTHER_EPOCH)
            case verdict:
                raise TurnBackError(verdict, reply.retry_after)

    async def _advance(self, batch: Batch, answer: PushAnswer) -> None:
        """The server's number, not the end of what we sent, is where we go on."""
        receipt = answer.model_copy(update={"results": []}).model_dump_json()
        await self._agree(batch.stream, answer.acked_through, answer.head, receipt)
        self._log_results(batch.stream, answer.results)
        if self._acked.get(batch.stream, batch.first_seq) < batch.first_seq:
            raise TurnBackError(Verdict.UNKNOWN)
        self._push_events_max = min(PUSH_EVENTS_MAX, 2 * self._push_events_max)

    async def _go_back(self, batch: Batch, judged: Judged[PushAnswer]) -> None:
        """409: the server says where it stands; when that is where we were, hello decides."""
        standing = judged.standing
        if standing is None or standing.head is None:
            raise TurnBackError(Verdict.UNKNOWN)
        fork = judged.verdict is Verdict.FORK
        await self._agree(batch.stream, standing.acked_through, standing.head, fork=fork)
        if self._acked.get(batch.stream) == batch.first_seq - 1:
            raise TurnBackError(Verdict.UNKNOWN)

    async def _agree(
        self, stream: str, acked_through: int, head: str, receipt: str | None = None, fork: bool = False
    ) -> None:
        agreed = await self._writer.pump(
            lambda: agree(self._memory, stream, acked_through, head, fork, receipt)
        )
        if agreed:
            self._acked[stream] = acked_through
        else:
            self._acked.pop(stream, None)

    async def _shrink(self, batch: Batch, verdict: Verdict) -> None:
        """A smaller batch; an event that does not go out even alone is salvaged, and waits here."""
        if batch.events > 1:
            self._push_events_max = max(1, batch.events // 2)
            return
        seq = batch.first_seq
        self._memory.incidents.alarm(
            Incident.UNSENDABLE,
            f"The server cannot take fact {seq} of this terminal.",
            stream=batch.stream,
            seq=seq,
        )
        if await self._writer.pump(lambda: self._memory.outbox.salvage(batch.stream, seq)):
            kept = judge_raw(await self._client.raw(batch.body))
            self._memory.incidents.log(Incident.SALVAGED, stream=batch.stream, seq=seq, answer=kept.value)
        raise TurnBackError(verdict)

    def _halve_push(self) -> None:
        self._push_events_max = max(1, self._push_events_max // 2)

    def _log_results(self, stream: str, results: list[PushResult]) -> None:
        for result in results:
            if result.disposition != "duplicate":
                self._memory.incidents.log(
                    Incident(result.disposition), stream=stream, seq=result.seq, reason=result.reason
                )

    # Down

    async def _read_feed(self) -> bool:
        """Read what is new; True when more is left for the next step."""
        for _ in range(PAGES_A_STEP_MAX):
            asked = await self._writer.pump(self._memory.received.mark)
            answer = await self._page(asked)
            if answer is None:
                await self._reset_feed(asked)
                continue
            if answer.has_more and answer.cursor == asked.cursor:
                raise TurnBackError(Verdict.UNKNOWN)
            await self._writer.pump(partial(self._memory.received.take, answer, asked))
            if not answer.has_more:
                return bool(await self._writer.pump(self._memory.received.sweep))
        return True

    async def _page(self, asked: FeedMark) -> FeedAnswer | None:
        """One page; None when the cursor is not of this feed."""
        reply = await self._feed(asked)
        judged = await asyncio.to_thread(judge_feed, reply)
        if judged.verdict is Verdict.RESET:
            return None
        if judged.message is None:
            raise TurnBackError(judged.verdict, reply.retry_after)
        return judged.message if asked.epoch in (None, judged.message.epoch) else None

    async def _feed(self, asked: FeedMark) -> Reply:
        try:
            reply = await self._client.feed(asked.epoch, asked.cursor, self._page_items_max)
        except (TimedOutError, OversizeError):
            self._page_items_max = max(1, self._page_items_max // 2)
            raise
        self._page_items_max = min(PUMP_ROWS_MAX, 2 * self._page_items_max)
        return reply

    async def _reset_feed(self, asked: FeedMark) -> None:
        """Another feed than the one we read: from its start into a new generation."""
        if asked.cursor is None:
            raise TurnBackError(Verdict.RESET)
        self._memory.incidents.log(Incident.FEED_RESET, epoch=asked.epoch, cursor=asked.cursor)
        await self._writer.pump(self._memory.received.begin_generation)
