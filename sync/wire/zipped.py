"""zstd from outside: bounded by what is produced, not by what a frame promises."""

import zstandard

from sync.wire.errors import Malformed

_WINDOW = 2**23


def unpack(data: bytes, limit: int) -> bytes:
    """Raises Malformed."""
    try:
        plain = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data).read(limit + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Malformed("not zstd") from error
    if len(plain) > limit:
        raise Malformed(f"more than {limit} bytes unpacked")
    return plain
