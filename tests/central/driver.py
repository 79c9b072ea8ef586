"""A small terminal for central's tests: keeps a chain, signs what it sends, verifies what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from central.app import create_app
from central.config import Parts
from sync.wire import batch as wire_batch
from sync.wire import canon, evidence, problems, token
from sync.wire.answers import Ack, Changes, EnrolAnswer, Offer, Status
from sync.wire.batch import Batch
from sync.wire.encoding import sha256_hex
from sync.wire.evidence import Evidence
from sync.wire.keys import PublicKey, SigningKey, keyring
from sync.wire.operation import Header, Operation, chain_link, chain_start, new_op_id, seal_bytes
from sync.wire.problems import Problem
from sync.wire.request import RequestClaims, authorize, new_nonce
from sync.wire.token import Typ

AT = "2025-06-03T09:00:00Z"


class Calls:
    """The real application, called without a socket."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self._runner = asyncio.Runner()
        self.app = create_app(parts)
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="https://central")

    def __call__(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, Any] | None = None
    ) -> httpx.Response:
        asked = self._client.request(method, path, content=body, headers=dict(headers or {}))
        return self._runner.run(asked)

    def json(self, method: str, path: str, value: Any) -> httpx.Response:
        return self(method, path, canon.encode(value), {"Content-Type": "application/json"})

    def close(self) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()


def problem_of(response: httpx.Response) -> Problem:
    assert response.headers["content-type"] == problems.MEDIA_TYPE, response.text
    document = response.json()
    assert document["status"] == response.status_code
    assert "Traceback" not in response.text
    found = problems.parse(document)
    assert found is not None, document
    return found


@dataclass
class Driver:
    """One terminal's life; `recorded` are its operations in sequence, `links` the chain after each."""

    calls: Calls
    key: SigningKey
    enrolment: EnrolAnswer
    recorded: list[Operation] = field(default_factory=list)
    links: list[bytes] = field(default_factory=list)
    acked: int = 0
    last_ack: str | None = None

    @classmethod
    def offered(cls, calls: Calls, code: str) -> Offer:
        nonce = new_nonce()
        response = calls.json("POST", "/v1/terminals/offer", {"code": code, "nonce": nonce})
        assert response.status_code == 200, response.text
        return Offer.parse(_verified(calls, response, Typ.OFFER, nonce))

    @classmethod
    def enrol(cls, calls: Calls, code: str, point: str, key: SigningKey | None = None) -> Driver:
        key = key or SigningKey.generate()
        nonce = new_nonce()
        response = calls.json("POST", "/v1/terminals/enrol", enrolment(code, point, key, nonce))
        assert response.status_code == 200, response.text
        return cls(calls, key, EnrolAnswer.parse(_verified(calls, response, Typ.ENROL, nonce)))

    @property
    def id(self) -> str:
        return self.enrolment.terminal

    @property
    def incarnation(self) -> int:
        return self.enrolment.incarnation

    @property
    def base(self) -> str:
        return f"/v1/terminals/{self.id}"

    def lease(self, right: str) -> str:
        """The lease of this right that came with the enrolment."""
        grants = [token.verify(text, _ring(self.calls), Typ.GRANT) for text in self.enrolment.grants]
        return str(next(grant["lease"] for grant in grants if grant["right"] == right))

    def link(self, seq: int) -> bytes:
        return self.links[seq - 1] if seq else chain_start(self.id, self.incarnation)

    def record(self, kind: str, payload: Mapping[str, Any], *, op: str | None = None, **more: Any) -> Header:
        named = {"op": op or new_op_id(), "kind": kind, "at": AT, "tq": "anchored", **more}
        header = Header(seq=len(self.recorded) + 1, **named)
        self.record_bytes(header.encode(), canon.encode(dict(payload)))
        return header

    def record_bytes(self, header: bytes, payload: bytes) -> None:
        previous = self.link(len(self.recorded))
        self.recorded.append(Operation(header, payload))
        self.links.append(chain_link(previous, header, payload))

    def batch(self, first: int | None = None, last: int | None = None, **changed: Any) -> Batch:
        first = first or self.acked + 1
        chosen = tuple(self.recorded[first - 1 : last])
        end = first + len(chosen) - 1
        sealed = seal_bytes(self.id, self.incarnation, end, self.link(end))
        parts: dict[str, Any] = {
            "terminal": self.id,
            "incarnation": self.incarnation,
            "first_seq": first,
            "prev": self.link(first - 1),
            "seal": self.key.sign(sealed) if chosen else None,
            "last_ack": self.last_ack,
            "nonce": new_nonce(),
            "operations": chosen,
        }
        return Batch(**{**parts, **changed})

    def send(self, batch: Batch) -> httpx.Response:
        headers = {"Content-Type": wire_batch.MEDIA_TYPE}
        return self.ask("POST", f"{self.base}/operations", wire_batch.encode(batch), headers)

    def push(self, first: int | None = None, last: int | None = None) -> Ack:
        batch = self.batch(first, last)
        response = self.send(batch)
        assert response.status_code == 200, response.text
        ack = Ack.parse(_verified(self.calls, response, Typ.ACK, batch.nonce))
        assert (ack.terminal, ack.incarnation) == (self.id, self.incarnation)
        assert ack.chain == self.link(ack.high_water)
        self.acked, self.last_ack = ack.high_water, response.text
        return ack

    def testify(self, *tokens: str, **more: Any) -> Status:
        """Shows central its own words; without any it has none to show."""
        nonce = new_nonce()
        shown = Evidence(self.id, self.incarnation, nonce, tokens, **{"more": False, **more})
        headers = {"Content-Type": evidence.MEDIA_TYPE}
        response = self.ask("POST", f"{self.base}/evidence", evidence.encode(shown), headers, nonce=nonce)
        assert response.status_code == 200, response.text
        return Status.parse(_verified(self.calls, response, Typ.STATUS, nonce))

    def push_one(self, kind: str, payload: Mapping[str, Any], **more: Any) -> Any:
        """Its result, as the ack gives it."""
        self.record(kind, payload, **more)
        return self.push().results[-1]

    def status(self) -> Status:
        nonce = new_nonce()
        response = self.ask("GET", f"{self.base}/status?nonce={nonce}", nonce=nonce)
        assert response.status_code == 200, response.text
        return Status.parse(_verified(self.calls, response, Typ.STATUS, nonce))

    def changes(self, cursor: int = 0) -> Changes:
        nonce = new_nonce()
        response = self.ask("GET", f"{self.base}/changes?cursor={cursor}", nonce=nonce)
        assert response.status_code == 200, response.text
        return Changes.parse(_verified(self.calls, response, Typ.CHANGES, nonce))

    def all_changes(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        cursor, more = 0, True
        while more:
            page = self.changes(cursor)
            items += page.items
            cursor, more = page.cursor, page.more
        return items

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        *,
        nonce: str | None = None,
    ) -> httpx.Response:
        claims = RequestClaims(
            method, path, sha256_hex(body), nonce or new_nonce(), self.id, self.incarnation
        )
        return self.calls(
            method, path, body, {**(headers or {}), "Authorization": authorize(self.key, claims)}
        )

    def signed(self, path: str) -> dict[str, str]:
        """Headers of a question."""
        claims = RequestClaims("GET", path, sha256_hex(b""), new_nonce(), self.id, self.incarnation)
        return {"Authorization": authorize(self.key, claims)}

    def signed_problem(self, response: httpx.Response, nonce: str | None = None) -> dict[str, Any]:
        """The token in a problem that moves state, verified."""
        payload = token.verify(response.json()["token"], _ring(self.calls), Typ.PROBLEM)
        assert payload["terminal"] == self.id
        assert nonce is None or payload["nonce"] == nonce
        return payload


def enrolment(code: str, point: str, key: SigningKey, nonce: str) -> dict[str, Any]:
    versions = {"yizhan": "0.1.0"}
    jwk = key.public.jwk()
    return {"code": code, "point": point, "public_key": jwk, "nonce": nonce, "versions": versions}


def _ring(calls: Calls) -> dict[str, PublicKey]:
    return keyring(calls.parts.keys.answers.public)


def _verified(calls: Calls, response: httpx.Response, typ: Typ, nonce: str) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/jose"
    payload = token.verify(response.text, _ring(calls), typ)
    assert payload["nonce"] == nonce
    return payload
