"""One pack for all tests of the services, a fresh point for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.point import Point, build_cache


@pytest.fixture(scope="session")
def cache_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_cache(tmp_path_factory.mktemp("pack"))


@pytest.fixture
def point(tmp_path: Path, cache_file: Path) -> Iterator[Point]:
    made = Point(tmp_path, cache_file)
    yield made
    made.close()
