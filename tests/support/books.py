"""What a terminal's ledger says of its business, and what central's says of it, in the same shapes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from central import business_tables as business
from central import ledger as central_ledger
from central import rights_tables as rights
from central import tables as central_tables
from central.rights_audit import audit_rights
from kiosk.devices import paper
from kiosk.devices.paper import Line
from kiosk.store.tables import slips, till_moves
from sync import identity
from sync import tables as sync_tables
from sync.wire.keys import PublicKey
from sync.wire.operation import Header


@dataclass(frozen=True)
class Op:
    """`fen` is what moved in the drawer; `outcome` is None while this end has none."""

    op: str
    incarnation: int
    seq: int
    kind: str
    payload_hash: str
    header_hash: str
    link: str
    outcome: str | None
    reason: str | None
    case: str | None
    rev: int
    fen: int
    lease: str | None


@dataclass(frozen=True)
class Lease:
    """`told` is what the single events add up to."""

    id: str
    right: str
    granted: int
    spent: int
    returned: int
    told_spent: int

    @property
    def left(self) -> int:
        return self.granted - self.spent - self.returned


@dataclass(frozen=True)
class Case:
    """`fen` above zero is owed to the customer, below it is to come back."""

    id: str
    number: str
    op: str
    reason: str
    state: str
    rev: int
    fen: int
    coupons: tuple[str, ...]


@dataclass(frozen=True)
class KeptSlip:
    number: str
    op: str | None
    kind: str
    fen: int
    lines: tuple[Line, ...]
    printed: bool


@dataclass(frozen=True)
class TerminalBooks:
    terminal: str
    point: str
    ops: tuple[Op, ...]
    leases: tuple[Lease, ...]
    cases: tuple[Case, ...]
    slips: tuple[KeptSlip, ...]
    till_fen: int


@dataclass(frozen=True)
class CentralBooks:
    """`cases` are those of this terminal and those it was told of; `due` is what the ledger owes by case."""

    ops: tuple[Op, ...]
    leases: tuple[Lease, ...]
    cases: tuple[Case, ...]
    due: Mapping[str, int]
    keys: Mapping[int, PublicKey]  # by incarnation
    till_fen: int
    stands_alone: bool  # no other terminal moves this point's cash
    suspense_fen: int
    faults: tuple[str, ...]  # what does not add up at central by itself


def of_terminal(conn: Connection) -> TerminalBooks:
    here = identity.current(conn)
    assert here is not None, "nothing to compare before enrolment"
    fen = _sums(conn, select(till_moves.c.op_id, func.sum(till_moves.c.fen)).group_by(till_moves.c.op_id))
    ops, told = sync_tables.operations, sync_tables.outcomes
    query = select(ops, told.c.outcome, told.c.reason, told.c.case_id, told.c.rev).outerjoin_from(
        ops, told, ops.c.op_id == told.c.op_id
    )
    mine = query.where(ops.c.terminal == here.terminal).order_by(ops.c.incarnation, ops.c.seq)
    return TerminalBooks(
        terminal=here.terminal,
        point=str(here.point["id"]),
        ops=tuple(
            Op(
                op=row.op_id,
                incarnation=row.incarnation,
                seq=row.seq,
                kind=row.kind,
                payload_hash=(_sha(row.payload) if row.payload is not None else row.payload_hash.hex()),
                header_hash=_sha(row.header),
                link=row.link.hex(),
                outcome=row.outcome,
                reason=row.reason,
                case=row.case_id,
                rev=row.rev or 0,
                fen=fen.get(row.op_id, 0),
                lease=Header.decode(row.header).lease,
            )
            for row in conn.execute(mine)
        ),
        leases=_terminal_leases(conn),
        cases=tuple(
            _case(row, json.loads(row.owes), row.op_id) for row in conn.execute(select(sync_tables.cases))
        ),
        slips=tuple(_slip(row) for row in conn.execute(select(slips).order_by(slips.c.number))),
        till_fen=sum(fen.values()),
    )


def of_central(conn: Connection, terminal: str, known_cases: Iterable[str] = ()) -> CentralBooks:
    who = central_tables.terminals
    point = conn.execute(select(who.c.point).where(who.c.id == terminal)).scalar_one()
    till = central_ledger.till(point)
    fen = _till_moves(conn, till)
    ops = central_tables.operations
    mine = select(ops).where(ops.c.terminal == terminal).order_by(ops.c.incarnation, ops.c.seq)
    cases = business.cases
    theirs = (cases.c.terminal == terminal) | cases.c.id.in_(tuple(known_cases))
    found = tuple(_central_op(row, fen) for row in conn.execute(mine))
    others = set(fen) - {op.op for op in found}
    lives = central_tables.incarnations
    return CentralBooks(
        ops=found,
        leases=_central_leases(conn, terminal),
        cases=tuple(_case(row, row.owes, row.op) for row in conn.execute(select(cases).where(theirs))),
        due={
            account.removeprefix(DUE): -int(total)
            for account, total in _balances(conn).items()
            if account.startswith(DUE)
        },
        keys={
            row.incarnation: PublicKey.from_jwk(row.jwk)
            for row in conn.execute(select(lives).where(lives.c.terminal == terminal))
        },
        till_fen=central_ledger.balance(conn, till),
        stands_alone=not others,
        suspense_fen=central_ledger.balance(conn, central_ledger.suspense(terminal)),
        faults=_faults(conn),
    )


DUE = central_ledger.customer_due("")


def _terminal_leases(conn: Connection) -> tuple[Lease, ...]:
    spends = sync_tables.lease_spends
    told = _sums(conn, select(spends.c.lease, func.sum(spends.c.amount)).group_by(spends.c.lease))
    rows = conn.execute(select(sync_tables.leases).order_by(sync_tables.leases.c.id))
    return tuple(
        Lease(row.id, row.right, row.amount, row.spent, row.returned, told.get(row.id, 0)) for row in rows
    )


def _central_leases(conn: Connection, terminal: str) -> tuple[Lease, ...]:
    events, leases = rights.lease_events, rights.leases
    spent = select(events.c.lease, func.sum(events.c.amount)).where(events.c.what == "spend")
    told = _sums(conn, spent.group_by(events.c.lease))
    rows = conn.execute(select(leases).where(leases.c.terminal == terminal).order_by(leases.c.id))
    return tuple(
        Lease(row.id, row.right, row.amount, row.spent, row.returned, told.get(row.id, 0)) for row in rows
    )


def _central_op(row: Any, fen: Mapping[str, int]) -> Op:
    return Op(
        op=row.op,
        incarnation=row.incarnation,
        seq=row.seq,
        kind=row.kind,
        payload_hash=_sha(row.payload),
        header_hash=_sha(row.header),
        link=bytes(row.link).hex(),
        outcome=row.outcome,
        reason=row.reason,
        case=row.case_id,
        rev=row.rev,
        fen=fen.get(row.op, 0),
        lease=Header.decode(bytes(row.header)).lease,
    )


def _till_moves(conn: Connection, till: str) -> Mapping[str, int]:
    entries, legs = business.ledger_entries, business.ledger_postings
    query = select(entries.c.op, func.sum(legs.c.fen)).join_from(legs, entries)
    return _sums(conn, query.where(legs.c.account == till).group_by(entries.c.op))


def _balances(conn: Connection) -> dict[str, int]:
    legs = business.ledger_postings
    return _sums(conn, select(legs.c.account, func.sum(legs.c.fen)).group_by(legs.c.account))


def _sums(conn: Connection, query: Select[Any]) -> dict[str, int]:
    return {str(name): int(total) for name, total in conn.execute(query)}


def _faults(conn: Connection) -> tuple[str, ...]:
    legs, ops = business.ledger_postings, central_tables.operations
    uneven = select(legs.c.entry).group_by(legs.c.entry).having(func.sum(legs.c.fen) != 0)
    twice = select(ops.c.op).group_by(ops.c.op).having(func.count() > 1)
    total = sum(_balances(conn).values())
    return (
        *(f"central: entry {key} does not sum to zero" for key in conn.execute(uneven).scalars()),
        *(f"central: {op} is there twice" for op in conn.execute(twice).scalars()),
        *((f"central: the ledger sums to {total} fen",) if total else ()),
        *(f"central: {finding}" for finding in audit_rights(conn)),
    )


def _case(row: Any, owes: list[dict[str, Any]], op: str) -> Case:
    cash = [item for item in owes if item["what"] == "cash"]
    fen = sum(item["fen"] if item["to"] == "customer" else -item["fen"] for item in cash)
    coupons = tuple(sorted(item["id"] for item in owes if item["what"] == "coupon"))
    return Case(row.id, row.number, op, row.reason, row.state, row.rev, fen, coupons)


def _slip(row: Any) -> KeptSlip:
    body = json.loads(row.body)
    lines = paper.lines_from_json(body["lines"])
    return KeptSlip(row.number, row.op_id, row.kind, body["cash"], lines, row.printed_at is not None)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
