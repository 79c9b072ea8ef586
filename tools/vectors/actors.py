"""Who speaks in the golden vectors, and what they recorded: fixed keys, a nonce, three operations."""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sync.wire import canon, keys, operation, sealing
from sync.wire.encoding import b64

TERMINAL, INCARNATION = "T-511602-0001", 2
NONCE = "AAECAwQFBgcICQoLDA0ODw"
CENTRAL = keys.SigningKey(hashlib.sha256(b"central of the vectors").digest())
KEY = keys.SigningKey(hashlib.sha256(b"terminal of the vectors").digest())
OPENER = sealing.DecryptionKey(hashlib.sha256(b"opener of the vectors").digest())


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


def links(done: tuple[operation.Operation, ...]) -> list[bytes]:
    """The chain's start, then the link after each operation."""
    made = [operation.chain_start(TERMINAL, INCARNATION)]
    for op in done:
        made.append(operation.chain_link(made[-1], op.header_bytes, op.payload_bytes))
    return made


def seal(seq: int, link: bytes) -> bytes:
    return KEY.sign(operation.seal_bytes(TERMINAL, INCARNATION, seq, link))


def sealed_by_hand(
    to: sealing.EncryptionKey, what: sealing.Sealed, data: bytes, label: bytes = b""
) -> dict[str, str]:
    """After RFC 7518 §4.6.2: ephemeral key and IV are fixed, which no library lets one choose."""
    seed = hashlib.sha256(b"ephemeral of the vectors" + label).digest()
    ephemeral = X25519PrivateKey.from_private_bytes(seed)
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
    return {"token": text, "ephemeral": seed.hex(), "iv": iv.hex()}
