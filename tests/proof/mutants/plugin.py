"""Puts a mutant into the process in which pytest runs: `-p tests.proof.mutants.plugin --mutant NAME`."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.proof.mutants.catalogue import MUTANTS


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutant", required=True, help="which")


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    """All tests are collected: whatever they import by name is there to be replaced."""
    [mutant] = [one for one in MUTANTS if one.name == session.config.getoption("--mutant")]
    with mutant.installed():
        return (yield)
