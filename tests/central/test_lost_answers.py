"""Results whose answer was lost are asked for, and need nothing sent again; long answers come packed."""

from __future__ import annotations

import pytest
import zstandard

from central import terminals
from sync.wire import batch as wire_batch
from sync.wire import token
from sync.wire.answers import Ack
from sync.wire.keys import keyring
from sync.wire.problems import Problem
from tests.central.conftest import Central
from tests.central.driver import Driver, problem_of

NOTE = "test.note"


def noted(central: Central, count: int) -> Driver:
    driver = central.terminal()
    for n in range(count):
        driver.record(NOTE, {"text": str(n)})
    return driver


def asked(driver: Driver, first: int, last: int) -> Ack:
    """With whatever is new."""
    response = driver.send(driver.batch(results=(first, last)))
    assert response.status_code == 200, response.text
    ring = keyring(driver.calls.parts.keys.answers.public)
    return Ack.parse(token.verify(response.text, ring, token.Typ.ACK))


def test_results_before_the_batch_come_with_those_of_the_batch(central: Central) -> None:
    driver = noted(central, 6)
    lost = driver.push(last=4)
    ack = asked(driver, 2, 3)
    assert ack.results[:2] == lost.results[1:3]
    assert [result.seq for result in ack.results] == [2, 3, 5, 6]
    assert ack.high_water == 6


def test_results_are_asked_for_with_nothing_new(central: Central) -> None:
    driver = noted(central, 3)
    lost = driver.push()
    ack = asked(driver, 1, 3)
    assert (ack.results, ack.high_water) == (lost.results, 3)


@pytest.mark.parametrize("span", [(0, 1), (2, 1), (1, 4), (3, 3), (1, 10**6)], ids=str)
def test_a_span_that_does_not_lie_before_the_batch_is_malformed(
    central: Central, span: tuple[int, int]
) -> None:
    driver = noted(central, 4)
    driver.push(last=2)
    assert problem_of(driver.send(driver.batch(results=span))) is Problem.MALFORMED


def test_a_long_answer_comes_packed_to_who_reads_that(central: Central) -> None:
    driver = noted(central, 100)
    headers = {"Content-Type": wire_batch.MEDIA_TYPE, "Accept-Encoding": "zstd"}
    path, body = f"{driver.base}/operations", wire_batch.encode(driver.batch())
    with_packing = driver.ask("POST", path, body, headers)
    assert with_packing.headers["content-encoding"] == "zstd"
    plain = driver.ask("POST", path, body, headers | {"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    ring = keyring(driver.calls.parts.keys.answers.public)
    raw = b"".join(with_packing.iter_raw()) if not with_packing.is_stream_consumed else with_packing.content
    text = raw if raw.startswith(b"eyJ") else zstandard.ZstdDecompressor().stream_reader(raw).read()
    assert token.verify(text.decode(), ring, token.Typ.ACK)["high_water"] == 100
    assert int(with_packing.headers["content-length"]) * 3 < int(plain.headers["content-length"])


def test_a_receipt_shows_as_much_as_its_ack_and_no_other_terminals_does(central: Central) -> None:
    driver, other = noted(central, 12), noted(central, 12)
    receipt = driver.push(last=10).receipt
    assert receipt is not None
    assert len(receipt) < 600
    theirs = other.push(last=11).receipt
    few = driver.send(driver.batch(last=11, last_ack=theirs))  # proves nothing of ours
    assert few.status_code == 200
    assert acked(central, driver) == 0
    driver.acked = 11
    driver.send(driver.batch(last_ack=receipt))
    assert acked(central, driver) == 10


def test_a_short_ack_has_no_receipt(central: Central) -> None:
    assert noted(central, 2).push().receipt is None


def acked(central: Central, driver: Driver) -> int:
    with central.parts.database.reading() as conn:
        return terminals.of(conn, driver.id, driver.incarnation).acked
