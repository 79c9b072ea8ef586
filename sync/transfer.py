"""What the engine does with recorded operations: batches up, results down, erasing after the prune mark."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from sync import lines
from sync.database import touch
from sync.errors import ChainFork, Restored
from sync.outbox import Transfer
from sync.results import Applied, apply_results
from sync.tables import acks, cursors, identity, operations
from sync.wire.answers import Ack
from sync.wire.operation import Operation, chain_start


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

    @property
    def size(self) -> int:
        """Bytes before they are packed."""
        return sum(len(one.header_bytes) + len(one.payload_bytes) + 2 for one in self.operations)


_NEXT = (
    "SELECT seq, header, payload, seal FROM operations"
    " WHERE terminal = ? AND incarnation = ? AND seq > ? ORDER BY seq LIMIT ?"
)


def next_batch(
    conn: Connection, chain: Chain, limit: int, max_bytes: int, first_seq: int | None = None
) -> Outgoing:
    """At least one operation if there is any, whatever its size; from above the high water or as asked.

    None where the payload of the very first was erased: see `evidence.erased_run`.
    """
    key = (chain.terminal, chain.incarnation)
    known = high_water(conn, chain) if first_seq is None else first_seq - 1
    taken: list[Operation] = []
    size, seal = 0, None
    for seq, header, payload, its_seal in conn.exec_driver_sql(_NEXT, (*key, known, limit)):
        assert seq == known + len(taken) + 1, "the outbox has a gap"
        if payload is None:  # pruned: central has it; nothing beyond it is sent again in the same batch
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
    """Our link at `seq`. Raises Restored where this disk does not come so far."""
    if seq == 0:
        return chain_start(chain.terminal, chain.incarnation)
    link: bytes | None = conn.exec_driver_sql(
        "SELECT link FROM operations WHERE terminal = ? AND incarnation = ? AND seq = ?",
        (chain.terminal, chain.incarnation, seq),
    ).scalar_one_or_none()
    if link is None:
        raise Restored(f"central holds {seq}, this disk ends at {last_seq(conn, chain)}")
    return link


def check(conn: Connection, chain: Chain, known: int, link: bytes) -> None:
    """Whether central's chain is ours up to `known`. Raises ChainFork, Restored."""
    if chain_at(conn, chain, known) != link:
        raise ChainFork(f"links differ at {known}")


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
    """Central says, signed, that it holds everything up to `known`. Raises ChainFork, Restored."""
    check(conn, chain, known, link)
    _raise_high_water(conn, chain, known)
    conn.exec_driver_sql(
        "UPDATE operations SET transfer = CASE WHEN seq <= ? THEN 'sent' ELSE 'recorded' END"
        " WHERE transfer <> 'answered' AND transfer IN ('unknown', 'recorded')"  # the first is the index's
        " AND terminal = ? AND incarnation = ? AND (transfer = 'unknown' OR seq <= ?)",
        (known, chain.terminal, chain.incarnation, known),
    )
    touch(conn, operations.name)


_HELD = (
    "UPDATE operations SET transfer = 'sent' WHERE transfer <> 'answered' AND transfer <> 'sent'"
    " AND terminal = ? AND incarnation = ? AND seq <= ?"
)


def _raise_high_water(conn: Connection, chain: Chain, known: int) -> None:
    if known > high_water(conn, chain):
        conn.execute(
            identity.update()
            .where(identity.c.terminal == chain.terminal, identity.c.incarnation == chain.incarnation)
            .values(high_water=known)
        )


def apply_ack(conn: Connection, ack: Ack, token: str, received_at: str) -> Applied:
    """High water, results and the ack itself; its grants are for `leases.apply_grant`. Raises ChainFork."""
    settle(conn, Chain(ack.terminal, ack.incarnation), ack.high_water, ack.chain)
    return _take_results(conn, ack, token, received_at)


def merge_ack(conn: Connection, ack: Ack, token: str, received_at: str) -> Applied:
    """An ack of any age, come by courier: it says what central holds, not what it lacks. Raises ChainFork."""
    chain = Chain(ack.terminal, ack.incarnation)
    check(conn, chain, ack.high_water, ack.chain)
    _raise_high_water(conn, chain, ack.high_water)
    conn.exec_driver_sql(_HELD, (chain.terminal, chain.incarnation, ack.high_water))
    touch(conn, operations.name)
    if conn.execute(select(acks.c.n).where(acks.c.token == token)).first() is not None:
        return Applied((), ())
    return _take_results(conn, ack, token, received_at)


def _take_results(conn: Connection, ack: Ack, token: str, received_at: str) -> Applied:
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


_LAST_ACK = """
SELECT token FROM acks WHERE terminal = ? AND incarnation = ?
ORDER BY epoch DESC, high_water DESC, n DESC LIMIT 1
"""


def last_ack(conn: Connection, chain: Chain) -> str | None:
    """The token of the ack with the highest water, the newest of them."""
    return conn.exec_driver_sql(_LAST_ACK, (chain.terminal, chain.incarnation)).scalar_one_or_none()


def shown(conn: Connection, chain: Chain) -> str | None:
    """What a push shows of the last ack: its receipt if it has one, for an ack is as long as its results."""
    from sync.wire.token import peek  # no start waits for its library

    kept = last_ack(conn, chain)
    receipt = None if kept is None else peek(kept).get("receipt")
    return receipt if isinstance(receipt, str) else kept


def last_ack_at(conn: Connection) -> str | None:
    return conn.execute(select(acks.c.received_at).order_by(acks.c.n.desc()).limit(1)).scalar_one_or_none()


def last_spoken(conn: Connection, terminal: str) -> str | None:
    """When central signed its newest ack, by its own clock."""
    query = select(func.max(acks.c.server_time)).where(acks.c.terminal == terminal)
    found: str | None = conn.execute(query).scalar_one()
    return found


@dataclass(frozen=True)
class Span:
    """A part of a chain: above one place, up to another."""

    above: int = 0
    upto: int = 2**62


WHOLE = Span()

# Not `op_id IN (SELECT ...)`: that would list all outcomes for every span.
_ERASABLE = """
terminal = ? AND incarnation = ? AND seq > ? AND seq <= ? AND at < ? AND payload IS NOT NULL
AND EXISTS (SELECT 1 FROM outcomes WHERE outcomes.op_id = operations.op_id AND outcome <> 'review')
"""
_IS_ERASABLE = f"SELECT EXISTS (SELECT 1 FROM operations WHERE {_ERASABLE})"  # noqa: S608 - constants
_PRUNE = f"UPDATE operations SET payload = NULL WHERE {_ERASABLE}"  # noqa: S608 - constants


_MARK = "SELECT coalesce(max(prune), 0) FROM acks WHERE terminal = ? AND incarnation = ?"


def prune_mark(conn: Connection, chain: Chain) -> int:
    """Up to here central, and every backup it may be restored from, has the chain."""
    mark: int = conn.exec_driver_sql(_MARK, (chain.terminal, chain.incarnation)).scalar_one()
    return mark


def is_erasable(conn: Connection, chain: Chain, before: str, span: Span) -> bool:
    """Whether `prune` would find anything there, were all of it under the mark."""
    key = (chain.terminal, chain.incarnation, span.above, span.upto)
    return bool(conn.exec_driver_sql(_IS_ERASABLE, (*key, before)).scalar_one())


def prune(conn: Connection, chain: Chain, before: str, span: Span = WHOLE) -> int:
    """Erases payloads of final operations under central's prune mark and older than `before`; header and hash
    stay."""
    upto = min(span.upto, prune_mark(conn, chain))
    key = (chain.terminal, chain.incarnation, span.above, upto)
    erased = conn.exec_driver_sql(_PRUNE, (*key, before)).rowcount
    if erased:
        touch(conn, operations.name)
    return erased


_CURSOR = select(cursors.c.value).where(cursors.c.name == bindparam("of"))


def cursor(conn: Connection, name: str) -> str | None:
    return conn.execute(_CURSOR, {"of": name}).scalar_one_or_none()


def set_cursor(conn: Connection, name: str, value: str) -> None:
    lines.put(conn, cursors, {"name": name, "value": value})
