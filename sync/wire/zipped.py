"""zstd, out and in: what comes from outside is bounded by what is produced, not by what a frame promises.

The library is loaded by the first use: no start of a terminal waits for it.
"""

from sync.wire.errors import Malformed

_WINDOW = 2**23


def pack(data: bytes, level: int = 6) -> bytes:
    import zstandard

    return zstandard.compress(data, level)


def unpack(data: bytes, limit: int) -> bytes:
    """Raises Malformed."""
    import zstandard

    try:
        plain = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(data).read(limit + 1)
    except (zstandard.ZstdError, MemoryError) as error:
        raise Malformed("not zstd") from error
    if len(plain) > limit:
        raise Malformed(f"more than {limit} bytes unpacked")
    return plain
