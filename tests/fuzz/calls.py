"""What central is sent: every call over its real application, signed as a terminal signs; and operations."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import zstandard

from central import migrations
from central.config import Folder, Parts
from central.database import Database
from sync.wire import batch, bundle, canon, evidence, token
from sync.wire.case import Reason
from sync.wire.encoding import sha256_hex, unb64
from sync.wire.errors import Malformed
from sync.wire.keys import SigningKey
from sync.wire.operation import new_op_id
from sync.wire.request import new_nonce
from sync.wire.sealing import DecryptionKey, EncryptionKey
from sync.wire.token import Typ
from tests.central.conftest import POINT, Central, Clock, begin, fresh_database, open_world
from tests.central.driver import AT, Calls, Driver, problem_of
from tests.central.driver import enrolment as enrol_request
from tests.central.world import World
from tests.fuzz.harness import Harness, as_it_is
from tests.fuzz.wire import plain
from tests.support.handlers import HANDLERS

MANY = 400
"""Operations of one life before a fresh terminal takes its place: a chain is sent with its batch only."""


class CentralFailed(Exception):
    """Central answered with a failure, a trace, or a problem that is not on the list."""


def checked(response: httpx.Response) -> None:
    if response.status_code >= 500:
        raise CentralFailed(f"{response.status_code} {response.text[:300]}")
    if response.status_code >= 400:
        try:
            problem_of(response)
        except AssertionError as error:
            raise CentralFailed(
                f"{response.status_code} no problem document: {response.text[:200]}"
            ) from error


@dataclass
class Target:
    """A county at work, and the terminal that a hostile program speaks for."""

    central: Central
    world: World
    failures: list[str]

    @property
    def driver(self) -> Driver:
        return self.world.a.driver

    def body(self, method: str, path: Callable[[Driver], str], media: str) -> Callable[[bytes], None]:
        def send(data: bytes) -> None:
            driver = self.driver
            checked(driver.ask(method, path(driver), data, {"Content-Type": media}))

        return send

    def bundle(self, data: bytes) -> None:
        path = f"/v1/bundles/{sha256_hex(data)}"
        checked(self.driver.ask("PUT", path, data, {"Content-Type": bundle.MEDIA_TYPE}))
        checked(self.driver.ask("POST", path))

    def unsigned(self, path: str) -> Callable[[bytes], None]:
        def send(data: bytes) -> None:
            checked(self.central.calls("POST", path, data, {"Content-Type": "application/json"}))

        return send

    def operation(self, data: bytes) -> None:
        """A header line and a payload line, sealed and pushed: judged, whatever they are."""
        driver = self.driver
        if len(driver.recorded) >= MANY:
            self.world = World(
                type(self.world.a)(self.central.terminal(), POINT, self.world.a.coupon_key),
                self.world.b,
                self.world.staff,
                self.world.database,
            )
            driver = self.driver
        header, _, payload = data.partition(b"\n")
        if b"\n" in payload:
            raise Malformed("more than one operation")  # the frame of this harness
        driver.record_bytes(_next(header, driver), payload)
        sent = driver.batch()
        response = driver.send(sent)
        checked(response)
        if response.status_code != 200:
            driver.recorded.pop()
            driver.links.pop()
            return
        driver.acked = len(driver.recorded)
        result = json.loads(_payload(response.text))["results"][-1]
        if result.get("reason") == Reason.CENTRAL_FAILURE:
            raise CentralFailed(f"not digested: {self.failures[-1] if self.failures else '?'}")

    def url(self, data: bytes) -> None:
        """A JSON line: method, path, headers; signed as they are."""
        try:
            asked = json.loads(data)
            method, path = str(asked["m"]), quote(str(asked["p"]), safe="/?=&%", errors="replace")
            headers = {str(k): str(v).encode("latin-1", "replace") for k, v in asked["h"].items()}
            httpx.Request(method, f"https://central{path}", headers=headers)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, httpx.InvalidURL):
            return  # the harness's own frame
        path = path.replace("TERMINAL", self.driver.id)
        if (
            not path.startswith("/")
            or not method.isalpha()
            or any(b"\n" in v or b"\r" in v for v in headers.values())
        ):
            return
        checked(self.driver.ask(method, path, b"", headers))


def _next(header: bytes, driver: Driver) -> bytes:
    """Its place in the chain, and an id that is free; unreadable headers stay as they are."""
    try:
        raw = json.loads(header)
        if raw["seq"] == 1 and type(raw["seq"]) is int:
            raw |= {"seq": len(driver.recorded) + 1}
        if raw["op"] == "NEW":
            raw |= {"op": new_op_id()}
    except (ValueError, KeyError, TypeError, RecursionError):
        return header
    return json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _payload(text: str) -> bytes:
    return unb64(text.split(".")[1])


def set_up(folder: Path, stack: ExitStack) -> Target:
    clock = Clock()
    database = Database(stack.enter_context(fresh_database(folder)))
    stack.callback(database.close)
    migrations.bring_up(database)
    parts: Parts = begin(database, Folder(folder), HANDLERS, clock)
    calls = Calls(parts)
    stack.callback(calls.close)
    central = Central(parts, calls, clock)
    return Target(central, open_world(central, clock), [])


def _operations(world: World) -> tuple[bytes, ...]:
    desk = world.a
    grants = {grant.right: grant.lease for grant in desk.grants}
    stock, coupon = grants["stock:rice"], next(v for k, v in grants.items() if k.startswith("coupon:"))
    op = new_op_id()
    verifier = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"
    kinds: tuple[tuple[str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        ("bill.pay", desk.bill(1), {"by": "op-liu"}),
        ("bill.pay", desk.stated("A2", 5000), {}),
        ("order.place", desk.order(("rice", 1, 3000), ("tea", 2, 1500)), {}),
        ("goods.sell", desk.sale("rice", 1, 3000), {"lease": stock}),
        ("right.redeem", desk.redeem(op, desk.serial), {"dep": op, "lease": coupon}),
        ("right.use", {"service": "s", "right": "points:p", "amount": 1, "tokens": ["1"]}, {"lease": coupon}),
        (
            "application.submit",
            {
                "service": "s",
                "form": "f-fault",
                "form_version": 2,
                "data": {"what": "lamp"},
                "attachments": ["ab" * 32],
            },
            {},
        ),
        (
            "callback.request",
            {"service": "s", "phone": "13900000000", "note": "", "wish": "any", "name": "刘㮾"},
            {},
        ),
        ("case.close", desk.close("c-1", -5, ("x/1",)), {}),
        ("operation.reverse", desk.reversal(op, -5), {}),
        ("operator.pin", {"operator": "op-liu", "verifier": verifier}, {"by": "op-liu"}),
        ("lease.request", {"right": f"float:{POINT}", "amount": 5000}, {}),
        ("lease.return", {"lease": stock, "amount": 1}, {}),
        ("lease.close", {"lease": stock, "incarnation": 1, "spent": 0, "returned": [], "last_seq": 1}, {}),
        ("lease.close", {"lease": stock, "incarnation": 1, "spent": 0, "returned": 6, "last_seq": 0}, {}),
        ("bill.pay", {**desk.bill(2), "sealed": "a.b.c.d.e"}, {}),
    )
    return tuple(
        canon.encode({"op": "NEW", "seq": 1, "kind": kind, "at": AT, "tq": "anchored", "sv": 1, **more})
        + b"\n"
        + canon.encode(dict(payload))
        for kind, payload, more in kinds
    )


def _plain_batch(driver: Driver) -> bytes:
    driver.record("callback.request", {"service": "s", "phone": "13900000000", "note": "", "wish": "any"})
    made = batch.encode(driver.batch())
    driver.recorded.pop()
    driver.links.pop()
    return zstandard.decompress(made, 1 << 20)


def _plain_evidence(driver: Driver) -> bytes:
    shown = evidence.Evidence(driver.id, driver.incarnation, new_nonce(), driver.enrolment.grants, True)
    made = evidence.encode(shown)
    return zstandard.decompress(made, 1 << 20)


def _bundling(target: Target) -> tuple[tuple[bytes, ...], Callable[[bytes], bytes]]:
    driver, keys = target.world.b.driver, target.central.parts.keys
    to = next(iter(keys.openers.values())).public
    one = bundle.Upward(
        (batch.encode(driver.batch(nonce="N" * 22)),), 0, DecryptionKey.derived_from(driver.key).public
    ).encode()
    low = bundle.Upward((batch.encode(driver.batch(nonce="N" * 22)),), 0, EncryptionKey(bytes(32))).encode()

    def wrap(contents: bytes) -> bytes:
        head = bundle.Head(bundle.Way.UP, driver.id, driver.incarnation, to.kid, "N" * 22, 1, 0, AT)
        return bundle.make(driver.key, to, head, contents)

    return (one, low), wrap


def harnesses(folder: Path, stack: ExitStack) -> tuple[Harness, ...]:
    target = set_up(folder, stack)
    driver, key = target.driver, SigningKey.generate()
    code = str(target.central.code())
    offer = plain({"code": code, "nonce": "n"})
    enrol = plain(enrol_request(code, POINT, key, "n"))
    report = plain(
        {
            "queue": {"waiting": 1, "unknown": 0, "review": 0},
            "last_ack": "x",
            "clock_drift_s": 0,
            "versions": {},
        }
    )
    urls = (
        {"m": "GET", "p": "/v1/terminals/TERMINAL/status?nonce=x", "h": {}},
        {"m": "GET", "p": "/v1/terminals/TERMINAL/changes?cursor=0", "h": {"accept-encoding": "zstd"}},
        {"m": "GET", "p": "/v1/packs/511602", "h": {}},
        {"m": "GET", "p": "/v1/packs/511602/20250603-1", "h": {"range": "bytes=0-9"}},
        {"m": "GET", "p": "/v1/packs/511602/delta?from=1&to=2", "h": {"range": "bytes=0-9"}},
        {"m": "GET", "p": f"/v1/assets/{'ab' * 32}", "h": {"range": "bytes=0-9", "if-range": "x"}},
        {"m": "PUT", "p": f"/v1/assets/{'ab' * 32}?op=x", "h": {"content-range": "bytes */9"}},
    )
    bundles, wrapped = _bundling(target)
    shown = token.sign(target.central.parts.keys.answers, Typ.ENROL, driver.enrolment.payload())
    refused = (Malformed,)

    def of(path: str) -> Callable[[Driver], str]:
        return lambda driver: f"{driver.base}/{path}"

    def call(
        name: str, samples: tuple[bytes, ...], parse: Callable[[bytes], None], wrap: Any = as_it_is
    ) -> Harness:
        return Harness(f"call-{name}", samples, parse, refused, wrap)

    zipped = zstandard.compress
    return (
        Harness("operation", _operations(target.world), target.operation, refused),
        call(
            "push", (_plain_batch(driver),), target.body("POST", of("operations"), batch.MEDIA_TYPE), zipped
        ),
        call("forks", (_plain_batch(driver),), target.body("POST", of("forks"), batch.MEDIA_TYPE), zipped),
        call(
            "evidence",
            (_plain_evidence(driver),),
            target.body("POST", of("evidence"), evidence.MEDIA_TYPE),
            zipped,
        ),
        call("heartbeat", (report,), target.body("POST", of("heartbeat"), "application/json")),
        call("bundle", bundles, target.bundle, wrapped),
        call("offer", (offer,), target.unsigned("/v1/terminals/offer")),
        call("enrol", (enrol,), target.unsigned("/v1/terminals/enrol")),
        call(
            "readmit",
            (shown.encode(),),
            target.body("POST", of("readmit"), "application/jose"),
        ),
        call("url", tuple(map(plain, urls)), target.url),
    )
