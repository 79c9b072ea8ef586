"""Whatever three terminals do, in whatever order: the books balance and nobody's money is forgotten."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, select

from central import cases, ledger, migrations, partner
from central.business_tables import bills, payments
from central.business_tables import cases as cases_table
from central.config import Folder
from central.database import Database
from central.errors import SetupError
from central.tables import operations
from sync.wire.answers import Outcome
from sync.wire.keys import SigningKey
from sync.wire.operation import Operation
from tests.central.conftest import Central, Clock, begin, fresh_database, open_world
from tests.central.driver import Calls
from tests.central.world import KIND, Desk, World
from tests.support.handlers import HANDLERS

FORGER = SigningKey.generate()


@dataclass(frozen=True)
class Step:
    desk: int
    what: str
    n: int
    m: int
    push: bool


WHATS = (
    *("bill", "bill-wrong", "stated", "elsewhere", "future", "order", "redeem", "redeem-forged", "sell"),
    *("close", "close-wrong", "reverse", "reverse-wrong", "request", "return", "shop", "bill-and-back"),
)
TOGETHER = {"shop": ("order", "redeem"), "bill-and-back": ("bill", "reverse")}
STEPS = st.builds(
    Step, st.integers(0, 2), st.sampled_from(WHATS), st.integers(0, 3), st.integers(1, 4), st.booleans()
)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEPS, min_size=5, max_size=35))
def test_the_books_of_any_day_balance(steps: list[Step]) -> None:
    with _world() as world:
        day = Day(world)
        for step in steps:
            day.take(step)
        for desk in world.desks:
            day.push(desk)
        day.check()
        day.close_everything()
        day.check()
        assert world.open_cases() == []
        assert {row.outcome for row in day.rows()} <= {"accepted", "rejected"}
        assert not [name for name in world.books() if name.startswith("customer-due:")]


@contextmanager
def _world() -> Iterator[World]:
    clock = Clock()
    with tempfile.TemporaryDirectory() as name, fresh_database(Path(name)) as url:
        database = Database(url)
        migrations.bring_up(database)
        parts = begin(database, Folder(Path(name)), HANDLERS, clock)
        calls = Calls(parts)
        try:
            yield open_world(Central(parts, calls, clock), clock)
        finally:
            calls.close()
            database.close()


@dataclass
class Day:
    """Plays steps, and remembers only what terminals know."""

    world: World
    orders: dict[int, str] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        desk = self.world.desks[step.desk]
        if step.what == "elsewhere":
            self._elsewhere(step.n)
        elif step.what in ("close", "close-wrong"):
            self._close(desk, step)
        else:
            for what in TOGETHER.get(step.what, (step.what,)):
                self._record(desk, what, step)
        if step.push:
            self.push(desk)
            self.world.check()

    def _record(self, desk: Desk, what: str, step: Step) -> None:
        made = getattr(self, "_" + what.replace("-", "_"))(desk, step)
        if made is not None:
            kind, payload, more = made
            header = desk.driver.record(kind, payload, **more)
            if kind == "order.place":
                self.orders[step.desk] = header.op

    def push(self, desk: Desk) -> None:
        if desk.driver.acked < len(desk.driver.recorded):
            desk.driver.push()

    def rows(self) -> list[Row[Any]]:
        return self.world.ask(lambda conn: list(conn.execute(select(operations))))

    def check(self) -> None:
        self.world.check()
        rows = self.rows()
        recorded = [one.header.op for desk in self.world.desks for one in desk.driver.recorded]
        assert sorted(row.op for row in rows) == sorted(recorded)  # each exactly once
        self._check_cash(rows)
        self._check_cases(rows)
        self._check_bills()

    def _check_cash(self, rows: list[Row[Any]]) -> None:
        tills: Counter[str] = Counter()
        floats: Counter[str] = Counter()
        points = {desk.driver.id: desk for desk in self.world.desks}
        for row in rows:
            cash = Operation(row.header, row.payload).payload.get("cash") or {"fen": 0}
            tills[ledger.till(points[row.terminal].point)] += cash["fen"]
            floats[points[row.terminal].float] += cash["fen"]
        books = self.world.books()
        assert {name: fen for name, fen in tills.items() if fen} == {
            name: fen for name, fen in books.items() if name.startswith("till:")
        }
        assert not [name for name in books if name.startswith("suspense:")]
        for lease, spent in floats.items():
            assert self.world.lease(lease).spent == spent

    def _check_cases(self, rows: list[Row[Any]]) -> None:
        found = {row.id: row for row in self.world.ask(lambda c: list(c.execute(select(cases_table))))}
        for row in rows:
            moved = Operation(row.header, row.payload).payload.get("cash")
            if row.outcome != "accepted" and moved and moved["fen"]:
                assert row.case_id in found, f"{row.kind} {row.reason} without a case"
            if row.outcome == "review":
                assert found[row.case_id].state == "open"
        for case in found.values():
            due = self.world.balance(ledger.customer_due(case.id))
            cash = [one for one in case.owes if one["what"] == "cash"]
            owed = sum(one["fen"] if one["to"] == "central" else -one["fen"] for one in cash)
            assert due == owed
            assert case.state == "open" or not case.owes

    def _check_bills(self) -> None:
        paid = self.world.ask(lambda c: list(c.execute(select(payments).where(payments.c.state == "posted"))))
        assert self.world.balance(ledger.partner("grid")) == -sum(one.amount_fen for one in paid)
        marked = self.world.ask(lambda c: list(c.execute(select(bills).where(bills.c.state == "paid"))))
        assert {row.paid_op for row in marked} == {row.op for row in paid if row.bill}

    def close_everything(self) -> None:
        """The branch gives back all that is owed; what is owed to central it writes off."""
        staff = self.world.staff
        for case in self.world.open_cases():
            fen = sum(one["fen"] for one in case["owes"] if one["what"] == "cash" and one["to"] == "customer")
            coupons = tuple(one["id"] for one in case["owes"] if one["what"] == "coupon")
            writes_off = any(one["to"] == "central" for one in case["owes"])
            payload = staff.close(case["case"], -fen, () if writes_off else coupons)
            assert staff.push("case.close", payload).outcome is Outcome.ACCEPTED, case

    def _elsewhere(self, n: int) -> None:
        def pay(conn: Any) -> None:
            try:
                partner.pay_bill(conn, f"bill-{n}", Clock().now)
            except SetupError:
                return  # somebody was faster

        self.world.do(pay)

    def _bill(self, desk: Desk, step: Step) -> Any:
        return "bill.pay", desk.bill(step.n), {}

    def _bill_wrong(self, desk: Desk, step: Step) -> Any:
        return "bill.pay", desk.bill(step.n, 4000 + step.m), {}

    def _future(self, desk: Desk, step: Step) -> Any:
        return "bill.pay", desk.bill(step.n), {"sv": 2}

    def _stated(self, desk: Desk, step: Step) -> Any:
        return "bill.pay", desk.stated(f"A{step.n * 4}", 1000 * step.m), {}

    def _order(self, desk: Desk, step: Step) -> Any:
        good, fen = (("rice", 3000), ("oil", 8900), ("tea", 1500), ("gold", 9))[step.n]
        return "order.place", desk.order((good, step.m, fen), ("rice", 1, 3000)), {}

    def _sell(self, desk: Desk, step: Step) -> Any:
        return "goods.sell", desk.sale("rice", step.m, 3000), {"lease": desk.driver.lease("stock:rice")}

    def _redeem(self, desk: Desk, step: Step, key: SigningKey | None = None) -> Any:
        order = self.orders.get(self.world.desks.index(desk))
        if order is None:
            return None
        serial = desk.serial + step.n
        payload = desk.redeem(order, serial, token=desk.token(serial, key=key))
        return "right.redeem", payload, {"dep": order, "lease": desk.driver.lease(f"coupon:{KIND}")}

    def _redeem_forged(self, desk: Desk, step: Step) -> Any:
        return self._redeem(desk, step, FORGER)

    def _request(self, desk: Desk, step: Step) -> Any:
        right = ("stock:rice", f"float:{desk.point}", f"coupon:{KIND}", "stock:oil")[step.n]
        return "lease.request", {"right": right, "amount": step.m}, {}

    def _return(self, desk: Desk, step: Step) -> Any:
        return "lease.return", {"lease": desk.driver.lease("stock:rice"), "amount": step.m}, {}

    def _reverse(self, desk: Desk, step: Step, off: int = 0) -> Any:
        if not desk.driver.recorded:
            return None
        back = 1 if step.what == "bill-and-back" else min(step.m, len(desk.driver.recorded))
        target = desk.driver.recorded[-back]
        fen = -(target.payload.get("cash") or {"fen": 0})["fen"] + off
        more = {"dep": target.header.op} if step.n == 0 else {}
        return "operation.reverse", desk.reversal(target.header.op, fen), more

    def _reverse_wrong(self, desk: Desk, step: Step) -> Any:
        return self._reverse(desk, step, 7)

    def _close(self, desk: Desk, step: Step) -> None:
        seen = [one for one in self.world.open_cases() if one["terminal"] == desk.driver.id or step.n == 0]
        if not seen:
            return
        case = seen[step.m % len(seen)]
        fen = self.world.ask(lambda conn: cases.due(conn, case["case"]))
        coupons = tuple(one["id"] for one in case["owes"] if one["what"] == "coupon")
        wrong = -7 if step.what == "close-wrong" else 0
        desk.driver.record("case.close", desk.close(case["case"], fen + wrong, coupons))
