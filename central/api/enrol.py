"""`ca.pem`, `offer`, `enrol`, `readmit`: the calls of a machine that central does not know (any more)."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from central import enrolment, epoch, readmission, terminals
from central.api.answers import TOKEN_TYPE, documented, request_of, signed
from central.auth import (
    MAX_STRANGE,
    Authorization,
    PartsOf,
    StrangeBody,
    check_path,
    claims_of,
    cover,
)
from central.errors import Refused
from sync.wire import canon
from sync.wire.answers import Status
from sync.wire.encoding import instant
from sync.wire.errors import WireError
from sync.wire.keys import PublicKey, keyring
from sync.wire.problems import Problem
from sync.wire.token import Typ

MOST_LIVES = 16
PEM_TYPE = "application/x-pem-file"
Text = Annotated[str, StringConstraints(min_length=1, max_length=128)]

router = APIRouter(prefix="/v1", tags=["enrol"])


class OfferRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: Text
    nonce: Text


class EnrolRequest(OfferRequest):
    point: Text
    public_key: dict[str, Any]
    versions: dict[str, str] = {}
    again: bool = False
    lives: Annotated[list[str], Field(max_length=MOST_LIVES)] = []


@router.get("/ca.pem", responses=documented(200, "Central's private CA", PEM_TYPE))
def ca_pem(parts: PartsOf) -> Response:
    return Response(parts.folder.ca_cert.read_bytes(), media_type=PEM_TYPE)


M = TypeVar("M", bound=BaseModel)


def _read(kind: type[M], body: bytes) -> M:
    """Nobody has proved anything yet: bounded, and as strict as the wire."""
    try:
        return kind.model_validate(canon.decode_object(body, limit=MAX_STRANGE))
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


@router.post(
    "/terminals/offer",
    openapi_extra=request_of("application/json", OfferRequest.model_json_schema()),
    responses=documented(200, "`yz-offer`", TOKEN_TYPE, 404, 409, 413),
)
def offer(parts: PartsOf, body: StrangeBody) -> Response:
    asked = _read(OfferRequest, body)
    with parts.database.reading() as conn:
        answer = enrolment.offer(conn, parts.keys, asked.code, asked.nonce, parts.clock())
    return signed(parts, Typ.OFFER, answer.payload())


@router.post(
    "/terminals/enrol",
    openapi_extra=request_of("application/json", EnrolRequest.model_json_schema()),
    responses=documented(200, "`yz-enrol`", TOKEN_TYPE, 403, 404, 409, 413, 422),
)
def enrol(parts: PartsOf, body: StrangeBody) -> Response:
    asked = _read(EnrolRequest, body)
    key = PublicKey.from_jwk(asked.public_key)
    who = (asked.code, asked.point, key, asked.nonce)
    wanted = enrolment.Application(*who, again=asked.again, lives=tuple(asked.lives))
    tools = (parts.clock(), parts.numbers)
    answer = parts.database.write(lambda conn: enrolment.enrol(conn, parts.keys, wanted, *tools))
    return signed(parts, Typ.ENROL, answer.payload())


@router.post(
    "/terminals/{terminal}/readmit",
    openapi_extra=request_of(TOKEN_TYPE),
    responses=documented(200, "`yz-status`", TOKEN_TYPE, 401, 403, 422),
)
def readmit(
    terminal: str, request: Request, parts: PartsOf, body: StrangeBody, authorization: Authorization = ""
) -> Response:
    """The body is the `yz-enrol` of a life that central, restored from a backup, does not know."""
    try:
        shown = readmission.read(parts.keys, body.decode("ascii", "replace"))
    except WireError as error:
        raise Refused(Problem.UNSIGNED, f"not an enrolment of this central: {error}") from error
    answer = shown.answer
    claims = claims_of(request, keyring(shown.key), authorization)
    cover(claims, body)
    if (claims.terminal, claims.incarnation) != (answer.terminal, answer.incarnation):
        raise Refused(Problem.UNSIGNED, "this key speaks for another terminal")
    check_path(request, claims)
    parts.database.write(lambda conn: readmission.readmit(conn, parts.keys, shown, parts.clock()))
    with parts.database.reading() as conn:
        life, here = terminals.by_key(conn, shown.key.kid), epoch.life(conn)
    assert life is not None, "it was admitted just now"
    who = (terminal, here.epoch, answer.incarnation, claims.nonce)
    reconciling = here.reconciling_since is not None
    status = Status(*who, life.high_water, life.chain, instant(parts.clock()), reconciling)
    return signed(parts, Typ.STATUS, status.payload())
