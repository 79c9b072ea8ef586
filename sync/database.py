"""What sync needs of a database: one writer, snapshots for readers, and the names of changed tables."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Unsubscribe = Callable[[], None]
OnChange = Callable[[frozenset[str]], None]

_TOUCHED = "yizhan.touched"


class Database(Protocol):
    async def run(self, fn: Callable[[Connection], T]) -> T:
        """`fn` in one transaction of the writer; returns when commit and journal are on the disk."""

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """`fn` on a snapshot."""

    def subscribe(self, callback: OnChange) -> Unsubscribe:
        """`callback(tables)` on the event loop after each commit that touched any; called from the loop."""


def touch(conn: Connection, *tables: str) -> None:
    """Names tables that this transaction changes."""
    conn.info.setdefault(_TOUCHED, set()).update(tables)


def take_touched(conn: Connection) -> frozenset[str]:
    """For the database: the names since the last call."""
    return frozenset(conn.info.pop(_TOUCHED, ()))
