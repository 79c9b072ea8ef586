"""Bundles of other terminals, brought by one that has a line; nothing in them is readable to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from central import courier
from central.api.answers import documented, request_of
from central.api.ranges import Sha256, chunk_of, taking
from central.auth import Body, Living, PartsOf
from central.errors import Refused
from central.gate import door, gate_of
from central.staging import Terms
from sync.wire import bundle as wire_bundle
from sync.wire.bundle import MAX_FILE, MEDIA_TYPE
from sync.wire.problems import Problem

PACK_HEADER = "YZ-Pack"
QUOTA = 256 * 1024 * 1024
"""Bytes of bundles of one carrier that lie here until they are answered, or forsaken."""

router = APIRouter(prefix="/v1/bundles", tags=["courier"], dependencies=[Depends(door)])


async def turn(request: Request, carrier: Living) -> AsyncIterator[None]:
    """One beside the turn that the carrier has for what it recorded itself."""
    async with gate_of(request).turn(f"{carrier.terminal.id}/bundles"):
        yield


@router.put(
    "/{sha256}",
    status_code=201,
    openapi_extra=request_of(MEDIA_TYPE),
    responses=documented(201, "Whole", None, 401, 403, 409, 413, 422, 429)
    | {308: {"description": "Go on after `Range`"}},
)
def bring(
    sha256: Sha256,
    parts: PartsOf,
    body: Body,
    carrier: Living,
    content_range: Annotated[str, Header()] = "",
) -> Response:
    """Anyone enrolled may carry."""
    owner, chunk = carrier.terminal.id, chunk_of(content_range, body, MAX_FILE)
    terms, staging = Terms(QUOTA, parts.clock()), parts.bundles
    staging.sweep(terms.now)
    with staging.held(owner):
        return taking(lambda: staging.take(owner, sha256, chunk, terms), QUOTA)


@router.post(
    "/{sha256}",
    dependencies=[Depends(turn)],
    responses=documented(200, "Answer", MEDIA_TYPE, 401, 403, 404, 409, 429),
)
def answer(sha256: Sha256, parts: PartsOf, carrier: Living) -> Response:
    """To a bundle that is whole here. `YZ-Pack` names a pack its terminal lacks: `<county>/<version>`."""
    owner, staging = carrier.terminal.id, parts.bundles
    with staging.held(owner):
        path = staging.whole(owner, sha256)
        data = None if path is None else path.read_bytes()
    if path is None or data is None:
        raise Refused(Problem.NOT_FOUND, "this bundle is not whole here: bring it first")
    reply = courier.answer(parts, wire_bundle.parse(data))
    with staging.held(owner):
        staging.done_with(path, parts.clock())
    pack = {} if reply.pack is None else {PACK_HEADER: f"{reply.pack.county}/{reply.pack.version}"}
    return Response(reply.data, media_type=MEDIA_TYPE, headers=pack)
