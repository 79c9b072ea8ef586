"""`yizhan-central notices`: put up all of a file or nothing, taken down by name, out with the next pack."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from central import packs, records, service, terminals
from central.__main__ import main
from central.config import Folder, Parts
from sync.wire import canon

COUNTY, AT = "511602", "2026-03-02T01:00:00Z"
PNG = b"\x89PNG\r\n\x1a\n rest"
POINT = {"t": "point", "id": "P-1", "place": "511602100001", "name": {"zh": "㳇口"}, "address": "村口"}
SERVICE = {"t": "service", "id": "m1-mall", "title": {"zh": "商城"}}
NOTICE: dict[str, Any] = {
    "t": "notice",
    "id": "n-1",
    "title": {"zh": "停水", "en": "No water"},
    "text": {"zh": "明天停水。", "en": "No water tomorrow."},
    "order": 1,
}
CAMPAIGN = NOTICE | {"t": "campaign", "id": "c-1", "service": "m1-mall", "from": AT}
CAMPAIGN |= {"to": "2026-04-01T00:00:00Z"}
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def parts(tmp_path: Path, database_url: str) -> Iterator[Parts]:
    made = service.make(Folder(tmp_path / "central"), database_url, ())
    with made.database.writing() as conn:
        terminals.add_county(conn, COUNTY, "广安区", {})
        packs.put_records(conn, COUNTY, [POINT, SERVICE])
    yield made
    made.database.close()


def run(parts: Parts, deed: str, *words: str) -> int:
    return main(["notices", deed, "--data", str(parts.folder.root), *words])


def put(parts: Parts, wanted: Any) -> int:
    path = parts.folder.root / "wanted.json"
    path.write_text(wanted if isinstance(wanted, str) else json.dumps(wanted), encoding="utf-8")
    return run(parts, "put", COUNTY, str(path))


def held(parts: Parts) -> set[str]:
    with parts.database.snapshot() as conn:
        found = (records.every(conn, COUNTY, t) for t in ("notice", "campaign"))
        return {one["id"] for every in found for one in every}


def test_they_go_out_with_the_next_pack_and_come_down_again(parts: Parts, capsys: Captured) -> None:
    assert put(parts, [NOTICE, CAMPAIGN | {"points": ["P-1"]}]) == 0
    assert "yizhan-central pack" in capsys.readouterr().out
    with parts.database.writing() as conn:
        manifest = packs.build(conn, parts.folder.packs, COUNTY, parts.clock())
    lines = packs.read_lines(packs.file_of(parts.folder.packs, COUNTY, manifest.version))
    assert {canon.decode_object(line)["id"] for line in lines} == {"P-1", "m1-mall", "n-1", "c-1"}
    assert run(parts, "list", COUNTY) == 0
    assert "停水" in capsys.readouterr().out
    assert run(parts, "remove", COUNTY, "n-1") == 0
    assert held(parts) == {"c-1"}


def test_a_picture_is_kept_before_it_is_named(parts: Parts, capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "one.png").write_bytes(PNG)
    assert run(parts, "picture", COUNTY, str(tmp_path / "one.png")) == 0
    name = capsys.readouterr().out.strip()
    assert put(parts, [NOTICE | {"picture": name}]) == 0
    assert put(parts, [NOTICE | {"picture": "0" * 64}]) == 1
    (tmp_path / "two.png").write_bytes(b"<svg/>")
    assert run(parts, "picture", COUNTY, str(tmp_path / "two.png")) == 1


WRONG: dict[str, tuple[Any, str]] = {
    "no list": (NOTICE, "JSON"),
    "nothing": ([], "JSON"),
    "not JSON": ("[", "JSON"),
    "deep": ("[" * 100_000, "JSON"),
    "another kind": ([NOTICE | {"t": "good"}], "t is neither"),
    "a mistyped name": ([NOTICE | {"form": AT}], "form"),
    "a third language": ([NOTICE | {"title": {"zh": "水", "en": "w", "fr": "e"}}], "fr"),
    "no title": ([{k: v for k, v in NOTICE.items() if k != "title"}], "title"),
    "one id twice": ([NOTICE, NOTICE], "n-1"),
    "a point nobody has": ([NOTICE | {"points": ["P-9"]}], "P-9"),
    "a campaign without a scene": ([CAMPAIGN | {"service": "z9"}], "z9"),
    "a campaign without an end": ([{k: v for k, v in CAMPAIGN.items() if k != "to"}], "to"),
    "a float": ([NOTICE | {"order": 1.5}], "order"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_and_nothing_of_the_file_is_taken(
    parts: Parts, capsys: Captured, name: str
) -> None:
    wanted, named = WRONG[name]
    assert (
        put(parts, [NOTICE | {"id": "n-0"}, *wanted] if wanted and isinstance(wanted, list) else wanted) == 1
    )
    assert named in capsys.readouterr().err
    assert held(parts) == set()


def test_what_is_not_there_cannot_be_taken_down(parts: Parts, capsys: Captured) -> None:
    assert put(parts, [NOTICE]) == 0
    assert run(parts, "remove", COUNTY, "n-1", "n-9") == 1
    assert "n-9" in capsys.readouterr().err
    assert held(parts) == {"n-1"}
    assert run(parts, "put", "999999", str(parts.folder.root / "wanted.json")) == 1
    assert run(parts, "put", COUNTY, str(parts.folder.root / "none.json")) == 1
