"""A terminal's own stream of later outcomes, cases, grants, operators, settings, packs and revocations."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from central import epoch, stream
from central.api.answers import TOKEN_TYPE, AcceptEncoding, documented, signed
from central.auth import Living, PartsOf
from central.errors import Refusal, SignedRefusal
from central.gate import door
from sync.wire import token
from sync.wire.place import Place
from sync.wire.problems import Problem

MAX_CURSOR = 2**53 - 1

router = APIRouter(prefix="/v1/terminals/{terminal}", tags=["changes"], dependencies=[Depends(door)])


@router.get("/changes", responses=documented(200, "`yz-changes`", TOKEN_TYPE, 401, 403, 409, 410, 429))
def later(
    terminal: str,
    parts: PartsOf,
    caller: Living,
    cursor: Annotated[int, Query(ge=0, le=MAX_CURSOR)] = 0,
    mark: Annotated[str | None, Query(max_length=64)] = None,
    accepts: AcceptEncoding = "",
) -> Response:
    with parts.database.reading() as conn:
        page = stream.page(conn, parts.keys, terminal, Place(cursor, mark), caller.nonce, parts.clock())
        life = epoch.current(conn)
    if page is None:
        refusal = Refusal(Problem.RESYNC, "this stream never came so far", {"epoch": life})
        raise SignedRefusal(refusal, terminal=terminal, nonce=caller.nonce)
    return signed(parts, token.Typ.CHANGES, page.payload(), accepts)
