"""A terminal's own stream of later outcomes, cases, grants, operators, settings, packs and revocations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from central import changes, epoch
from central.api.answers import TOKEN_TYPE, documented, signed
from central.auth import Living, PartsOf
from central.config import Parts
from central.errors import Refusal, SignedRefusal
from sync.wire import token
from sync.wire.answers import Changes
from sync.wire.encoding import instant
from sync.wire.problems import Problem

MAX_CURSOR = 2**53 - 1

router = APIRouter(prefix="/v1/terminals/{terminal}", tags=["changes"])


@router.get("/changes", responses=documented(200, "`yz-changes`", TOKEN_TYPE, 401, 403, 409, 410))
def later(
    terminal: str, parts: PartsOf, caller: Living, cursor: Annotated[int, Query(ge=0, le=MAX_CURSOR)] = 0
) -> Response:
    with parts.database.reading() as conn:
        life = epoch.current(conn)
        page = changes.page(conn, terminal, cursor)
    if page is None:
        refusal = Refusal(Problem.RESYNC, "this stream never came so far", {"epoch": life})
        raise SignedRefusal(refusal, terminal=terminal, nonce=caller.nonce)
    answer = Changes(
        terminal=terminal,
        epoch=life,
        nonce=caller.nonce,
        items=tuple(_out(parts, one) for one in page.items),
        cursor=page.cursor,
        more=page.more,
        server_time=instant(parts.clock()),
    )
    return signed(parts, token.Typ.CHANGES, answer.payload())


def _out(parts: Parts, item: Mapping[str, Any]) -> dict[str, Any]:
    if item["t"] != "grant":
        return dict(item)
    return {
        "n": item["n"],
        "t": "grant",
        "token": token.sign(parts.keys.answers, token.Typ.GRANT, item["grant"]),
    }
