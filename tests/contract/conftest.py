"""The real client against the real central, over TLS on a real port."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.central import RunningCentral
from tests.support.coroutines import pytest_pyfunc_call
from tests.support.crank import Crank
from tests.support.recovery import stock_honey
from tests.support.terminal import Terminal

__all__ = ["pytest_pyfunc_call"]


@pytest.fixture
def crank() -> Crank:
    return Crank()


@pytest.fixture
def central(tmp_path: Path, crank: Crank) -> Iterator[RunningCentral]:
    running = RunningCentral(tmp_path / "central", crank.now)
    running.start()
    yield running
    running.close()


@pytest.fixture
def honey(central: RunningCentral) -> None:
    """Twenty pieces, of which the point may hold some."""
    central.parts.database.write(stock_honey)


@pytest.fixture
def terminal(tmp_path: Path, crank: Crank) -> Iterator[Terminal]:
    made = Terminal.open(tmp_path / "terminal", crank)
    yield made
    made.close()


@pytest.fixture
def another(tmp_path: Path, crank: Crank) -> Iterator[Terminal]:
    made = Terminal.open(tmp_path / "another", crank)
    yield made
    made.close()


@pytest.fixture
def laptop(tmp_path: Path, crank: Crank) -> Iterator[Terminal]:
    made = Terminal.open(tmp_path / "laptop", crank)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"
