"""What central decided of single operations, written over what is known of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync import contradicted, leases, lines
from sync.database import touch
from sync.leases import LeaseState
from sync.tables import operations, outcomes
from sync.wire import canon
from sync.wire.answers import Outcome, Result
from sync.wire.kinds import Kind
from sync.wire.operation import Header


@dataclass(frozen=True)
class Applied:
    changed: tuple[str, ...]  # operation ids
    conflicts: tuple[Result, ...]  # contradict what central said before: reported, never applied


def apply_results(conn: Connection, results: Sequence[Result], received_at: str) -> Applied:
    """A lower or equal revision is ignored; a final outcome never changes, whatever the revision.

    One that says otherwise than was said is a conflict, and central is to be shown what it said before.
    """
    if not results:
        return Applied((), ())
    known = _known(conn, results)
    rows: list[dict[str, object]] = []
    conflicts: list[Result] = []
    for result in results:
        here = known.get(result.op)
        if here is None or here.seq != result.seq:
            conflicts.append(result)
        elif _contradicts(here, result):
            conflicts.append(result)
            contradicted.by_result(conn, result)
        elif here.rev is None or (result.rev > here.rev and here.outcome not in _FINAL):
            rows.append(_outcome_row(result, received_at))
            known[result.op] = _Known(result.seq, result.outcome.value, result.rev, result.case)
    if rows:
        lines.put(conn, outcomes, *rows)
        answered = [(row["op_id"],) for row in rows]
        conn.exec_driver_sql("UPDATE operations SET transfer = 'answered' WHERE op_id = ?", answered)
        touch(conn, operations.name)
        _release(conn, [str(row["op_id"]) for row in rows if row["outcome"] == Outcome.REJECTED.value])
        _end(conn, [str(row["op_id"]) for row in rows if row["outcome"] == Outcome.ACCEPTED.value])
    return Applied(tuple(dict.fromkeys(str(row["op_id"]) for row in rows)), tuple(conflicts))


def _release(conn: Connection, rejected: list[str]) -> None:
    """A rejected operation consumed nothing of the lease it names; cash that moved stays with its float."""
    if not rejected:
        return
    columns = operations.c.op_id, operations.c.kind, operations.c.header, operations.c.payload
    for row in conn.execute(select(*columns).where(operations.c.op_id.in_(rejected))).all():
        lease = Header.decode(row.header).lease
        if lease is not None:
            leases.release_spends(conn, lease, row.op_id)
        elif row.kind == Kind.LEASE_RETURN and row.payload is not None:
            said = canon.decode(row.payload)
            leases.take_again(conn, said["lease"], said["amount"], row.op_id)


def _end(conn: Connection, accepted: list[str]) -> None:
    """A lease whose closing statement central took is no more."""
    here = operations.c.op_id.in_(accepted) & (operations.c.kind == Kind.LEASE_CLOSE.value)
    for payload in conn.execute(select(operations.c.payload).where(here)).scalars().all():
        if payload is not None:
            leases.end(conn, canon.decode(payload)["lease"], LeaseState.CLOSED)


_FINAL = (Outcome.ACCEPTED.value, Outcome.REJECTED.value)


@dataclass(frozen=True)
class _Known:
    """Of an operation that was recorded here; all but its place is None before it has an outcome."""

    seq: int
    outcome: str | None
    rev: int | None
    case: str | None


def _contradicts(here: _Known, result: Result) -> bool:
    if here.rev is None or result.rev < here.rev:
        return False
    other = result.outcome.value != here.outcome
    return (other and here.outcome in _FINAL) or (
        result.rev == here.rev and (other or result.case != here.case)
    )


def _known(conn: Connection, results: Sequence[Result]) -> dict[str, _Known]:
    query = (
        select(operations.c.op_id, operations.c.seq, outcomes.c.outcome, outcomes.c.rev, outcomes.c.case_id)
        .outerjoin_from(operations, outcomes, operations.c.op_id == outcomes.c.op_id)
        .where(operations.c.op_id.in_([result.op for result in results]))
    )
    return {row.op_id: _Known(row.seq, row.outcome, row.rev, row.case_id) for row in conn.execute(query)}


def _outcome_row(result: Result, received_at: str) -> dict[str, object]:
    return {
        "op_id": result.op,
        "outcome": result.outcome.value,
        "reason": result.reason,
        "case_id": result.case,
        "rev": result.rev,
        "received_at": received_at,
    }
