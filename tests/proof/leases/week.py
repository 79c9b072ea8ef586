"""A week offline at many terminals, every right, any order of return; central counted at each step."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from central import lease_ends, terminals
from central.config import Folder
from central.database import Database
from central.lease_ends import Remainder
from central.migrations import bring_up
from central.rights_audit import audit_rights
from central.rights_tables import LeaseState as StateThere
from central.rights_tables import lease_serials
from central.rights_tables import leases as leases_table
from central.tables import operations
from sync import outbox
from sync.leases import LeaseState
from sync.outbox import OperationView, State
from sync.wire.answers import Profile
from sync.wire.operation import Header
from tests.central.conftest import COUNTY, Central, Clock, begin, fresh_database
from tests.central.driver import Calls
from tests.central.rights_county import plant_rights
from tests.central.world import plant
from tests.proof.leases.day import DEEDS, Day
from tests.proof.leases.machine import Life, Machine
from tests.support.handlers import HANDLERS

ALLOTTED = ("goods.sell", "right.use", "right.redeem")
POINTS = tuple(f"V-{n}" for n in range(1, 6))


@dataclass
class Week:
    """The county, its machines and one seed; every deed is chosen by it."""

    central: Central
    rng: random.Random
    machines: list[Machine] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    stopped: set[str] = field(default_factory=set)  # leases that a person at central ended
    _blows: int = 0

    def populate(self, count: int) -> None:
        self.machines = [Machine(self.central, POINTS[n % len(POINTS)]) for n in range(count)]

    def close(self) -> None:
        for machine in self.machines:
            machine.close()

    def work(self, machine: Machine, deeds: int) -> None:
        day = Day(self.rng, machine)
        for deed in self.rng.choices([*DEEDS], weights=[*DEEDS.values()], k=deeds):
            self.seen[f"{deed.__name__}{'' if deed(day) else ' (not possible)'}"] += 1
        self.seen["tended"] += machine.tend()

    # --- the line, and what befalls it -----------------------------------------------------------------
    def meet(self, machine: Machine) -> None:
        """One exchange of any of its lives, perhaps with the answer lost, perhaps only a part."""
        life = self.rng.choice(machine.lives)
        lost, most = self.rng.random() < 0.3, self.rng.choice([1, 3, 1000])
        sent = machine.push(life, lost=lost, most=most)
        self.seen["exchange"] += 1
        self.seen["answer lost"] += sent and lost
        if self.rng.random() < 0.5:
            machine.pull()

    def befall(self) -> None:
        """Now and then: a new life on the same disk, a machine that never returns, a lease revoked."""
        machine = self.rng.choice(self.machines)
        self._blows += 1
        match self._blows % 4:
            case 0 | 1 if len(machine.lives) < 3:
                machine.enrol()
                self.seen["new life"] += 1
            case 2:
                machine.gone = True
                self.seen["gone"] += 1
            case _:
                self._revoke(machine)

    def _revoke(self, machine: Machine) -> None:
        live = (leases_table.c.terminal == machine.id) & (leases_table.c.state == StateThere.LIVE)
        found = self.ask(lambda conn: sorted(conn.execute(select(leases_table.c.id).where(live)).scalars()))
        if found:
            lease = self.rng.choice(found)
            self.write(lambda conn: lease_ends.revoke(conn, lease, "theft", self.central.clock()))
            self.stopped.add(lease)
            self.seen["revoked"] += 1

    # --- after the faults ------------------------------------------------------------------------------
    def heal(self) -> None:
        """Everyone who comes back comes back; for the others a person decides."""
        for _ in range(3):
            for machine in self.machines:
                if machine.gone:
                    continue
                for life in machine.lives:
                    while self._unanswered(machine, life):
                        machine.push(life)
                machine.pull()
                machine.tend()
        for machine in self.machines:
            if machine.gone:
                self._close_for(machine)

    def _unanswered(self, machine: Machine, life: Life) -> bool:
        return machine.do(lambda conn: machine.first_unanswered(conn, life)) is not None

    def _close_for(self, machine: Machine) -> None:
        mine = (leases_table.c.terminal == machine.id) & (leases_table.c.state != "closed")
        for lease in self.ask(
            lambda conn: list(conn.execute(select(leases_table.c.id).where(mine)).scalars())
        ):
            self._close_by_hand(lease, self.rng.choice(list(Remainder)))
            self.stopped.add(lease)
            self.seen["closed by hand"] += 1
            self.check()
        machine.gone = False  # and then some of them turn up after all
        for life in machine.lives:
            while self._unanswered(machine, life):
                machine.push(life)
        machine.pull()

    def _close_by_hand(self, lease: str, remainder: Remainder) -> None:
        at = self.central.clock()
        self.write(lambda conn: lease_ends.close_by_hand(conn, lease, remainder, "刘经理", at))

    # --- oracles ---------------------------------------------------------------------------------------
    def ask(self, question: Callable[[Connection], Any]) -> Any:
        with self.central.parts.database.reading() as conn:
            return question(conn)

    def write(self, work: Callable[[Connection], Any]) -> Any:
        return self.central.parts.database.write(work)

    def check(self) -> None:
        """At every step: nothing made, nothing lost, nothing spent above what was reserved."""
        assert self.ask(audit_rights) == []

    def check_end(self) -> None:
        self.check()
        self._each_serial_once()
        for machine in self.machines:
            self._same_on_both_sides(machine)
        self._nothing_refused_that_was_allotted()

    def _each_serial_once(self) -> None:
        query = select(leases_table.c.right, lease_serials.c.serial).join(lease_serials)
        spent = self.ask(lambda conn: conn.execute(query.where(lease_serials.c.what == "spent")).all())
        assert [key for key, n in Counter(map(tuple, spent)).items() if n > 1] == []

    def _same_on_both_sides(self, machine: Machine) -> None:
        for lease in machine.held():
            row = self.ask(
                lambda c, i=lease.id: c.execute(select(leases_table).where(leases_table.c.id == i)).one()
            )
            if lease.id in self.stopped:
                continue  # what came too late is in review, and only the terminal counts it
            assert (lease.spent, lease.returned) == (row.spent, row.returned) or row.state == "closed", lease
            assert (lease.state is LeaseState.CLOSED) == (row.state == "closed"), lease
            frozen = lease.state in (LeaseState.FROZEN, LeaseState.REVOKED)
            assert not frozen, f"{lease.id} was never closed"

    def _nothing_refused_that_was_allotted(self) -> None:
        """What honest terminals did within their leases stands, unless a person had ended the lease."""
        views = [one for machine in self.machines for one in machine.do(_everything)]
        wrong = [one for one in views if one.kind in ALLOTTED and one.state is not State.ACCEPTED]
        stopped = self.ask(lambda conn: _of_stopped(conn, self.stopped))
        assert [one for one in wrong if one.op_id not in stopped] == []
        assert all(one.state is State.REVIEW for one in wrong)


def _everything(conn: Connection) -> list[OperationView]:
    return outbox.recent(conn, limit=100_000)


def _of_stopped(conn: Connection, stopped: set[str]) -> set[str]:
    """Operations that drew on a lease that was ended by hand, and those that rest on them."""
    rows = conn.execute(select(operations.c.op, operations.c.header))
    return {row.op for row in rows if Header.decode(bytes(row.header)).lease in stopped}


def live_through(week: Week, machines: int, deeds: int, exchanges: int) -> None:
    week.populate(machines)
    week.check()
    for day in range(7):
        for machine in week.machines:
            if not machine.gone:
                week.work(machine, deeds)
        week.central.clock.pass_(days=1)
        if day >= 2:
            week.befall()
            week.check()
    for _ in range(exchanges):
        machine = week.rng.choice([one for one in week.machines if not one.gone])
        if week.rng.random() < 0.1:
            week.work(machine, 2)
        week.meet(machine)
        if week.rng.random() < 0.03:
            week.befall()
        week.check()
    week.heal()
    week.check_end()


@contextmanager
def county(folder: Path, seed: int) -> Iterator[Week]:
    clock = Clock()
    with fresh_database(folder) as url:
        database = Database(url)
        bring_up(database)
        parts = begin(database, Folder(folder), HANDLERS, clock)
        calls = Calls(parts)
        with database.writing() as conn:
            records = [
                {"id": point, "place": "511602100001", "name": {"zh": point, "en": point}, "address": "村口"}
                for point in POINTS
            ]
            terminals.add_points(conn, COUNTY, records, [Profile.ASSISTED])
            plant(conn, COUNTY, POINTS, parts.keys.coupons, clock())
            plant_rights(conn, POINTS, (6, 40))
        week = Week(Central(parts, calls, clock), random.Random(seed))
        try:
            yield week
        finally:
            week.close()
            calls.close()
            database.close()
