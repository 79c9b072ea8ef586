"""Attachments up in pieces over a bad line; pictures down."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import hashlib
import random
import threading

import httpx
import pytest

from central import attachments, business_tables
from sync.wire.asset import MAX_ASSET
from sync.wire.operation import new_op_id
from sync.wire.problems import Problem
from tests.central.conftest import Central
from tests.central.driver import Calls, Driver, problem_of

PHOTO = random.Random(1).randbytes(10_000)
NAME = hashlib.sha256(PHOTO).hexdigest()
PATH = f"/v1/assets/{NAME}"
OP = new_op_id()
UP = f"{PATH}?op={OP}"


def bringer(central: Central) -> Driver:
    """A terminal whose operation names the photo."""
    driver = central.terminal()
    driver.push_one("application.later", {"attachments": [NAME]}, op=OP)  # known to no handler yet
    return driver


def put(
    driver: Driver, start: int, end: int, data: bytes | None = None, total: int | None = None
) -> httpx.Response:
    body = PHOTO[start : end + 1] if data is None else data
    headers = {"Content-Range": f"bytes {start}-{end}/{total or len(PHOTO)}"}
    return driver.ask("PUT", UP, body, headers)


def test_picture_comes_down_whole_and_in_parts(central: Central) -> None:
    driver = central.terminal()
    assert problem_of(driver.ask("GET", PATH)) is Problem.NOT_FOUND
    assert central.parts.assets.put(PHOTO) == NAME
    whole = driver.ask("GET", PATH)
    assert (whole.status_code, whole.content) == (200, PHOTO)
    assert "immutable" in whole.headers["cache-control"]
    part = driver.ask("GET", PATH, headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, PHOTO[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(PHOTO)}"


def test_upload_resumes_where_it_stopped(central: Central) -> None:
    driver = bringer(central)
    first = put(driver, 0, 3999)
    assert (first.status_code, first.headers["range"]) == (308, "bytes=0-3999")
    far = put(driver, 6000, 6999)
    assert (far.status_code, far.headers["range"]) == (308, "bytes=0-3999")  # a gap is not filled
    overlap = put(driver, 3000, 4999)
    assert overlap.headers["range"] == "bytes=0-4999"
    asked = driver.ask("PUT", UP, b"", {"Content-Range": f"bytes */{len(PHOTO)}"})
    assert (asked.status_code, asked.headers["range"]) == (308, "bytes=0-4999")
    assert not central.parts.attachments.has(NAME)  # not before it is whole
    assert put(driver, 5000, 9999).status_code == 201
    assert central.parts.attachments.path(NAME).read_bytes() == PHOTO
    assert problem_of(driver.ask("GET", PATH)) is Problem.NOT_FOUND  # nobody fetches it again
    assert put(driver, 0, 99).status_code == 201  # it is here already
    assert driver.ask("PUT", UP, PHOTO).status_code == 201


def test_nothing_yet_is_said_without_a_range(central: Central) -> None:
    driver = bringer(central)
    asked = driver.ask("PUT", UP, b"", {"Content-Range": f"bytes */{len(PHOTO)}"})
    assert (asked.status_code, asked.headers.get("range")) == (308, None)


def test_whole_upload_in_one_call(central: Central) -> None:
    driver = bringer(central)
    assert driver.ask("PUT", UP, PHOTO).status_code == 201
    assert central.parts.attachments.has(NAME)


def test_two_terminals_do_not_spoil_each_other(central: Central) -> None:
    one, other = bringer(central), bringer(central)
    put(other, 0, 2999, data=b"x" * 3000)
    put(one, 0, 3999)
    assert put(one, 4000, 9999).status_code == 201
    assert central.parts.attachments.path(NAME).read_bytes() == PHOTO


def test_other_bytes_than_the_name_promises_are_thrown_away(central: Central) -> None:
    driver = bringer(central)
    put(driver, 0, 3999, data=b"x" * 4000)
    assert problem_of(put(driver, 4000, 9999)) is Problem.HASH_MISMATCH
    assert not central.parts.attachments.has(NAME)
    assert put(driver, 0, 3999).headers["range"] == "bytes=0-3999"
    assert put(driver, 4000, 9999).status_code == 201


@pytest.mark.parametrize(
    ("content_range", "problem"),
    [
        ("bytes 0-5/10000", Problem.MALFORMED),
        ("bytes 9-0/10000", Problem.MALFORMED),
        ("bytes 0-9/5", Problem.MALFORMED),
        ("nonsense", Problem.MALFORMED),
        ("bytes */10000", Problem.MALFORMED),
        (f"bytes 0-9/{MAX_ASSET + 1}", Problem.TOO_LARGE),
    ],
)
def test_content_ranges_that_do_not_fit(central: Central, content_range: str, problem: Problem) -> None:
    driver = bringer(central)
    response = driver.ask("PUT", UP, b"0123456789", {"Content-Range": content_range})
    assert problem_of(response) is problem


@pytest.mark.parametrize("name", ["abc", "..", NAME.upper(), f"{NAME}0"])
def test_names_that_are_no_hash(central: Central, name: str) -> None:
    driver = bringer(central)
    assert driver.ask("GET", f"/v1/assets/{name}").status_code in (400, 401, 404)


def test_old_incarnation_still_brings_its_attachments(central: Central) -> None:
    driver = bringer(central)
    Driver.enrol(central.calls, central.code(terminal=driver.id), "P-1")
    assert driver.ask("PUT", UP, PHOTO).status_code == 201
    assert problem_of(driver.ask("GET", PATH)) is Problem.INCARNATION_CLOSED


def test_only_what_an_operation_of_this_terminal_names_is_taken(central: Central) -> None:
    bringer(central)
    stranger = central.terminal()
    assert problem_of(put(stranger, 0, 9999)) is Problem.NOT_FOUND
    other = "f" * 64
    path = f"/v1/assets/{other}?op={OP}"
    assert problem_of(stranger.ask("PUT", path, b"x")) is Problem.NOT_FOUND
    assert problem_of(stranger.ask("PUT", PATH, PHOTO)) is Problem.MALFORMED  # names no operation


def test_what_is_begun_and_never_finished_has_a_limit(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "QUOTA", 15_000)
    driver = bringer(central)
    other, more = new_op_id(), PHOTO[::-1]
    name = hashlib.sha256(more).hexdigest()
    driver.push_one("application.later", {"attachments": [name]}, op=other)

    def begin_other() -> httpx.Response:
        headers = {"Content-Range": f"bytes 0-99/{len(more)}"}
        return driver.ask("PUT", f"/v1/assets/{name}?op={other}", more[:100], headers)

    assert put(driver, 0, 99).status_code == 308  # counts whole from now on
    assert problem_of(begin_other()) is Problem.OVER_QUOTA
    assert put(driver, 100, 3999).headers["range"] == "bytes=0-3999"  # what was begun goes on
    assert put(driver, 4000, 9999).status_code == 201
    assert begin_other().status_code == 308  # and makes room when it is whole


def test_what_nobody_goes_on_with_is_thrown_away(central: Central) -> None:
    slow, forsaken = bringer(central), bringer(central)
    parts = central.parts.folder.attachments / "parts"
    for driver in (slow, forsaken):
        assert put(driver, 0, 3999).status_code == 308
    central.clock.pass_(days=29)
    assert put(slow, 4000, 4999).status_code == 308
    assert len(list(parts.iterdir())) == 2
    central.clock.pass_(days=2)
    assert put(slow, 5000, 5999).headers["range"] == "bytes=0-5999"
    (left,) = parts.iterdir()
    assert left.name.startswith(slow.id)
    assert put(forsaken, 4000, 9999).headers.get("range") is None  # it begins again
    assert put(forsaken, 0, 9999).status_code == 201


def test_the_same_piece_sent_twice_at_once_is_taken_once(central: Central) -> None:
    """An answer was given up for lost, and the piece sent again, while central was still at the first."""
    photo = random.Random(2).randbytes(4 << 20)
    name, op = hashlib.sha256(photo).hexdigest(), new_op_id()
    driver = central.terminal()
    driver.push_one("application.later", {"attachments": [name]}, op=op)
    ways = [dataclasses.replace(driver, calls=Calls(central.parts)) for _ in range(4)]
    for way in ways:  # FastAPI builds its fields at the first request, and that not safely in several threads
        assert way.ask("GET", f"/v1/assets/{name}").status_code == 404
    together = threading.Barrier(len(ways))

    def send(way: Driver, start: int, end: int) -> int:
        together.wait()
        headers = {"Content-Range": f"bytes {start}-{end}/{len(photo)}"}
        return way.ask("PUT", f"/v1/assets/{name}?op={op}", photo[start : end + 1], headers).status_code

    with concurrent.futures.ThreadPoolExecutor(len(ways)) as pool:
        for start in range(0, len(photo), 1 << 20):
            end = start + (1 << 20) - 1
            got = list(pool.map(lambda way: send(way, start, end), ways))  # noqa: B023
            assert set(got) == {201 if end + 1 == len(photo) else 308}
    for way in ways:
        way.calls.close()
    assert central.parts.attachments.path(name).read_bytes() == photo
    assert list((central.parts.folder.attachments / "parts").iterdir()) == []


def test_two_terminals_that_bring_the_same_leave_nothing_behind(central: Central) -> None:
    one, other = bringer(central), bringer(central)
    put(one, 0, 3999)
    assert put(other, 0, 9999).status_code == 201
    assert put(one, 4000, 9999).status_code == 201
    assert list((central.parts.folder.attachments / "parts").iterdir()) == []


def test_an_application_is_listed_until_all_its_attachments_have_come(central: Central) -> None:
    driver = bringer(central)
    row = {"op": OP, "county": "511602", "service": "s", "form": "f", "form_version": 1, "data": {}}
    values = {**row, "attachments": [NAME], "state": "received", "at": "2025-06-03T09:00:00Z"}
    with central.parts.database.writing() as conn:
        conn.execute(business_tables.applications.insert().values(**values))
        (found,) = attachments.incomplete(conn, central.parts.attachments, "511602")
    assert (found.op, found.missing) == (OP, (NAME,))
    assert put(driver, 0, 9999).status_code == 201
    with central.parts.database.reading() as conn:
        assert list(attachments.incomplete(conn, central.parts.attachments, "511602")) == []
