"""Erases while the terminal is on: what an ack gives free at once, all that has grown old once a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from kiosk.chore import Chore
from kiosk.store import upkeep
from kiosk.store.papers import Papers
from kiosk.store.upkeep import Life
from sync.database import Database
from sync.transfer import Chain

TABLES = frozenset({"acks", "identity"})
DAY = timedelta(days=1)  # of trusted time
LOOK_SECONDS = 3600  # a terminal that hears of nothing looks this often whether a day has passed


class Tidying(Chore):
    def __init__(self, db: Database, now: Callable[[], datetime], papers: Papers) -> None:
        super().__init__(db, "tidying", TABLES, LOOK_SECONDS)
        self._now = now
        self._papers = papers
        self._done: dict[Chain, int] = {}  # the marks up to which payloads were looked at
        self._last: datetime | None = None  # when all was

    async def work(self) -> int:
        """How many payloads were erased. Raises StoreError."""
        now, erased = self._now(), 0
        is_daily = self._last is None or abs(now - self._last) >= DAY  # a clock put right may go back
        lives = await self._db.read(lambda conn: upkeep.lives(conn, now))
        for life in lives:
            erased += await self._erase(life, 0 if is_daily else self._done.get(life.chain, 0))
            self._done[life.chain] = life.mark
        if erased or is_daily:
            while await self._db.run(upkeep.bare_slips):
                pass
        if is_daily:
            await self._trim(now)
            self._last = now
        return erased

    async def _erase(self, life: Life, above: int) -> int:
        erased = 0
        for span in life.spans(above):
            if await self._db.read(partial(upkeep.is_erasable, life=life, span=span)):
                erased += await self._db.run(partial(upkeep.erase, life=life, span=span))
        return erased

    async def _trim(self, now: datetime) -> None:
        await asyncio.to_thread(self._papers.sweep, now)
        await self._db.run(partial(upkeep.drop_drafts, now=now))
        for words in await self._db.read(partial(upkeep.old_words, now=now)):
            while await self._db.run(partial(upkeep.trim, words=words)):
                pass
        for _ in range(0, upkeep.MOST_LINES, upkeep.BITE):
            if not await self._db.run(upkeep.trim_lines):
                return
