"""Changes a valid sample into something a broken or hostile machine could send, by structure and by bytes."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

BAD_JSON = (
    b"1.5",
    b"1e3",
    b"-0",
    b"NaN",
    b"Infinity",
    b"9007199254740992",
    b"-9007199254740991",
    b"9223372036854775808",
    b"9" * 5000,
    b"[" * 40 + b"]" * 40,
    b"[" * 100_000,
    b'{"a":' * 30 + b"1" + b"}" * 30,
    rb'"\ud800"',
    rb'"\u0000"',
    b'"\xff\xfe"',
    b'"' + b"x" * 5000 + b'"',
    b"{}",
    b"[]",
    b"[[]]",
    b"null",
    b"true",
    b'""',
    b"-1",
    b"0",
    b'"../../etc/passwd"',
    b'{"a":1,"a":2}',
    '"²٣"'.encode(),
)
BAD_TEXT = (b"\0", b"\xff", b"..", b"/", b"\n", b".", b"-", "٣".encode(), b"9" * 5000, b"\x28\xb5\x2f\xfd")
_HOLE = "\x01hole\x01"
Change = Callable[[bytes, Random], bytes]


def mutate(sample: bytes, rng: Random) -> bytes:
    """One to three changes."""
    data = sample
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        data = rng.choice(_CHANGES)(data, rng)
    return data


def _flip(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _drop(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randrange(1, 20) :]


def _repeat(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at : at + rng.randrange(1, 40)] * rng.choice((2, 3, 50)) + data[at:]


def _splice(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + rng.choice(BAD_TEXT) + data[at + rng.randrange(3) :]


def _lines(data: bytes, rng: Random) -> bytes:
    lines = data.split(b"\n")
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            lines[at], lines[other] = lines[other], lines[at]
        case 1:
            del lines[at]
        case 2:
            lines.insert(at, lines[other])
        case _:
            lines[at] = b""
    return b"\n".join(lines)


def _json(data: bytes, rng: Random) -> bytes:
    """One member of one JSON line becomes what it must not be."""
    lines = data.split(b"\n")
    readable = [n for n, line in enumerate(lines) if line[:1] in (b"{", b"[")]
    if not readable:
        return _flip(data, rng)
    at = rng.choice(readable)
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _flip(data, rng)
    lines[at] = _changed(value, rng)
    return b"\n".join(lines)


def _changed(value: Any, rng: Random) -> bytes:
    places = list(_places(value))
    if not places:
        return rng.choice(BAD_JSON)
    holder, key = rng.choice(places)
    match rng.randrange(5):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[rng.choice(("more", "", "\0", "sealed", "t", "cash"))] = holder[key]
        case 2:
            other, name = rng.choice(places)
            holder[key] = json.loads(json.dumps(other[name]))
        case _:
            holder[key] = _HOLE
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return text.replace(json.dumps(_HOLE).encode(), rng.choice(BAD_JSON))


def _places(value: Any) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _places(inner)


_CHANGES: tuple[Change, ...] = (_json, _json, _json, _json, _lines, _flip, _cut, _drop, _repeat, _splice)
