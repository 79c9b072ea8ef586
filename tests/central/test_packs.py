"""Reference data down: what was put in is what arrives, whole, in pieces, and as a delta."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import Any

import httpx
import pytest
import zstandard

from central import packs
from sync.wire import canon, token
from sync.wire.manifest import Manifest
from sync.wire.problems import Problem
from sync.wire.token import Typ
from tests.central.conftest import COUNTY, Central
from tests.central.driver import Driver, problem_of

VILLAGE = {"t": "place", "id": "511602100001", "level": "village", "parent": "511602100", "name": "㳇口村"}
GOOD = {"t": "good", "id": "g1", "title": "邓家盐皮蛋", "price_fen": 1880}
RICE = {"t": "good", "id": "g2", "title": "𡓐上香米", "price_fen": 5900}


def build(central: Central, *records: dict[str, Any], drop: tuple[tuple[str, str], ...] = ()) -> Manifest:
    with central.parts.database.writing() as conn:
        packs.put_records(conn, COUNTY, records)
        packs.drop_records(conn, COUNTY, drop)
        return packs.build(conn, central.parts.folder.packs, COUNTY, central.clock())


def lines(data: bytes) -> list[Any]:
    plain = zstandard.ZstdDecompressor().decompressobj().decompress(data)
    return [canon.decode(line) for line in plain.splitlines()]


def manifest_in(central: Central, text: str) -> Manifest:
    return Manifest.parse(token.verify(text, central.parts.keys.ring, Typ.MANIFEST))


def fetch(driver: Driver, path: str, **headers: str) -> httpx.Response:
    return driver.ask("GET", f"/v1/packs/{COUNTY}{path}", headers=headers)


def test_pack_is_what_was_put_in(central: Central) -> None:
    driver = central.terminal()
    assert problem_of(fetch(driver, "")) is Problem.NOT_FOUND
    built = build(central, VILLAGE, GOOD, RICE)
    manifest = manifest_in(central, fetch(driver, "").text)
    assert manifest == built
    assert (manifest.records, manifest.counts) == (3, {"place": 1, "good": 2})
    assert (manifest.as_of, manifest.expires_at) == ("2025-06-03T09:00:00Z", "2025-07-03T09:00:00Z")
    answer = fetch(driver, f"/{manifest.version}")
    assert (answer.status_code, len(answer.content)) == (200, manifest.size)
    assert hashlib.sha256(answer.content).hexdigest() == manifest.sha256
    assert lines(answer.content) == [VILLAGE, GOOD, RICE]


def test_pack_comes_in_pieces(central: Central) -> None:
    driver = central.terminal()
    manifest = build(central, VILLAGE, GOOD, RICE)
    pieces = b""
    while len(pieces) < manifest.size:
        asked = f"bytes={len(pieces)}-{len(pieces) + 39}"
        answer = fetch(driver, f"/{manifest.version}", Range=asked)
        assert answer.status_code == 206
        span = answer.headers["content-range"]
        end = min(len(pieces) + 39, manifest.size - 1)
        assert span == f"bytes {len(pieces)}-{end}/{manifest.size}"
        assert answer.headers["etag"] == f'"{manifest.sha256}"'
        pieces += answer.content
    assert hashlib.sha256(pieces).hexdigest() == manifest.sha256
    rest = fetch(driver, f"/{manifest.version}", Range="bytes=10-")
    assert rest.content == pieces[10:]


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=5-2", "bytes=-5", "bytes=0-1,3-4", "lines=1-2"])
def test_ranges_that_cannot_be(central: Central, asked: str) -> None:
    driver = central.terminal()
    manifest = build(central, GOOD)
    response = fetch(driver, f"/{manifest.version}", Range=asked)
    assert problem_of(response) is Problem.RANGE
    assert response.json()["size"] == manifest.size


def test_delta_leads_from_one_version_to_the_newest(central: Central) -> None:
    driver = central.terminal()
    first = build(central, VILLAGE, GOOD, RICE)
    dearer = {**GOOD, "price_fen": 1990}
    second = build(central, VILLAGE, dearer)
    third = build(central, {**RICE, "id": "g3"}, drop=(("good", "g2"),))
    answer = fetch(driver, f"/delta?from={first.version}")
    manifest = manifest_in(central, answer.headers["yz-manifest"])
    assert (manifest.base, manifest.version) == (first.version, third.version)
    assert (manifest.sha256, manifest.size) == (
        hashlib.sha256(answer.content).hexdigest(),
        len(answer.content),
    )
    assert manifest.expires_at == third.expires_at
    gone = {"t": "gone", "of": "good", "id": "g2"}
    assert lines(answer.content) == [dearer, {**RICE, "id": "g3"}, gone]
    assert manifest.records == 3
    later = fetch(driver, f"/delta?from={second.version}")
    assert lines(later.content) == [{**RICE, "id": "g3"}, gone]
    again = fetch(driver, f"/delta?from={first.version}")
    assert (again.content, again.headers["yz-manifest"]) == (answer.content, answer.headers["yz-manifest"])
    assert lines(fetch(driver, f"/delta?from={third.version}").content) == []


def test_records_put_after_a_pack_wait_for_the_next(central: Central) -> None:
    driver = central.terminal()
    first = build(central, GOOD)
    second = build(central, RICE)
    with central.parts.database.writing() as conn:
        assert packs.put_records(conn, COUNTY, [{**RICE, "price_fen": 1}, GOOD]) == 1
        assert packs.record(conn, COUNTY, "good", "g2") == {**RICE, "price_fen": 1}
    assert lines(fetch(driver, f"/delta?from={first.version}").content) == [RICE]
    assert lines(fetch(driver, f"/{second.version}").content) == [GOOD, RICE]


def test_a_delta_that_many_ask_for_at_once_is_worked_out_once(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole county hears of a new pack in one moment."""
    driver = central.terminal()
    first = build(central, GOOD)
    build(central, RICE)
    worked_out: list[int] = []
    press = packs._press

    def counted(some: list[bytes]) -> Any:
        worked_out.append(len(some))
        return press(some)

    monkeypatch.setattr(packs, "_press", counted)
    path = f"/v1/packs/{COUNTY}/delta?from={first.version}"

    async def ask() -> list[httpx.Response]:
        transport = httpx.ASGITransport(central.calls.app)
        async with httpx.AsyncClient(transport=transport, base_url="https://central") as client:
            return await asyncio.gather(*(client.get(path, headers=driver.signed(path)) for _ in range(8)))

    answers = asyncio.run(ask())
    assert {(one.status_code, one.content) for one in answers} == {(200, answers[0].content)}
    assert worked_out == [1]


def test_a_delta_leads_to_the_newest_packs_and_from_no_old_one(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every pair of versions could else be asked for, each pressed and kept."""
    monkeypatch.setattr(packs, "FROM_LAST", 3)
    monkeypatch.setattr(packs, "TO_LAST", 2)
    driver = central.terminal()
    built = [build(central, {**RICE, "price_fen": n}) for n in (1, 2, 3, 4)]
    names = [one.version for one in built]

    def of(base: int, to: int) -> int:
        return fetch(driver, f"/delta?from={names[base]}&to={names[to]}").status_code

    assert [of(0, 3), of(1, 2), of(1, 3), of(2, 3), of(1, 1)] == [410, 200, 200, 200, 410]


def test_delta_from_an_unknown_version_means_resync(central: Central) -> None:
    driver = central.terminal()
    build(central, GOOD)
    response = driver.ask("GET", f"/v1/packs/{COUNTY}/delta?from=19700101-1", nonce="my-nonce")
    assert problem_of(response) is Problem.RESYNC
    driver.signed_problem(response, "my-nonce")


@pytest.mark.parametrize("version", ["19700101-1", "..%2f..%2fanswers.seed", "..", "delta2"])
def test_no_such_pack(central: Central, version: str) -> None:
    driver = central.terminal()
    build(central, GOOD)
    response = fetch(driver, f"/{version}")
    assert problem_of(response) in (Problem.NOT_FOUND, Problem.UNSIGNED)
    assert response.status_code != 200


def test_new_pack_is_told_to_those_here_and_those_who_come(central: Central) -> None:
    driver = central.terminal()
    manifest = build(central, GOOD)
    told = {"t": "pack", "county": COUNTY, "version": manifest.version}
    assert told.items() <= driver.all_changes()[-1].items()
    late = central.terminal()
    assert [i["version"] for i in late.all_changes() if i["t"] == "pack"] == [manifest.version]


def test_pack_file_that_got_lost_is_not_found(central: Central) -> None:
    driver = central.terminal()
    manifest = build(central, GOOD)
    path: Path = packs.file_of(central.parts.folder.packs, COUNTY, manifest.version)
    path.unlink()
    assert problem_of(fetch(driver, f"/{manifest.version}")) is Problem.NOT_FOUND
