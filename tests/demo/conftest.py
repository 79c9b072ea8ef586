"""The demo county's pack, built once for all tests of its data."""

from datetime import UTC, datetime
from typing import Any

import pytest

from central.demo.county import records

AS_OF = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def as_of() -> datetime:
    return AS_OF


@pytest.fixture(scope="session")
def pack() -> list[dict[str, Any]]:
    return list(records(AS_OF))


@pytest.fixture(scope="session")
def by_type(pack: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in pack:
        found.setdefault(record["t"], []).append(record)
    return found
