"""Attachments up in resumable chunks; pictures and content down, immutable; no attachment comes down."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from central import attachments
from central.api.answers import documented, in_spans, request_of
from central.api.ranges import Sha256, chunk_of, file_response, taking
from central.auth import Body, Living, PartsOf, SignedBy
from central.errors import Refused
from central.staging import Terms
from sync.wire.asset import MAX_ASSET
from sync.wire.problems import Problem

BYTES_TYPE = "application/octet-stream"

router = APIRouter(prefix="/v1/assets", tags=["assets"])


@router.put(
    "/{sha256}",
    status_code=201,
    openapi_extra=request_of(BYTES_TYPE),
    responses=documented(201, "Whole", None, 401, 404, 413, 422)
    | {308: {"description": "Go on after `Range`"}},
)
def put(
    sha256: Sha256,
    parts: PartsOf,
    body: Body,
    caller: SignedBy,
    op: Annotated[str, Query(min_length=1, max_length=64)],
    content_range: Annotated[str, Header()] = "",
) -> Response:
    terminal = caller.terminal.id
    chunk = chunk_of(content_range, body, MAX_ASSET)
    with parts.database.reading() as conn:
        if not attachments.is_named(conn, terminal, op, sha256):
            raise Refused(Problem.NOT_FOUND, "no operation of this terminal names it")
    terms, store = Terms(attachments.QUOTA, parts.clock()), parts.attachments
    return taking(lambda: store.take(terminal, sha256, chunk, terms), attachments.QUOTA)


@router.get("/{sha256}", responses=in_spans(documented(200, "The bytes", BYTES_TYPE, 401, 404, 409, 416)))
def get(
    sha256: Sha256,
    parts: PartsOf,
    _caller: Living,
    range_: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    return file_response(parts.assets.path(sha256), range_, media=BYTES_TYPE, etag=sha256)
