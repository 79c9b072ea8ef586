"""What one terminal does with its leases on a day offline: each right spent, undone, returned, asked for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from sync import leases
from sync.leases import Lease, LeaseState
from sync.wire.coupon import Coupon, mint
from sync.wire.deck import Card
from sync.wire.encoding import unb64
from sync.wire.kinds import Kind
from sync.wire.operation import new_op_id
from sync.wire.rights import SINGLE, Sort, coupon_right, float_right, sort_of, token_of
from tests.central.world import KIND
from tests.proof.leases.machine import Machine


@dataclass
class Day:
    """At one terminal; each deed says whether it was possible."""

    rng: random.Random
    machine: Machine

    def take_cash(self) -> bool:
        return self._cash(self.rng.randint(1, 30_000)) is not None

    def _cash(self, fen: int) -> str | None:
        lease = self._room(float_right(self.machine.point), fen)
        if lease is None:
            return None
        payload = {"service": "b4", "biller": "grid", "account": "A1", "params": {"account": "A1"}}
        payload |= {"amount_fen": fen, "basis": "stated", "cash": {"fen": fen, "lease": lease.id}}
        return self._with_cash("bill.pay", payload)

    def _with_cash(self, kind: str, payload: dict[str, Any], **more: Any) -> str:
        """As the till does it: cash and float move with the operation."""
        op_id, cash = new_op_id(), payload["cash"]

        def both(conn: Connection) -> None:
            leases.spend(conn, cash["lease"], cash["fen"], op_id=op_id)
            self.machine.note(conn, kind, payload, op_id=op_id, **more)

        self.machine.do(both)
        return op_id

    def sell(self) -> bool:
        qty = self.rng.randint(1, 2)
        stock = self._room("stock:rice", qty)
        drawer = self._room(float_right(self.machine.point), qty * 3000)
        if stock is None or drawer is None:
            return False
        payload = {"service": "m1", "good": "rice", "title": "rice", "spec": "袋", "qty": qty}
        payload |= {"price_fen": 3000, "total_fen": qty * 3000}
        payload["cash"] = {"fen": qty * 3000, "lease": drawer.id}
        sold = self._with_cash("goods.sell", payload, lease=stock.id, spend=qty)
        if self.rng.random() < 0.25:  # and taken back
            back = {"target": sold, "reason": "顾客改主意", "cash": {"fen": -qty * 3000, "lease": drawer.id}}
            self._with_cash("operation.reverse", back, lease=stock.id, spend=-qty)
        return True

    def use(self) -> bool:
        right = self.rng.choice(["points:summer", "budget:new-year", "deck:new-year", "numbers:desk-1"])
        amount = self.rng.randint(1, 3 if sort_of(right) in SINGLE else 40)
        lease = self._room(right, amount)
        if lease is None:
            return False
        payload: dict[str, Any] = {"service": "c1", "right": right, "amount": amount}
        serials = self.machine.do(lambda conn: leases.left_of(conn, lease))[:amount]
        if sort_of(right) in SINGLE:
            payload["tokens"] = [self._shown(lease, serial) for serial in serials]
        tokens = tuple(token_of(right, serial) for serial in serials)
        used = self.machine.record("right.use", payload, lease=lease.id, spend=amount, tokens=tokens)
        if not serials and self.rng.random() < 0.25:
            back = {"target": used, "reason": "顾客改主意"}
            self.machine.record("operation.reverse", back, lease=lease.id, spend=-amount)
        return True

    def _shown(self, lease: Lease, serial: int) -> str:
        if sort_of(lease.right) is not Sort.DECK:
            return str(serial)
        salt, prize = lease.detail["cards"][serial - lease.detail["first"]]
        return Card(lease.right, serial, unb64(salt), prize).token

    def redeem(self) -> bool:
        """An order, and one of the coupons homed here on it."""
        right = coupon_right(KIND)
        lease, drawer = self._room(right, 1), self._room(float_right(self.machine.point), 6000)
        if lease is None or drawer is None:
            return False
        serial = self.rng.choice(self.machine.do(lambda conn: leases.left_of(conn, lease)))
        line = {"good": "tea", "title": "tea", "spec": "袋", "qty": 4, "price_fen": 1500}
        order = {"service": "m1", "pickup": self.machine.point, "lines": [line], "total_fen": 6000}
        order["cash"] = {"fen": 6000, "lease": drawer.id}
        placed = self._with_cash("order.place", order)
        coupon = Coupon(f"{KIND}/{serial}", KIND, self.machine.point, serial, "2025-08-02T00:00:00Z")
        shown = {"service": "r1", "coupon": coupon.id, "kind": KIND, "order": placed, "value_fen": 1000}
        shown["token"] = mint(self.machine.parts.keys.coupons, coupon)
        shown["cash"] = {"fen": -1000, "lease": drawer.id}
        more = {"lease": lease.id, "spend": 1, "token": coupon.id, "depends_on": placed}
        self._with_cash("right.redeem", shown, **more)
        return True

    def hand_back(self) -> bool:
        held = [one for one in self.machine.held() if one.state is LeaseState.OPEN and one.left > 0]
        if not held:
            return False
        lease = self.rng.choice(held)
        amount = lease.left if self.rng.random() < 0.3 else self.rng.randint(1, lease.left)
        op_id = new_op_id()

        def back(conn: Connection) -> None:
            serials = leases.give_back(conn, lease.id, amount, op_id)
            named = {"serials": serials} if serials else {}
            self.machine.note(
                conn, Kind.LEASE_RETURN, {"lease": lease.id, "amount": amount} | named, op_id=op_id
            )

        self.machine.do(back)
        return True

    def ask(self) -> bool:
        rights = sorted({one.right for one in self.machine.held()})
        right = self.rng.choice([*rights, float_right(self.machine.point)])
        self.machine.record(
            Kind.LEASE_REQUEST, {"right": right, "amount": self.rng.choice([0, 1, 5, 50, 5000])}
        )
        return True

    def _room(self, right: str, amount: int) -> Lease | None:
        found = [
            one for one in self.machine.do(lambda conn: leases.for_right(conn, right)) if one.room >= amount
        ]
        return min(found, key=lambda one: one.block.start if one.block else 0) if found else None


DEEDS: dict[Callable[[Day], bool], int] = {
    Day.take_cash: 2,
    Day.sell: 2,
    Day.use: 5,
    Day.redeem: 1,
    Day.hand_back: 1,
    Day.ask: 1,
}
"""With how often each is chosen."""
