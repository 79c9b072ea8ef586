"""Operations up, and the two small calls beside them: status and heartbeat."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from central import epoch, push, terminals
from central.api.answers import TOKEN_TYPE, AcceptEncoding, documented, request_of, signed
from central.auth import Body, Living, PartsOf, SignedBy
from central.errors import Refusal, Refused, SignedRefusal
from central.gate import door, turn
from sync.wire import batch as wire_batch
from sync.wire import canon
from sync.wire.answers import Status
from sync.wire.batch import MAX_UNPACKED
from sync.wire.encoding import instant
from sync.wire.errors import BadSignature
from sync.wire.problems import Problem
from sync.wire.token import Typ

MAX_HEARTBEAT = 8 * 1024

router = APIRouter(prefix="/v1/terminals/{terminal}", tags=["operations"], dependencies=[Depends(door)])


@router.post(
    "/operations",
    dependencies=[Depends(turn)],
    openapi_extra=request_of(wire_batch.MEDIA_TYPE),
    responses=documented(200, "`yz-ack`", TOKEN_TYPE, 401, 403, 409, 413, 429),
)
def operations(
    terminal: str, parts: PartsOf, body: Body, caller: SignedBy, accepts: AcceptEncoding = ""
) -> Response:
    if len(body) > MAX_UNPACKED:
        raise Refused(Problem.TOO_LARGE, f"at most {MAX_UNPACKED} bytes")
    batch = wire_batch.decode(body)
    if (batch.terminal, batch.incarnation) != (terminal, caller.terminal.incarnation):
        raise Refused(Problem.FORBIDDEN, "another terminal's operations")
    desk = push.Desk(parts.keys, parts.handlers, parts.clock(), parts.horizon)
    try:
        taken = parts.database.write(lambda conn: push.take(conn, desk, batch, caller.kid))
    except BadSignature as error:
        raise Refused(Problem.UNSIGNED, "the seal does not fit the operations") from error
    if isinstance(taken, Refusal):
        raise SignedRefusal(taken, terminal=terminal, nonce=batch.nonce)
    return signed(parts, Typ.ACK, taken.payload(), accepts)


@router.get("/status", responses=documented(200, "`yz-status`", TOKEN_TYPE, 401, 403, 409, 429))
def status(
    terminal: str, parts: PartsOf, caller: Living, nonce: Annotated[str, Query(min_length=1, max_length=64)]
) -> Response:
    incarnation = caller.terminal.incarnation
    with parts.database.reading() as conn:
        life = terminals.of(conn, terminal, incarnation)
        now = instant(parts.clock())
        here = epoch.life(conn)
        chain = (life.high_water, life.chain)
        reconciling = here.reconciling_since is not None
        answer = Status(terminal, here.epoch, incarnation, nonce, *chain, now, reconciling)
    return signed(parts, Typ.STATUS, answer.payload())


@router.post(
    "/heartbeat",
    status_code=204,
    openapi_extra=request_of("application/json", {"type": "object"}),
    responses=documented(204, "Noted", None, 401, 403, 409, 413, 429),
)
def heartbeat(terminal: str, parts: PartsOf, body: Body, _caller: Living) -> Response:
    report = canon.decode_object(body, limit=MAX_HEARTBEAT)
    parts.database.write(lambda conn: terminals.beat(conn, terminal, report, parts.clock()))
    return Response(status_code=204)
