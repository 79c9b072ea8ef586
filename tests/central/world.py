"""A small county at work: billers, goods, a coupon kind, three terminals, and payloads to make with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from central import cases, leases, ledger, packs, pools, prices
from central.business_tables import accounts, billers, bills
from central.database import Database
from central.pools import Allotment, Limits, Unit
from central.rights_audit import Count, audit_rights, count
from central.tables import operations
from sync.wire import token
from sync.wire.answers import Result
from sync.wire.coupon import Coupon, mint
from sync.wire.encoding import instant
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey, keyring
from sync.wire.rights import coupon_right, float_right, stock_right
from sync.wire.token import Typ
from tests.central.driver import Driver

T = TypeVar("T")
KIND = "cp-rice"
FORM_SCHEMA = {
    "type": "object",
    "properties": {"what": {"type": "string", "enum": ["lamp", "road"]}},
    "required": ["what"],
    "additionalProperties": False,
}
BILLER = {"exactness": "exact", "min_fen": 100, "max_fen": 50_000, "step_fen": 1, "stated": True}
LIMITS = Limits(soft_percent=70, max_age_days=7)
VERIFIER = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"


def plant(conn: Connection, county: str, points: tuple[str, ...], key: SigningKey, now: datetime) -> None:
    since = instant(now)
    until = instant(now + timedelta(days=60))
    issuer = {"t": "issuer_key", "id": key.kid, "jwk": key.public.jwk(), "scopes": ["coupon"]}
    kind = {"t": "coupon_kind", "id": KIND, "title": {"zh": "米券", "en": "Rice"}, "face_fen": 1000}
    kind |= {"min_spend_fen": 5000, "scope": {"departments": ["food"]}, "from": since, "to": until}
    form = {"t": "form", "id": "f-fault", "version": 2, "schema": FORM_SCHEMA}
    goods: list[dict[str, Any]] = [
        {"t": "good", "id": name, "title": name, "department": "food", "price_fen": fen, "supplier": "p-farm"}
        for name, fen in (("rice", 3000), ("oil", 8900), ("tea", 1500))
    ]
    packs.put_records(conn, county, [issuer, kind, form, *goods])
    for good in goods:
        prices.publish(conn, good["id"], "p-farm", good["price_fen"], since)
    for name, stock in (("rice", 40), ("oil", 3)):  # tea is made to order
        pools.create(conn, stock_right(name), Unit.PIECE, stock)
    conn.execute(insert(billers).values(id="grid", is_open=True, **BILLER))
    conn.execute(insert(billers).values(id="meter", is_open=True, **{**BILLER, "step_fen": 1000}))
    conn.execute(
        insert(accounts), [{"biller": b, "account": f"A{n}"} for b in ("grid", "meter") for n in range(9)]
    )
    conn.execute(insert(bills), [_bill(n) for n in range(30)])
    pools.create(conn, coupon_right(KIND), Unit.PIECE, 60)
    for n, point in enumerate(points):
        right = float_right(point)
        pools.create(conn, right, Unit.FEN, 1_000_000, LIMITS)
        pools.allot(conn, Allotment(right, point, 200_000, 900_000))
        pools.allot(conn, Allotment(stock_right("rice"), point, 6, 12))
        first = 20 * n + 1
        coupons = Allotment(coupon_right(KIND), point, 8, 20, next_serial=first, last_serial=first + 19)
        pools.allot(conn, coupons)


def _bill(n: int) -> dict[str, Any]:
    return {
        "id": f"bill-{n}",
        "file": "grid/2025-05",
        "biller": "grid",
        "account": f"A{n % 9}",
        "period": "2025-05",
        "amount_fen": 5000 + n,
        "state": "unpaid",
    }


@dataclass
class Desk:
    """One terminal with its drawer; makes payloads and pushes them."""

    driver: Driver
    point: str
    coupon_key: SigningKey

    @property
    def float(self) -> str:
        return self.driver.lease(float_right(self.point))

    def cash(self, fen: int) -> dict[str, Any]:
        return {"fen": fen, "lease": self.float}

    def push(self, kind: str, payload: dict[str, Any], **more: Any) -> Result:
        self.driver.record(kind, payload, **more)
        return self.driver.push().results[-1]

    def bill(self, n: int, fen: int | None = None, **changed: Any) -> dict[str, Any]:
        amount = 5000 + n if fen is None else fen
        month = {"file": "grid/2025-05", "period": "2025-05", "as_of": "2025-06-01T00:00:00Z"}
        account = f"A{n % 9}"
        payload: dict[str, Any] = {"service": "b4", "biller": "grid", "account": account}
        payload |= {
            "params": {"account": account},
            "bill": {**month, "id": f"bill-{n}", "amount_fen": amount},
        }
        payload |= {"amount_fen": amount, "basis": "file", "cash": self.cash(amount)}
        return payload | changed

    def stated(self, account: str, fen: int, biller: str = "grid") -> dict[str, Any]:
        payload = {"service": "b4", "biller": biller, "account": account, "params": {"account": account}}
        return payload | {"amount_fen": fen, "basis": "stated", "cash": self.cash(fen)}

    def order(self, *lines: tuple[str, int, int]) -> dict[str, Any]:
        total = sum(qty * fen for _, qty, fen in lines)
        rows = [
            {"good": good, "title": f"{good} 㮾", "spec": "袋", "qty": qty, "price_fen": fen}
            for good, qty, fen in lines
        ]
        buyer = {"name": "𡓐小满", "phone": "13900000000"}
        fixed = {"service": "m1", "pickup": self.point, "buyer": buyer}
        return {**fixed, "lines": rows, "total_fen": total, "cash": self.cash(total)}

    def sale(self, good: str, qty: int, fen: int) -> dict[str, Any]:
        fixed = {"service": "m1", "good": good, "title": good, "spec": "袋"}
        return {**fixed, "qty": qty, "price_fen": fen, "total_fen": qty * fen, "cash": self.cash(qty * fen)}

    @property
    def grants(self) -> list[Grant]:
        ring = keyring(self.driver.calls.parts.keys.answers.public)
        return [Grant.parse(token.verify(text, ring, Typ.GRANT)) for text in self.driver.enrolment.grants]

    @property
    def serial(self) -> int:
        """The first of the coupons leased to this terminal."""
        grants = self.grants
        return int(next(g.detail["first"] for g in grants if g.right == coupon_right(KIND)))

    def token(self, serial: int, exp: str = "2025-07-03T00:00:00Z", key: SigningKey | None = None) -> str:
        coupon = Coupon(f"{KIND}/{serial}", KIND, self.point, serial, exp)
        return mint(key or self.coupon_key, coupon)

    def redeem(self, order: str, serial: int, **changed: Any) -> dict[str, Any]:
        payload = {"service": "r1", "coupon": f"{KIND}/{serial}", "kind": KIND, "token": self.token(serial)}
        return payload | {"order": order, "value_fen": 1000, "cash": self.cash(-1000)} | changed

    def redeemed(self, order: str, serial: int, **changed: Any) -> Result:
        lease = self.driver.lease(coupon_right(KIND))
        return self.push("right.redeem", self.redeem(order, serial, **changed), dep=order, lease=lease)

    def close(self, case: str, fen: int, returned: tuple[str, ...] = ()) -> dict[str, Any]:
        payload = {"case": case, "resolution": "cash-back", "receiver": "𡓐小满", "copy": "S-1"}
        return {**payload, "cash": self.cash(fen), "returned": list(returned)}

    def reversal(self, target: str, fen: int) -> dict[str, Any]:
        return {"target": target, "reason": "顾客改主意", "cash": self.cash(fen)}


@dataclass(frozen=True)
class World:
    """The county, its terminals, and what can be asked of central's books."""

    a: Desk
    b: Desk
    staff: Desk
    database: Database

    @property
    def desks(self) -> tuple[Desk, Desk, Desk]:
        return self.a, self.b, self.staff

    def ask(self, question: Callable[[Connection], T]) -> T:
        with self.database.reading() as conn:
            return question(conn)

    def do(self, work: Callable[[Connection], T]) -> T:
        return self.database.write(work)

    def balance(self, account: str) -> int:
        return self.ask(lambda conn: ledger.balance(conn, account))

    def books(self) -> dict[str, int]:
        return self.ask(ledger.trial_balance)

    def case(self, case: str | None) -> dict[str, Any]:
        assert case is not None
        row = self.ask(lambda conn: cases.find(conn, case))
        assert row is not None
        return cases.as_dict(row)

    def open_cases(self) -> list[dict[str, Any]]:
        return self.ask(lambda conn: cases.county_cases(conn, self.a.driver.enrolment.county))

    def right(self, right: str) -> Count:
        return next(one for one in self.ask(count) if one.right == right)

    def lease(self, lease: str) -> Any:
        return self.ask(lambda conn: leases.find(conn, lease))

    def outcome(self, op: str) -> tuple[str, str | None, int]:
        query = select(operations.c.outcome, operations.c.reason, operations.c.rev)
        row = self.ask(lambda conn: conn.execute(query.where(operations.c.op == op)).one())
        return row.outcome, row.reason, row.rev

    def check(self) -> None:
        """What holds at any moment."""
        assert self.ask(audit_rights) == []
        assert sum(self.books().values()) == 0
