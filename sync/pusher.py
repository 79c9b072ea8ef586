"""Moves operations up: asks what central holds, sends what it lacks, and believes only a verified ack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from sync import changes, evidence, forks, identity, transfer
from sync.anchors import TimeKeeper
from sync.changes import Taken
from sync.client import Client, SignedAck
from sync.database import Database
from sync.failures import (
    AnswerLost,
    CentralBusy,
    EvidenceMissing,
    HostileAnswer,
    LinkError,
    SequenceGap,
    SlowDown,
)
from sync.outbox import depth
from sync.points import Point, Probe
from sync.policy import Done, Step
from sync.testimony import Testimony
from sync.transfer import Chain, Outgoing
from sync.wire.answers import Status
from sync.wire.batch import MAX_BODY, MAX_OPERATIONS, Batch
from sync.wire.evidence import BareRun
from sync.wire.request import new_nonce

RESULT_BYTES = 32  # of an answer, packed: it too may take no longer than a chunk
EXPANSION = 4.0  # bytes of operations in one byte on the line, until it is known


@dataclass(frozen=True)
class _Next:
    outgoing: Outgoing
    last_ack: str | None
    results: tuple[int, int] | None  # of operations that central has, and whose answer was lost
    erased: BareRun | None


class Pusher:
    def __init__(self, db: Database, client: Client, time: TimeKeeper, reached: Probe) -> None:
        self._db = db
        self.client = client
        self._time = time
        self._reached = reached
        self._chain = Chain(client.member.terminal, client.member.incarnation)
        self._central_at: int | None = None  # central's high water as last told; may be below what we knew
        self.testimony = Testimony(db, client, time, self._chain)
        self._expansion = EXPANSION
        self.last_ack_at: str | None = None

    async def start(self) -> None:
        """What was under way when the program ended is unknown now."""
        await self._db.run(lambda conn: transfer.mark_lost(conn, self._chain))
        self.last_ack_at = await self._db.read(transfer.last_ack_at)

    async def ask_status(self) -> Done:
        """One question settles what is unknown. Raises ChainFork, and Restored when central holds more."""
        began = self._time.start()
        status = await self.client.status()
        await self._time.heard(status.server_time, began)
        if not await self._db.read(lambda conn: self._is_settled(conn, status)):
            await self._db.run(lambda conn: self._settle(conn, status))
        self._central_at = status.high_water
        await self.testimony.compare(status)
        return Done(Step.STATUS)

    async def push(self, take: Callable[[Taken], None]) -> Done:
        if self.testimony.owed is not None:
            self._central_at = (await self.testimony.show_page(self.testimony.owed)).high_water
            return Done(Step.PUSH, more=True)
        this = await self._db.read(self._next)
        if this.erased is not None and not self.testimony.asks:
            return await self._show_erased(this.erased, take)
        outgoing = this.outgoing
        if not (outgoing.operations or this.results or self.testimony.asks):
            return Done(Step.PUSH, nothing=True)
        span = (self._chain, outgoing.first_seq, outgoing.last_seq)
        await self._db.run(lambda conn: transfer.mark_sent(conn, *span))
        self._reached(Point.SEND)
        began = self._time.start()
        try:
            signed = await self.client.push(self._batch(this), self._answered)
        except SlowDown:
            await self._db.run(lambda conn: transfer.mark_unsent(conn, *span))
            raise
        except (AnswerLost, HostileAnswer, CentralBusy):
            self.client.meter.lost_up()
            await self._db.run(lambda conn: transfer.mark_unknown(conn, *span))
            raise
        except EvidenceMissing as missing:
            await self._db.run(lambda conn: transfer.mark_unsent(conn, *span))
            self.testimony.demanded(missing)
            return Done(Step.PUSH, more=True)
        except SequenceGap as gap:
            await self._db.run(lambda conn: transfer.mark_unsent(conn, *span))
            self._central_at = gap.expected - 1
            return Done(Step.PUSH, more=gap.expected < outgoing.first_seq)
        except LinkError:
            await self._db.run(lambda conn: transfer.mark_unsent(conn, *span))
            raise
        if outgoing.operations:
            self._expansion = outgoing.size / signed.sent_bytes
        await self._time.heard(signed.ack.server_time, began)
        return await self._take(signed, take)

    def is_kept(self, conn: Connection) -> bool:
        """Whether a part of this life is above central's prune mark."""
        return transfer.prune_mark(conn, self._chain) < transfer.last_seq(conn, self._chain)

    async def show_fork(self, take: Callable[[Taken], None]) -> Done:
        """What central does not hold in its chain, as a chain of its own. Raises LinkError."""
        if await self.testimony.comes_before_fork():
            return Done(Step.PUSH, more=True)
        more = await forks.show(self._db, self.client, self._time.now(), take)
        return Done(Step.PUSH, more=more)

    async def _show_erased(self, run: BareRun, take: Callable[[Taken], None]) -> Done:
        """Central was restored from a backup older than it had said that it would ever restore."""
        last = run.first_seq + len(run.places) - 1
        text = (
            f"central asks for {run.first_seq} to {last}, erased here with its leave: shown by their hashes"
        )
        take(Taken(refused=(text,)))
        self._central_at = (await self.testimony.show_erased(run)).high_water
        return Done(Step.PUSH, more=True)

    async def _take(self, signed: SignedAck, take: Callable[[Taken], None]) -> Done:
        at = self._time.now()
        member = self.client.member
        taken = await self._db.run(lambda conn: changes.take_ack(conn, member, signed, at))
        self._reached(Point.ACK)
        take(taken)
        self.last_ack_at = at
        moved = self._central_at != signed.ack.high_water
        self._central_at = signed.ack.high_water
        behind = await self.testimony.acked(signed.ack)
        return Done(Step.PUSH, more=moved or behind or taken.news)

    def _answered(self) -> None:
        self._reached(Point.CENTRAL_COMMIT)

    def _is_settled(self, conn: Connection, status: Status) -> bool:
        here = identity.require(conn)
        transfer.check(conn, self._chain, status.high_water, status.chain)
        return here.high_water >= status.high_water and depth(conn).unknown == 0

    def _settle(self, conn: Connection, status: Status) -> None:
        transfer.settle(conn, self._chain, status.high_water, status.chain)

    def _next(self, conn: Connection) -> _Next:
        """One chunk of what central does not have; of what it has not answered for, the results alone."""
        told = self._central_at
        above = transfer.high_water(conn, self._chain) if told is None else told
        speed = self.client.meter.speed
        answers = max(1, min(MAX_OPERATIONS, speed.down.chunk // RESULT_BYTES))
        results = self._unanswered(conn, above, answers)
        room = min(int(speed.up.chunk * self._expansion), MAX_BODY)
        limit = answers if results is None else max(1, answers - (results[1] - results[0] + 1))
        outgoing = transfer.next_batch(conn, self._chain, limit, room, above + 1)
        erased = None if outgoing.operations else evidence.erased_run(conn, self._chain, above + 1)
        return _Next(outgoing, transfer.shown(conn, self._chain), results, erased)

    def _unanswered(self, conn: Connection, above: int, most: int) -> tuple[int, int] | None:
        first = transfer.first_unanswered(conn, self._chain)
        return None if first is None or first > above else (first, min(above, first + most - 1))

    def _batch(self, this: _Next) -> Batch:
        outgoing = this.outgoing
        return Batch(
            terminal=self._chain.terminal,
            incarnation=self._chain.incarnation,
            first_seq=outgoing.first_seq,
            prev=outgoing.prev,
            seal=outgoing.seal,
            last_ack=this.last_ack,
            nonce=new_nonce(),
            operations=outgoing.operations,
            results=this.results,
        )
