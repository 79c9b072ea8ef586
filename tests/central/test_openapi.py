"""Central as its own OpenAPI document says, asked by a program that makes calls of it, good and bad ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks as documented

from central import packs
from central.api.answers import TOKEN_TYPE
from central.app import openapi
from sync.wire import batch as wire_batch
from sync.wire import bundle, evidence
from tests.central.conftest import COUNTY, Central
from tests.central.driver import Driver, problem_of

HELD_TO = [
    checks.not_a_server_error,
    documented.status_code_conformance,
    documented.content_type_conformance,
    documented.response_schema_conformance,
]
SLICE, LONG = 6, 300
CALLS = sorted((path, method) for path, calls in openapi()["paths"].items() for method in calls)


OWN = {"county": COUNTY, "version": "20250603-1"}


def _as_it_is(_context: Any, value: Any) -> Any:
    return getattr(value, "data", value)


for media in (wire_batch.MEDIA_TYPE, evidence.MEDIA_TYPE, bundle.MEDIA_TYPE, TOKEN_TYPE):
    schemathesis.serializer(media)(_as_it_is)


@dataclass
class Signer:
    """Speaks for a terminal that is one; `sign` says whether it proves it."""

    driver: Driver

    def send(self, case: Any, *, sign: bool) -> httpx.Response:
        """Who signs asks for what is its own: or nothing behind that check were under fire."""
        if sign:
            own = OWN | {"terminal": self.driver.id}
            case.path_parameters |= {k: v for k, v in own.items() if k in case.path_parameters}
        asked = case.as_transport_kwargs(base_url="https://central")
        request = httpx.Request(
            asked["method"],
            asked["url"],
            params=asked.get("params"),
            headers={k: v for k, v in asked.get("headers", {}).items() if k.lower() != "authorization"},
            content=asked.get("data") if "json" not in asked else None,
            json=asked.get("json"),
        )
        body = request.read()
        path = request.url.raw_path.decode("ascii")
        ask = self.driver.ask if sign else self.driver.calls
        return ask(request.method, path, body, dict(request.headers))


@pytest.fixture
def signer(central: Central) -> Signer:
    driver = central.terminal()
    parts = central.parts
    parts.database.write(lambda conn: packs.build(conn, parts.folder.packs, COUNTY, central.clock()))
    driver.record("callback.request", {"service": "s", "phone": "1", "note": "", "wish": "any"})
    return Signer(driver)


def under_fire(signer: Signer, path: str, method: str, examples: int) -> None:
    schema = schemathesis.openapi.from_dict(openapi())
    call = schema[path][method.upper()]
    modes = list(GenerationMode)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(data=st.data(), mode=st.sampled_from(modes), sign=st.booleans())
    def one_call(data: st.DataObject, mode: GenerationMode, sign: bool) -> None:
        try:
            case = data.draw(call.as_strategy(generation_mode=mode))
        except schemathesis.errors.SchemathesisError:
            return  # what has no schema cannot be wrong in that way
        response = signer.send(case, sign=sign)
        if response.status_code >= 400:
            problem_of(response)
        case.validate_response(response, checks=HELD_TO)

    one_call()


@pytest.mark.parametrize(("path", "method"), CALLS, ids=lambda part: part.removeprefix("/v1"))
def test_it_answers_as_documented(signer: Signer, path: str, method: str) -> None:
    under_fire(signer, path, method, SLICE)


@pytest.mark.slow
@pytest.mark.parametrize(("path", "method"), CALLS, ids=lambda part: part.removeprefix("/v1"))
def test_it_answers_as_documented_for_long(signer: Signer, path: str, method: str) -> None:
    under_fire(signer, path, method, LONG)


def test_no_call_promises_a_media_type_that_never_comes() -> None:
    for path, calls in openapi()["paths"].items():
        for method, call in calls.items():
            types = {media for one in call["responses"].values() for media in one.get("content", {})}
            assert "application/json" not in types, (path, method)
