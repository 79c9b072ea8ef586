"""Who is let in at central's door, over the real calls, with the clock of the turns cranked by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from central import service
from central.config import Config, Folder, Parts, read_config, write_config
from central.errors import SetupError
from central.gate import Gate
from central.slots import Admitted, Limits
from sync.wire import canon
from sync.wire.problems import Problem
from tests.central.conftest import Central, Clock
from tests.central.driver import Calls, Driver, problem_of

LIMITS = Limits(at_work=1, room=2, per_second=1.0, share=0.1, door=3)
NOTE = ("test.note", {"text": "a"})


class Ticks:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def crowded(parts: Parts, clock: Clock, ticks: Ticks) -> Iterator[Central]:
    """The room is full: two pushes of others are in and do not leave by themselves."""
    calls = Calls(replace(parts, limits=LIMITS, ticks=ticks))
    yield Central(parts, calls, clock)
    calls.close()


@pytest.fixture
def gate(crowded: Central) -> Gate:
    gate = crowded.calls.app.state.gate
    assert isinstance(gate, Gate)
    return gate


def fill(gate: Gate, ticks: Ticks) -> None:
    assert [gate.slots.ask(name, ticks()) for name in ("A", "B")] == [Admitted()] * 2


def refused(driver: Driver) -> httpx.Response:
    response = driver.send(driver.batch())
    assert problem_of(response) is Problem.SLOW_DOWN
    assert response.status_code == 429
    return response


def wait_of(response: httpx.Response) -> int:
    return int(response.headers["retry-after"])


def test_a_push_that_finds_no_room_hears_its_turn_and_is_taken_then(
    crowded: Central, gate: Gate, ticks: Ticks
) -> None:
    driver, newcomer = crowded.terminal(), crowded.terminal()
    for one in (driver, newcomer):
        one.record(*NOTE)
    fill(gate, ticks)
    gate.slots.ask("C", ticks())
    wait = wait_of(refused(driver))
    assert driver.status().high_water == 0
    ticks.now += 2
    assert wait_of(refused(driver)) == wait - 2
    assert wait_of(refused(newcomer)) == wait - 2 + 10
    ticks.now += wait - 2
    gate.slots.left(ticks())
    refused(newcomer)
    assert driver.push().high_water == 1


def test_questions_and_news_need_no_turn(crowded: Central, gate: Gate, ticks: Ticks) -> None:
    driver = crowded.terminal()
    fill(gate, ticks)
    assert driver.status().high_water == 0
    driver.all_changes()
    beat = {"queue": {"waiting": 0, "unknown": 0, "review": 0}, "last_ack": None, "clock_drift_s": None}
    assert driver.ask("POST", f"{driver.base}/heartbeat", canon.encode(beat)).status_code == 204


def test_a_stranger_gets_no_turn(crowded: Central, gate: Gate, ticks: Ticks) -> None:
    fill(gate, ticks)
    response = crowded.calls("POST", "/v1/terminals/T1/operations", b"x")
    assert problem_of(response) is Problem.UNSIGNED
    assert gate.slots.promised == 0


def test_room_is_free_again_whatever_became_of_the_push(crowded: Central, gate: Gate) -> None:
    driver = crowded.terminal()
    driver.record(*NOTE)
    bad = driver.ask("POST", f"{driver.base}/operations", b"not a batch")
    assert problem_of(bad) is Problem.MALFORMED
    gap = driver.batch(first_seq=9)
    assert driver.send(gap).status_code in (401, 409)
    assert driver.push().high_water == 1
    assert gate.slots.inside == 0


def test_settings_lie_in_centrals_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    write_config(folder, Config("sqlite://", ("localhost",), limits=LIMITS))
    assert read_config(folder).limits == LIMITS


def test_settings_left_out_are_those_for_two_cores(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.config.write_text('database_url = "sqlite://"\nhosts = []\n[pushes]\nroom = 64\n')
    assert read_config(folder).limits == Limits(room=64)
    folder.config.write_text('database_url = "sqlite://"\nhosts = []\n')
    assert read_config(folder).limits == Limits()


@pytest.mark.parametrize("line", ["room = 0", "room = true", "share = 1.5", "rooms = 3", 'room = "3"'])
def test_settings_that_make_no_sense_are_said_plainly(tmp_path: Path, line: str) -> None:
    folder = Folder(tmp_path)
    folder.config.write_text(f'database_url = "sqlite://"\nhosts = []\n[pushes]\n{line}\n')
    with pytest.raises(SetupError, match="room"):
        read_config(folder)


def test_a_central_that_is_opened_keeps_its_settings(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    service.make(folder, f"sqlite:///{tmp_path / 'c.db'}", ()).database.close()
    folder.config.write_text(folder.config.read_text().replace("room = 32", "room = 33"))
    parts = service.open_(folder)
    assert parts.limits == Limits(room=33)
    parts.database.close()


def test_more_requests_than_can_be_read_are_spread_before_anything_of_them_is_read(
    crowded: Central, gate: Gate, ticks: Ticks
) -> None:
    driver = crowded.terminal()
    with asyncio.Runner() as runner:
        inside = [gate.known() for _ in range(LIMITS.door)]
        for one in inside:
            runner.run(one.__aenter__())
        waits = []
        for _ in range(3):
            response = driver.ask("GET", f"{driver.base}/status?nonce=n")
            assert problem_of(response) is Problem.SLOW_DOWN
            waits.append(wait_of(response))
        assert problem_of(crowded.calls("POST", f"{driver.base}/operations", b"x")) is Problem.SLOW_DOWN
        for one in inside:
            runner.run(one.__aexit__(None, None, None))
    assert waits == [1, 11, 21]
    assert gate.slots.promised == 0
    assert driver.status().high_water == 0
