"""Who asks: reads a request's body within limits and checks the terminal's signature over it."""

from __future__ import annotations

import asyncio
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
MAX_STRANGE = 512 * 1024  # of somebody who proves nothing by the head of the request
BODY_SECONDS = 120.0
"""A terminal sends no more at once than its line takes in seconds: what comes slower holds a place idly."""


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


async def _read(request: Request, most: int) -> bytes:
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > most:
        raise Refused(Problem.TOO_LARGE, f"at most {most} bytes")
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise Refused(Problem.TOO_LARGE, f"at most {most} bytes")
    except TimeoutError as error:
        raise Refused(Problem.BUSY, "the body did not come: nothing was taken in") from error
    return bytes(body)


async def read_strange(request: Request) -> bytes:
    return await _read(request, MAX_STRANGE)


async def _parts(request: Request) -> Parts:
    return parts_of(request)  # not parts_of itself: for a plain function a thread is taken, at every request


PartsOf = Annotated[Parts, Depends(_parts)]
StrangeBody = Annotated[bytes, Depends(read_strange)]
Authorization = Annotated[str, Header(description="`YZ-JWS <token>`: the terminal's signature")]


@dataclass(frozen=True)
class Announced:
    """Who says so proved it by the head of the request; the body is still to come."""

    caller: Caller
    claims: RequestClaims


def announced(request: Request, parts: PartsOf, authorization: Authorization = "") -> Announced:
    """Any incarnation, also one that has ended: what it recorded may still come in."""
    with parts.database.reading() as conn:
        known = KnownKeys(conn)
        claims = claims_of(request, known, authorization)
    life = known.life
    if life is None or (claims.terminal, claims.incarnation) != (life.terminal.id, life.terminal.incarnation):
        raise Refused(Problem.UNSIGNED, "this key speaks for another terminal")
    check_path(request, claims)
    return Announced(Caller(life.terminal, claims.nonce, life.closed, life.key.kid), claims)


def claims_of(request: Request, keys: Mapping[str, PublicKey], authorization: str) -> RequestClaims:
    """What one of these keys signed for just this call; its body is for `cover`. Raises Refused."""
    if "%00" in _target(request):
        raise Refused(Problem.MALFORMED, "a zero byte names nothing")  # and not every database takes one
    try:
        return wire_request.check_head(authorization, keys, request.method, _target(request))
    except WireError as error:
        raise Refused(Problem.UNSIGNED, str(error)) from error


def cover(claims: RequestClaims, body: bytes) -> None:
    """Raises Refused."""
    try:
        claims.cover(body)
    except WireError as error:
        raise Refused(Problem.UNSIGNED, str(error)) from error


async def read_signed(request: Request, by: Annotated[Announced, Depends(announced)]) -> bytes:
    """Nothing is read for who is not known, and nothing goes on that was not signed."""
    body = await _read(request, MAX_BODY)
    cover(by.claims, body)
    return body


Body = Annotated[bytes, Depends(read_signed)]


async def signed_by(by: Annotated[Announced, Depends(announced)], _body: Body) -> Caller:
    return by.caller


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
