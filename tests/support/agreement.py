"""The promise as a function: everything in which a terminal's ledger, its paper and central differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from central.config import Folder, read_config
from central.database import Database
from kiosk.devices import slip_text
from kiosk.devices.file_printer import UNSAFE, FilePrinter
from kiosk.devices.paper import Slip, SlipKind
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.opening import Folders
from sync.keystore import LEDGER, KeyStore
from tests.support import books, slip_claims
from tests.support.books import Case, CentralBooks, KeptSlip, Lease, Op, TerminalBooks

T = TypeVar("T", Op, Lease, Case)
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class TerminalFiles:
    """A terminal that runs, or does not: its ledger is only read."""

    folders: Folders
    keys: KeyStore
    printer: FilePrinter | None = None


@dataclass(frozen=True)
class Ends:
    here: TerminalBooks
    central: CentralBooks
    paper: tuple[str, ...] = ()  # what differs between printed files and the ledger's slips


def read(terminal: TerminalFiles, central: Path) -> Ends:
    """`central` is central's data folder; both may be running."""
    key = terminal.keys.get(LEDGER)
    assert key is not None, "the terminal was never opened"
    engine = open_engine(Source(terminal.folders.ledger, key, Mode.READ))
    with engine.connect() as conn, conn.begin():
        here = books.of_terminal(conn)
    engine.dispose()
    paper = () if terminal.printer is None else tuple(_paper(here.slips, terminal.printer))
    return Ends(here, _central(central, here), paper)


def differences(terminal: TerminalFiles, central: Path) -> list[str]:
    """Empty once everything is settled and the promise holds."""
    return compare(read(terminal, central))


def compare(ends: Ends) -> list[str]:
    here, there = ends.here, ends.central
    return [
        *there.faults,
        *_ops(here.ops, there.ops),
        *_leases(here.leases, there.leases),
        *_cases(here, there),
        *_slips(here, there),
        *_money(here, there),
        *ends.paper,
    ]


def report(terminal: TerminalFiles, central: Path) -> dict[str, Any]:
    """Both ends side by side, for people and programs to read; `differences` is what `compare` found."""
    ends = read(terminal, central)
    here, there = ends.here, ends.central
    known = {op.op: op for op in there.ops}
    return {
        "terminal": here.terminal,
        "point": here.point,
        "operations": [_op_row(op, known.get(op.op)) for op in here.ops],
        "leases": [_lease_row(*pair) for pair in _pairs(here.leases, there.leases)],
        "cases": [_case_row(*pair, there) for pair in _pairs(here.cases, there.cases)],
        "slips": [_slip_row(slip, known.get(slip.op or "")) for slip in here.slips],
        "till_fen": {"terminal": here.till_fen, "central": there.till_fen},
        "differences": compare(ends),
    }


def _central(folder: Path, here: TerminalBooks) -> CentralBooks:
    database = Database(read_config(Folder(folder)).database_url)
    try:
        with database.reading() as conn:
            return books.of_central(conn, here.terminal, [case.id for case in here.cases])
    finally:
        database.close()


# --- operations, leases, cases -----------------------------------------------------------------------------
def _pairs(ours: Sequence[T], theirs: Sequence[T]) -> Iterator[tuple[T | None, T | None]]:
    left: dict[str, T] = {_key(one): one for one in ours}
    right: dict[str, T] = {_key(one): one for one in theirs}
    for key in dict.fromkeys((*left, *right)):
        yield left.get(key), right.get(key)


def _key(one: Op | Lease | Case) -> str:
    return one.op if isinstance(one, Op) else one.id


def _ops(ours: Sequence[Op], theirs: Sequence[Op]) -> Iterator[str]:
    for here, there in _pairs(ours, theirs):
        if here is None or there is None:
            one = here or there
            assert one is not None
            yield f"{one.kind} {one.op}: only {'at the terminal' if here else 'at central'}"
            continue
        for name in vars(here):
            mine, its = getattr(here, name), getattr(there, name)
            if mine != its:
                yield f"{here.kind} {here.op}: {name} is {mine} here and {its} at central"
    seqs = [(op.incarnation, op.seq) for op in ours]
    if len(set(seqs)) != len(seqs):
        yield "the terminal used a sequence number twice"


def _leases(ours: Sequence[Lease], theirs: Sequence[Lease]) -> Iterator[str]:
    for here, there in _pairs(ours, theirs):
        if here is None or there is None:
            yield f"{here or there}: only {'at the terminal' if here else 'at central'}"
            continue
        for end, lease in (("here", here), ("at central", there)):
            if lease.spent != lease.told_spent:
                yield f"lease {lease.right} {end}: spent {lease.spent}, its spends are {lease.told_spent}"
            if lease.left < 0:
                yield f"lease {lease.right} {end}: {lease.left} left"
        if (here.granted, here.spent, here.returned) != (there.granted, there.spent, there.returned):
            yield f"lease {here.right}: {_counts(here)} here and {_counts(there)} at central"


def _counts(lease: Lease) -> str:
    return f"{lease.granted} = {lease.left} + {lease.spent} + {lease.returned}"


def _cases(here: TerminalBooks, there: CentralBooks) -> Iterator[str]:
    for ours, theirs in _pairs(here.cases, there.cases):
        if ours != theirs:
            yield f"case: {ours} here and {theirs} at central"
    for case in there.cases:
        due = there.due.get(case.id, 0)
        if due != case.fen:
            yield f"case {case.number}: says {case.fen} fen, central's ledger owes {due}"
    cases = {case.id for case in there.cases}
    for op in there.ops:
        if op.outcome == "rejected" and op.fen and op.case not in cases:
            yield f"{op.kind} {op.op}: rejected with {op.fen} fen in the drawer, and no case"


# --- paper and cash ----------------------------------------------------------------------------------------
def _slips(here: TerminalBooks, there: CentralBooks) -> Iterator[str]:
    ops, cases = {op.op: op for op in there.ops}, {case.id: case for case in there.cases}
    for slip in here.slips:
        if slip.op is None:
            continue
        op = ops.get(slip.op)
        if op is None:
            yield f"slip {slip.number}: speaks of {slip.op}, which central never had"
            continue
        yield from slip_claims.faults(slip, op, cases.get(op.case or ""), there.keys[op.incarnation])


def _money(here: TerminalBooks, there: CentralBooks) -> Iterator[str]:
    if here.till_fen != sum(op.fen for op in here.ops):
        yield f"till: {here.till_fen} fen here, its operations moved {sum(op.fen for op in here.ops)}"
    if there.stands_alone and here.till_fen != there.till_fen:
        yield f"till: {here.till_fen} fen here, {there.till_fen} at central"
    if there.suspense_fen:
        yield f"{there.suspense_fen} fen in suspense belong to nobody"


def _paper(slips: Sequence[KeptSlip], printer: FilePrinter) -> Iterator[str]:
    """Every printed text is its slip's, word for word; every slip that is marked printed is on paper."""
    for slip in slips:
        stem = UNSAFE.sub("_", slip.number)
        printed = [*printer.folder.glob(f"{stem}.txt"), *printer.folder.glob(f"{stem}.*.txt")]
        if slip.printed and not printed:
            yield f"slip {slip.number}: marked printed, and there is no paper"
        for path in printed:
            is_copy = path.name.startswith(f"{stem}.copy")
            if path.read_text("utf-8") != _text(slip, printer, is_copy=is_copy):
                yield f"slip {slip.number}: {path.name} says something else than the ledger"


def _text(slip: KeptSlip, printer: FilePrinter, *, is_copy: bool) -> str:
    made = Slip(slip.number, SlipKind(slip.kind), slip.op, NO_DAY, slip.lines, is_copy)
    return "\n".join(slip_text.lines(made, printer.paper.columns, printer.paper.langs)) + "\n"


# --- the report --------------------------------------------------------------------------------------------
def _op_row(here: Op, there: Op | None) -> dict[str, Any]:
    def end(op: Op | None) -> dict[str, Any] | None:
        return (
            None
            if op is None
            else {
                "payload_hash": op.payload_hash,
                "outcome": op.outcome,
                "reason": op.reason,
                "fen": op.fen,
            }
        )

    row = {"op": here.op, "seq": here.seq, "kind": here.kind}
    return row | {"terminal": end(here), "central": end(there)}


def _lease_row(here: Lease | None, there: Lease | None) -> dict[str, Any]:
    def end(lease: Lease | None) -> dict[str, int] | None:
        return (
            None
            if lease is None
            else {
                "granted": lease.granted,
                "left": lease.left,
                "spent": lease.spent,
                "returned": lease.returned,
            }
        )

    one = here or there
    assert one is not None
    return {"lease": one.id, "right": one.right, "terminal": end(here), "central": end(there)}


def _case_row(here: Case | None, there: Case | None, central: CentralBooks) -> dict[str, Any]:
    def end(case: Case | None) -> dict[str, Any] | None:
        if case is None:
            return None
        return {"state": case.state, "owed_fen": case.fen, "owed_coupons": list(case.coupons)}

    one = here or there
    assert one is not None
    row = {"case": one.id, "number": one.number, "op": one.op, "reason": one.reason}
    return row | {"terminal": end(here), "central": end(there), "ledger_due_fen": central.due.get(one.id, 0)}


def _slip_row(slip: KeptSlip, op: Op | None) -> dict[str, Any]:
    said = slip_claims.claim(slip)
    return {
        "slip": slip.number,
        "op": slip.op,
        "title": slip.kind,
        "words_say": None if said is None else said.value,
        "central_says": op and op.outcome,
        "fen": slip.fen,
        "printed": slip.printed,
    }
