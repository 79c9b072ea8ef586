"""How the calls answer: tokens that carry the nonce, and how the document describes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Response

from central.config import Parts
from sync.wire import token
from sync.wire.problems import MEDIA_TYPE as PROBLEM_TYPE

TOKEN_TYPE = "application/jose"  # noqa: S105 - a media type
BYTES = {"type": "string", "format": "binary"}

Documented = dict[int | str, dict[str, Any]]


def signed(parts: Parts, typ: token.Typ, payload: Mapping[str, Any]) -> Response:
    return Response(token.sign(parts.keys.answers, typ, payload), media_type=TOKEN_TYPE)


def documented(status: int, what: str, media: str | None, *problems: int) -> Documented:
    """The responses of a call: its answer and the problems it knows of."""
    content = {media: {"schema": {"type": "string"} if media == TOKEN_TYPE else BYTES}} if media else {}
    answers: Documented = {status: {"description": what, **({"content": content} if content else {})}}
    for code in (*problems, 400, 500, 503):
        answers[code] = {
            "description": "Problem (RFC 9457)",
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    return answers


def request_of(media: str) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {media: {"schema": BYTES}}}}
