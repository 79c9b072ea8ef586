"""Old and new versions of a payload side by side: for a year the old one counts, then a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select

from central import reviews
from central.handlers.base import Handler
from central.schemas import LEAST, Old, Schemas, of
from central.tables import operators
from sync.wire.answers import Outcome, Result
from tests.central.conftest import START, Central
from tests.central.driver import Driver
from tests.central.kinds import KINDS, Effect
from tests.support.handlers import HANDLERS


class Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    words: str


class Paper(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    body: str


UNTIL = START.date() + LEAST


class Revised(Effect):
    """Its payload was a sheet, then a paper, and is a note today."""

    kind: ClassVar[str] = "test.revised"
    schemas: ClassVar[Schemas] = Schemas(
        number=3,
        since=START.date(),
        old=(
            Old(1, UNTIL - timedelta(days=100), Sheet, lambda old: {"title": old.title, "body": old.words}),
            Old(2, UNTIL, Paper, lambda old: {"text": f"{old.title}: {old.body}"}),
        ),
    )


SHAPES = {1: {"title": "㳇", "words": "a"}, 2: {"title": "㳇", "body": "b"}, 3: {"text": "c"}}


@pytest.fixture
def handlers() -> Mapping[str, Handler]:
    return {**HANDLERS, **KINDS, Revised.kind: Revised()}


@pytest.fixture
def driver(central: Central) -> Driver:
    return central.terminal()


def sent(driver: Driver, *versions: int, **changes: Any) -> list[Result]:
    for sv in versions:
        driver.record(Revised.kind, SHAPES.get(sv, {"text": "d"}) | changes, sv=sv)
    return list(driver.push().results)


def told(results: list[Result]) -> list[tuple[Outcome, str | None]]:
    return [(one.outcome, one.reason) for one in results]


def marks(central: Central) -> set[str]:
    with central.parts.database.reading() as conn:
        return set(conn.execute(select(operators.c.name)).scalars())


def test_old_and_new_are_taken_side_by_side(central: Central, driver: Driver) -> None:
    assert told(sent(driver, 1, 3, 2, 1)) == [(Outcome.ACCEPTED, None)] * 4
    assert {"㳇: a", "c", "㳇: b"} <= marks(central)


def test_a_newer_one_than_central_knows_waits_for_central(driver: Driver) -> None:
    assert told(sent(driver, 4, 3)) == [(Outcome.REVIEW, "unknown-schema"), (Outcome.ACCEPTED, None)]


def test_after_the_limit_a_person_decides_and_nothing_is_lost(central: Central, driver: Driver) -> None:
    central.clock.now = START + LEAST
    assert told(sent(driver, 2, 1)) == [(Outcome.ACCEPTED, None), (Outcome.REVIEW, "schema-too-old")]
    central.clock.pass_(days=1)
    [two, three] = sent(driver, 2, 3)
    assert told([two, three]) == [(Outcome.REVIEW, "schema-too-old"), (Outcome.ACCEPTED, None)]
    assert two.case is not None
    parts, case = central.parts, two.case
    parts.database.write(lambda conn: reviews.retry(conn, parts.handlers, case, central.clock()))
    again = [item for item in driver.all_changes() if item["t"] == "outcome"]
    assert [(item["op"], item["outcome"]) for item in again][-1] == (two.op, "accepted")


def test_an_old_shape_that_is_wrong_is_refused_as_a_new_one_is(driver: Driver) -> None:
    assert told(sent(driver, 1, 2, 3, odd="x")) == [(Outcome.REJECTED, "payload-invalid")] * 3


def test_no_version_is_taken_for_less_than_a_year_or_left_out() -> None:
    with pytest.raises(AssertionError, match="less than a year"):
        Schemas(2, date(2027, 1, 1), (Old(1, date(2027, 12, 31), Sheet, dict),))
    with pytest.raises(AssertionError, match="missing"):
        Schemas(3, date(2027, 1, 1), (Old(1, date(2028, 1, 1), Sheet, dict),))
    assert all(of(handler).number >= 1 for handler in HANDLERS.values())
