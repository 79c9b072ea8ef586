"""Writes the golden vectors of the wire once; after that they are pinned, and `--check` compares."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.wire import (
    answers,
    batch,
    canon,
    code,
    coupon,
    keys,
    manifest,
    operation,
    problems,
    request,
    sealing,
    token,
)
from sync.wire.encoding import b64, sha256_hex
from sync.wire.grant import Grant
from sync.wire.slipcode import SlipCode

FILE = Path(__file__).resolve().parent.parent / "tests" / "wire" / "vectors.json"
TERMINAL, INCARNATION = "T-511602-0001", 2
NONCE = "AAECAwQFBgcICQoLDA0ODw"
CENTRAL = keys.SigningKey(hashlib.sha256(b"central of the vectors").digest())
KEY = keys.SigningKey(hashlib.sha256(b"terminal of the vectors").digest())
OPENER = sealing.DecryptionKey(hashlib.sha256(b"opener of the vectors").digest())


def canonical() -> list[dict[str, str]]:
    values: list[Any] = [
        {"b": 1, "a": [True, False, None, -5], "": {}},
        {"name": "㳇㮾𡓐", "compat": "\uf92c", "nfc": "郎", "quote": '"\\\n\u2028'},
        {"fen": 2**53 - 1, "less": -(2**53) + 1},
        [[[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]],
    ]
    return [
        {"text": canon.encode(value).decode(), "sha256": sha256_hex(canon.encode(value))} for value in values
    ]


def operations() -> tuple[operation.Operation, ...]:
    made = []
    for seq, (kind, payload) in enumerate(
        (
            ("bill.pay", {"account": "5116020001", "amount_fen": 12345, "params": {"name": "单㳇"}}),
            ("order.place", {"total_fen": 2000, "lines": [{"good": "g1", "qty": 2, "price_fen": 1000}]}),
            ("case.close", {"case": "c1", "resolution": "cash-back", "returned": []}),
        ),
        start=1,
    ):
        header = operation.Header(
            op=f"01990000-0000-7000-8000-{seq:012d}",
            seq=seq,
            kind=kind,
            at=f"2026-01-0{seq}T08:00:00Z",
            tq="anchored",
            pack="2026-01-01.1",
            dep="01990000-0000-7000-8000-000000000001" if seq == 2 else None,
        )
        made.append(operation.Operation(header.encode(), canon.encode(payload)))
    return tuple(made)


def chain() -> dict[str, Any]:
    link = operation.chain_start(TERMINAL, INCARNATION)
    steps = []
    start = link.hex()
    for seq, op in enumerate(operations(), start=1):
        link = operation.chain_link(link, op.header_bytes, op.payload_bytes)
        seal = KEY.sign(operation.seal_bytes(TERMINAL, INCARNATION, seq, link))
        steps.append(
            {
                "header": op.header_bytes.decode(),
                "payload": op.payload_bytes.decode(),
                "link": link.hex(),
                "seal": b64(seal),
                "slip": str(SlipCode(TERMINAL, INCARNATION, seq, link, seal)),
            }
        )
    return {"terminal": TERMINAL, "incarnation": INCARNATION, "start": start, "operations": steps}


def sample_batch() -> batch.Batch:
    link = operation.chain_start(TERMINAL, INCARNATION)
    for op in operations():
        link = operation.chain_link(link, op.header_bytes, op.payload_bytes)
    seal = KEY.sign(operation.seal_bytes(TERMINAL, INCARNATION, 3, link))
    start = operation.chain_start(TERMINAL, INCARNATION)
    return batch.Batch(TERMINAL, INCARNATION, 1, start, seal, None, NONCE, operations())


def ack() -> answers.Ack:
    results = (
        answers.Result(1, "01990000-0000-7000-8000-000000000001", answers.Outcome.ACCEPTED, 1),
        answers.Result(
            2, "01990000-0000-7000-8000-000000000002", answers.Outcome.REJECTED, 2, "sold-out", "case-1"
        ),
    )
    last = bytes.fromhex(chain()["operations"][-1]["link"])
    return answers.Ack(TERMINAL, 1, INCARNATION, NONCE, 3, last, results, 0, (), "2026-01-04T00:00:00.250Z")


def tokens() -> list[dict[str, Any]]:
    grant = Grant(
        "l1",
        "float:p1",
        "fen",
        500000,
        1,
        TERMINAL,
        INCARNATION,
        1,
        300000,
        500000,
        30,
        {},
        "2026-01-01T00:00:00Z",
    )
    pack = manifest.Manifest(
        "511602",
        "2026-01-01.1",
        "0" * 64,
        10,
        1,
        {"place": 1},
        "2026-01-01T00:00:00Z",
        "2026-02-01T00:00:00Z",
    )
    ticket = coupon.Coupon("soap/12", "soap", "p1", 12, "2026-03-01T00:00:00Z")
    problem = problems.document(problems.Problem.SEQUENCE_GAP, "expected 2", expected=2, nonce=NONCE)
    rows = (
        (token.Typ.ACK, ack().payload()),
        (token.Typ.GRANT, grant.payload()),
        (token.Typ.MANIFEST, pack.payload()),
        (token.Typ.COUPON, vars(ticket)),
        (token.Typ.PROBLEM, problem),
    )
    return [
        {"typ": typ.value, "payload": payload, "token": token.sign(CENTRAL, typ, payload)}
        for typ, payload in rows
    ]


def signed_request() -> dict[str, Any]:
    claims = request.RequestClaims("POST", "/v1/x?y=1", sha256_hex(b"body"), NONCE, TERMINAL, INCARNATION)
    return {
        "method": "POST",
        "path": "/v1/x?y=1",
        "body": "body",
        "authorization": request.authorize(KEY, claims),
    }


def sealed() -> dict[str, Any]:
    """By hand after RFC 7518 §4.6.2: ephemeral key and IV are fixed, which no library lets one choose."""
    data = canon.encode({"phone": "13900000000", "name": "㳇小满"})
    what, to = sealing.Sealed.PAYLOAD, OPENER.public
    ephemeral = X25519PrivateKey.from_private_bytes(hashlib.sha256(b"ephemeral of the vectors").digest())
    epk = {"crv": "X25519", "kty": "OKP", "x": b64(ephemeral.public_key().public_bytes_raw())}
    header = {
        "alg": sealing.ALGORITHM,
        "enc": sealing.ENCRYPTION,
        "epk": epk,
        "kid": to.kid,
        "typ": what.value,
    }
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(to.raw))
    algorithm = sealing.ENCRYPTION.encode()
    info = len(algorithm).to_bytes(4, "big") + algorithm + bytes(4) + bytes(4) + (256).to_bytes(4, "big")
    key = hashlib.sha256((1).to_bytes(4, "big") + shared + info).digest()
    protected, iv = b64(canon.encode(header)), bytes(range(12))
    locked = AESGCM(key).encrypt(iv, data, protected.encode())
    text = ".".join((protected, "", b64(iv), b64(locked[:-16]), b64(locked[-16:])))
    derived = sealing.DecryptionKey.derived_from(KEY)
    return {
        "seed": OPENER.seed.hex(),
        "jwk": to.jwk(),
        "kid": to.kid,
        "typ": what.value,
        "opened": data.decode(),
        "token": text,
        "terminal": {"seed": derived.seed.hex(), "jwk": derived.public.jwk()},
    }


def vectors() -> dict[str, Any]:
    return {
        "keys": {
            who: {"seed": key.seed.hex(), "jwk": key.public.jwk(), "kid": key.kid}
            for who, key in (("central", CENTRAL), ("terminal", KEY))
        },
        "canonical": canonical(),
        "chain": chain(),
        "batch": batch.encode(sample_batch()).hex(),
        "tokens": tokens(),
        "request": signed_request(),
        "sealed": sealed(),
        "code": {"der": b"a certificate".hex(), "text": f"7K3M9PQR-{_fingerprint()}", "typed": _typed()},
    }


def _fingerprint() -> str:
    text = code.ca_fingerprint(b"a certificate")
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def _typed() -> str:
    return f" 7k3m9pqr {_fingerprint().lower().replace('0', 'o').replace('1', 'l')}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="replace the pinned vectors: a new wire version")
    args = parser.parse_args()
    made = json.dumps(vectors(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if args.write:
        FILE.write_text(made, "utf-8")
        return 0
    same = json.loads(FILE.read_text("utf-8")) == json.loads(made)
    print("vectors hold" if same else "the wire no longer gives the pinned vectors")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
