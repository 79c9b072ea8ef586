"""What central said twice and differently: it lost its past in between, and is shown what it said first."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync import lines
from sync.tables import cursors
from sync.wire.answers import Result

_PREFIX, _BEYOND = "contradicted/", "contradicted0"
_OWED, _SHOWN = "owed", "shown"
_ALL = cursors.c.name.between(_PREFIX, _BEYOND)


def note(conn: Connection, result: Result) -> None:
    """Once for each such word: its page may be read again, and an old ack may come again by courier."""
    name = f"{_PREFIX}{result.op}/{result.rev}/{result.outcome.value}/{result.case}"
    if conn.execute(select(cursors.c.name).where(cursors.c.name == name)).first() is None:
        lines.put(conn, cursors, {"name": name, "value": _OWED})


def is_owed(conn: Connection) -> bool:
    return conn.execute(select(cursors.c.name).where(_ALL, cursors.c.value == _OWED)).first() is not None


def shown(conn: Connection) -> None:
    """All that central said was shown to it."""
    owed = select(cursors.c.name).where(_ALL, cursors.c.value == _OWED)
    for name in conn.execute(owed).scalars().all():
        lines.put(conn, cursors, {"name": name, "value": _SHOWN})
