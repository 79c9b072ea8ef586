"""An attacker with a stolen key, a stick or a line tries what courier, evidence and forks opened up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import zstandard
from sqlalchemy import func, select

from central import forks
from central.auth import MAX_BODY
from central.recovery_tables import forked_operations
from sync.wire import batch as wire_batch
from sync.wire import bundle, canon, token
from sync.wire import evidence as wire_evidence
from sync.wire.answers import Ack
from sync.wire.bundle import Head, Upward, Way
from sync.wire.encoding import sha256_hex
from sync.wire.evidence import Bare, BareRun, Evidence
from sync.wire.keys import SigningKey
from sync.wire.operation import Header, chain_link_over, new_op_id, seal_bytes
from sync.wire.problems import Problem
from sync.wire.request import RequestClaims, authorize, new_nonce
from sync.wire.sealing import DecryptionKey, EncryptionKey
from sync.wire.token import Typ
from tests.central.conftest import Central
from tests.central.driver import AT, Driver, problem_of
from tests.central.test_courier import carried, opened, parcel

NOTE = "test.note"
JSON = {"Content-Type": "application/json"}


def noted(central: Central, count: int = 1) -> Driver:
    driver = central.terminal()
    for n in range(count):
        driver.record(NOTE, {"text": str(n)})
    return driver


def fork(driver: Driver, text: str) -> bytes:
    """A batch with another operation at the first place."""
    again = Driver(driver.calls, driver.key, driver.enrolment)
    again.record(NOTE, {"text": text})
    return wire_batch.encode(again.batch())


def forked(driver: Driver, body: bytes) -> Any:
    return driver.ask("POST", f"{driver.base}/forks", body, {"Content-Type": wire_batch.MEDIA_TYPE})


def shown(driver: Driver, *tokens: str) -> Any:
    return sent(driver, Evidence(driver.id, driver.incarnation, new_nonce(), tokens, more=False))


def sent(driver: Driver, page: Evidence) -> Any:
    kind = {"Content-Type": wire_evidence.MEDIA_TYPE}
    return driver.ask("POST", f"{driver.base}/evidence", wire_evidence.encode(page), kind)


# A stranger, before anything is proved


def test_a_stranger_cannot_make_central_hold_much(central: Central) -> None:
    for path in ("offer", "enrol"):
        response = central.calls("POST", f"/v1/terminals/{path}", b" " * (MAX_BODY + 1), JSON)
        assert problem_of(response) is Problem.TOO_LARGE


@pytest.mark.parametrize(
    "body",
    [
        b'{"code":"a","code":"b","nonce":"n"}',
        b'{"code":"a","nonce":"n","more":1}',
        b'{"code":"\\ud800","nonce":"n"}',
        b'{"code":1.5,"nonce":"n"}',
        b"[" * 100_000,
        b'{"code":' + b"9" * 5000 + b',"nonce":"n"}',
        b'{"code":"a","nonce":"n","point":"p","public_key":{"kty":"OKP","crv":"Ed25519","x":5}}',
    ],
)
def test_a_stranger_is_held_to_the_wire(central: Central, body: bytes) -> None:
    for path in ("offer", "enrol"):
        assert problem_of(central.calls("POST", f"/v1/terminals/{path}", body, JSON)) is Problem.MALFORMED


@pytest.mark.parametrize(
    "path",
    [
        "/v1/packs/511602/a%00b",
        "/v1/packs/511602/delta?from=a%00b",
        "/v1/packs/511602/%2e%2e%2f%2e%2e%2fcentral.db",
        "/v1/packs/511602/..%5c..%5ccentral.db",
        "/v1/packs/511602/delta?from=../../x&to=../../y",
        "/v1/assets/../../central.db",
        f"/v1/assets/{'0' * 64}?op=a%00b",
        "/v1/assets/..%2f..%2fkeys%2fanswers",
        "/v1/terminals/{id}/status?nonce=a%00b",
        "/v1/terminals/{id}/status?nonce=%ff%fe",
        "/v1/terminals/{id}/changes?cursor=%d9%a3",
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_no_path_leads_out_or_breaks_a_query(central: Central, method: str, path: str) -> None:
    driver = central.terminal()
    response = driver.ask(method, path.replace("{id}", driver.id))
    if response.status_code != 200:
        assert problem_of(response) is not Problem.FAILURE
    else:
        assert response.headers["content-type"] == "application/jose"


def test_zero_bytes_in_a_report_break_nothing(central: Central) -> None:
    driver = central.terminal()
    report = b'{"queue":{"waiting":1},"versions":{"yizhan":"\\u0000"}}'
    response = driver.ask("POST", f"{driver.base}/heartbeat", report, JSON)
    assert response.status_code == 204 or problem_of(response) is Problem.MALFORMED


# Bundles


def test_a_swapped_head_opens_nothing(central: Central) -> None:
    driver, other = noted(central), noted(central)
    one, two = (parcel(each, central).split(b"\n") for each in (driver, other))
    mixed = b"\n".join((one[0], one[1], two[2], b""))
    assert problem_of(carried(other, mixed)) is Problem.MALFORMED
    head = bundle.parse(parcel(driver, central)).head
    whole = bundle.parse(b"\n".join(two)).sealed.encode()
    claimed = replace(head, size=len(whole), sha256=sha256_hex(whole))
    theirs = token.sign(driver.key, Typ.BUNDLE, claimed.payload()).encode()
    assert problem_of(carried(driver, b"\n".join((bundle.MAGIC, theirs, whole, b"")))) is Problem.UNSIGNED
    assert (driver.status().high_water, other.status().high_water) == (0, 0)


def test_an_answer_sealed_to_nobody_is_not_asked_for(central: Central) -> None:
    driver = noted(central)
    low = Upward((wire_batch.encode(driver.batch(1)),), 0, EncryptionKey(bytes(32))).encode()
    assert problem_of(carried(driver, parcel(driver, central, contents=low))) is Problem.UNSIGNED
    assert driver.status().high_water == 0


@pytest.mark.parametrize("inside", [wire_batch.MAX_UNPACKED * 16, 1 << 30])
def test_a_bomb_in_a_bundle_goes_off_nowhere(central: Central, inside: int) -> None:
    driver = noted(central)
    bomb = zstandard.ZstdCompressor().compressobj()
    data = b"".join(bomb.compress(bytes(1 << 20)) for _ in range(inside >> 20)) + bomb.flush()
    assert len(data) < 1 << 20
    assert problem_of(carried(driver, parcel(driver, central, batches=(data,)))) is Problem.UNSIGNED


def test_a_carrier_learns_and_changes_nothing(central: Central) -> None:
    """What it sends again, or keeps and sends late, is what its maker said, once."""
    driver, carrier = noted(central, 2), central.terminal()
    data = parcel(driver, central)
    first = opened(driver, central, carried(carrier, data).content)[1]
    driver.record(NOTE, {"text": "later"})
    driver.push(first=3)
    again = opened(driver, central, carried(carrier, data).content)[1]
    acks = [Ack.parse(token.peek(one.acks[0])) for one in (first, again)]
    assert acks[0].results == acks[1].results
    assert driver.status().high_water == 3
    with pytest.raises(Exception, match=r"sealed|key"):
        bundle.parse(carried(carrier, data).content).open(
            {DecryptionKey.derived_from(carrier.key).public.kid: DecryptionKey.derived_from(carrier.key)}
        )


def test_names_of_files_come_of_a_head_and_lead_nowhere() -> None:
    for name in ("../../etc/x", "a/b", "a\\b", "C:\\x", "a\0b", "..", "㳇" * 64, "con"):
        made = Head(Way.UP, name, 1, "k", "n", 1, 0, "2025-06-03T09:00:00Z").name
        assert not set(made) & set("/\\\0:"), made
        assert made.startswith("yizhan-"), made


# Evidence


def test_forged_evidence_says_nothing(central: Central) -> None:
    driver, other = noted(central), noted(central)
    ack = Ack.parse(token.peek(noted_ack(other)))
    mine = Ack.parse(token.peek(noted_ack(driver)))
    high = replace(mine, epoch=9, high_water=99)
    keys = central.parts.keys
    forged = (
        token.sign(SigningKey.generate(), Typ.ACK, high.payload()),
        token.sign(driver.key, Typ.ACK, high.payload()),
        token.sign(keys.coupons, Typ.ACK, high.payload()),
        token.sign(keys.answers, Typ.ACK, replace(high, terminal=other.id).payload()),
        token.sign(keys.answers, Typ.ACK, replace(high, incarnation=7).payload()),
        token.sign(keys.answers, Typ.COUPON, high.payload()),
        token.sign(keys.answers, Typ.ACK, {"terminal": driver.id}),
        "x.y.z",
        "",
    )
    assert ack.terminal == other.id
    response = shown(driver, *forged)
    assert response.status_code == 200, response.text
    status = driver.status()
    assert (status.epoch, status.high_water, status.reconciling) == (1, 1, False)


def noted_ack(driver: Driver) -> str:
    driver.push()
    assert driver.last_ack is not None
    return driver.last_ack


def test_a_page_of_evidence_is_bounded(central: Central) -> None:
    driver = noted(central)
    kind = {"Content-Type": wire_evidence.MEDIA_TYPE}
    bomb = zstandard.compress(bytes(wire_evidence.MAX_UNPACKED * 8))
    head = {"v": 1, "terminal": driver.id, "incarnation": 1, "nonce": "n", "tokens": 10**9, "more": True}
    many = zstandard.compress(canon.encode(head) + b"\n" + b"x\n" * (wire_evidence.MAX_LINES + 1))
    for body in (bomb, many, b"", zstandard.compress(b"\n")):
        assert problem_of(driver.ask("POST", f"{driver.base}/evidence", body, kind)) is Problem.MALFORMED


def test_bare_places_with_zero_bytes_are_taken_as_unreadable(central: Central) -> None:
    driver = central.terminal()
    header = Header(new_op_id(), 1, "x\0", AT, "anchored").encode()
    link = chain_link_over(driver.link(0), header, bytes(32))
    seal = driver.key.sign(seal_bytes(driver.id, driver.incarnation, 1, link))
    run = BareRun(1, driver.link(0), seal, (Bare(header, bytes(32)),))
    assert driver.testify(bare=run).high_water == 1
    stranger = replace(run, seal=SigningKey.generate().sign(b"x"))
    page = Evidence(driver.id, driver.incarnation, new_nonce(), (), more=False, bare=stranger)
    assert problem_of(sent(driver, page)) is Problem.MALFORMED


# Forks


def test_a_stolen_key_cannot_fill_central(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    driver = noted(central)
    driver.push()
    monkeypatch.setattr(forks, "MOST", 5)
    forged = [fork(driver, f"forged {n}") for n in range(8)]
    answers = [forked(driver, one) for one in forged]
    assert [one.status_code for one in answers] == [200] * 5 + [413] * 3
    assert problem_of(answers[-1]) is Problem.TOO_LARGE
    with central.parts.database.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(forked_operations)) == 5
    assert forked(driver, forged[2]).status_code == 200  # what is here already has its answer


def test_a_fork_spends_nothing_of_a_lease(central: Central) -> None:
    driver = noted(central)
    driver.push()
    assert forked(driver, fork(driver, "forged")).status_code == 200
    driver.record(NOTE, {"text": "goes on"})
    assert problem_of(driver.send(driver.batch())) is Problem.CHAIN_FORK


# Replays


def test_a_signed_call_passes_for_no_other(central: Central) -> None:
    driver, other = noted(central), central.terminal()
    path = f"{driver.base}/status?nonce=x"
    claims = RequestClaims("GET", path, sha256_hex(b""), new_nonce(), driver.id, driver.incarnation)
    proof = {"Authorization": authorize(driver.key, claims)}
    assert central.calls("GET", path, b"", proof).status_code == 200
    for method, path in (
        ("GET", f"{driver.base}/changes?cursor=0"),
        ("GET", f"{other.base}/status?nonce=x"),
        ("POST", f"{driver.base}/heartbeat"),
    ):
        assert problem_of(central.calls(method, path, b"", proof)) in (Problem.UNSIGNED, Problem.FORBIDDEN)


def test_huge_numbers_of_a_stream_are_answered(central: Central) -> None:
    driver = noted(central)
    for cursor in (2**53 - 1, 2**31, 10**15):
        assert problem_of(driver.ask("GET", f"{driver.base}/changes?cursor={cursor}")) is Problem.RESYNC
