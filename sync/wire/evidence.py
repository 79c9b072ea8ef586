"""What a terminal shows to a central that lost a part of its past: its own signed words, and bare places.

A bare place is an operation whose payload the terminal was told to erase: header and hash hold the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sync.wire import canon
from sync.wire.encoding import b64, unb64, unhex
from sync.wire.errors import Malformed
from sync.wire.operation import LINK_BYTES, MAX_HEADER
from sync.wire.zipped import pack, unpack

MEDIA_TYPE = "application/vnd.yizhan.evidence+zstd"
VERSION = 1
MAX_UNPACKED = 4 * 1024 * 1024
MAX_LINES = 20_000
HASH_BYTES = 32
MAX_PREAMBLE = 16 * 1024


@dataclass(frozen=True)
class Bare:
    header_bytes: bytes
    payload_hash: bytes


@dataclass(frozen=True)
class BareRun:
    """Places in sequence; `seal` is the one of the last."""

    first_seq: int
    prev: bytes
    seal: bytes
    places: tuple[Bare, ...]


@dataclass(frozen=True)
class Evidence:
    terminal: str
    incarnation: int
    nonce: str
    tokens: tuple[str, ...]  # yz-ack, yz-changes, yz-grant, yz-forks
    more: bool  # the next page follows; with the last one this life has said all it knows
    bare: BareRun | None = None


def encode(evidence: Evidence) -> bytes:
    preamble: dict[str, Any] = {
        "v": VERSION,
        "terminal": evidence.terminal,
        "incarnation": evidence.incarnation,
        "nonce": evidence.nonce,
        "tokens": len(evidence.tokens),
        "more": evidence.more,
    }
    run = evidence.bare
    lines = [token.encode("ascii") for token in evidence.tokens]
    if run is not None:
        preamble["bare"] = {
            "first_seq": run.first_seq,
            "count": len(run.places),
            "prev": run.prev.hex(),
            "seal": b64(run.seal),
        }
        for place in run.places:
            lines += (place.header_bytes, place.payload_hash.hex().encode())
    return pack(b"\n".join((canon.encode(preamble), *lines)) + b"\n")


def decode(data: bytes) -> Evidence:
    """Raises Malformed; the tokens are not verified here."""
    lines = unpack(data, MAX_UNPACKED).split(b"\n")
    if lines.pop() != b"":
        raise Malformed("last line is not ended")
    if len(lines) > MAX_LINES:
        raise Malformed("too many lines")
    preamble = canon.decode_object(lines[0], limit=MAX_PREAMBLE) if lines else {}
    try:
        return _read(preamble, lines[1:])
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise Malformed(f"evidence: {error}") from error


def _read(preamble: dict[str, Any], lines: Sequence[bytes]) -> Evidence:
    if preamble["v"] != VERSION:
        raise Malformed("unknown version of the evidence")
    counted = _number(preamble["tokens"], 0)
    run, rest = preamble.get("bare"), lines[counted:]
    if run is None and rest:
        raise Malformed("lines beyond what was counted")
    return Evidence(
        terminal=_text(preamble["terminal"]),
        incarnation=_number(preamble["incarnation"], 1),
        nonce=_text(preamble["nonce"]),
        tokens=tuple(dict.fromkeys(line.decode("ascii") for line in lines[:counted])),  # said twice is said
        more=preamble["more"] is True,
        bare=None if run is None else _run(run, rest),
    )


def _run(raw: dict[str, Any], lines: Sequence[bytes]) -> BareRun:
    count = _number(raw["count"], 1)
    if len(lines) != 2 * count:
        raise Malformed("bare places do not fit their count")
    pairs = zip(lines[::2], lines[1::2], strict=True)
    places = tuple(
        Bare(_header(header), unhex(hashed.decode("ascii"), HASH_BYTES)) for header, hashed in pairs
    )
    seal, prev = unb64(_text(raw["seal"])), unhex(_text(raw["prev"]), LINK_BYTES)
    return BareRun(_number(raw["first_seq"], 1), prev, seal, places)


def _header(line: bytes) -> bytes:
    if not 0 < len(line) <= MAX_HEADER:
        raise Malformed("a header of no such length")
    return line


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed("not text")
    return value


def _number(value: Any, least: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Malformed("not a number of the right size")
    return value
