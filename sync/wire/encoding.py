"""Text forms of bytes and instants on the wire."""

import base64
import binascii
import hashlib
import re
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from functools import lru_cache

from sync.wire.errors import Malformed

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64url") from error
    if b64(data) != text:  # the decoder skips foreign characters
        raise Malformed("not base64url")
    return data


def unhex(text: str, length: int) -> bytes:
    try:
        data = bytes.fromhex(text)
    except ValueError as error:
        raise Malformed("not hex") from error
    if len(data) != length or data.hex() != text:
        raise Malformed("not hex of the right length")
    return data


def sha256_hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@lru_cache(maxsize=64)  # one moment stands on every row of a batch
def instant(moment: datetime) -> str:
    """RFC 3339 UTC in whole seconds, so that the order of texts is the order of time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_instant(text: str) -> datetime:
    """Milliseconds were written once and are read for ever."""
    if not _INSTANT.fullmatch(text):
        raise Malformed(f"not an instant: {text[:40]!r}")
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise Malformed(f"not an instant: {text[:40]!r}") from error
    if not MINYEAR < moment.year < MAXYEAR:  # a little more or less would be no date at all
        raise Malformed(f"not an instant: {text[:40]!r}")
    return moment
