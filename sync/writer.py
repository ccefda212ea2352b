"""The one thread that touches the station's database.

Never lets the pump go before the operator, and never lets a queue grow without limit.
"""

import asyncio
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from sync.errors import BusyError, StoppedError

OPERATOR_JOBS_MAX: Final = 64
PUMP_JOBS_MAX: Final = 16
LATER_JOBS_MAX: Final = 4
"""Where so many wait in the pump's queue, nothing is put behind them that nobody waits for."""
PUMP_ROWS_MAX: Final = 256
"""The most rows of one transaction of the pump: an operator waits for no more than that."""

T = TypeVar("T")


class _Job:
    """Work and where its result goes; what comes `after` runs when the answer was given."""

    def __init__(self, work: Callable[[], Any], after: Callable[[], object] | None) -> None:
        self.answer: Future[Any] = Future()
        self._work = work
        self._after = after

    def run(self, on_fault: Callable[[Exception], None]) -> None:
        if not self.answer.set_running_or_notify_cancel():
            return
        try:
            result = self._work()
        except BaseException as error:
            self.answer.set_exception(error)
            return
        self.answer.set_result(result)
        if self._after:
            try:
                self._after()
            except Exception as error:
                on_fault(error)


class Writer:
    """Two queues and the thread that empties them, the operator's first."""

    def __init__(self, on_fault: Callable[[Exception], None]) -> None:
        """`on_fault` hears of what went wrong after an answer was given; the thread goes on."""
        self._on_fault = on_fault
        self._operator: deque[_Job] = deque()
        self._pump: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="ledger", daemon=True)

    def start(self) -> None:
        """Begin to work; what is done first opens the database in this thread."""
        self._thread.start()

    async def operator(self, work: Callable[[], T], after: Callable[[], object] | None = None) -> T:
        """Do something that a person waits for. Raises what the work raises, BusyError or StoppedError."""
        return await self._ask(self._operator, OPERATOR_JOBS_MAX, work, after)

    async def pump(self, work: Callable[[], T]) -> T:
        """Do something that may wait: at most `PUMP_ROWS_MAX` rows."""
        return await self._ask(self._pump, PUMP_JOBS_MAX, work, None)

    def later(self, work: Callable[[], object]) -> None:
        """Do something that nobody waits for, behind all that somebody does; left out where much waits."""
        with self._wake:
            if len(self._pump) < LATER_JOBS_MAX:
                self._pump.append(_Job(work, None))

    async def stop(self, last: Callable[[], object]) -> None:
        """Finish what was asked, then do `last` and end."""
        if not self._thread.is_alive():
            return
        try:
            await self._ask(self._pump, PUMP_JOBS_MAX + 1, last, None)
        finally:
            with self._wake:
                self._stopping = True
                self._wake.notify()
            await asyncio.to_thread(self._thread.join)

    async def _ask(
        self, queue: deque[_Job], jobs_max: int, work: Callable[[], T], after: Callable[[], object] | None
    ) -> T:
        job = _Job(work, after)
        with self._wake:
            if self._stopping or not self._thread.is_alive():
                raise StoppedError("The ledger is closed.")
            if len(queue) >= jobs_max:
                raise BusyError(f"{len(queue)} jobs wait for the disk.")
            queue.append(job)
            self._wake.notify()
        answer: T = await asyncio.wrap_future(job.answer)
        return answer

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job.run(self._on_fault)

    def _next(self) -> _Job | None:
        with self._wake:
            while True:
                for queue in (self._operator, self._pump):
                    if queue:
                        return queue.popleft()
                if self._stopping:
                    return None
                self._wake.wait()
