"""How the calls answer: tokens that carry the nonce, and how the document describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Header, Response

from central.config import Parts
from sync.wire import token
from sync.wire.problems import MEDIA_TYPE as PROBLEM_TYPE
from sync.wire.zipped import pack

TOKEN_TYPE = "application/jose"  # noqa: S105 - a media type
WORTH_PACKING = 1024
PACKING = 3
AcceptEncoding = Annotated[str, Header(alias="Accept-Encoding")]
BYTES = {"type": "string", "format": "binary"}
RETRY_AFTER = {
    "Retry-After": {"description": "Seconds until this terminal's turn", "schema": {"type": "integer"}}
}

Documented = dict[int | str, dict[str, Any]]


def signed(parts: Parts, typ: token.Typ, payload: Mapping[str, Any], accepts: str = "") -> Response:
    """`accepts` is the request's `Accept-Encoding`: a long token packs to a quarter."""
    text = token.sign(parts.keys.answers, typ, payload).encode()
    if len(text) < WORTH_PACKING or "zstd" not in accepts:
        return Response(text, media_type=TOKEN_TYPE)
    headers = {"Content-Encoding": "zstd", "Vary": "Accept-Encoding"}
    return Response(pack(text, PACKING), media_type=TOKEN_TYPE, headers=headers)


def documented(status: int, what: str, media: str | None, *problems: int) -> Documented:
    """The responses of a call: its answer and the problems it knows of."""
    content = {media: {"schema": {"type": "string"} if media == TOKEN_TYPE else BYTES}} if media else {}
    answers: Documented = {status: {"description": what, **({"content": content} if content else {})}}
    for code in (*problems, 400, 500, 503):
        answers[code] = {
            **({"headers": RETRY_AFTER} if code == 429 else {}),
            "description": "Problem (RFC 9457)",
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return answers


def in_spans(answers: Documented) -> Documented:
    """Of a call that answers with a file: a `Range` gets one span of it."""
    return answers | {206: answers[200] | {"description": "One span of it"}}


def request_of(media: str, schema: Mapping[str, Any] = BYTES) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {media: {"schema": dict(schema)}}}}
