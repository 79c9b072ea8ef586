"""Tests of the store work on a real encrypted ledger."""

from tests.support.ledger import ledger

__all__ = ["ledger"]
