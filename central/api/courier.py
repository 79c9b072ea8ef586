"""Bundles of other terminals, brought by one that has a line; nothing in them is readable to it."""

from __future__ import annotations

from fastapi import APIRouter, Response

from central import courier
from central.api.answers import documented, request_of
from central.auth import Body, Living, PartsOf
from central.errors import Refused
from sync.wire import bundle as wire_bundle
from sync.wire.bundle import MAX_BUNDLE, MEDIA_TYPE
from sync.wire.problems import Problem

PACK_HEADER = "YZ-Pack"

router = APIRouter(prefix="/v1/bundles", tags=["courier"])


@router.post(
    "",
    openapi_extra=request_of(MEDIA_TYPE),
    responses=documented(200, "Answer", MEDIA_TYPE, 401, 403, 409, 413),
)
def carry(parts: PartsOf, body: Body, _carrier: Living) -> Response:
    """Anyone enrolled may carry. `YZ-Pack` names a pack that the terminal lacks: `<county>/<version>`."""
    if len(body) > MAX_BUNDLE:
        raise Refused(Problem.TOO_LARGE, f"at most {MAX_BUNDLE} bytes")
    reply = courier.answer(parts, wire_bundle.parse(body))
    pack = {} if reply.pack is None else {PACK_HEADER: f"{reply.pack.county}/{reply.pack.version}"}
    return Response(reply.data, media_type=MEDIA_TYPE, headers=pack)
