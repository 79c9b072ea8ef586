"""A slice of the fuzzing for every run, the kept corpus, and proof that the harnesses see."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import running
from tests.fuzz.harness import CORPUS, Harness
from tests.fuzz.mutations import mutate

EXAMPLES = 25


@pytest.fixture(scope="module")
def known() -> Iterator[dict[str, Harness]]:
    logging.disable(logging.CRITICAL)
    with ExitStack() as stack:
        yield {one.name: one for one in running.harnesses(stack)}
    logging.disable(logging.NOTSET)


def test_what_is_valid_is_read(known: dict[str, Harness]) -> None:
    """Or nothing behind the first check would be under fire."""
    refused = {}
    for harness in known.values():
        for sample in harness.samples[:1]:
            try:
                harness.parse(harness.wrap(sample))
            except harness.refusals as error:
                refused[harness.name] = error
    assert not refused.keys() - {"token-head", "sealed", "http-answer", "ledger-ack"}, refused


def test_what_was_found_once_is_refused_for_ever(known: dict[str, Harness]) -> None:
    findings = [known[path.parent.name].try_(path.read_bytes()) for path in sorted(CORPUS.glob("*/*"))]
    assert [str(one) for one in findings if one] == []


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64))
def test_changed_samples_are_read_or_refused(known: dict[str, Harness], seed: int) -> None:
    for harness in known.values():
        finding = harness.try_(harness.changed(Random(seed)))
        assert finding is None, str(finding)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(known: dict[str, Harness], data: bytes) -> None:
    for harness in known.values():
        finding = harness.try_(harness.of_bytes(data))
        assert finding is None, str(finding)


def test_a_parser_that_lets_something_else_through_is_found() -> None:
    def parse(data: bytes) -> None:
        if data != b'{"a":1}':
            raise KeyError(data)

    broken = Harness("broken", (b'{"a":1}',), parse, (ValueError,))
    rng = Random(1)
    assert any(broken.try_(broken.changed(rng)) for _ in range(20))


def test_the_same_seed_makes_the_same_changes() -> None:
    assert [mutate(b'{"a":[1,{"b":2}]}\n{}', Random(n)) for n in range(50)] == [
        mutate(b'{"a":[1,{"b":2}]}\n{}', Random(n)) for n in range(50)
    ]


@pytest.mark.slow
def test_under_fire_for_a_minute() -> None:
    report = running.prove(60, 1)
    assert [str(one) for one in report.findings] == []
    assert report.executions > 10_000
