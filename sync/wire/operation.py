"""Operations and their hash chain (PROTOCOL.md §2)."""

import hashlib
from dataclasses import dataclass, fields
from enum import Enum
from functools import cached_property
from typing import Any

from uuid6 import uuid7

from sync.wire import canon
from sync.wire.encoding import parse_instant
from sync.wire.errors import Malformed

MAX_PAYLOAD = 4096
MAX_HEADER = 1024
MAX_TEXT = 128
LINK_BYTES = 32
SEALED = "sealed"  # the member of a payload that holds what only central reads


class TimeQuality(Enum):
    ANCHORED = "anchored"
    DRIFTING = "drifting"
    UNKNOWN = "unknown"


def new_op_id() -> str:
    return str(uuid7())


@dataclass(frozen=True)
class Header:
    op: str
    seq: int
    kind: str
    at: str
    tq: str
    sv: int = 1
    pack: str | None = None
    lease: str | None = None
    by: str | None = None
    dep: str | None = None
    sup: str | None = None

    def encode(self) -> bytes:
        return canon.encode({k: v for k, v in vars(self).items() if v is not None})

    @classmethod
    def decode(cls, data: bytes) -> "Header":
        """Raises Malformed."""
        raw = canon.decode_object(data, limit=MAX_HEADER)
        unknown = raw.keys() - _FIELDS.keys()
        if unknown:
            raise Malformed(f"unknown header key {sorted(unknown)[0][:32]!r}")
        for name, (kind, required) in _FIELDS.items():
            _check_field(name, raw.get(name), kind, required=required or name in raw)
        if raw["seq"] < 1 or raw.get("sv", 1) < 1:
            raise Malformed("seq and sv start at 1")
        if raw["tq"] not in _QUALITIES:
            raise Malformed("unknown time quality")
        parse_instant(raw["at"])
        return cls(**raw)


_FIELDS: dict[str, tuple[type, bool]] = {
    field.name: (int if field.name in ("seq", "sv") else str, field.name in ("op", "seq", "kind", "at", "tq"))
    for field in fields(Header)
}
_QUALITIES = {quality.value for quality in TimeQuality}


def _check_field(name: str, value: Any, kind: type, *, required: bool) -> None:
    if value is None:
        if required:
            raise Malformed(f"header has no {name}")
        return
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Malformed(f"header {name} is not {kind.__name__}")
    if isinstance(value, str) and not 0 < len(value) <= MAX_TEXT:
        raise Malformed(f"header {name} is empty or too long")


@dataclass(frozen=True)
class Operation:
    """The bytes as recorded; nothing here re-serialises them."""

    header_bytes: bytes
    payload_bytes: bytes

    @cached_property
    def header(self) -> Header:
        return Header.decode(self.header_bytes)

    @cached_property
    def payload(self) -> dict[str, Any]:
        return canon.decode_object(self.payload_bytes, limit=MAX_PAYLOAD)

    @property
    def payload_hash(self) -> bytes:
        return hashlib.sha256(self.payload_bytes).digest()


def chain_start(terminal: str, incarnation: int) -> bytes:
    return hashlib.sha256(_join(b"yizhan-chain-v1", terminal, incarnation)).digest()


def chain_link(previous: bytes, header_bytes: bytes, payload_bytes: bytes) -> bytes:
    return chain_link_over(previous, header_bytes, hashlib.sha256(payload_bytes).digest())


def chain_link_over(previous: bytes, header_bytes: bytes, payload_hash: bytes) -> bytes:
    """For whoever has the payload's hash alone, the payload being pruned."""
    return hashlib.sha256(previous + hashlib.sha256(header_bytes).digest() + payload_hash).digest()


def seal_bytes(terminal: str, incarnation: int, seq: int, link: bytes) -> bytes:
    """What the terminal signs when it records operation `seq`."""
    return _join(b"yizhan-seal-v1", terminal, incarnation, seq) + b"\0" + link


def _join(label: bytes, *parts: str | int) -> bytes:
    return b"\0".join((label, *(str(part).encode() for part in parts)))
