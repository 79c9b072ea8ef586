"""Every failure of a call as an RFC 9457 problem document of the closed list; never a trace."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from central.auth import parts_of
from central.config import Parts
from central.database import is_outage
from central.errors import NotYet, Refusal, Refused, SignedRefusal
from sync.wire import canon, problems, token
from sync.wire.encoding import instant
from sync.wire.errors import WireError
from sync.wire.problems import Problem

_log = logging.getLogger(__name__)
_BY_STATUS = {
    HTTPStatus.NOT_FOUND: Problem.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED: Problem.METHOD_NOT_ALLOWED,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Problem.TOO_LARGE,
}
_RETRY_SECONDS = "2"


def response(problem: Problem, detail: str, headers: dict[str, str] | None = None, **extra: Any) -> Response:
    body = canon.encode(problems.document(problem, detail, **extra))
    return Response(body, problem.status, headers, problems.MEDIA_TYPE)


def install(app: FastAPI) -> None:
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(WireError, _malformed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(NoConnectionFree, _crowded)
    app.add_exception_handler(Exception, _failure)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    refusal = error.refusal
    if isinstance(error, NotYet):
        return response(refusal.problem, refusal.detail, {"Retry-After": str(error.seconds)})
    if not isinstance(error, SignedRefusal):
        return response(refusal.problem, refusal.detail, **refusal.extra)
    signed = proof(parts_of(request), refusal, terminal=error.terminal, nonce=error.nonce)
    return response(refusal.problem, refusal.detail, token=signed, **refusal.extra)


def proof(parts: Parts, refusal: Refusal, *, terminal: str, nonce: str) -> str:
    """A no that moves the terminal's state, signed for it and its question."""
    signed = {
        **problems.document(refusal.problem, refusal.detail, **refusal.extra),
        "terminal": terminal,
        "nonce": nonce,
        "server_time": instant(parts.clock()),
    }
    return token.sign(parts.keys.answers, token.Typ.PROBLEM, signed)


async def _malformed(_request: Request, error: Exception) -> Response:
    return response(Problem.MALFORMED, str(error))


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    places = [".".join(str(part) for part in found["loc"])[:120] for found in error.errors()[:8]]
    return response(Problem.MALFORMED, "the request does not fit its schema", invalid=places)


async def _gone(_request: Request, _error: Exception) -> Response:
    """The line broke before the request was whole: nobody reads this, and central did not fail."""
    return response(Problem.MALFORMED, "the request was cut off")


async def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = _BY_STATUS.get(HTTPStatus(error.status_code))
    fallback = Problem.MALFORMED if error.status_code < 500 else Problem.FAILURE
    headers = dict(error.headers) if error.headers else None
    return response(known or fallback, HTTPStatus(error.status_code).phrase, headers)


async def _database(request: Request, error: Exception) -> Response:
    if not is_outage(error):
        return await _failure(request, error)
    _log.error("database out of reach: %s", error)
    return response(Problem.BUSY, "try again", {"Retry-After": _RETRY_SECONDS})


async def _crowded(_request: Request, error: Exception) -> Response:
    _log.error("all connections to the database are taken: %s", error)
    return response(Problem.BUSY, "try again", {"Retry-After": _RETRY_SECONDS})


async def _failure(request: Request, error: Exception) -> Response:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return response(Problem.FAILURE, "central failed; nothing was taken in")
