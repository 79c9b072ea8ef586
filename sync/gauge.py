"""What waits for central: how much, read again only after something it counts has changed; and since when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from sync.database import Database
from sync.outbox import QueueDepth, depth

EMPTY = QueueDepth(0, 0, 0, 0)
COUNTED = frozenset({"operations", "outcomes", "identity"})


class DepthGauge:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: QueueDepth | None = None
        self._is_told = False
        self._news = 0

    @contextmanager
    def told(self) -> Iterator[None]:
        """While the loop runs that brings the news of every write before whoever wrote goes on."""
        unsubscribe = self._db.subscribe(self._changed)
        self._is_told = True
        try:
            yield
        finally:
            unsubscribe()
            self._is_told, self._known = False, None

    async def read(self) -> QueueDepth:
        if self._known is not None:
            return self._known
        before = self._news
        known = await self._db.read(depth)
        if self._is_told and self._news == before:  # nothing was written while it was read
            self._known = known
        return known

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & COUNTED:
            self._known, self._news = None, self._news + 1


_OLDEST = """
SELECT o.at FROM operations o
JOIN identity i ON i.terminal = o.terminal AND i.incarnation = o.incarnation
WHERE o.transfer <> 'answered' ORDER BY o.seq LIMIT 1
"""


def oldest_unanswered(conn: Connection) -> str | None:
    """When the first was recorded of those that central has not answered."""
    found: str | None = conn.exec_driver_sql(_OLDEST).scalar_one_or_none()
    return found
