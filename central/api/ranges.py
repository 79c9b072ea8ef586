"""`Range` and `Content-Range`: one span of bytes, down and up."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from fastapi import Path as InPath
from fastapi import Response
from fastapi.responses import FileResponse

from central.errors import Refused
from central.staging import Chunk, OverQuota, Progress, WrongHash
from sync.wire.errors import Malformed
from sync.wire.problems import Problem

Sha256 = Annotated[str, InPath(pattern="^[0-9a-f]{64}$")]
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,15})-(\d{1,15})|\*)/(\d{1,15})")


def file_response(path: Path, asked: str | None, *, media: str, etag: str) -> Response:
    """The file, or the one span asked for; a span beyond its end is a problem."""
    if not path.is_file():
        raise Refused(Problem.NOT_FOUND, "no such file")
    size = path.stat().st_size
    span = _RANGE.fullmatch(asked or "")
    if asked is not None and (
        span is None or int(span[1]) >= size or (span[2] and int(span[2]) < int(span[1]))
    ):
        raise Refused(Problem.RANGE, f"the file has {size} bytes", size=size)
    headers = {"ETag": f'"{etag}"', "Cache-Control": "private, max-age=31536000, immutable"}
    return FileResponse(path, media_type=media, headers=headers)


def taking(piece: Callable[[], Progress], quota: int) -> Response:
    """How far it has come with this piece."""
    try:
        progress = piece()
    except OverQuota as error:
        raise Refused(Problem.OVER_QUOTA, f"at most {quota} bytes begun") from error
    except WrongHash as error:
        raise Refused(Problem.HASH_MISMATCH, "these bytes have another hash; begin again") from error
    if progress.whole:
        return Response(status_code=201)
    headers = {"Range": f"bytes=0-{progress.have - 1}"} if progress.have else {}
    return Response(status_code=308, headers=headers)


def chunk_of(content_range: str, data: bytes, limit: int) -> Chunk:
    """What a `PUT` carries; without a header the whole. Raises Malformed, or Refused beyond `limit`."""
    if not content_range:
        return Chunk(0, len(data), data)
    span = _CONTENT_RANGE.fullmatch(content_range)
    if span is None:
        raise Malformed("Content-Range is bytes a-b/n or bytes */n")
    total = int(span[3])
    if total > limit:
        raise Refused(Problem.TOO_LARGE, f"at most {limit} bytes")
    if span[1] is None:
        if data:
            raise Malformed("bytes */n asks and carries nothing")
        return Chunk(0, total, b"")
    start, end = int(span[1]), int(span[2])
    if end - start + 1 != len(data) or end >= total:
        raise Malformed("Content-Range does not fit the body")
    return Chunk(start, total, data)
