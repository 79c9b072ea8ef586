"""zstd, out and in: what comes from outside is bounded by what is produced, not by what a frame promises.

The library is loaded by the first use: no start of a terminal waits for it.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sync.wire.errors import Malformed

_WINDOW = 2**23
_LONG_WINDOW = 2**27  # of a stream: central may press a pack at any level
_BLOCK = 64 * 1024


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


def pressed(lines: Iterable[bytes], level: int) -> Iterator[bytes]:
    """Lines, each with its newline from here, as one stream with a checksum."""
    import zstandard

    press = zstandard.ZstdCompressor(level=level, write_checksum=True).compressobj()
    for line in lines:
        yield press.compress(line + b"\n")
    yield press.flush()


def lines(file: BinaryIO, longest: int) -> Iterator[bytes]:
    """What was pressed, each line without its newline. Raises Malformed, and what reading raises."""
    import zstandard

    reader = zstandard.ZstdDecompressor(max_window_size=_LONG_WINDOW).stream_reader(file)
    rest = b""
    while True:
        try:
            block = reader.read(_BLOCK)
        except (zstandard.ZstdError, MemoryError) as error:
            raise Malformed("not zstd") from error
        if not block:
            break
        *whole, rest = (rest + block).split(b"\n")
        if len(rest) > longest or any(len(line) > longest for line in whole):
            raise Malformed("a line is too long")
        yield from whole
    if rest:
        raise Malformed("the last line is not ended")
