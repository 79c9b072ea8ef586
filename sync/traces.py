"""What else is known of one operation: who carries it, what corrects it, what of it is still to come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

_CARRIED = """
SELECT o.op_id, max(b.made_at) AS made_at FROM operations o
JOIN bundles b ON b.terminal = o.terminal AND b.incarnation = o.incarnation
  AND o.seq BETWEEN b.first_seq AND b.last_seq AND b.answered_at IS NULL
WHERE o.transfer <> 'answered' GROUP BY o.op_id
"""
_SUPERSEDING = "SELECT op_id FROM operations WHERE sup = ? ORDER BY n DESC LIMIT 1"
_ATTACHED = """
SELECT coalesce(sum(held IS NULL AND broken IS NULL), 0), coalesce(sum(broken IS NOT NULL), 0)
FROM attachments WHERE op_id = ?
"""
_EARLIER = """
SELECT count(*) FROM operations WHERE transfer <> 'answered' AND (terminal <> ?1 OR incarnation <> ?2)
"""


@dataclass(frozen=True)
class Attached:
    to_come: int
    broken: int  # can never be sent


def carried(conn: Connection) -> Mapping[str, str]:
    """By operation without an answer: when it was last written into a bundle that is still out."""
    return {row.op_id: row.made_at for row in conn.exec_driver_sql(_CARRIED)}


def superseding(conn: Connection, op_id: str) -> str | None:
    """The newest operation that corrects it."""
    found: str | None = conn.exec_driver_sql(_SUPERSEDING, (op_id,)).scalar_one_or_none()
    return found


def attached(conn: Connection, op_id: str) -> Attached:
    return Attached(*conn.exec_driver_sql(_ATTACHED, (op_id,)).one())


def of_earlier_lives(conn: Connection, terminal: str, incarnation: int) -> int:
    """How many operations of lives before this one central has not answered."""
    return int(conn.exec_driver_sql(_EARLIER, (terminal, incarnation)).scalar_one())


def at_place(conn: Connection, terminal: str, incarnation: int, seq: int) -> str | None:
    """The operation that has this place in a chain of this terminal's."""
    query = "SELECT op_id FROM operations WHERE terminal = ? AND incarnation = ? AND seq = ?"
    found: str | None = conn.exec_driver_sql(query, (terminal, incarnation, seq)).scalar_one_or_none()
    return found
