"""What central may keep beside what: links of a chain, followers of what was refused, grants."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from sync.wire.operation import chain_link, chain_start


def faults(conn: Connection) -> Iterator[str]:
    yield from _chains(conn)
    yield from _followers(conn)
    yield from _corrections(conn)
    yield from _forgotten(conn)
    yield from _grants(conn)


def _chains(conn: Connection) -> Iterator[str]:
    """4, 9: what central holds is one chain a life, without a gap."""
    order = "SELECT terminal, incarnation, seq, header, payload, link FROM operations ORDER BY 1, 2, 3"
    life, last, link = None, 0, b""
    for terminal, incarnation, seq, header, payload, its_link in conn.exec_driver_sql(order):
        if (terminal, incarnation) != life:
            life, last, link = (terminal, incarnation), 0, chain_start(terminal, incarnation)
        if seq != last + 1:
            yield f"2 chain: {terminal}/{incarnation} has {seq} after {last}"
        if header and payload and bytes(its_link) != chain_link(link, bytes(header), bytes(payload)):
            yield f"4 chain: {terminal}/{incarnation} is broken at {seq}"
        last, link = seq, bytes(its_link)


def _followers(conn: Connection) -> Iterator[str]:
    """What rests on something refused may not have happened."""
    found = conn.exec_driver_sql(
        "SELECT o.kind, o.op, p.kind FROM operations o JOIN operations p ON p.op = o.dep"
        " WHERE o.outcome = 'accepted' AND p.outcome = 'rejected' AND p.terminal = o.terminal"
    )
    for kind, op, parent in found:
        yield f"2 follows: {kind} {op} was accepted, and the {parent} that it rests on was rejected"


def _corrections(conn: Connection) -> Iterator[str]:
    """4: a correction stands only for what was finally rejected, and only once."""
    standing = conn.exec_driver_sql(
        "SELECT o.op, o.sup, f.outcome, (SELECT count(*) FROM operations t WHERE t.sup = o.sup"
        " AND t.outcome = 'accepted') FROM operations o JOIN operations f ON f.op = o.sup"
        " WHERE o.outcome = 'accepted'"
    )
    for op, first, outcome, times in standing:
        if outcome != "rejected":
            yield f"4 corrects: {op} was accepted in the place of {first}, which is {outcome}"
        if times > 1:
            yield f"4 corrects: {first} was corrected {times} times"


def _forgotten(conn: Connection) -> Iterator[str]:
    """2: what waits for a person is with a case that a person sees."""
    for table in ("operations", "forked_operations"):
        found = conn.exec_driver_sql(
            f"SELECT o.kind, o.op, c.state FROM {table} o LEFT JOIN cases c ON c.id = o.case_id"
            " WHERE o.outcome = 'review' AND coalesce(c.state, '') <> 'open'"
        )
        for kind, op, state in found:
            yield f"2 waits: {kind} {op} is under review, and its case is {state}"


def _grants(conn: Connection) -> Iterator[str]:
    """5: nothing is granted that is not there, above what a point may hold, or before all are heard."""
    for right, available in conn.exec_driver_sql("SELECT right, available FROM pools WHERE available < 0"):
        yield f"5 rights: the pool of {right} stands at {available}"
    held = conn.exec_driver_sql(
        "SELECT a.right, a.point, a.ceiling, sum(l.amount - l.returned - l.written_off) FROM allotments a"
        " JOIN leases l ON l.right = a.right AND l.point = a.point WHERE a.right LIKE 'float:%'"
        " GROUP BY a.right, a.point, a.ceiling"
        " HAVING sum(l.amount - l.returned - l.written_off) > a.ceiling"
    )
    for right, point, ceiling, much in held:
        yield f"5 rights: {point} holds {much} of {right}, and may hold {ceiling}"


def granted_early(conn: Connection) -> Iterator[str]:
    """5: asked while central is reconciling."""
    early = conn.exec_driver_sql(
        "SELECT o.op FROM operations o JOIN central_state s ON o.received_at > s.risen_at"  # whole seconds
        " WHERE s.reconciling_since IS NOT NULL AND o.kind = 'lease.request' AND o.outcome = 'accepted'"
        " AND NOT EXISTS (SELECT 1 FROM told_results t WHERE t.op = o.op AND t.seq = o.seq)"
    )
    for (op,) in early:
        yield f"5 rights: {op} was granted while central did not know what it had given"
