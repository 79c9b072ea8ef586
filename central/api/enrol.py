"""`ca.pem`, `offer`, `enrol`: the calls of a machine that is not a terminal yet."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from central import enrolment
from central.api.answers import TOKEN_TYPE, documented, signed
from central.auth import PartsOf
from sync.wire.keys import PublicKey
from sync.wire.token import Typ

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


@router.get("/ca.pem", responses=documented(200, "Central's private CA", PEM_TYPE))
def ca_pem(parts: PartsOf) -> Response:
    return Response(parts.folder.ca_cert.read_bytes(), media_type=PEM_TYPE)


@router.post("/terminals/offer", responses=documented(200, "`yz-offer`", TOKEN_TYPE, 404, 409))
def offer(parts: PartsOf, asked: OfferRequest) -> Response:
    with parts.database.reading() as conn:
        answer = enrolment.offer(conn, parts.keys, asked.code, asked.nonce, parts.clock())
    return signed(parts, Typ.OFFER, answer.payload())


@router.post("/terminals/enrol", responses=documented(200, "`yz-enrol`", TOKEN_TYPE, 403, 404, 409, 422))
def enrol(parts: PartsOf, asked: EnrolRequest) -> Response:
    key = PublicKey.from_jwk(asked.public_key)
    wanted = enrolment.Application(asked.code, asked.point, key, asked.nonce)
    answer = parts.database.write(lambda conn: enrolment.enrol(conn, parts.keys, wanted, parts.clock()))
    return signed(parts, Typ.ENROL, answer.payload())
