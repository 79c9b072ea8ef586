"""What billers were told, as the books know it: kept up with the files, which know it first.

A file is written before the books say so, and outlives a database that is restored. Nobody decides about a
payment of a biller before its files are read.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, delete, select, update

from central.bulk import insert_rows
from central.business_tables import PaymentState, billers, payments, told_payments
from central.posted import PostedFiles

_SOME = 500


def catch_up(conn: Connection, files: PostedFiles, biller: str) -> int:
    """The number of the biller's last file. Raises SetupError while one of them cannot be read."""
    here = billers.c.id == biller
    known = int(conn.execute(select(billers.c.told).where(here).with_for_update()).scalar_one())
    last = known
    for number, ops in files.above(biller, known):
        for start in range(0, len(ops), _SOME):
            _told(conn, ops[start : start + _SOME])
        last = number
    if last != known:
        mark(conn, biller, last)
    return last


def mark(conn: Connection, biller: str, number: int) -> None:
    """The books know all up to this file."""
    conn.execute(update(billers).where(billers.c.id == biller).values(told=number))


def is_told(conn: Connection, op: str) -> bool:
    return conn.execute(select(told_payments.c.op).where(told_payments.c.op == op)).first() is not None


def settle(conn: Connection, here: ColumnElement[bool]) -> None:
    """What is posted of these payments stands in a file: it can no longer be reversed."""
    posted = here & (payments.c.state == PaymentState.POSTED)
    conn.execute(update(payments).where(posted).values(state=PaymentState.SETTLED))


def settle_told(conn: Connection, biller: str) -> None:
    """What came again after its file was read is booked, as the file says."""
    mine = select(payments.c.op).where(payments.c.biller == biller)
    told = select(told_payments.c.op).where(told_payments.c.op.in_(mine)).scalar_subquery()
    settle(conn, payments.c.op.in_(told))
    conn.execute(delete(told_payments).where(told_payments.c.op.in_(mine)))


def _told(conn: Connection, ops: Sequence[str]) -> None:
    settle(conn, payments.c.op.in_(ops))
    known = set(conn.execute(select(payments.c.op).where(payments.c.op.in_(ops))).scalars())
    known |= set(conn.execute(select(told_payments.c.op).where(told_payments.c.op.in_(ops))).scalars())
    insert_rows(conn, told_payments, [{"op": op} for op in dict.fromkeys(ops) if op not in known])
