"""What a terminal shows when its chain and central's do not meet: central's own words, or the fork."""

from __future__ import annotations

from fastapi import APIRouter, Response

from central import evidence
from central.api.answers import TOKEN_TYPE, documented, request_of, signed
from central.auth import Body, PartsOf, SignedBy
from central.errors import Refusal, Refused, SignedRefusal
from sync.wire import evidence as wire_evidence
from sync.wire.problems import Problem
from sync.wire.token import Typ

router = APIRouter(prefix="/v1/terminals/{terminal}", tags=["evidence"])


@router.post(
    "/evidence",
    openapi_extra=request_of(wire_evidence.MEDIA_TYPE),
    responses=documented(200, "`yz-status`", TOKEN_TYPE, 401, 403, 409, 413),
)
def testify(terminal: str, parts: PartsOf, body: Body, caller: SignedBy) -> Response:
    shown = wire_evidence.decode(body)
    if (shown.terminal, shown.incarnation) != (terminal, caller.terminal.incarnation):
        raise Refused(Problem.FORBIDDEN, "another terminal's evidence")
    hearing = evidence.Hearing(parts.keys, parts.handlers, parts.clock())
    taken = parts.database.write(lambda conn: evidence.take(conn, hearing, shown))
    if isinstance(taken, Refusal):
        raise SignedRefusal(taken, terminal=terminal, nonce=shown.nonce)
    return signed(parts, Typ.STATUS, taken.payload())
