"""What a terminal shows when its chain and central's do not meet: central's own words, or the fork."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Response

from central import evidence, forks
from central.api.answers import TOKEN_TYPE, documented, request_of, signed
from central.auth import Body, PartsOf, SignedBy
from central.errors import Refusal, Refused, SignedRefusal
from central.gate import door, turn
from sync.wire import batch as wire_batch
from sync.wire import evidence as wire_evidence
from sync.wire.answers import Forks
from sync.wire.encoding import instant
from sync.wire.errors import BadSignature
from sync.wire.problems import Problem
from sync.wire.token import Typ

router = APIRouter(prefix="/v1/terminals/{terminal}", tags=["evidence"], dependencies=[Depends(door)])


@router.post(
    "/forks",
    dependencies=[Depends(turn)],
    openapi_extra=request_of(wire_batch.MEDIA_TYPE),
    responses=documented(200, "`yz-forks`", TOKEN_TYPE, 401, 403, 413, 429),
)
def fork(terminal: str, parts: PartsOf, body: Body, caller: SignedBy) -> Response:
    """Also of a life that has ended: its key signed what it recorded."""
    batch = wire_batch.decode(body)
    if (batch.terminal, batch.incarnation) != (terminal, caller.terminal.incarnation):
        raise Refused(Problem.FORBIDDEN, "another terminal's operations")
    at = parts.clock()
    try:
        results = parts.database.write(lambda conn: forks.take(conn, parts.handlers, batch, at, caller.kid))
    except BadSignature as error:
        raise Refused(Problem.UNSIGNED, "the seal does not fit the operations") from error
    answer = Forks(terminal, batch.incarnation, batch.nonce, results, instant(at))
    return signed(parts, Typ.FORKS, answer.payload())


@router.post(
    "/evidence",
    dependencies=[Depends(turn)],
    openapi_extra=request_of(wire_evidence.MEDIA_TYPE),
    responses=documented(200, "`yz-status`", TOKEN_TYPE, 401, 403, 409, 413, 429),
)
def testify(terminal: str, parts: PartsOf, body: Body, caller: SignedBy) -> Response:
    shown = wire_evidence.decode(body)
    if (shown.terminal, shown.incarnation) != (terminal, caller.terminal.incarnation):
        raise Refused(Problem.FORBIDDEN, "another terminal's evidence")
    hearing = evidence.Hearing(parts.keys, parts.handlers, parts.clock())
    taken = parts.database.write(lambda conn: evidence.take(conn, hearing, shown, caller.kid))
    if isinstance(taken, Refusal):
        raise SignedRefusal(taken, terminal=terminal, nonce=shown.nonce)
    return signed(parts, Typ.STATUS, taken.payload())
