"""What is sealed, and what is carried in files: payloads, bundles, their answers, packs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sync.wire import bundle, canon, manifest, sealing, token
from sync.wire.encoding import sha256_hex
from sync.wire.keys import SigningKey
from sync.wire.zipped import pack, unpack
from tools.vectors.actors import (
    CENTRAL,
    INCARNATION,
    KEY,
    NONCE,
    OPENER,
    TERMINAL,
    sealed_by_hand,
)
from tools.vectors.answers import AT

REPLY_TO = sealing.DecryptionKey.derived_from(KEY)


def payload() -> dict[str, Any]:
    """Of a `callback.request` at a terminal of profile `public`."""
    personal = {"phone": "13900000000", "name": "㳇小满", "note": ""}
    clear = {"service": "callback-1", "wish": "morning"}
    packed = pack(canon.encode(personal), 19)
    made = sealed_by_hand(OPENER.public, sealing.Sealed.PAYLOAD, packed, b", payload")
    recorded = canon.encode(clear | {"sealed": made["token"]})
    return {
        **made,
        "personal": canon.encode(personal).decode(),
        "zstd": packed.hex(),
        "recorded": recorded.decode(),
        "sha256": sha256_hex(recorded),
        "opened": canon.encode(clear | personal).decode(),
    }


def up(evidence: Sequence[bytes], batches: Sequence[bytes]) -> dict[str, Any]:
    said = bundle.Upward(tuple(batches), 0, REPLY_TO.public, "2026-01-01.1", tuple(evidence))
    contents = said.encode()
    head = bundle.Head(bundle.Way.UP, TERMINAL, INCARNATION, OPENER.public.kid, NONCE, 1, 3, AT)
    return {
        **_file(KEY, OPENER.public, head, contents),
        "contents": contents.hex(),
        "first_line": contents.partition(b"\n")[0].decode(),
        "evidence": [one.hex() for one in evidence],
        "batches": [one.hex() for one in batches],
    }


def down(ack: str, changes: str, problem: str, proof: str) -> dict[str, Any]:
    contents = bundle.Downward((ack,), (changes,), problem, proof).encode()
    head = bundle.Head(bundle.Way.DOWN, TERMINAL, INCARNATION, REPLY_TO.public.kid, NONCE, 1, 3, AT)
    return {
        **_file(CENTRAL, REPLY_TO.public, head, contents),
        "contents": contents.hex(),
        "opened": unpack(contents, bundle.MAX_FILE).decode(),
    }


def _file(
    signer: SigningKey, to: sealing.EncryptionKey, head: bundle.Head, contents: bytes
) -> dict[str, Any]:
    made = sealed_by_hand(to, head.way.sealed, contents, head.way.value.encode())
    data = made.pop("token").encode()
    full = replace(head, size=len(data), sha256=sha256_hex(data))
    signed = token.sign(signer, head.way.typ, full.payload())
    lines = [bundle.MAGIC.decode(), signed, data.decode()]
    return {"name": head.name, "head": full.payload(), "lines": lines, **made}


def pack_file() -> dict[str, Any]:
    """Two records; one file for all terminals of the county."""
    records = [
        {"t": "place", "id": "511602", "level": "county", "name": "广安区"},
        {"t": "department", "id": "soap", "name": {"zh": "日用", "en": "Soap"}, "icon": "soap", "order": 1},
    ]
    lines = [canon.encode(record) for record in records]
    data = pack(b"".join(line + b"\n" for line in lines))
    in_order = sorted(range(len(records)), key=lambda n: (records[n]["t"], records[n]["id"]))
    digest = manifest.records_sha256(bytes.fromhex(sha256_hex(lines[n])) for n in in_order)
    made = manifest.Manifest(
        county="511602",
        version="2026-01-02.1",
        sha256=sha256_hex(data),
        size=len(data),
        records=2,
        counts={"place": 1, "department": 1},
        as_of="2026-01-02T00:00:00Z",
        expires_at="2026-02-02T00:00:00Z",
        number=7,
        records_sha256=digest,
    )
    return {
        "name": bundle.pack_name(made),
        "manifest": made.payload(),
        "token": token.sign(CENTRAL, token.Typ.MANIFEST, made.payload()),
        "lines": [line.decode() for line in lines],
        "zstd": data.hex(),
    }
