"""What people do at a machine: real operations of many kinds, recorded as the services record them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select

from kiosk.store.tables import till_moves
from kiosk.terminal import Terminal
from sync import leases, lines, outbox
from sync.errors import NotSuperseding
from sync.outbox import NewOperation, OperationView, Recorded, State
from sync.tables import cases
from sync.wire.answers import Profile
from sync.wire.coupon import Coupon, mint
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from sync.wire.operation import Header
from tests.central.world import KIND
from tests.proof.sim.central import Choking

PRICES = {"rice": 3000, "oil": 8900, "tea": 1500}


@dataclass(frozen=True)
class Visit:
    """One person's wish at one machine; with the same `op_id` again it is the same tap."""

    op_id: str
    what: str
    seed: int
    terminal: Terminal
    coupon_key: SigningKey

    @property
    def rng(self) -> Random:
        return Random(self.seed)

    @property
    def point(self) -> str:
        here = self.terminal.identity
        assert here is not None
        return str(here.point["id"])

    @property
    def is_staff(self) -> bool:
        here = self.terminal.identity
        return here is not None and here.profile is Profile.STAFF


@dataclass(frozen=True)
class Wish:
    """An operation as it is to be recorded, with the cash it moves."""

    kind: str
    payload: dict[str, Any]
    cash_fen: int | None = None
    lease: str | None = None
    spend: int = 0
    token: str | None = None
    depends_on: str | None = None
    supersedes: str | None = None
    sv: int = 1
    gives_back: tuple[str, int] | None = None


class NotNow(Exception):
    """The person hears a friendly refusal: nothing was recorded."""


def record(conn: Connection, visit: Visit) -> Recorded:
    """Raises NotNow and what `outbox.record` raises."""
    before = outbox.find(conn, visit.op_id)
    if before is not None:
        code = outbox.slip_code(conn, visit.op_id)
        assert code is not None
        return Recorded(visit.op_id, before.seq, before.kind, before.at, b"", code, again=True)
    wish = WISHES[visit.what](conn, visit)
    payload = dict(wish.payload)
    if wish.cash_fen is not None:
        payload["cash"] = _move(conn, visit, wish.kind, wish.cash_fen)
    if wish.gives_back is not None:
        leases.give_back(conn, *wish.gives_back)
    new = NewOperation(
        op_id=visit.op_id,
        kind=wish.kind,
        payload=payload,
        lease=wish.lease,
        spend=wish.spend,
        token=wish.token,
        by="op-liu",
        depends_on=wish.depends_on,
        supersedes=wish.supersedes,
        sv=wish.sv,
    )
    try:
        return outbox.record(conn, new, visit.terminal.stamp())
    except NotSuperseding as error:
        raise NotNow from error


def _move(conn: Connection, visit: Visit, kind: str, fen: int) -> dict[str, Any]:
    """As `kiosk.services.till.move`: drawer and float by the same amount."""
    held = leases.for_right(conn, f"float:{visit.point}")
    fitting = [one for one in held if fen <= one.left]
    if not fitting:
        raise NotNow
    lease = fitting[0].id
    if fen:
        leases.spend(conn, lease, fen, op_id=visit.op_id)
        at = instant(visit.terminal.now())
        moved = {"at": at, "fen": fen, "kind": kind, "op_id": visit.op_id, "operator": "op-liu"}
        lines.put(conn, till_moves, moved)
    return {"fen": fen, "lease": lease}


# --- the wishes -------------------------------------------------------------------------------------------
def _bill(_conn: Connection, visit: Visit) -> Wish:
    """Few bills for many machines: some are paid elsewhere first."""
    n = visit.rng.randrange(12)
    month = {"file": "grid/2025-05", "period": "2025-05", "as_of": "2025-06-01T00:00:00Z"}
    fen = 5000 + n
    payload = {"service": "b4", "biller": "grid", "account": f"A{n % 9}", "params": {"account": f"A{n % 9}"}}
    payload |= {"bill": {**month, "id": f"bill-{n}", "amount_fen": fen}, "amount_fen": fen, "basis": "file"}
    return Wish("bill.pay", payload, cash_fen=fen)


def _stated(_conn: Connection, visit: Visit) -> Wish:
    rng = visit.rng
    account = f"A{rng.randrange(12)}"  # three of them nobody knows
    fen = rng.choice((100, 1000, 5000, 49_999, 60_000))
    payload = {"service": "b4", "biller": "grid", "account": account, "params": {"account": account}}
    return Wish("bill.pay", payload | {"amount_fen": fen, "basis": "stated"}, cash_fen=fen)


def _bad_bill(_conn: Connection, visit: Visit) -> Wish:
    """Of an account that nobody has: central will reject it, and the cash is owed back."""
    payload = {"service": "b4", "biller": "grid", "account": "A11", "params": {"account": "A11"}}
    return Wish("bill.pay", payload | {"amount_fen": 700, "basis": "stated"}, cash_fen=700)


def _order(_conn: Connection, visit: Visit) -> Wish:
    rng = visit.rng
    chosen = rng.sample(sorted(PRICES), rng.randrange(1, 3))
    rows = [{"good": g, "title": f"{g} 㮾", "spec": "袋", "qty": 2, "price_fen": PRICES[g]} for g in chosen]
    total = sum(row["qty"] * row["price_fen"] for row in rows)
    buyer = {"name": "𡓐小满", "phone": "13900000000"}
    payload = {"service": "m1", "pickup": visit.point, "buyer": buyer, "lines": rows, "total_fen": total}
    return Wish("order.place", payload, cash_fen=total)


def _sell(conn: Connection, visit: Visit) -> Wish:
    held = [one for one in leases.for_right(conn, "stock:rice") if one.left > 0]
    if not held:
        raise NotNow
    fen = PRICES["rice"]
    fixed = {"service": "m1", "good": "rice", "title": "米", "spec": "袋", "qty": 1, "price_fen": fen}
    return Wish("goods.sell", fixed | {"total_fen": fen}, cash_fen=fen, lease=held[0].id, spend=1)


def _redeem(conn: Connection, visit: Visit) -> Wish:
    placed = _latest(conn, "order.place")
    held = [one for one in leases.for_right(conn, f"coupon:{KIND}") if one.left > 0]
    if placed is None or not held:
        raise NotNow
    lease = held[0]
    free = set(range(lease.detail["first"], lease.detail["last"] + 1))
    free -= {int(text) for text in leases.spent_tokens(conn, lease.id)}
    serial = visit.rng.choice(sorted(free))
    until = instant(visit.terminal.now() + timedelta(days=20))
    coupon = mint(visit.coupon_key, Coupon(f"{KIND}/{serial}", KIND, visit.point, serial, until))
    payload = {"service": "r1", "coupon": f"{KIND}/{serial}", "kind": KIND, "token": coupon}
    payload |= {"order": placed.op_id, "value_fen": 1000}
    drawn = {"lease": lease.id, "spend": 1, "token": str(serial)}
    return Wish("right.redeem", payload, cash_fen=-1000, depends_on=placed.op_id, **drawn)  # type: ignore[arg-type]


def _reverse(conn: Connection, visit: Visit) -> Wish:
    """What was sold lies in its lease again, as `kiosk.services.reversals` records it."""
    target = _latest(conn, "bill.pay", "order.place", "goods.sell")
    if target is None or "cash" not in target.payload or target.state is State.REJECTED:
        raise NotNow
    if _reversed_before(conn, target.op_id):
        raise NotNow
    payload = {"target": target.op_id, "reason": "顾客改主意"}
    back = -target.payload["cash"]["fen"]
    if target.kind != "goods.sell":
        return Wish("operation.reverse", payload, cash_fen=back)
    header = conn.exec_driver_sql(
        "SELECT header FROM operations WHERE op_id = ?", (target.op_id,)
    ).scalar_one()
    return Wish("operation.reverse", payload, cash_fen=back, lease=Header.decode(header).lease, spend=-1)


def _supersede(conn: Connection, visit: Visit) -> Wish:
    rejected = outbox.recent(conn, kinds=["bill.pay"], states=[State.REJECTED], limit=5)
    if not rejected:
        raise NotNow
    again = _stated(conn, visit)
    return Wish(again.kind, again.payload, cash_fen=again.cash_fen, supersedes=rejected[0].op_id)


def _dependent(conn: Connection, visit: Visit) -> Wish:
    parent = _latest(conn, "bill.pay", "sim.choke", "order.place")
    if parent is None:
        raise NotNow
    payload = {"service": "s1", "phone": "13900000000", "note": "请回电", "wish": "any"}
    return Wish("callback.request", payload, depends_on=parent.op_id)


def _more_float(_conn: Connection, visit: Visit) -> Wish:
    right = visit.rng.choice((f"float:{visit.point}", "stock:rice"))
    return Wish("lease.request", {"right": right, "amount": 3 if right.startswith("stock") else 20_000})


def _return(conn: Connection, visit: Visit) -> Wish:
    rights = (f"float:{visit.point}", "stock:rice")
    held = [one for right in rights for one in leases.for_right(conn, right) if one.left > 1]
    if not held:
        raise NotNow
    lease = visit.rng.choice(held)
    amount = visit.rng.randrange(1, lease.left)
    return Wish("lease.return", {"lease": lease.id, "amount": amount}, gives_back=(lease.id, amount))


def _close_case(conn: Connection, visit: Visit) -> Wish:
    found = conn.execute(select(cases).where(cases.c.state == "open").order_by(cases.c.id)).all()
    if not found:
        raise NotNow
    case = found[0]
    owes = json.loads(case.owes)
    cash = sum((-1 if one["to"] == "customer" else 1) * one["fen"] for one in owes if one["what"] == "cash")
    coupons = [one["id"] for one in owes if one["what"] == "coupon"]
    payload = {"case": case.id, "resolution": "cash-back", "receiver": "𡓐小满", "copy": "S-1"}
    return Wish("case.close", payload | {"returned": coupons}, cash_fen=cash)


def _choke(_conn: Connection, visit: Visit) -> Wish:
    return Wish(Choking.kind, {"text": visit.op_id})


def _unknown(_conn: Connection, visit: Visit) -> Wish:
    return Wish("later.kind", {"text": visit.op_id})


def _newer(_conn: Connection, visit: Visit) -> Wish:
    return Wish("callback.request", {"service": "s1", "later": "member"}, sv=9)


def _latest(conn: Connection, *kinds: str) -> OperationView | None:
    found = [one for one in outbox.recent(conn, kinds=kinds, limit=4) if one.payload]
    return found[0] if found else None


def _reversed_before(conn: Connection, op_id: str) -> bool:
    done = outbox.recent(conn, kinds=["operation.reverse"])
    return any(one.payload.get("target") == op_id and one.state is not State.REJECTED for one in done)


WISHES: dict[str, Callable[[Connection, Visit], Wish]] = {
    "bill": _bill,
    "stated": _stated,
    "bad bill": _bad_bill,
    "order": _order,
    "sell": _sell,
    "redeem": _redeem,
    "reverse": _reverse,
    "supersede": _supersede,
    "dependent": _dependent,
    "lease request": _more_float,
    "lease return": _return,
    "close case": _close_case,
    "choke": _choke,
    "unknown kind": _unknown,
    "unknown schema": _newer,
}

BEFORE = {
    "supersede": "bad bill",
    "close case": "bad bill",
    "redeem": "order",
    "dependent": "choke",
    "reverse": "sell",
}
"""What a wish follows on: often done at the same machine some time before."""
