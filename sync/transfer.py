"""What the engine does with recorded operations: batches up, results down, erasing after the prune mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from sync import leases, lines
from sync.database import touch
from sync.errors import ChainFork
from sync.outbox import Transfer
from sync.tables import acks, cursors, identity, operations, outcomes
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.operation import Header, Operation, chain_start


@dataclass(frozen=True)
class Chain:
    terminal: str
    incarnation: int


@dataclass(frozen=True)
class Outgoing:
    """Operations in sequence above central's high water, ready to be put into a batch."""

    first_seq: int
    prev: bytes
    seal: bytes | None
    operations: tuple[Operation, ...]

    @property
    def last_seq(self) -> int:
        return self.first_seq + len(self.operations) - 1


@dataclass(frozen=True)
class Applied:
    changed: tuple[str, ...]  # operation ids
    conflicts: tuple[Result, ...]  # contradict what central said before: reported, never applied


_NEXT = (
    "SELECT seq, header, payload, seal FROM operations"
    " WHERE terminal = ? AND incarnation = ? AND seq > ? ORDER BY seq LIMIT ?"
)


def next_batch(
    conn: Connection, chain: Chain, limit: int, max_bytes: int, first_seq: int | None = None
) -> Outgoing:
    """At least one operation if there is any, whatever its size; from above the high water or as asked."""
    key = (chain.terminal, chain.incarnation)
    known = high_water(conn, chain) if first_seq is None else first_seq - 1
    taken: list[Operation] = []
    size, seal = 0, None
    for seq, header, payload, its_seal in conn.exec_driver_sql(_NEXT, (*key, known, limit)):
        assert seq == known + len(taken) + 1, "the outbox has a gap"
        if payload is None:  # pruned: central has it; nothing beyond it is sent again in the same batch
            assert taken, "a payload was pruned before central had it"
            break
        size += len(header) + len(payload) + 2
        if taken and size > max_bytes:
            break
        taken.append(Operation(header, payload))
        seal = its_seal
    return Outgoing(known + 1, chain_at(conn, chain, known), seal, tuple(taken))


_UNANSWERED = (
    "SELECT min(seq) FROM operations WHERE terminal = ? AND incarnation = ? AND transfer <> 'answered'"
)


def first_unanswered(conn: Connection, chain: Chain) -> int | None:
    """The first operation whose outcome, even a provisional one, is not here."""
    found: int | None = conn.exec_driver_sql(_UNANSWERED, (chain.terminal, chain.incarnation)).scalar_one()
    return found


def high_water(conn: Connection, chain: Chain) -> int:
    """The last sequence number that central is known to hold."""
    found: int = conn.exec_driver_sql(
        "SELECT high_water FROM identity WHERE terminal = ? AND incarnation = ?",
        (chain.terminal, chain.incarnation),
    ).scalar_one()
    return found


def last_seq(conn: Connection, chain: Chain) -> int:
    found: int | None = conn.exec_driver_sql(
        "SELECT max(seq) FROM operations WHERE terminal = ? AND incarnation = ?",
        (chain.terminal, chain.incarnation),
    ).scalar_one()
    return found or 0


def chain_at(conn: Connection, chain: Chain, seq: int) -> bytes:
    """Our link at `seq`. Raises ChainFork where we have none: central knows more than this disk."""
    if seq == 0:
        return chain_start(chain.terminal, chain.incarnation)
    link: bytes | None = conn.exec_driver_sql(
        "SELECT link FROM operations WHERE terminal = ? AND incarnation = ? AND seq = ?",
        (chain.terminal, chain.incarnation, seq),
    ).scalar_one_or_none()
    if link is None:
        raise ChainFork(f"central holds {seq}, this disk ends at {last_seq(conn, chain)}")
    return link


def mark_sent(conn: Connection, chain: Chain, first_seq: int, last_seq: int) -> None:
    _mark(conn, chain, first_seq, last_seq, Transfer.SENT)


def mark_unknown(conn: Connection, chain: Chain, first_seq: int, last_seq: int) -> None:
    _mark(conn, chain, first_seq, last_seq, Transfer.UNKNOWN)


def mark_unsent(conn: Connection, chain: Chain, first_seq: int, last_seq: int) -> None:
    _mark(conn, chain, first_seq, last_seq, Transfer.RECORDED)


def mark_lost(conn: Connection, chain: Chain) -> int:
    """At start: what was under way when the program ended is unknown now."""
    changed = conn.exec_driver_sql(
        "UPDATE operations SET transfer = 'unknown'"
        " WHERE transfer <> 'answered' AND transfer = 'sent'"
        " AND terminal = ? AND incarnation = ? AND seq > ?",
        (chain.terminal, chain.incarnation, high_water(conn, chain)),
    ).rowcount
    if changed:
        touch(conn, operations.name)
    return changed


def _mark(conn: Connection, chain: Chain, first_seq: int, last_seq: int, transfer: Transfer) -> None:
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = ? WHERE terminal = ? AND incarnation = ? AND seq BETWEEN ? AND ?"
        " AND transfer <> 'answered'",
        (transfer.value, chain.terminal, chain.incarnation, first_seq, last_seq),
    )
    touch(conn, operations.name)


def settle(conn: Connection, chain: Chain, known: int, link: bytes) -> None:
    """Central says, signed, that it holds everything up to `known`. Raises ChainFork."""
    if chain_at(conn, chain, known) != link:
        raise ChainFork(f"links differ at {known}")
    if known > high_water(conn, chain):
        conn.execute(
            identity.update()
            .where(identity.c.terminal == chain.terminal, identity.c.incarnation == chain.incarnation)
            .values(high_water=known)
        )
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = CASE WHEN seq <= ? THEN 'sent' ELSE 'recorded' END"
        " WHERE transfer <> 'answered' AND transfer IN ('unknown', 'recorded')"  # the first is the index's
        " AND terminal = ? AND incarnation = ? AND (transfer = 'unknown' OR seq <= ?)",
        (known, chain.terminal, chain.incarnation, known),
    )
    touch(conn, operations.name)


def apply_ack(conn: Connection, ack: Ack, token: str, received_at: str) -> Applied:
    """High water, results and the ack itself; its grants are for `leases.apply_grant`. Raises ChainFork."""
    chain = Chain(ack.terminal, ack.incarnation)
    settle(conn, chain, ack.high_water, ack.chain)
    applied = apply_results(conn, ack.results, received_at)
    row = {
        "terminal": ack.terminal,
        "incarnation": ack.incarnation,
        "epoch": ack.epoch,
        "high_water": ack.high_water,
        "chain": ack.chain,
        "prune": ack.prune,
        "server_time": ack.server_time,
        "received_at": received_at,
        "token": token,
    }
    lines.put(conn, acks, row)
    lines.trim(conn)
    return applied


def last_ack(conn: Connection, chain: Chain) -> str | None:
    """The token of the ack with the highest water, the newest of them."""
    query = (
        select(acks.c.token)
        .where(acks.c.terminal == chain.terminal, acks.c.incarnation == chain.incarnation)
        .order_by(acks.c.epoch.desc(), acks.c.high_water.desc(), acks.c.n.desc())
        .limit(1)
    )
    return conn.execute(query).scalar_one_or_none()


def last_ack_at(conn: Connection) -> str | None:
    return conn.execute(select(acks.c.received_at).order_by(acks.c.n.desc()).limit(1)).scalar_one_or_none()


def apply_results(conn: Connection, results: Sequence[Result], received_at: str) -> Applied:
    """A lower or equal revision is ignored; a final outcome never changes, whatever the revision."""
    if not results:
        return Applied((), ())
    known = _known(conn, results)
    rows: list[dict[str, object]] = []
    conflicts: list[Result] = []
    for result in results:
        seq_here, outcome, rev = known.get(result.op, (None, None, None))
        if seq_here != result.seq or (outcome in _FINAL and _contradicts(outcome, rev, result)):
            conflicts.append(result)
        elif rev is None or (result.rev > rev and outcome not in _FINAL):
            rows.append(_outcome_row(result, received_at))
            known[result.op] = (result.seq, result.outcome.value, result.rev)
    if rows:
        lines.put(conn, outcomes, *rows)
        answered = [(row["op_id"],) for row in rows]
        conn.exec_driver_sql("UPDATE operations SET transfer = 'answered' WHERE op_id = ?", answered)
        touch(conn, operations.name)
        _release(conn, [str(row["op_id"]) for row in rows if row["outcome"] == Outcome.REJECTED.value])
    return Applied(tuple(dict.fromkeys(str(row["op_id"]) for row in rows)), tuple(conflicts))


def _release(conn: Connection, rejected: list[str]) -> None:
    """A rejected operation consumed nothing of the lease it names; cash that moved stays with its float."""
    if not rejected:
        return
    query = select(operations.c.op_id, operations.c.header).where(operations.c.op_id.in_(rejected))
    for row in conn.execute(query).all():
        lease = Header.decode(row.header).lease
        if lease is not None:
            leases.release_spends(conn, lease, row.op_id)


_FINAL = (Outcome.ACCEPTED.value, Outcome.REJECTED.value)


def _contradicts(outcome: str | None, rev: int | None, result: Result) -> bool:
    return rev is not None and result.rev >= rev and result.outcome.value != outcome


def _known(
    conn: Connection, results: Sequence[Result]
) -> dict[str, tuple[int | None, str | None, int | None]]:
    query = (
        select(operations.c.op_id, operations.c.seq, outcomes.c.outcome, outcomes.c.rev)
        .outerjoin_from(operations, outcomes, operations.c.op_id == outcomes.c.op_id)
        .where(operations.c.op_id.in_([result.op for result in results]))
    )
    return {row.op_id: (row.seq, row.outcome, row.rev) for row in conn.execute(query)}


def _outcome_row(result: Result, received_at: str) -> dict[str, object]:
    return {
        "op_id": result.op,
        "outcome": result.outcome.value,
        "reason": result.reason,
        "case_id": result.case,
        "rev": result.rev,
        "received_at": received_at,
    }


_PRUNE = """
UPDATE operations SET payload = NULL
WHERE terminal = ? AND incarnation = ? AND seq <= ? AND at < ? AND payload IS NOT NULL
  AND op_id IN (SELECT op_id FROM outcomes WHERE outcome <> 'review')
"""


def prune(conn: Connection, chain: Chain, before: str) -> int:
    """Erases payloads of final operations under central's prune mark and older than `before`; header and hash
    stay. Old acks go with them."""
    key = (chain.terminal, chain.incarnation)
    mark = conn.exec_driver_sql(
        "SELECT coalesce(max(prune), 0) FROM acks WHERE terminal = ? AND incarnation = ?", key
    ).scalar_one()
    erased = conn.exec_driver_sql(_PRUNE, (*key, mark, before)).rowcount
    conn.exec_driver_sql(
        "DELETE FROM acks WHERE n <= (SELECT max(n) FROM acks) - 100 AND high_water <"
        " (SELECT max(high_water) FROM acks WHERE terminal = ? AND incarnation = ?)",
        key,
    )
    if erased:
        touch(conn, operations.name)
    return erased


def cursor(conn: Connection, name: str) -> str | None:
    return conn.execute(select(cursors.c.value).where(cursors.c.name == name)).scalar_one_or_none()


def set_cursor(conn: Connection, name: str, value: str) -> None:
    lines.put(conn, cursors, {"name": name, "value": value})
