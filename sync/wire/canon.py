"""Canonical JSON (PROTOCOL.md §1): one value, one sequence of bytes, read alike in every language."""

import json
import re
from typing import Any, NoReturn

from sync.wire.errors import Malformed

MAX_DEPTH = 16
MAX_INTEGER = 2**53
DEFAULT_LIMIT = 4 * 1024 * 1024
_TEXT = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_ONE_KIND = bytes.maketrans(b"{}", b"[]")
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))


def encode(value: Any) -> bytes:
    """Raises Malformed for a float, a non-text key, an integer of 2^53 or more, or more than 16 levels."""
    _check(value, 0)
    try:
        return _to_text(value).encode("utf-8")
    except UnicodeEncodeError as error:  # a lone surrogate
        raise Malformed("text is not Unicode") from error


def decode(data: bytes, *, limit: int = DEFAULT_LIMIT) -> Any:
    """Any value of §1; raises Malformed. Key order is not asked for: bytes are hashed as they stand."""
    if len(data) > limit:
        raise Malformed(f"{len(data)} bytes, allowed are {limit}")
    _limit_depth(data)
    try:
        value = _of_text(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Malformed(str(error)) from error
    if b"\\u" in data:
        encode(value)  # only an escape can have brought in a lone surrogate
    return value


def decode_object(data: bytes, *, limit: int = DEFAULT_LIMIT) -> dict[str, Any]:
    value = decode(data, limit=limit)
    if not isinstance(value, dict):
        raise Malformed("not an object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Malformed("duplicate key")
    return result


def _integer(text: str) -> int:
    value = int(text)  # ValueError for thousands of digits
    if not -MAX_INTEGER < value < MAX_INTEGER:
        raise Malformed("integer out of range")
    return value


def _no_float(text: str) -> NoReturn:
    raise Malformed(f"not an integer: {text[:32]}")


# Made once: `json.dumps` and `json.loads` make them anew at every call.
_to_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_of_text = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_no_float, parse_constant=_no_float
).decode


def _limit_depth(data: bytes) -> None:
    """Before the parser recurses. Brackets of both kinds count alike: the parser minds which closes which."""
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH:
        return
    left = _TEXT.sub(b"", data).translate(_ONE_KIND, _NO_BRACKET)
    for _ in range(MAX_DEPTH):
        left = left.replace(b"[]", b"")
    if left:
        raise Malformed(f"more than {MAX_DEPTH} levels")


def _check(value: Any, depth: int) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        return
    if isinstance(value, int):
        if not -MAX_INTEGER < value < MAX_INTEGER:
            raise Malformed("integer out of range")
        return
    if depth >= MAX_DEPTH:
        raise Malformed(f"more than {MAX_DEPTH} levels")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise Malformed("key is not text")
            _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
    else:
        raise Malformed(f"not a value of the wire: {type(value).__name__}")
