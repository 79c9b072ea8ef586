"""A journal's lines as bytes: JSON, in which bytes are `{"$b64": …}`; `t` says how a line is replayed.

What one transaction wrote is one line: of kind `all` where it wrote several.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sync.wire.encoding import b64, unb64
from sync.wire.errors import Malformed

_BYTES = "$b64"
_ALL = "all"


def encode(kind: str, body: Mapping[str, Any]) -> bytes:
    text = json.dumps({"t": kind, **body}, ensure_ascii=False, separators=(",", ":"), default=_encode_bytes)
    return text.encode("utf-8", "surrogatepass")


def together(lines: Sequence[bytes]) -> bytes:
    return b'{"t":"%s","lines":[%s]}' % (_ALL.encode(), b",".join(lines))


def decode(line: bytes) -> tuple[dict[str, Any], ...]:
    """All that one transaction wrote. Raises Malformed."""
    try:
        value = json.loads(line.decode("utf-8", "surrogatepass"), object_hook=_decode_bytes)
    except (ValueError, RecursionError) as error:
        raise Malformed("not a journal line") from error
    one = _of_a_kind(value)
    if one["t"] != _ALL:
        return (one,)
    if not isinstance(one.get("lines"), list):
        raise Malformed("not a journal line")
    return tuple(_of_a_kind(each) for each in one["lines"])


def _of_a_kind(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("t"), str):
        raise Malformed("not a journal line")
    return value


def _encode_bytes(value: Any) -> Any:
    if isinstance(value, bytes):
        return {_BYTES: b64(value)}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no journal form for {type(value).__name__}")


def _decode_bytes(value: dict[str, Any]) -> Any:
    if value.keys() == {_BYTES}:
        return unb64(str(value[_BYTES]))
    return value
