"""Who asks: reads a request's body within limits and checks the terminal's signature over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool

from central import epoch
from central.config import Parts
from central.errors import Refusal, Refused, SignedRefusal
from central.handlers.base import TerminalRow
from central.terminals import KnownKeys
from sync.wire import request as wire_request
from sync.wire.errors import WireError
from sync.wire.keys import PublicKey
from sync.wire.problems import Problem
from sync.wire.request import RequestClaims

MAX_BODY = 5 * 1024 * 1024


@dataclass(frozen=True)
class Caller:
    """A terminal that proved who it is. `closed`: it speaks as an incarnation that has ended."""

    terminal: TerminalRow
    nonce: str
    closed: bool
    kid: str  # whose signature it is


def parts_of(request: Request) -> Parts:
    parts = request.app.state.parts
    assert isinstance(parts, Parts)
    return parts


async def read_body(request: Request) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > MAX_BODY:
        raise Refused(Problem.TOO_LARGE, f"at most {MAX_BODY} bytes")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BODY:
            raise Refused(Problem.TOO_LARGE, f"at most {MAX_BODY} bytes")
    return bytes(body)


async def _parts(request: Request) -> Parts:
    return parts_of(request)  # not parts_of itself: for a plain function a thread is taken, at every request


PartsOf = Annotated[Parts, Depends(_parts)]
Body = Annotated[bytes, Depends(read_body)]
Authorization = Annotated[str, Header(description="`YZ-JWS <token>`: the terminal's signature")]


def signed_by(request: Request, parts: PartsOf, body: Body, authorization: Authorization = "") -> Caller:
    """Any incarnation, also one that has ended: what it recorded may still come in."""
    with parts.database.reading() as conn:
        known = KnownKeys(conn)
        claims = claims_of(request, known, body, authorization)
    life = known.life
    if life is None or (claims.terminal, claims.incarnation) != (life.terminal.id, life.terminal.incarnation):
        raise Refused(Problem.UNSIGNED, "this key speaks for another terminal")
    check_path(request, claims)
    return Caller(life.terminal, claims.nonce, life.closed, life.key.kid)


def claims_of(
    request: Request, keys: Mapping[str, PublicKey], body: bytes, authorization: str
) -> RequestClaims:
    """What one of these keys signed over just this request. Raises Refused."""
    if "%00" in _target(request):
        raise Refused(Problem.MALFORMED, "a zero byte names nothing")  # and not every database takes one
    try:
        claims = wire_request.check(authorization, keys, request.method, _target(request), body)
    except WireError as error:
        raise Refused(Problem.UNSIGNED, str(error)) from error
    return claims


async def living(parts: PartsOf, caller: Annotated[Caller, Depends(signed_by)]) -> Caller:
    """Only the incarnation that lives now."""
    if caller.closed:
        raise await run_in_threadpool(_ended, parts, caller)
    return caller


def _ended(parts: Parts, caller: Caller) -> SignedRefusal:
    with parts.database.reading() as conn:
        state = {"epoch": epoch.current(conn), "incarnation": caller.terminal.incarnation}
    refusal = Refusal(Problem.INCARNATION_CLOSED, "this incarnation has ended", state)
    return SignedRefusal(refusal, terminal=caller.terminal.id, nonce=caller.nonce)


SignedBy = Annotated[Caller, Depends(signed_by)]
Living = Annotated[Caller, Depends(living)]


def _target(request: Request) -> str:
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query: bytes = request.scope["query_string"]
    return (path.split(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")


def check_path(request: Request, claims: RequestClaims) -> None:
    named = request.path_params.get("terminal")
    if named is not None and named != claims.terminal:
        raise Refused(Problem.FORBIDDEN, "another terminal's")
    # Counties are checked where they are asked for: packs are by county, not by terminal.
