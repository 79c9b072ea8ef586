"""An attachment going up in parts, and a deck of prizes."""

from __future__ import annotations

import hashlib
from typing import Any

from sync.wire import deck, request
from sync.wire.encoding import b64, sha256_hex
from tools.vectors.actors import INCARNATION, KEY, NONCE, TERMINAL

FILE = "㳇口村的一张照片".encode()
OP = "01990000-0000-7000-8000-000000000004"  # names the file's hash in `attachments`
DECK = "deck:spring"
PRIZES = ("soap", "none", "粮油")


def attachment() -> dict[str, Any]:
    """Each request with what central answers: a question, a part, the same again, one beyond, the rest."""
    whole, half = len(FILE), 10
    steps: tuple[tuple[str, bytes, int, str | None], ...] = (
        (f"bytes */{whole}", b"", 308, None),
        (f"bytes 0-{half - 1}/{whole}", FILE[:half], 308, f"bytes=0-{half - 1}"),
        (f"bytes 0-{half - 1}/{whole}", FILE[:half], 308, f"bytes=0-{half - 1}"),
        (f"bytes {half + 1}-{whole - 1}/{whole}", FILE[half + 1 :], 308, f"bytes=0-{half - 1}"),
        (f"bytes */{whole}", b"", 308, f"bytes=0-{half - 1}"),
        (f"bytes {half}-{whole - 1}/{whole}", FILE[half:], 201, None),
        (f"bytes */{whole}", b"", 201, None),
    )
    name = sha256_hex(FILE)
    path = f"/v1/assets/{name}?op={OP}"
    return {
        "file": FILE.hex(),
        "sha256": name,
        "op": OP,
        "path": path,
        "puts": [_put(path, *step) for step in steps],
    }


def _put(path: str, content_range: str, body: bytes, status: int, span: str | None) -> dict[str, Any]:
    claims = request.RequestClaims("PUT", path, sha256_hex(body), NONCE, TERMINAL, INCARNATION)
    return {
        "content_range": content_range,
        "body": body.hex(),
        "authorization": request.authorize(KEY, claims),
        "status": status,
        "range": span,
    }


def laid_open() -> dict[str, Any]:
    cards = [
        deck.Card(DECK, n, hashlib.sha256(b"salt of the vectors" + bytes([n])).digest()[: deck.SALT], prize)
        for n, prize in enumerate(PRIZES, start=1)
    ]
    return {
        "right": DECK,
        "commitment": deck.commitment(DECK, [card.leaf for card in cards]),
        "cards": [
            {"salt": b64(card.salt), "prize": card.prize, "leaf": card.leaf.hex(), "token": card.token}
            for card in cards
        ],
    }
