"""Who asks is proved by a signature over exactly this request, or there is no answer."""

from __future__ import annotations

from typing import Any

import pytest

from sync.wire import batch as wire_batch
from sync.wire import token
from sync.wire.encoding import sha256_hex
from sync.wire.keys import SigningKey
from sync.wire.problems import Problem
from sync.wire.request import RequestClaims, authorize, new_nonce
from sync.wire.token import Typ
from tests.central.conftest import Central
from tests.central.driver import Driver, problem_of
from tests.central.test_hostile import BATCH, recorded, send_raw, taken_in


def claims_of(driver: Driver, **changed: Any) -> RequestClaims:
    claims: dict[str, Any] = {
        "method": "GET",
        "path": f"{driver.base}/changes?cursor=0",
        "body_hash": sha256_hex(b""),
        "nonce": new_nonce(),
        "terminal": driver.id,
        "incarnation": driver.incarnation,
    }
    return RequestClaims(**{**claims, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "POST"},
        {"path": "/v1/other"},
        {"path": "changes?cursor=1"},
        {"body_hash": sha256_hex(b"x")},
        {"terminal": "T0000000"},
        {"incarnation": 2},
    ],
)
def test_signature_over_another_request(central: Central, changed: dict[str, Any]) -> None:
    driver = recorded(central)
    value = authorize(driver.key, claims_of(driver, **changed))
    response = central.calls("GET", f"{driver.base}/changes?cursor=0", headers={"Authorization": value})
    assert problem_of(response) is Problem.UNSIGNED


@pytest.mark.parametrize("value", [None, "", "Bearer x", "YZ-JWS", "YZ-JWS a.b.c", "YZ-JWS ä", "Basic eDp5"])
def test_no_signature(central: Central, value: str | None) -> None:
    driver = recorded(central)
    headers = {} if value is None else {"Authorization": value.encode("latin-1")}
    paths = (
        f"{driver.base}/changes?cursor=0",
        f"{driver.base}/status?nonce=n",
        "/v1/packs/x",
        f"/v1/assets/{'0' * 64}",
    )
    for path in paths:
        assert problem_of(central.calls("GET", path, headers=headers)) is Problem.UNSIGNED


def test_key_nobody_enrolled(central: Central) -> None:
    driver = recorded(central)
    value = authorize(SigningKey.generate(), claims_of(driver))
    response = central.calls("GET", f"{driver.base}/changes?cursor=0", headers={"Authorization": value})
    assert problem_of(response) is Problem.UNSIGNED


def test_token_of_another_type_is_no_request(central: Central) -> None:
    driver = recorded(central)
    claims = claims_of(driver)
    payload = {"m": claims.method, "p": claims.path, "h": claims.body_hash, "n": "n", "t": driver.id, "i": 1}
    value = f"YZ-JWS {token.sign(driver.key, Typ.STATUS, payload)}"
    response = central.calls("GET", claims.path, headers={"Authorization": value})
    assert problem_of(response) is Problem.UNSIGNED


def test_one_terminal_reads_and_writes_for_no_other(central: Central) -> None:
    mine, other = recorded(central), recorded(central)
    for path in (f"{other.base}/changes?cursor=0", f"{other.base}/status?nonce=n"):
        assert problem_of(mine.ask("GET", path)) is Problem.FORBIDDEN
    body = wire_batch.encode(other.batch())
    assert problem_of(mine.ask("POST", f"{other.base}/operations", body, BATCH)) is Problem.FORBIDDEN
    assert problem_of(send_raw(mine, body)) is Problem.FORBIDDEN
    assert problem_of(mine.ask("GET", "/v1/packs/999999")) is Problem.FORBIDDEN
    assert taken_in(central) == 0


def test_replayed_request_changes_nothing(central: Central) -> None:
    driver = recorded(central)
    body = wire_batch.encode(driver.batch())
    path = f"{driver.base}/operations"
    claims = claims_of(driver, method="POST", path=path, body_hash=sha256_hex(body))
    headers = {**BATCH, "Authorization": authorize(driver.key, claims)}
    answers = [central.calls("POST", path, body, headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert taken_in(central) == 1
    assert driver.status().high_water == 1
    elsewhere = central.calls("POST", f"{driver.base}/heartbeat", body, headers)
    assert problem_of(elsewhere) is Problem.UNSIGNED
