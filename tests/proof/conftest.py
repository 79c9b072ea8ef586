"""The proofs use the journeys' prepared county."""

from tests.journeys.conftest import county, prepared, pytest_pyfunc_call

__all__ = ["county", "prepared", "pytest_pyfunc_call"]
