"""Deliberate bugs, each switched on in turn: a proof that does not see one of them is blind there."""

from tests.proof.mutants.runner import MutantReport, Row, prove

__all__ = ["MutantReport", "Row", "prove"]
