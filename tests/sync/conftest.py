"""An enrolled terminal on real files, a hand-cranked clock, and tests that are coroutines."""

import pytest

from tests.support.coroutines import pytest_pyfunc_call
from tests.support.crank import Crank
from tests.support.ledger import ledger

__all__ = ["ledger", "pytest_pyfunc_call"]


@pytest.fixture
def crank() -> Crank:
    return Crank()
