"""The invariants of the design, asked of every ledger, journal and paper and of central after a schedule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from central.rights_audit import audit_rights
from sync.errors import DiskFailing, DiskFull
from sync.journal import records
from sync.keystore import JOURNAL
from sync.lines import read as read_line
from sync.wire.slipcode import SlipCode
from tests.proof.sim import following, trust
from tests.proof.sim.central import reading
from tests.proof.sim.machine import Machine
from tests.proof.sim.settled import settled, state_of
from tests.support import agreement, books
from tests.support.agreement import Ends

if TYPE_CHECKING:
    from tests.proof.sim.schedule import Village
    from tests.proof.sim.world import World

FINAL = ("accepted", "rejected")


class History:
    """Every outcome that stood in a terminal's ledger: a final one never changes."""

    def __init__(self) -> None:
        self.machines: list[Machine] = []
        self.finals: dict[str, str] = {}
        self.changed: list[str] = []
        self.put_back: set[str] = set()  # machines whose disk may be of before a decision

    def watch(self, machine: Machine) -> None:
        self.machines.append(machine)

    def went_back(self, machine: Machine) -> None:
        self.put_back.add(machine.name)

    def look(self, machine: Machine) -> None:
        for op, outcome in _outcomes(machine):
            before = self.finals.get(op)
            is_younger = machine.name in self.put_back and outcome not in FINAL
            if before is not None and before != outcome and not is_younger:
                self.changed.append(f"2 final: {op} was {before}, is {outcome} at {machine.name}")
            if outcome in FINAL:
                self.finals[op] = outcome

    def forget(self, world: World) -> None:
        """What neither central nor any disk remembers, after one of them went back, may be decided anew."""
        there = [machine for machine in world.machines.values() if not machine.retired]
        known = {op for machine in there for op, said in _outcomes(machine) if said in FINAL}
        final = "SELECT op FROM operations WHERE outcome <> 'review'"
        known |= {op for (op,) in world.central.file.raw.execute(final)}
        self.finals = {op: outcome for op, outcome in self.finals.items() if op in known}


def _outcomes(machine: Machine) -> list[tuple[str, str]]:
    if not machine.folders.ledger.exists() or machine.ledger.damaged:
        return []
    if machine.ledger.raw.execute("PRAGMA user_version").fetchone()[0] == 0:
        return []  # a power cut before the file that takes a lost one's place had its tables
    return machine.ledger.raw.execute("SELECT op_id, outcome FROM outcomes").fetchall()


def check(village: Village, needed: dict[str, int]) -> list[str]:
    world = village.world
    found = list(village.history.changed)
    for machine in village.machines:
        found += [f"{machine.name}: {fault}" for fault in _converged(village, machine, needed)]
        village.history.look(machine)
    found += village.history.changed
    for machine in world.machines.values():
        found += [f"{machine.name}: {line}" for line in machine.reports if _is_bug(line)]
        if machine.folders.ledger.exists() and not machine.ledger.damaged:
            world.seen["reached: payload erased"] += trust.erased(machine)
    with reading(world.central) as conn:
        found += _central(conn)
        found += _told(village, conn)
        for machine in village.machines:
            if settled(machine, world.central):
                compare = _nothing_dropped if machine.name in village.tainted else _agree
                found += [f"{machine.name}: {fault}" for fault in compare(machine, conn)]
                found += [f"{machine.name}: {fault}" for fault in _journal(machine)]
                found += [f"{machine.name}: {fault}" for fault in trust.faults(machine, world.central)]
    return list(dict.fromkeys(found))


def _converged(village: Village, machine: Machine, needed: dict[str, int]) -> Iterator[str]:
    if not settled(machine, village.world.central):
        terminal = machine.terminal
        status = terminal.line.status if terminal else None
        yield f"8 convergence: not settled, {state_of(machine)} {status}"
        return
    (operations,) = machine.ledger.raw.execute("SELECT count(*) FROM operations").fetchone()
    asked = needed.get(machine.name, 0)
    if asked > 60 + 2 * operations:
        yield f"8 convergence: took {asked} exchanges for {operations} operations"


def _told(village: Village, conn: Connection) -> Iterator[str]:
    """1: what a person was told is on the disk; 4: and is what central has, as the paper's code says."""
    for told in village.told:
        code = SlipCode.parse(told.slip_code)
        row = conn.exec_driver_sql(
            "SELECT link FROM operations WHERE terminal = ? AND incarnation = ? AND seq = ?",
            (code.terminal, code.incarnation, code.seq),
        ).one_or_none()
        if told.machine in village.tainted:
            continue
        if row is None:
            yield f"1 durable: {told.op_id} was told at {told.machine}, central never had it"
        elif bytes(row.link) != code.link:
            yield f"4 unchanged: {told.op_id} is not what the paper says"
        machine = village.world.machines[told.machine]
        here = machine.ledger.raw.execute(
            "SELECT link FROM operations WHERE op_id = ?", (told.op_id,)
        ).fetchone()
        if here is None:
            yield f"1 durable: {told.op_id} was told at {told.machine} and is not on its disk"
        elif bytes(here[0]) != code.link:
            yield f"4 unchanged: {told.op_id} differs from its paper on its own disk"


def _central(conn: Connection) -> Iterator[str]:
    ask = conn.exec_driver_sql
    for entry, fen in ask("SELECT entry, sum(fen) FROM ledger_postings GROUP BY entry HAVING sum(fen) <> 0"):
        yield f"7 money: entry {entry} sums to {fen}"
    for finding in audit_rights(conn):
        yield f"5 rights: {finding}"
    yield from effects(ask)
    for op, count in ask("SELECT op, count(*) FROM operations GROUP BY op HAVING count(*) > 1"):
        same = ask(
            "SELECT count(*) FROM operations WHERE op = ? AND outcome = 'accepted'", (op,)
        ).scalar_one()
        if same > 1:
            yield f"9 twins: {op} is there {count} times, accepted {same} times"
    yield from _money_cases(conn)
    yield from following.faults(conn)
    allotted = ask(
        "SELECT op, kind, reason FROM operations WHERE outcome = 'rejected' AND rev = 1"
        " AND kind IN ('goods.sell', 'right.redeem') AND instr(header, '\"lease\":')"
        " AND reason NOT IN ('payload-invalid', 'amount-mismatch')"
    )
    for op, kind, reason in allotted:
        yield f"13 allotted: {kind} {op} was rejected at once: {reason}"


def effects(ask: Callable[[str, tuple[str]], Any]) -> Iterator[str]:
    """3: true between any two exchanges, not only at the end."""
    for kind, effect in EFFECTS.items():
        wrong = ask(
            f"SELECT op, outcome FROM operations o WHERE kind = ? AND (outcome = 'accepted') <>"
            f" EXISTS (SELECT 1 FROM {effect}) AND NOT ({BORNE})",
            (kind,),
        )
        for op, outcome in wrong.fetchall():
            yield f"3 effect: {kind} {op} is {outcome}, its effect says otherwise"


def _is_bug(report: str) -> bool:
    """The engine's last frame caught what no other expects; a disk that fails there is the world's."""
    return report.startswith("fault:") and not any(
        kind.__name__ in report for kind in (DiskFull, DiskFailing)
    )


# Told by a central that lost it: what cannot be done any more, or was done under another word since, is a
# loss, and a person is told of each.
BORNE = (
    "(json_extract(facts, '$.told') AND outcome = 'accepted'"
    " OR json_extract(facts, '$.contradicted') IS NOT NULL)"
    " AND EXISTS (SELECT 1 FROM cases n WHERE n.op = o.op AND n.reason = 'central-restored')"
)
EFFECTS = {
    "bill.pay": "payments p WHERE p.op = o.op",
    "order.place": "orders p WHERE p.op = o.op",
    "operation.reverse": "reversals p WHERE p.op = o.op",
    "callback.request": "callbacks p WHERE p.op = o.op",
    # After a loss another terminal may show it before this one shows the outcome that came with it.
    "sim.choke": "operators p WHERE p.id = o.op"
    " AND (o.outcome <> 'review' OR (SELECT epoch FROM central_state) = 1)",
    "goods.sell": "sales p WHERE p.op = o.op AND p.state <> 'breach'",
    "right.redeem": "redemptions p WHERE p.op = o.op AND p.state NOT IN ('held', 'released')"
    " AND (p.state <> 'lost' OR o.outcome <> 'review')",
    "case.close": "cases p WHERE p.closed_by = o.op",
}


def _money_cases(conn: Connection) -> Iterator[str]:
    rejected = conn.exec_driver_sql(
        "SELECT o.op, o.kind, o.payload, c.state, c.id"
        " FROM operations o LEFT JOIN cases c ON c.id = o.case_id"
        " WHERE o.outcome = 'rejected'"
    )
    for op, kind, payload, state, case in rejected:
        fen = _cash(payload)
        if not fen or state == "open":
            continue
        if case is None:
            yield f"10 owed: {kind} {op} was rejected with {fen} fen and no case"
    due = conn.exec_driver_sql(
        "SELECT account, sum(fen) FROM ledger_postings WHERE account LIKE '%due%' GROUP BY account"
        " HAVING sum(fen) <> 0"
    )
    open_cases = {row[0] for row in conn.exec_driver_sql("SELECT id FROM cases WHERE state = 'open'")}
    for account, fen in due:
        case = account.removeprefix(books.DUE)
        if case not in open_cases:
            yield f"10 owed: {account} stands at {fen} fen and its case is closed"


def _cash(payload: Any) -> int:
    from central.handlers.base import cash_of
    from sync.wire import canon

    return cash_of(canon.decode_object(bytes(payload)))


def _agree(machine: Machine, conn: Connection) -> Iterator[str]:
    here = machine.peek(books.of_terminal)
    there = books.of_central(conn, here.terminal, [case.id for case in here.cases])
    ended = {row[0] for row in machine.ledger.raw.execute("SELECT id FROM leases WHERE state = 'closed'")}
    spent = {lease.id: lease.spent for lease in there.leases}
    known = [row[0] for row in machine.ledger.raw.execute("SELECT incarnation FROM identity")]
    marks = ",".join(map(str, known))
    strange = conn.exec_driver_sql(
        f"SELECT id FROM leases WHERE terminal = ? AND spent = 0 AND incarnation NOT IN ({marks})",
        (here.terminal,),
    )  # granted to a life whose enrolment was answered in vain
    ended |= set(strange.scalars())
    for lease in here.leases:  # what was left of an ended one is central's again, and only central's
        there_spent = spent.get(lease.id)
        if lease.id in ended and lease.spent != there_spent:
            yield f"5 rights: closed lease {lease.right} spent {lease.spent} here, {there_spent} there"
    here = replace(here, leases=tuple(one for one in here.leases if one.id not in ended))
    there = replace(there, leases=tuple(one for one in there.leases if one.id not in ended))
    for difference in agreement.compare(Ends(here, there)):
        yield f"2 agreement: {difference}"


def _nothing_dropped(machine: Machine, conn: Connection) -> Iterator[str]:
    """A disk put back, or one with a twin: all it holds is at central, in the chain or as a fork."""
    here = "SELECT op_id, terminal, incarnation, seq, link FROM operations"
    for op, *place, link in machine.ledger.raw.execute(here).fetchall():
        for table in ("operations", "forked_operations"):
            found = conn.exec_driver_sql(
                f"SELECT link FROM {table} WHERE terminal = ? AND incarnation = ? AND seq = ?", tuple(place)
            )
            if any(bytes(one) == link for one in found.scalars()):
                break
        else:
            yield f"2 outcome: {op} is on the disk and nowhere at central"


def _journal(machine: Machine) -> Iterator[str]:
    """1: the journal by itself tells of every operation and outcome that the ledger has."""
    key = machine.keys.get(JOURNAL)
    assert key is not None
    ops: set[str] = set()
    last = 0
    for n, line in records(machine.folders.journal, key):
        last = n
        ops |= {told["header"] for told in read_line(line) if told["t"] == "op"}
    (newest,) = machine.ledger.raw.execute("SELECT coalesce(max(n), 0) FROM journal_lines").fetchone()
    if newest != last:
        yield f"1 journal: ends at {last}, the ledger at {newest}"
    for (header,) in machine.ledger.raw.execute("SELECT header FROM operations").fetchall():
        if header.decode() not in ops and not machine.rewritten:
            yield f"1 journal: does not know {header.decode()[:80]}"
