"""Reference data down: the newest manifest, packs with Range, deltas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from central import packs
from central.api.answers import TOKEN_TYPE, documented, in_spans, signed
from central.api.ranges import file_response
from central.auth import Caller, Living, PartsOf
from central.config import Parts
from central.errors import Refusal, Refused, SignedRefusal
from sync.wire import token
from sync.wire.manifest import Manifest
from sync.wire.problems import Problem

PACK_TYPE = "application/zstd"

router = APIRouter(prefix="/v1/packs/{county}", tags=["packs"])


@router.get("", responses=documented(200, "`yz-manifest`", TOKEN_TYPE, 401, 403, 404, 409))
def newest(county: str, parts: PartsOf, caller: Living) -> Response:
    _own(county, caller)
    with parts.database.reading() as conn:
        manifest = packs.newest(conn, county)
    if manifest is None:
        raise Refused(Problem.NOT_FOUND, "this county has no pack yet")
    return signed(parts, token.Typ.MANIFEST, manifest.payload())


@router.get(
    "/delta", responses=in_spans(documented(200, "zstd NDJSON", PACK_TYPE, 401, 403, 404, 409, 410, 416))
)
async def delta(
    county: str,
    request: Request,
    parts: PartsOf,
    caller: Living,
    base: Annotated[str, Query(alias="from", min_length=1, max_length=64)],
    to: Annotated[str | None, Query(min_length=1, max_length=64)] = None,
    range_: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    """`to` pins the version that the pieces of one delta lead to; the manifest comes with the first piece."""
    _own(county, caller)
    try:
        async with request.app.state.one_delta:
            manifest, path = await run_in_threadpool(_delta, parts, county, base, to)
    except packs.Unreadable as error:
        refusal = Refusal(Problem.RESYNC, "nothing leads from that version to this one", {})
        raise SignedRefusal(refusal, terminal=caller.terminal.id, nonce=caller.nonce) from error
    answer = file_response(path, range_, media=PACK_TYPE, etag=manifest.sha256)
    if not range_ or range_.startswith("bytes=0-"):
        proof = token.sign(parts.keys.answers, token.Typ.MANIFEST, manifest.payload())
        answer.headers["YZ-Manifest"] = proof
    return answer


@router.get(
    "/{version}", responses=in_spans(documented(200, "zstd NDJSON", PACK_TYPE, 401, 403, 404, 409, 416))
)
def pack(
    county: str,
    version: str,
    parts: PartsOf,
    caller: Living,
    range_: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    _own(county, caller)
    with parts.database.reading() as conn:
        manifest = packs.manifest_of(conn, county, version)
    if manifest is None:
        raise Refused(Problem.NOT_FOUND, "no such pack")
    path = packs.file_of(parts.folder.packs, county, version)
    return file_response(path, range_, media=PACK_TYPE, etag=manifest.sha256)


def _delta(parts: Parts, county: str, base: str, to: str | None) -> tuple[Manifest, Path]:
    """One at a time: a county that hears of a new pack asks for the same one at once, and each is dear."""
    with parts.database.reading() as conn:
        known, latest = packs.pair(conn, county, base, to)
    return packs.delta(parts.folder.packs, known, latest)


def _own(county: str, caller: Caller) -> None:
    if county != caller.terminal.county:
        raise Refused(Problem.FORBIDDEN, "another county's pack")
