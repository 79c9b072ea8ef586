"""One prepared county for all journeys of a test process; each journey gets a copy of its own."""

from pathlib import Path

import pytest

from tests.journeys import world
from tests.journeys.world import World
from tests.support.coroutines import pytest_pyfunc_call

__all__ = ["pytest_pyfunc_call"]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> World:
    return world.build(tmp_path_factory.mktemp("prepared") / "world")


@pytest.fixture
def county(prepared: World, tmp_path: Path) -> World:
    return prepared.copy(tmp_path / "world")
