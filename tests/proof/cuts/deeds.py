"""What the cut terminal does: seeded work of several kinds on the real store, and what it promises by it."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Connection

from kiosk.store import keystore
from kiosk.store.durable import write_file
from kiosk.store.opening import Folders, Opened, open_store
from kiosk.store.tables import marks, slips, till_moves
from sync import identity, leases, lines, outbox, transfer
from sync.errors import DiskFull, ReadOnly, StoreError
from sync.keystore import KeyStore
from sync.outbox import NewOperation, Recorded
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from tests.support.ledger import TERMINAL, Ledger, new_grant, new_identity

FLOAT, COUPONS = "float:P1", "coupon:egg"
COUPON_COUNT = 5000
NOTE = "note.json"
T = TypeVar("T")
Tell = Callable[[dict[str, Any]], None]


@dataclass
class Clerk:
    """`tell` is called when the product's own call has returned: from then on it is promised.

    A fault of the disk is told too, the person would read it; the next customer is served all the same.
    """

    ledger: Ledger
    chance: Random
    tell: Tell
    made: list[Recorded] = field(default_factory=list)
    coupon: int = 0
    answered: int = 0
    granted: int = 0

    def work(self, count: int) -> None:
        deeds: tuple[tuple[Callable[[], None], int], ...] = (
            (self.pay, 8),
            (self.sell, 5),
            (self.write, 4),
            (self.answer, 3),
            (self.lease, 1),
            (self.tidy, 1),
            (self.note, 1),
            (self.restart, 1),
        )
        names, weights = zip(*deeds, strict=True)
        for deed in self.chance.choices(names, weights, k=count):
            try:
                deed()
            except StoreError as error:
                self.tell({"fault": type(error).__name__, "in": deed.__name__, "said": str(error)})

    def pay(self) -> None:
        fen = self.chance.randint(1, 500)
        new = self._new("bill.pay", 300, lease=f"L-{FLOAT}", spend=fen)

        def pay(conn: Connection) -> Recorded:
            made = outbox.record(conn, new, self.ledger.stamp())
            moved = {"at": made.at, "fen": fen, "kind": made.kind, "op_id": made.op_id}
            lines.put(conn, till_moves, moved)
            _slip(conn, made)
            return made

        self._record(new, pay)

    def sell(self) -> None:
        self.coupon += 1
        new = self._new("goods.sell", 60, lease=f"L-{COUPONS}", spend=1, token=f"egg/{self.coupon}")

        def sell(conn: Connection) -> Recorded:
            made = outbox.record(conn, new, self.ledger.stamp())
            lines.put(conn, marks, {"kind": "sold", "key": "egg", "op_id": made.op_id, "at": made.at})
            return made

        self._record(new, sell)

    def write(self) -> None:
        """A long one that depends on the one before."""
        last = self.made[-1].op_id if self.made else None
        new = self._new("form.submit", self.chance.randint(500, 3500), depends_on=last)
        self._record(new, lambda conn: outbox.record(conn, new, self.ledger.stamp()))

    def answer(self) -> None:
        """Everything goes up, central's signed ack comes down."""
        waiting = self.made[self.answered :]
        if not waiting:
            return
        first, last = waiting[0], waiting[-1]
        chain, run = self.ledger.chain, self.ledger.db.run_sync
        run(lambda conn: transfer.mark_sent(conn, chain, first.seq, last.seq))
        results = tuple(Result(one.seq, one.op_id, self._outcome(), 1) for one in waiting)
        now, prune = instant(self.ledger.now), max(0, last.seq - 20)
        ack = Ack(TERMINAL, 1, 1, "nonce", last.seq, last.link, results, prune, (), now)
        run(lambda conn: transfer.apply_ack(conn, ack, f"ack-{last.seq}", now))
        self.answered = len(self.made)
        self.tell({"high_water": last.seq})
        for result in results:
            self.tell({"outcome": result.op, "is": result.outcome.value})

    def lease(self) -> None:
        self.granted += 1
        self.ledger.db.run_sync(lambda conn: self._grant(conn, self.granted))
        self.tell({"granted": self.granted})

    def tidy(self) -> None:
        before = instant(self.ledger.now)
        self.ledger.db.run_sync(lambda conn: transfer.prune(conn, self.ledger.chain, before))
        self.ledger.db.run_sync(lines.trim)

    def note(self) -> None:
        """A file of its own, replaced whole."""
        data = self.chance.randbytes(self.chance.randint(0, 9000))
        digest = hashlib.sha256(data).hexdigest()
        self.tell({"writing": digest})
        write_file(self.ledger.folders.data / NOTE, data)
        self.tell({"note": digest})

    def last(self) -> None:
        """No fault lasts: after it work goes on."""
        again(self.write, self.tell)

    def restart(self) -> None:
        self.ledger.db.close()
        self.ledger.opened = opened(self.ledger.folders, self.ledger.keys, self.tell)

    def begin(self) -> None:
        """Goes on where an earlier life ended."""
        self.ledger.db.read_sync(self._remember)

        def grants(conn: Connection) -> None:
            self._grant(conn, 0)
            leases.apply_grant(conn, new_grant(COUPONS, COUPON_COUNT), "token")

        if not self.granted:
            again(lambda: self.ledger.db.run_sync(grants), self.tell)
            self.tell({"granted": 0})

    def _remember(self, conn: Connection) -> None:
        query = "SELECT op_id, seq, kind, at, link FROM operations ORDER BY seq"
        self.made = [Recorded(*row, slip_code="") for row in conn.exec_driver_sql(query)]
        self.answered = transfer.high_water(conn, self.ledger.chain)
        taken = "SELECT coalesce(max(cast(substr(token, 5) AS integer)), 0) FROM lease_spends"
        self.coupon = conn.exec_driver_sql(taken).scalar_one()
        lease = leases.by_id(conn, f"L-{FLOAT}")
        self.granted = 0 if lease is None else lease.rev
        self.ledger.now += timedelta(days=self.answered)

    def _grant(self, conn: Connection, number: int) -> None:
        more = new_grant(FLOAT, 1_000_000 + number, "fen", rev=number + 1)
        leases.apply_grant(conn, more, f"token-{number}")

    def _new(self, kind: str, length: int, **what: Any) -> NewOperation:
        op_id = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        return NewOperation(op_id, kind, {"pad": self.chance.randbytes(length // 2).hex()}, **what)

    def _record(self, new: NewOperation, fn: Callable[[Connection], Recorded]) -> None:
        try:
            made = self.ledger.db.run_sync(fn)
        except (DiskFull, ReadOnly):
            self.tell({"denied": new.op_id})  # so the words say; of a failing disk they leave it open
            raise
        self.made.append(made)
        self.tell({"op": made.op_id, "seq": made.seq, "link": made.link.hex()})

    def _outcome(self) -> Outcome:
        return self.chance.choice((Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.REJECTED, Outcome.REVIEW))


def _slip(conn: Connection, made: Recorded) -> None:
    slip = {"number": f"S-{made.seq:06d}", "op_id": made.op_id, "kind": "done", "at": made.at}
    lines.put(conn, slips, slip | {"body": json.dumps({"code": made.slip_code}), "copies": 0})


def open_home(home: Path, seed: int, tell: Tell) -> Ledger:
    """A new terminal, or the one that is there already."""
    data = home / "data"
    keys = keystore.obfuscated(data / "keys.json")
    signer = SigningKey(Random(seed).randbytes(32))
    who = new_identity(signer)
    folders = Folders.of(data)
    store = opened(folders, keys, tell)
    if keys.get(who.secret_name) is None:
        again(lambda: keys.put(who.secret_name, signer.seed), tell)
    if store.database.read_sync(identity.current) is None:
        again(lambda: store.database.run_sync(lambda conn: identity.enrol(conn, who)), tell)
        tell({"enrolled": who.terminal})
    return Ledger(folders, keys, signer, store)


def opened(folders: Folders, keys: KeyStore, tell: Tell) -> Opened:
    return again(lambda: open_store(folders, keys), tell)


def again(fn: Callable[[], T], tell: Tell, times: int = 10) -> T:
    """What a person does who reads of a fault: tries again."""
    for _ in range(times):
        try:
            return fn()
        except StoreError as error:
            tell({"fault": type(error).__name__, "in": "start", "said": str(error)})
    return fn()


def live(home: Path, seed: int, count: int, tell: Tell, life: int = 0) -> None:
    """`life`: the how-manieth on this machine. Raises StoreError where there is no working at all."""
    ledger = open_home(home, seed, tell)
    clerk = Clerk(ledger, Random(f"{seed}.{life}"), tell)
    clerk.begin()
    tell({"begun": life})
    clerk.work(count)
    clerk.last()
    ledger.db.close()
    tell({"ended": life})
