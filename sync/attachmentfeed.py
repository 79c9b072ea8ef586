"""Brings attachments up in resumable chunks, once central has the operation that names them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from sync.attachments import Waiting, broken, forget, held, named, over, waiting
from sync.client import Client
from sync.database import Database
from sync.errors import Damaged
from sync.failures import AnswerLost, CentralBusy, Refusal
from sync.ranges import Piece
from sync.spool import Attachment, Spool
from sync.wire.problems import Problem

TRIES = 3  # of a chunk that brings it no further
RESTS = 30  # turns of the lane, a minute each, before central is asked again whether it has room


@dataclass(frozen=True)
class Job:
    """One attachment on its way; `reached` is None where only central knows how far it has come."""

    waiting: Waiting
    reached: int | None
    stalls: int = 0


class AttachmentFeed:
    """One chunk a step; one that cannot be sent stands aside for the others."""

    def __init__(self, client: Client, db: Database, spool: Spool, report: Callable[[str], None]) -> None:
        self._client = client
        self._db = db
        self._spool = spool
        self._report = report
        self._job: Job | None = None
        self._aside: set[str] = set()
        self._full: Refusal | None = None  # central takes no more from this terminal until it has room
        self._rests = 0

    async def step(self, length: int) -> bool:
        """Whether there is more to bring. Raises LinkError (a Refusal: central has no room), StoreError."""
        job = self._job or await self._next(length)
        if job is None:
            await self._clean()
            return False
        try:
            await self._go_on(job, length)
        except AnswerLost:
            self._job = replace(job, reached=None)
            raise
        except CentralBusy:
            raise
        except Refusal as refusal:
            await self._refused(job, refusal)
        except Damaged as error:
            await self._give_up(job, str(error))
        return True

    async def _next(self, length: int) -> Job | None:
        """What fits into one chunk is sent unasked; of a longer one central may hold a part."""
        rows = await self._db.read(waiting)
        free = [row for row in rows if row.attachment.sha256 not in self._aside]
        if not free:
            full = self._is_full()
            if full is not None:
                raise full
            self._aside.clear()
            return None
        return Job(free[0], 0 if free[0].attachment.size <= length else None)

    def _is_full(self) -> Refusal | None:
        """Told again and again, so that it stands on the screen; asked again only after a while."""
        full, self._rests = self._full, self._rests - 1
        if full is not None and self._rests <= 0:
            self._full = None
            self._aside.clear()
        return full

    async def _go_on(self, job: Job, length: int) -> None:
        one, start = job.waiting.attachment, job.reached
        data = b""
        if start is not None:
            data = await asyncio.to_thread(self._spool.read, one, start, length)
        piece = Piece(data, start or 0, one.size)
        reached = await self._client.offer_asset(one.sha256, job.waiting.op_id, piece)
        if reached >= one.size:
            await self._db.run(lambda conn: held(conn, one.sha256))
            self._job = None
            if self._full is not None:  # this one counts no more: there may be room
                self._full = None
                self._aside.clear()
            return
        stalls = job.stalls + 1 if start is not None and reached <= start else 0
        self._job = Job(job.waiting, reached, stalls)
        if stalls >= TRIES:
            self._stand_aside(one)

    async def _refused(self, job: Job, refusal: Refusal) -> None:
        one = job.waiting.attachment
        if refusal.problem is Problem.TOO_LARGE:
            await self._give_up(job, str(refusal))
            return
        if refusal.problem is Problem.OVER_QUOTA:
            self._full, self._rests = refusal, RESTS
        wrong = refusal.problem is Problem.HASH_MISMATCH
        if wrong and not await asyncio.to_thread(self._spool.check, one):
            await self._give_up(job, "its bytes are not those it is named by")
            return
        self._report(f"attachment {one.sha256[:12]}: {refusal}")
        self._stand_aside(one)

    def _stand_aside(self, one: Attachment) -> None:
        """Until the others have gone and its time comes again."""
        self._aside.add(one.sha256)
        self._job = None

    async def _give_up(self, job: Job, why: str) -> None:
        one = job.waiting.attachment
        self._report(f"attachment {one.sha256[:12]}: {why}")
        await self._db.run(lambda conn: broken(conn, one.sha256, why[:200]))
        self._job = None

    async def _clean(self) -> None:
        these = await self._db.read(over)
        if these or self._spool.has_let_go:
            await self._db.run(lambda conn: self._spool.clear(forget(conn, these), named(conn)))
