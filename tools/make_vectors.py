"""Compares what the wire gives with the golden vectors, which are pinned; `--write` makes them anew."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from sync.wire import (
    answers,
    batch,
    canon,
    code,
    coupon,
    evidence,
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
from tools.vectors import answers as answered
from tools.vectors import carried, parts, recovery
from tools.vectors.actors import (
    CENTRAL,
    INCARNATION,
    KEY,
    NONCE,
    OPENER,
    TERMINAL,
    operations,
    sealed_by_hand,
)

FILE = Path(__file__).resolve().parent.parent / "tests" / "wire" / "vectors.json"
EVIDENCE = ("yz-ack", "yz-grant", "yz-changes")


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
        (token.Typ.MEMBER, vars(answered.CARD)),
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
    data = canon.encode({"phone": "13900000000", "name": "㳇小满"})
    what, to = sealing.Sealed.PAYLOAD, OPENER.public
    derived = sealing.DecryptionKey.derived_from(KEY)
    return {
        "seed": OPENER.seed.hex(),
        "jwk": to.jwk(),
        "kid": to.kid,
        "typ": what.value,
        "opened": data.decode(),
        "terminal": {"seed": derived.seed.hex(), "jwk": derived.public.jwk()},
        **sealed_by_hand(to, what, data),
    }


def bundles() -> dict[str, Any]:
    """One life's evidence and batch by courier, and the answer to them."""
    said = {row["typ"]: row["token"] for row in all_tokens()}
    pages = [evidence.encode(page) for page in recovery.pages(*told())]
    packs = carried.pack_file()
    answered = carried.down(said["yz-ack"], said["yz-changes"], said["yz-problem"], packs["token"])
    return {"up": carried.up(pages, [batch.encode(sample_batch())]), "down": answered, "pack": packs}


def all_tokens() -> list[dict[str, Any]]:
    first = tokens()
    grant = next(row["token"] for row in first if row["typ"] == token.Typ.GRANT.value)
    return [*first, *answered.all_of_them(grant)]


def told() -> list[str]:
    """What one life was told and keeps."""
    return [
        *(row["token"] for row in all_tokens() if row["typ"] in EVIDENCE),
        recovery.fork()["answer"]["token"],
    ]


def vectors() -> dict[str, Any]:
    return {
        "keys": {
            who: {"seed": key.seed.hex(), "jwk": key.public.jwk(), "kid": key.kid}
            for who, key in (("central", CENTRAL), ("terminal", KEY))
        },
        "canonical": canonical(),
        "chain": chain(),
        "batch": batch.encode(sample_batch()).hex(),
        "lost_answer": recovery.lost(),
        "tokens": [*all_tokens(), answered.after_a_gap()],
        "request": signed_request(),
        "evidence": recovery.shown(*told()),
        "fork": recovery.fork(),
        "sealed": sealed(),
        "sealed_payload": carried.payload(),
        "bundle": bundles(),
        "attachment": parts.attachment(),
        "deck": parts.laid_open(),
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
