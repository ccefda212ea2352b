"""The station's ledger: deciding, appending, and knowing what is in it.

Never sends anything and never shows anything; never says "recorded" before the disk was synced. Everything
here runs in the writer's thread.
"""

import sqlite3
from dataclasses import replace
from random import Random
from typing import Final, get_args

from pydantic import ValidationError

from floor import chain
from floor.chain import StreamHeader
from floor.codec import Envelope, Fact, TooLargeError, decode, encode
from floor.commands import CloseDay, Command
from floor.days import LastClose, OpenDay
from floor.decide import Decided, Picture, decide
from floor.events import (
    MachineWentDown,
    Moment,
    PaperAsked,
    PaperEvent,
    PaperFailed,
    PaperPrinted,
    PaperUnknown,
    ReportCorrected,
    Reported,
    Subjects,
)
from floor.identity import NewId
from floor.refusals import Refusal
from floor.station import LastReport, Recorded, SyncMark
from sync import chains, headfile, marks
from sync.chains import OwnStream
from sync.days import Days
from sync.disk import Disk
from sync.errors import CannotOpenError, NotSavedError, WalReplacedError
from sync.headfile import Head
from sync.incidents import Incident, Incidents
from sync.known import Known
from sync.reading import BY_ANSWERED, Reading
from sync.slipnumbers import slip_numbers

LAST_REPORTS: Final = 5
OWN_REPORTS_MAX: Final = 20
LOOKED_THROUGH_MAX: Final = 200
"""So many of the station's last reports are looked through for somebody's own."""

PAPER_KINDS: Final = tuple(asking.kind for asking in get_args(PaperAsked))
"""Events that ask for paper."""

INSERT_EVENT: Final = "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
INSERT_ENTRY: Final = "INSERT INTO entry VALUES (?, ?, ?, ?, ?)"
INSERT_STREAM: Final = "INSERT INTO stream VALUES (?, ?, ?, ?, 0)"
IN_LEDGER: Final = "SELECT 1 FROM known WHERE event_id = ? LIMIT 1"


class Ledger:
    """One open ledger; `Disk` holds the file, `Known` the folds."""

    def __init__(self, disk: Disk, new_id: NewId, chance: Random, incidents: Incidents) -> None:
        """Go on with the ledger on `disk`, or begin one. Raises NotSavedError."""
        self._new_id = new_id
        self._chance = chance
        self.incidents = incidents
        self.disk = disk
        self.reading = Reading(self.disk, self._set_aside)
        self.known = Known(self.reading, self._waits)
        self._days = Days(self.reading)
        self.closed_streams: list[OwnStream] = []
        self._clamped_ms = 0
        self._tail = self._load()

    @property
    def own(self) -> OwnStream:
        """The stream that grows, as it is now."""
        return self._tail

    @property
    def streams(self) -> list[OwnStream]:
        """Every stream of this ledger, the growing one last."""
        return [*self.closed_streams, self._tail]

    # Recording

    def record(self, command: Command, now: Moment) -> Recorded | Refusal:
        """Decide and append in one transaction; answers when it is on the disk.

        An intent that is in the ledger already is answered with its first fact, and nothing is added. A disk
        that failed is tried anew each time.
        """
        if self.disk.left and not self.open_again():
            return Refusal.NOT_SAVED
        try:
            with self.disk.transaction():
                repeated = self._repeated(command.intent)
                if repeated:
                    return repeated
                decided = self._decided(command, now)
                if isinstance(decided, Refusal):
                    return decided
                recorded, tail = self._append(decided)
        except (ValidationError, TooLargeError) as error:
            self.incidents.log(Incident.FAULT, refused=type(command).__name__, why=str(error))
            return Refusal.BEYOND_ONE_RECORD
        except WalReplacedError as error:
            return self._look_again(command.intent, Incident.LOG_REPLACED, error)
        except NotSavedError as error:
            return self._look_again(command.intent, Incident.NOT_SAVED, error)
        self._tail = tail
        self._clamped_ms = decided[0][1].at.clamped_ms
        if isinstance(command, CloseDay):
            self._days.forget()
        try:
            self.known.learn_own(recorded.facts)
        except sqlite3.Error:  # it is on the disk: whoever reads next finds out what the disk has
            self.open_again()
            return recorded
        self.incidents.clear(Incident.NOT_SAVED)
        return recorded

    def preview(self, command: Command, now: Moment) -> Fact | Refusal:
        """The first fact that a command would record now, in no stream; nothing is kept."""
        decided = self._decided(command, now)
        return decided if isinstance(decided, Refusal) else Fact("", 0, *decided[0])

    def write_head(self) -> None:
        """Put the head beside the database, after the answer was given."""
        try:
            headfile.write(self.disk.path, Head(self.own.stream, self.own.last_seq, self.own.head))
        except OSError as error:
            self.incidents.alarm(
                Incident.DRAFT_LOST, f"The ledger's head cannot be written down: {error.strerror}"
            )

    def _decided(self, command: Command, now: Moment) -> Decided | Refusal:
        return decide(self._picture_for(command), command, self._clamped(now), self._new_id)

    def _append(self, decided: Decided) -> tuple[Recorded, OwnStream]:
        tail = self._tail
        envelopes = [encode(event_id, event) for event_id, event in decided]
        contents = [(envelope.event_id, envelope.digest) for envelope in envelopes]
        sealed = chain.seal(tail.stream, tail.last_seq, tail.head, contents)
        self.disk.connection.executemany(INSERT_EVENT, map(_event_row, envelopes))
        self.disk.connection.executemany(
            INSERT_ENTRY,
            [(tail.stream, place.seq, place.event_id, place.digest, place.hash) for place in sealed],
        )
        facts = tuple(
            Fact(tail.stream, place.seq, place.event_id, event)
            for place, (_, event) in zip(sealed, decided, strict=True)
        )
        last = sealed[-1]
        return Recorded(facts, last.hash), replace(tail, last_seq=last.seq, head=last.hash)

    def _repeated(self, intent: str) -> Recorded | None:
        if not self.holds(intent):
            return None
        fact = self.reading.fact(intent)
        return Recorded((fact,) if fact else (), self.own.head, repeated=True)

    def _clamped(self, now: Moment) -> Moment:
        return now.model_copy(update={"clamped_ms": max(self._clamped_ms, now.clamped_ms)})

    # What is known

    @property
    def cursor(self) -> str | None:
        """How far the feed was read; None before the first contact."""
        return marks.get(self.disk.connection, marks.FEED_CURSOR)

    def picture(self, subjects: Subjects) -> Picture:
        """The state around an order, a slip or a machine, for whoever only looks."""
        return Picture(
            self.known.plant(),
            self.known.progress(subjects.order, subjects.slip),
            self._downtimes(subjects.machine),
            self.cursor,
        )

    def _picture_for(self, command: Command) -> Picture:
        numbers = slip_numbers(self.disk.connection, self.own.stream, self._chance)
        return replace(
            self.picture(command.subjects()),
            next_slip=numbers,
            open_day=self.open_day,
            last_close=self._days.last_close,
        )

    def open_day(self) -> OpenDay:
        """What this station recorded since its day was closed last, counted."""
        return self._days.now(self.disk.connection, self.streams)

    def last_close(self) -> LastClose | None:
        """The day that was closed here last."""
        return self._days.last_close()

    def count_on(self) -> bool:
        """Count a piece of the open day; False when there is no more of it."""
        return self._days.read_on(self.disk.connection, self.streams)

    def _downtimes(self, machine: str | None) -> tuple[Fact, ...]:
        if machine is None:
            return ()
        down = self.known.unanswered(MachineWentDown.kind)
        return tuple(fact for fact in down if fact.event.subjects().machine == machine)

    def last_reports(self) -> list[LastReport]:
        """This station's last reports, newest first."""
        return [self._last(fact) for fact in self.reading.own_last(Reported.kind, LAST_REPORTS)]

    def own_reports(self, person: str) -> list[LastReport]:
        """What this person reported at this station, newest first, of the last reports made here."""
        last = self.reading.own_last(Reported.kind, LOOKED_THROUGH_MAX)
        own = [
            fact
            for fact in last
            if isinstance(fact.event, Reported) and person in fact.event.content.operators
        ]
        return [self._last(fact) for fact in own[:OWN_REPORTS_MAX]]

    def _last(self, fact: Fact) -> LastReport:
        corrections = self.reading.facts(BY_ANSWERED, fact.event_id, ReportCorrected.kind)
        last = corrections[-1].event if corrections else None
        corrected_to = last.content if isinstance(last, ReportCorrected) else None
        acked = marks.get_number(self.disk.connection, marks.acked_through(fact.stream))
        mark = SyncMark.SAFE if fact.seq <= acked else SyncMark.HERE
        return LastReport(fact, bool(corrections) and corrected_to is None, mark, corrected_to)

    def papers_waiting(self) -> list[Fact]:
        """What this station asked a printer for, unanswered, oldest first."""
        asked = [fact for kind in PAPER_KINDS for fact in self.known.unanswered(kind)]
        return sorted(asked, key=lambda fact: (fact.event.at.clamped_ms, fact.seq))

    def _waits(self, fact: Fact) -> bool:
        """Whether anybody here awaits an answer: of paper, the station that asked a printer for it."""
        if not isinstance(fact.event, PaperAsked | PaperUnknown):
            return True
        return bool(fact.event.printer) and any(own.stream == fact.stream for own in self.streams)

    def paper_answer(self, asked: str) -> PaperEvent | None:
        """The last word of a printer about what was asked of it; None for none yet."""
        kinds = (PaperPrinted.kind, PaperFailed.kind, PaperUnknown.kind)
        found = [fact for kind in kinds for fact in self.reading.facts(BY_ANSWERED, asked, kind)]
        events = [fact.event for fact in sorted(found, key=lambda fact: (fact.stream, fact.seq))]
        return next((event for event in events[::-1] if isinstance(event, PaperEvent)), None)

    def papers_in_doubt(self) -> list[Fact]:
        """This station's answers that leave a paper unknown, as long as nobody looked, oldest first."""
        return self.known.unanswered(PaperUnknown.kind)

    def heard(self) -> dict[str, int | None]:
        """Every other station, with the time of its last fact known here; None for none yet."""
        bound = self.known.plant().streams
        own = {bound[mine.stream].station for mine in self.streams if mine.stream in bound}
        found: dict[str, int | None] = {}
        for stream, binding in bound.items():
            if binding.station not in own:
                last_ms = self.reading.last_ms(stream)
                found[binding.station] = max(found.get(binding.station) or 0, last_ms or 0) or None
        return found

    def holds(self, event_id: str) -> bool:
        """Whether an event is in the ledger, recorded here or received."""
        return self.disk.connection.execute(IN_LEDGER, (event_id,)).fetchone() is not None

    def hash_at(self, stream: str, seq: int) -> str | None:
        """The hash at a place of an own stream; None where there is none."""
        own = next((own for own in self.streams if own.stream == stream), None)
        return chains.hash_at(self.disk.connection, own.header, seq) if own else None

    # Opening, and opening again

    def _load(self) -> OwnStream:
        """Read where the streams end, and look whether this is the history that was here before."""
        found = chains.own_streams(self.disk.connection)
        tail = next((own for own in found if not own.closed), None) or self._begin()
        self.closed_streams = [own for own in found if own.closed]
        for own in [*self.closed_streams, tail]:
            after_seq = max(0, own.last_seq - chains.VERIFIED_AT_OPEN)
            broken = chains.difference(self.disk.connection, own.header, after_seq, chains.VERIFIED_AT_OPEN)
            if broken:
                self._alarm_broken(own, broken.seq, broken.reason)
        last = chains.places(self.disk.connection, tail.stream, tail.last_seq - 1, 1)
        if last:
            self._clamped_ms = decode(last[0].kind, last[0].version, last[0].body).at.clamped_ms
        self._compare_head(tail, headfile.read(self.disk.path))
        return tail

    def _begin(self) -> OwnStream:
        header = StreamHeader(self._chance.randbytes(chain.ID_BYTES).hex())
        with self.disk.transaction() as connection:
            connection.execute(
                INSERT_STREAM, (header.stream, header.parent, header.parent_seq, header.parent_hash)
            )
            if marks.get(connection, marks.GENERATION) is None:
                marks.put(connection, marks.GENERATION, 1)
                marks.put(connection, marks.LOADING, 1)
        return OwnStream(header, False, 0, chain.first_hash(header))

    def _compare_head(self, tail: OwnStream, head: Head | None) -> None:
        """A ledger that is behind its head file, or beside it, is not the one that was here before."""
        if head is None:
            return
        known = {own.stream: own for own in [*self.closed_streams, tail]}
        if head.stream not in known:
            sentence = "Another ledger was put in this one's place. Tell your supervisor."
        elif head.seq > known[head.stream].last_seq:
            missing = head.seq - known[head.stream].last_seq
            sentence = f"An older copy of the ledger was put back: {missing} entries are missing."
        elif chains.hash_at(self.disk.connection, known[head.stream].header, head.seq) != head.hash:
            sentence = "The ledger's history was exchanged. Tell your supervisor."
        else:
            return
        self.incidents.alarm(
            Incident.HISTORY_EXCHANGED, sentence, stream=head.stream, seq=head.seq, hash=head.hash
        )

    def _alarm_broken(self, own: OwnStream, seq: int, reason: str) -> None:
        self.incidents.alarm(
            Incident.CHAIN_BROKEN, f"The ledger was changed: {reason}.", stream=own.stream, seq=seq
        )

    def _set_aside(self, event_id: str, why: str) -> None:
        self.incidents.alarm(
            Incident.UNREADABLE, "A fact here needs a newer release.", event=event_id, why=why
        )

    def _look_again(self, intent: str, incident: Incident, error: NotSavedError) -> Recorded | Refusal:
        """A tick only for what is found on a new connection.

        A COMMIT that failed may have reached the log all the same; an unlinked log gets its name back.
        """
        self.incidents.alarm(incident, str(error))
        found = self._found(intent) if self.open_again() else None
        if found is None:
            return Refusal.NOT_SAVED
        self.incidents.clear(Incident.NOT_SAVED)
        return replace(found, repeated=False)

    def _found(self, intent: str) -> Recorded | None:
        try:
            return self._repeated(intent)
        except sqlite3.Error as error:
            self.incidents.alarm(Incident.NOT_SAVED, f"The ledger cannot be read: {error}")
            return None

    def open_again(self) -> bool:
        """Leave a connection that failed; False when the disk does not let us, and the next try may."""
        try:
            self.disk.reopen()
            self.known.forget()
            self._days.forget()
            self._tail = self._load()
        except (CannotOpenError, NotSavedError, sqlite3.Error) as error:
            self.disk.left = True
            self.incidents.alarm(Incident.NOT_OPENED, str(error))
            return False
        self.incidents.clear(Incident.NOT_OPENED)
        return True


def _event_row(envelope: Envelope) -> tuple[str | int | bytes | None, ...]:
    subjects = envelope.subjects
    return (
        envelope.event_id,
        envelope.digest,
        envelope.kind,
        envelope.version,
        envelope.body,
        subjects.order,
        subjects.slip,
        subjects.machine,
        subjects.answers,
    )
