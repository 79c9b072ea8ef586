"""`/v1/bundles`: anyone enrolled may carry; nothing passes that its terminal did not make."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from central import courier, staging
from central.config import new_sealing_key, read_keys
from central.errors import Refused
from sync.wire import batch as wire_batch
from sync.wire import bundle, token
from sync.wire.answers import Ack, Changes
from sync.wire.bundle import Downward, Head, Upward, Way
from sync.wire.encoding import sha256_hex
from sync.wire.keys import SigningKey, keyring
from sync.wire.problems import Problem
from sync.wire.request import new_nonce
from sync.wire.sealing import DecryptionKey, openers
from sync.wire.token import Typ
from tests.central.conftest import Central
from tests.central.driver import Driver, problem_of

AT = "2025-06-03T09:00:00Z"


def parcel(driver: Driver, central: Central, **changed: Any) -> bytes:
    """`changed`: of the head, or `signer`, `to`, `contents`, `batches`."""
    batch = driver.batch(1)
    to = changed.pop("to", central.parts.keys.sealing[0].public)
    reply_to = DecryptionKey.derived_from(driver.key).public
    batches = changed.pop("batches", (wire_batch.encode(batch),))
    contents = changed.pop("contents", Upward(batches, 0, reply_to).encode())
    signer = changed.pop("signer", driver.key)
    last = len(driver.recorded)
    head = Head(Way.UP, driver.id, driver.incarnation, to.kid, batch.nonce, 1, last, AT)
    return bundle.make(signer, to, replace(head, **changed), contents)


def carried(carrier: Driver, data: bytes) -> httpx.Response:
    """Brought in one piece, and handed in."""
    path = f"/v1/bundles/{sha256_hex(data)}"
    brought = carrier.ask("PUT", path, data, {"Content-Type": bundle.MEDIA_TYPE})
    return carrier.ask("POST", path) if brought.status_code == 201 else brought


def opened(driver: Driver, central: Central, data: bytes) -> tuple[Head, Downward]:
    read = bundle.parse(data)
    ring = keyring(central.parts.keys.answers.public)
    read.verify(ring)
    own = openers(DecryptionKey.derived_from(driver.key))
    down = Downward.decode(read.open(own))
    for text, typ in (*((one, Typ.ACK) for one in down.acks), *((one, Typ.CHANGES) for one in down.changes)):
        assert token.verify(text, ring, typ)["nonce"] == read.head.nonce
    return read.head, down


def test_it_is_answered_as_a_push_would_be(central: Central) -> None:
    driver, carrier = central.terminal(), central.terminal()
    driver.record("test.note", {"text": "㳇"})
    response = carried(carrier, parcel(driver, central))
    assert response.status_code == 200, response.text
    head, down = opened(driver, central, response.content)
    assert (head.terminal, head.first_seq, head.last_seq) == (driver.id, 1, 1)
    ring = keyring(central.parts.keys.answers.public)
    ack = Ack.parse(token.verify(down.acks[0], ring, Typ.ACK))
    assert [result.op for result in ack.results] == [driver.recorded[0].header.op]
    assert Changes.parse(token.verify(down.changes[0], ring, Typ.CHANGES)).items
    assert driver.status().high_water == 1


def test_what_it_did_not_make_is_refused(central: Central) -> None:
    driver, other = central.terminal(), central.terminal()
    for one in (driver, other):
        one.record("test.note", {"text": one.id})
    theirs = wire_batch.encode(other.batch(1))
    old = wire_batch.encode(driver.batch(1))
    forged: list[dict[str, Any]] = [
        {"signer": SigningKey.generate()},
        {"signer": other.key},
        {"terminal": other.id},
        {"incarnation": 2},
        {"batches": (theirs,)},
        {"batches": (old,)},
        {"batches": (b"noise",)},
        {"contents": b"noise"},
        {"to": DecryptionKey.generate().public},
        {"way": Way.DOWN},
        {"nonce": new_nonce()},
    ]
    for changed in forged:
        response = carried(other, parcel(driver, central, **changed))
        assert problem_of(response) is Problem.UNSIGNED, changed
    assert (driver.status().high_water, other.status().high_water) == (0, 0)


@pytest.mark.parametrize("data", [b"", b"YZB1\n", b"YZB1\n..\n\n", b"PK\x03\x04", b"YZB1\ne30.e30.\nx\n"])
def test_noise_is_malformed(central: Central, data: bytes) -> None:
    assert problem_of(carried(central.terminal(), data)) is Problem.MALFORMED


def test_only_the_enrolled_carry_and_no_more_than_fits(central: Central) -> None:
    driver = central.terminal()
    data = parcel(driver, central)
    path = f"/v1/bundles/{sha256_hex(data)}"
    for method in ("PUT", "POST"):
        assert problem_of(central.calls(method, path, data)) is Problem.UNSIGNED
    span = {"Content-Range": f"bytes 0-9/{bundle.MAX_FILE + 1}"}
    assert problem_of(driver.ask("PUT", path, data[:10], span)) is Problem.TOO_LARGE


def test_it_comes_in_pieces_and_is_answered_as_often_as_asked(central: Central) -> None:
    driver, carrier, other = central.terminal(), central.terminal(), central.terminal()
    driver.record("test.note", {"text": "㳇"})
    data = parcel(driver, central)
    path, half = f"/v1/bundles/{sha256_hex(data)}", len(data) // 2
    first = carrier.ask("PUT", path, data[:half], {"Content-Range": f"bytes 0-{half - 1}/{len(data)}"})
    assert (first.status_code, first.headers["range"]) == (308, f"bytes=0-{half - 1}")
    assert problem_of(carrier.ask("POST", path)) is Problem.NOT_FOUND  # not whole yet
    asked = carrier.ask("PUT", path, b"", {"Content-Range": f"bytes */{len(data)}"})
    assert asked.headers["range"] == f"bytes=0-{half - 1}"
    span = {"Content-Range": f"bytes {half}-{len(data) - 1}/{len(data)}"}
    assert carrier.ask("PUT", path, data[half:], span).status_code == 201
    assert problem_of(other.ask("POST", path)) is Problem.NOT_FOUND  # each carrier's by itself
    for _ in range(2):
        assert opened(driver, central, carrier.ask("POST", path).content)[0].last_seq == 1
    central.clock.pass_(days=2)
    assert other.ask("PUT", path, b"", {"Content-Range": f"bytes */{len(data)}"}).status_code == 308
    assert problem_of(carrier.ask("POST", path)) is Problem.NOT_FOUND  # it was answered: not kept for long


def test_a_carrier_begins_no_more_than_so_many(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of one byte come to no quota of bytes."""
    monkeypatch.setattr(staging, "MOST_BEGUN", 3)
    carrier, other = central.terminal(), central.terminal()

    def begin(one: Driver, n: int) -> httpx.Response:
        return one.ask("PUT", f"/v1/bundles/{n:064x}", b"Y", {"Content-Range": "bytes 0-0/700"})

    assert [begin(carrier, n).status_code for n in range(4)] == [308, 308, 308, 413]
    assert problem_of(begin(carrier, 4)) is Problem.OVER_QUOTA
    assert (begin(carrier, 0).status_code, begin(other, 4).status_code) == (308, 308)


def test_a_bundle_sealed_to_an_older_key_still_opens(central: Central) -> None:
    driver = central.terminal()
    driver.record("test.note", {})
    data = parcel(driver, central)
    new_sealing_key(central.parts.folder)
    parts = replace(central.parts, keys=read_keys(central.parts.folder))
    assert courier.answer(parts, bundle.parse(data)).head.last_seq == 1
    for seed in central.parts.folder.sealing_seeds()[:1]:
        seed.unlink()
    parts = replace(central.parts, keys=read_keys(central.parts.folder))
    with pytest.raises(Refused):
        courier.answer(parts, bundle.parse(data))


def test_a_gap_comes_back_as_a_signed_problem(central: Central) -> None:
    driver = central.terminal()
    for _ in range(3):
        driver.record("test.note", {})
    batch = driver.batch(3)
    data = parcel(driver, central, batches=(wire_batch.encode(batch),), nonce=batch.nonce)
    _, down = opened(driver, central, carried(driver, data).content)
    assert down.problem is not None
    problem = token.verify(down.problem, keyring(central.parts.keys.answers.public), Typ.PROBLEM)
    assert (problem["type"], problem["expected"]) == (Problem.SEQUENCE_GAP.urn, 1)
    assert problem["nonce"] == batch.nonce
