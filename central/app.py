"""Builds central's web application from its parts."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import FastAPI, Response

from central import problems
from central.api import assets, changes, courier, enrol, evidence, operations, packs
from central.config import Parts
from central.gate import Gate
from sync.wire.problems import PREFIX, Problem

VERSION = "1"
TITLE = "Yizhan central"


def create_app(parts: Parts) -> FastAPI:
    app = _routes()
    app.state.parts = parts
    app.state.gate = Gate(parts.limits, parts.ticks)
    app.state.one_delta = asyncio.Lock()
    return app


def openapi() -> dict[str, Any]:
    """The calls as an OpenAPI 3.1 document."""
    return _routes().openapi()


def _routes() -> FastAPI:
    app = FastAPI(
        title=TITLE,
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        default_response_class=Response,  # no call answers in plain JSON
    )
    for group in (enrol, operations, evidence, changes, packs, assets, courier):
        app.include_router(group.router)
    problems.install(app)
    plain = app.openapi

    def with_problems() -> dict[str, Any]:
        document = plain()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas["Problem"] = _problem_schema()
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        for call in (call for path in document["paths"].values() for call in path.values()):
            if "HTTPValidationError" in str(call["responses"].get("422")):
                del call["responses"]["422"]
        return document

    app.openapi = with_problems  # type: ignore[method-assign]
    return app


def _problem_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"enum": [PREFIX + problem.value for problem in Problem]},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "token": {"type": "string", "description": "`yz-problem`, when it moves the terminal's state"},
        },
    }
