"""A village point on real files: the demo pack, an enrolled terminal, leases, operators, a clock to crank."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import zstandard
from argon2 import PasswordHasher
from sqlalchemy import Connection

from central.demo import county, day
from kiosk.bilingual import Text
from kiosk.services import catalogue, sessions
from kiosk.services.desk import Desk, Place
from kiosk.services.offer import Service
from kiosk.services.permissions import Approval, Session
from kiosk.store import keystore, packs
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.opening import Folders, open_store
from kiosk.store.tables import active_pack
from sync import cases, documents, identity, leases, outbox
from sync.identity import Identity, IdentityState
from sync.outbox import Stamp
from sync.policy import Link
from sync.results import apply_results
from sync.wire import coupon as wire_coupon
from sync.wire.answers import Outcome, Profile, Result
from sync.wire.coupon import Coupon
from sync.wire.encoding import instant
from sync.wire.grant import Grant
from sync.wire.keys import SigningKey
from sync.wire.manifest import Manifest
from sync.wire.operation import new_op_id

T = TypeVar("T")
W = TypeVar("W")
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TERMINAL = "T-0001"
PIN = "246810"
FLOAT_FEN = 500_000
CACHE_KEY = bytes(range(32))
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ISSUER = SigningKey(bytes(32))
MEMBERS = SigningKey(bytes([1] * 32))


def build_cache(folder: Path, *more: dict[str, Any]) -> Path:
    """The demo county, and what a test adds, through the real importer."""
    signing = ((ISSUER, "coupon"), (MEMBERS, "member"))
    keys = (
        {"t": "issuer_key", "id": key.kid, "jwk": key.public.jwk(), "scopes": [scope]}
        for key, scope in signing
    )
    records = [*county.records(START), *keys, *more]
    pack = folder / "pack.zst"
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    pack.write_bytes(zstandard.compress(lines.encode()))
    manifest = Manifest(
        county=county.COUNTY,
        version="1",
        sha256=hashlib.sha256(pack.read_bytes()).hexdigest(),
        size=pack.stat().st_size,
        records=len(records),
        counts=dict(Counter(one["t"] for one in records)),
        as_of=instant(START),
        expires_at=instant(START + timedelta(days=30)),
    )
    packs.build(pack, manifest, folder / "cache.db", CACHE_KEY, lambda _done, _all: None)
    return folder / "cache.db"


def grant(right: str, amount: int, unit: str = "piece", **changes: Any) -> Grant:
    values: dict[str, Any] = {
        "lease": f"L-{right}",
        "right": right,
        "unit": unit,
        "amount": amount,
        "rev": 1,
        "terminal": TERMINAL,
        "incarnation": 1,
        "start_seq": 1,
        "soft": amount * 8 // 10,
        "hard": amount,
        "max_age_days": 30,
        "detail": {},
        "issued": instant(START),
    }
    return Grant(**(values | changes))


@dataclass
class Point:
    folder: Path
    cache_file: Path
    profile: Profile = Profile.ASSISTED
    now: datetime = START
    link: Link = Link.OFFLINE
    session: Session | None = None

    def __post_init__(self) -> None:
        self.signer = SigningKey.generate()
        self._keys = keystore.obfuscated(self.folder / "keys.json")
        self._open()
        self.write(self._plant)

    def _open(self) -> None:
        self.db = open_store(Folders.of(self.folder), self._keys).database
        self.db.use_cache(open_engine(Source(self.cache_file, CACHE_KEY, Mode.READ)))

    def restart(self) -> None:
        self.db.close()
        self._open()

    def close(self) -> None:
        self.db.close()

    def write(self, fn: Callable[[Connection], T]) -> T:
        return self.db.run_sync(fn)

    def read(self, fn: Callable[[Connection], T]) -> T:
        return self.db.read_sync(fn)

    def cache(self, fn: Callable[[Connection], T]) -> T:
        return self.db.read_cache_sync(fn)

    def service(self, service_id: str) -> Service:
        return self.cache(lambda cache: catalogue.service(cache, service_id))

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    @property
    def desk(self) -> Desk:
        name = Text("星光村驿站", "Xingguang Village Point")
        place = Place(TERMINAL, day.MAIN_POINT, name, self.profile)
        stamp = Stamp(instant(self.now), "anchored", self.signer, TERMINAL, 1)
        return Desk(place, self.session, self.link, self.now, stamp)

    def sign_in(self, operator: str = day.OPERATOR, pin: str = PIN) -> Session:
        found = self.write(lambda conn: sessions.sign_in(conn, self.now, operator, pin))
        assert isinstance(found, Session), found
        self.session = found
        return found

    def with_pin(
        self, deed: Callable[[Connection, Desk, str, W], T], wanted: W, op_id: str | None = None
    ) -> T:
        """Done by the operator who has just entered the PIN once more for it."""
        op_id = op_id or new_op_id()
        given = self.write(lambda conn: sessions.confirm(conn, self.desk, op_id, PIN))
        assert isinstance(given, Approval), given
        desk = replace(self.desk, approval=given)
        return self.write(lambda conn: deed(conn, desk, op_id, wanted))

    def give(self, made: Grant) -> None:
        self.write(lambda conn: leases.apply_grant(conn, made, ""))

    def left(self, right: str) -> int:
        return sum(one.left for one in self.read(lambda conn: leases.for_right(conn, right)))

    def answer(
        self, op_id: str, outcome: Outcome, reason: str | None = None, rev: int = 1, **case: Any
    ) -> None:
        """Central's word on an operation, as it comes in by ack or change."""
        view = self.find(op_id)
        made = Result(view.seq, op_id, outcome, rev, reason, case.get("case"))
        self.write(lambda conn: apply_results(conn, [made], instant(self.now)))
        if case:
            self.write(lambda conn: cases.apply_case(conn, self._case(op_id, reason or "", case)))

    def find(self, op_id: str) -> outbox.OperationView:
        view = self.read(lambda conn: outbox.find(conn, op_id))
        assert view is not None
        return view

    def operations(self) -> list[outbox.OperationView]:
        return self.read(outbox.recent)

    def _case(self, op_id: str, reason: str, case: dict[str, Any]) -> dict[str, Any]:
        plain = {
            "number": "GA-260302-0017",
            "op": op_id,
            "terminal": TERMINAL,
            "point": day.MAIN_POINT,
            "kind": self.find(op_id).kind,
            "reason": reason,
            "opened": instant(self.now),
            "state": "open",
            "rev": 1,
            "owes": [],
            "facts": {},
        }
        return plain | case

    def _plant(self, conn: Connection) -> None:
        identity.enrol(
            conn,
            Identity(
                terminal=TERMINAL,
                incarnation=1,
                state=IdentityState.OPEN,
                kid=self.signer.kid,
                epoch=1,
                county=county.COUNTY,
                profile=self.profile,
                point={"id": day.MAIN_POINT},
                central_url="https://127.0.0.1:1",
                central_ca="",
                central_keys=(),
                high_water=0,
                enrolled_at=instant(START),
            ),
        )
        conn.execute(active_pack.insert(), pack_row(START + timedelta(days=30), self.cache_file))
        for name, role, must_change in OPERATORS:
            put_operator(conn, name, role, must_change=must_change)
        for made in first_grants():
            leases.apply_grant(conn, made, "")


OPERATORS = ((day.OPERATOR, "operator", False), (day.STAFF, "staff", False), ("op-new", "operator", True))


def first_grants() -> tuple[Grant, ...]:
    return (
        grant(f"float:{day.MAIN_POINT}", FLOAT_FEN, "fen"),
        grant(f"stock:{day.GOOD_SOLD_HERE}", 5),
        grant(f"coupon:{day.COUPON_KIND}", 6, detail={"first": 5, "last": 10}),
    )


def put_operator(
    conn: Connection, name: str, role: str, *, must_change: bool = False, active: bool = True, rev: int = 1
) -> None:
    raw = {
        "id": name,
        "name": {day.OPERATOR: "陈秀英", day.STAFF: "仇建国"}.get(name, "单小㳇"),
        "roles": [role],
        "verifier": HASHER.hash(PIN),
        "must_change": must_change,
        "active": active,
        "rev": rev,
    }
    documents.put_operator(conn, raw)


def pack_row(expires_at: datetime, file: Path) -> dict[str, Any]:
    return {
        "id": 1,
        "county": county.COUNTY,
        "version": "1",
        "sha256": "0" * 64,
        "file": file.name,
        "as_of": instant(START),
        "expires_at": instant(expires_at),
        "installed_at": instant(START),
        "manifest": "",
    }


def mint(
    serial: int = day.COUPON_SERIAL,
    key: SigningKey = ISSUER,
    exp: datetime = START + timedelta(days=60),
    **changes: Any,
) -> str:
    kind = changes.get("kind", day.COUPON_KIND)
    made = Coupon(f"{kind}/{serial}", kind, day.MAIN_POINT, serial, instant(exp))
    return wire_coupon.mint(key, replace(made, **changes))


__all__ = ["Point", "grant", "mint", "new_op_id"]
