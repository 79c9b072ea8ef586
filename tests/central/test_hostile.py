"""What arrives from a world that means no good, or knows no better: a problem, and nothing taken in."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import zstandard
from sqlalchemy import func, select

from central.auth import MAX_BODY
from central.tables import operations
from sync.wire import batch as wire_batch
from sync.wire import canon
from sync.wire.answers import Outcome
from sync.wire.batch import MAX_OPERATIONS, MAX_UNPACKED
from sync.wire.keys import SigningKey
from sync.wire.operation import Header, new_op_id
from sync.wire.problems import Problem
from tests.central.conftest import Central
from tests.central.driver import AT, Driver, problem_of

NOTE = "test.note"
BATCH = {"Content-Type": wire_batch.MEDIA_TYPE}


def taken_in(central: Central) -> int:
    with central.parts.database.reading() as conn:
        return conn.scalar(select(func.count()).select_from(operations)) or 0


def recorded(central: Central) -> Driver:
    driver = central.terminal()
    driver.record(NOTE, {"text": "a"})
    return driver


def send_raw(driver: Driver, body: bytes) -> Any:
    return driver.ask("POST", f"{driver.base}/operations", body, BATCH)


def repacked(driver: Driver, change: Callable[[list[bytes]], list[bytes]]) -> bytes:
    plain = zstandard.decompress(wire_batch.encode(driver.batch()), MAX_UNPACKED)
    return zstandard.compress(b"\n".join([*change(plain.split(b"\n")[:-1]), b""]))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"not zstd at all",
        zstandard.compress(b""),
        zstandard.compress(b"{}\n"),
        zstandard.compress(b"\xff\xfe\n"),
        zstandard.compress(b'{"v":1}\n'),
        zstandard.compress(b"[" * 100_000 + b"\n"),
        zstandard.compress(b'{"v":2,"terminal":"T","incarnation":1,"first_seq":1,"count":0}\n'),
    ],
)
def test_what_is_no_batch(central: Central, body: bytes) -> None:
    assert problem_of(send_raw(recorded(central), body)) is Problem.MALFORMED


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: [lines[0].replace(b'"count":1', b'"count":2'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"count":1', b'"count":1.0'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"v":1', b'"v":1,"v":1'), *lines[1:]],
        lambda lines: [lines[0].replace(b'"first_seq":1', b'"first_seq":true'), *lines[1:]],
    ],
)
def test_broken_preambles(central: Central, change: Callable[[list[bytes]], list[bytes]]) -> None:
    driver = recorded(central)
    assert problem_of(send_raw(driver, repacked(driver, change))) is Problem.MALFORMED
    assert taken_in(central) == 0


def test_too_many_bytes(central: Central) -> None:
    driver = recorded(central)
    assert problem_of(send_raw(driver, b"x" * (MAX_BODY + 1))) is Problem.TOO_LARGE
    bomb = zstandard.compress(b"\0" * (MAX_UNPACKED * 8))
    assert problem_of(send_raw(driver, bomb)) is Problem.MALFORMED
    assert taken_in(central) == 0


def test_too_many_operations(central: Central) -> None:
    driver = central.terminal()
    for n in range(MAX_OPERATIONS + 1):
        driver.record(NOTE, {"text": str(n)})
    assert problem_of(driver.send(driver.batch())) is Problem.MALFORMED


def test_changed_operation_breaks_the_seal(central: Central) -> None:
    driver = recorded(central)
    body = repacked(driver, lambda lines: [*lines[:-1], lines[-1].replace(b'"a"', b'"b"')])
    assert problem_of(send_raw(driver, body)) is Problem.UNSIGNED
    assert taken_in(central) == 0


def test_seal_of_another_key_breaks(central: Central) -> None:
    driver = recorded(central)
    batch = driver.batch(seal=SigningKey.generate().sign(b"anything"))
    assert problem_of(driver.send(batch)) is Problem.UNSIGNED
    assert taken_in(central) == 0


@pytest.mark.parametrize(
    "payload",
    [
        b'{"text":"a","text":"b"}',
        b'{"text":1.5}',
        b'{"text":1e3}',
        b'{"text":NaN}',
        b'{"text":9007199254740993}',
        b'["text"]',
        b"{",
        b"\xff",
        b'{"text":"' + b"x" * 5000 + b'"}',
        rb'{"text":"nul \u0000 inside"}',
        rb'{"text":"half \ud800 a pair"}',
        rb'{"text":"a","cash":{"fen":5,"lease":"\u0000"}}',
    ],
)
def test_unreadable_payload_is_rejected_and_blocks_nothing(central: Central, payload: bytes) -> None:
    driver = central.terminal()
    header = Header(op=new_op_id(), seq=1, kind=NOTE, at=AT, tq="anchored")
    driver.record_bytes(header.encode(), payload)
    driver.record(NOTE, {"text": "the next one"})
    first, second = driver.push().results
    assert (first.op, first.outcome, first.reason) == (header.op, Outcome.REJECTED, "payload-invalid")
    assert second.outcome is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "header",
    [
        b"{}",
        b"not json",
        canon.encode({"op": "x", "seq": 5, "kind": NOTE, "at": AT, "tq": "anchored"}),
        canon.encode({"op": "x", "seq": 1, "kind": NOTE, "at": AT, "tq": "anchored", "future": 1}),
        canon.encode({"op": "x", "seq": 1, "kind": NOTE, "at": "yesterday", "tq": "anchored"}),
        canon.encode({"op": "x\0", "seq": 1, "kind": NOTE, "at": AT, "tq": "anchored"}),
    ],
)
def test_unreadable_header_goes_to_review_and_blocks_nothing(central: Central, header: bytes) -> None:
    driver = central.terminal()
    driver.record_bytes(header, canon.encode({"text": "a"}))
    driver.record(NOTE, {"text": "the next one"})
    first, second = driver.push().results
    assert (first.seq, first.outcome, first.reason) == (1, Outcome.REVIEW, "unknown-schema")
    assert second.outcome is Outcome.ACCEPTED
    assert driver.push(first=1).results == (first, second)


def test_rare_characters_survive(central: Central) -> None:
    driver = central.terminal()
    name = "㳇㮾𡓐 郎\uf92c"  # the last would be another letter after NFC
    result = driver.push_one(NOTE, {"text": name})
    assert result.outcome is Outcome.ACCEPTED
    assert [i["name"] for i in driver.all_changes() if i.get("id") == result.op] == [name]


@pytest.mark.parametrize(
    ("method", "path", "problem"),
    [
        ("GET", "/", Problem.NOT_FOUND),
        ("GET", "/docs", Problem.NOT_FOUND),
        ("GET", "/v1/terminals", Problem.NOT_FOUND),
        ("GET", "/v1/terminals/enrol", Problem.METHOD_NOT_ALLOWED),
        ("DELETE", "/v1/ca.pem", Problem.METHOD_NOT_ALLOWED),
        ("POST", "/v1/terminals/enrol", Problem.MALFORMED),
    ],
)
def test_calls_that_do_not_exist(central: Central, method: str, path: str, problem: Problem) -> None:
    response = central.calls(method, path)
    assert problem_of(response) is problem
    assert ("allow" in response.headers) == (problem is Problem.METHOD_NOT_ALLOWED)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b"\xff",
        json.dumps({"code": 5, "nonce": "n"}).encode(),
        json.dumps({"code": "x" * 500, "nonce": "n"}).encode(),
        json.dumps({"code": "x", "nonce": "n", "more": 1}).encode(),
    ],
)
def test_offers_that_do_not_fit(central: Central, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    response = central.calls("POST", "/v1/terminals/offer", body, headers)
    assert problem_of(response) is Problem.MALFORMED


@pytest.mark.parametrize("query", ["cursor=x", "cursor=-1", "cursor=1.5", f"cursor={2**63}"])
def test_cursors_that_are_none(central: Central, query: str) -> None:
    driver = recorded(central)
    response = driver.ask("GET", f"{driver.base}/changes?{query}")
    assert problem_of(response) is Problem.MALFORMED


@pytest.mark.parametrize(
    "body", [b"", b"[]", b'{"a":1.5}', b'{"a":1,"a":1}', b'{"a":"' + b"x" * 9000 + b'"}']
)
def test_heartbeats_that_do_not_fit(central: Central, body: bytes) -> None:
    driver = recorded(central)
    assert problem_of(driver.ask("POST", f"{driver.base}/heartbeat", body)) is Problem.MALFORMED


def test_failure_of_central_shows_no_trace_and_takes_nothing(
    central: Central, caplog: pytest.LogCaptureFixture
) -> None:
    driver = recorded(central)
    central.parts.folder.ca_cert.unlink()
    response = central.calls("GET", "/v1/ca.pem")
    assert problem_of(response) is Problem.FAILURE
    assert "ca.pem" not in response.json()["detail"]
    assert any(record.exc_info for record in caplog.records)
    assert driver.push().high_water == 1
