"""What central said twice and differently: it lost its past in between, and is shown what it said first."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync import lines
from sync.tables import cursors
from sync.wire.answers import Result

_PREFIX, _BEYOND = "contradicted/", "contradicted0"
_OWED, _SHOWN = "owed", "shown"
_ALL = cursors.c.name.between(_PREFIX, _BEYOND)


def by_result(conn: Connection, result: Result) -> None:
    _note(conn, f"{result.op}/{result.rev}/{result.outcome.value}/{result.case}")


def by_grant(conn: Connection, lease: str) -> None:
    """It came with results that were all known: the request had been granted otherwise."""
    _note(conn, f"lease/{lease}")


def by_raise(conn: Connection, lease: str, rev: int) -> None:
    """Two grants of one revision say two amounts."""
    _note(conn, f"lease/{lease}/{rev}")


def by_stream(conn: Connection, nonce: str) -> None:
    """Its stream, answered by courier, does not lead to where we had come."""
    _note(conn, f"stream/{nonce}")


def _note(conn: Connection, word: str) -> None:
    """Once for each: its page may be read again, and an old ack may come again by courier."""
    name = _PREFIX + word
    if conn.execute(select(cursors.c.name).where(cursors.c.name == name)).first() is None:
        lines.put(conn, cursors, {"name": name, "value": _OWED})


def is_owed(conn: Connection) -> bool:
    return conn.execute(select(cursors.c.name).where(_ALL, cursors.c.value == _OWED)).first() is not None


def shown(conn: Connection) -> None:
    """All that central said was shown to it."""
    owed = select(cursors.c.name).where(_ALL, cursors.c.value == _OWED)
    for name in conn.execute(owed).scalars().all():
        lines.put(conn, cursors, {"name": name, "value": _SHOWN})
