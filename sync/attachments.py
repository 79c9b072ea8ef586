"""The rows of attachments: which operation names them, and whether central has them whole."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync import lines
from sync.spool import Attachment
from sync.tables import attachments


@dataclass(frozen=True)
class Waiting:
    attachment: Attachment
    op_id: str


def attach(conn: Connection, op_id: str, *these: Attachment) -> None:
    """In the transaction that records the operation; their files are durable already."""
    rows = ({"sha256": one.sha256, "op_id": op_id, "size": one.size} for one in dict.fromkeys(these))
    lines.put(conn, attachments, *({**row, "held": None, "broken": None} for row in rows))


_WAITING = """
SELECT a.sha256, a.size, a.op_id FROM attachments a
JOIN operations o ON o.op_id = a.op_id AND o.transfer = 'answered'
LEFT JOIN outcomes r ON r.op_id = a.op_id
WHERE a.broken IS NULL AND coalesce(r.outcome, '') <> 'rejected'
  AND (a.held IS NULL OR a.held < (SELECT max(epoch) FROM identity))
ORDER BY o.n, a.sha256
"""


def waiting(conn: Connection) -> tuple[Waiting, ...]:
    """What central does not have whole, in the order of the operations it answered and did not reject."""
    rows = conn.exec_driver_sql(_WAITING).all()
    return tuple(Waiting(Attachment(row.sha256, row.size), row.op_id) for row in rows)


def named(conn: Connection) -> frozenset[str]:
    return frozenset(conn.execute(select(attachments.c.sha256)).scalars())


def held(conn: Connection, sha256: str) -> None:
    """Central has it whole, in this epoch of its life."""
    epoch = conn.exec_driver_sql("SELECT max(epoch) FROM identity").scalar_one()
    _change(conn, sha256, "held", epoch)


def broken(conn: Connection, sha256: str, why: str) -> None:
    _change(conn, sha256, "broken", why)


def _change(conn: Connection, sha256: str, column: str, value: object) -> None:
    rows = conn.execute(select(attachments).where(attachments.c.sha256 == sha256)).mappings().all()
    lines.put(conn, attachments, *({**row, column: value} for row in rows))


_OVER = """
SELECT a.sha256, a.op_id FROM attachments a
JOIN operations o ON o.op_id = a.op_id
JOIN outcomes r ON r.op_id = a.op_id AND r.outcome <> 'review'
WHERE (a.held IS NOT NULL OR a.broken IS NOT NULL OR r.outcome = 'rejected') AND o.seq <=
  (SELECT coalesce(max(prune), 0) FROM acks k WHERE k.terminal = o.terminal AND k.incarnation = o.incarnation)
"""


def over(conn: Connection) -> tuple[tuple[str, str], ...]:
    """Hash and operation of what nobody needs here: whole at central, final, under the prune mark."""
    return tuple((row.sha256, row.op_id) for row in conn.exec_driver_sql(_OVER))


def forget(conn: Connection, these: tuple[tuple[str, str], ...]) -> frozenset[str]:
    """The hashes that no row names any more: their files may go."""
    for sha256, op_id in these:
        lines.remove(conn, attachments, sha256=sha256, op_id=op_id)
    return frozenset(sha256 for sha256, _ in these) - named(conn)
