"""Changes lead to the very pack that the whole would have been, or the whole is what is left."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from kiosk.store import catalogue, patching
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.packs import build
from kiosk.store.patching import Patch
from kiosk.store.pictures import Pictures
from kiosk.store.tables import RECORDS
from sync.errors import BadPack
from tests.support.ledger import Ledger
from tests.support.shelf import Record, Shelf, changes, good, item, key, packed

KEY = bytes(range(32))
LATER = {"t": "drone", "id": "r1", "range": {"km": 3}}
BEFORE = [good(n, title) for n, title in enumerate(("豆腐", "蜂蜜", "香菇"))] + [item(0, "身份证"), LATER]


@pytest.fixture
def shelf(ledger: Ledger, tmp_path: Path) -> Shelf:
    made = Shelf(ledger, tmp_path)
    made.install(*packed(BEFORE))
    return made


def lead(shelf: Shelf, after: list[Record]) -> None:
    shelf.patch(after, *changes(BEFORE, after))


def test_changes_bring_the_new_and_take_the_old(shelf: Shelf) -> None:
    lead(shelf, [good(0, "老豆腐"), good(1, "蜂蜜"), good(7, "莲藕"), item(0, "身份证")])
    active = shelf.ledger.db.read_sync(catalogue.active)
    assert active is not None
    assert active.version == "2"
    assert shelf.find("good", "豆腐") == shelf.find("good", "laodoufu") == ("g0",)
    assert shelf.find("good", "莲藕") == ("g7",)
    assert shelf.find("good", "香菇") == shelf.find("good", "xianggu") == ()
    assert shelf.find("item", "身份") == ("i0",)
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == ()
    assert shelf.find("good", "莲藕") == ("g7",)


def test_pictures_that_no_good_shows_any_more_are_not_wanted(shelf: Shelf, tmp_path: Path) -> None:
    shown = [*BEFORE[1:], good(0, "豆腐", picture="aa"), good(8, "豆干", picture="bb")]
    shelf.install(*packed(shown, version="2"))
    after = [*shown[:-2], good(0, "豆腐", picture="cc"), good(8, "豆干", picture="bb")]
    shelf.patch(after, *changes(shown, after), base="2", version="3")
    assert asyncio.run(Pictures(shelf.ledger.db, tmp_path / "pictures").wanted(9)) == ("bb", "cc")


def test_pictures_of_services_and_notices_come_first_and_go_with_them(shelf: Shelf, tmp_path: Path) -> None:
    told = {"t": "notice", "id": "n1", "picture": "zz"}
    service = {"t": "service", "id": "s1", "picture": "yy"}
    shown = [*BEFORE, good(8, "豆干", picture="aa"), told, service]
    shelf.install(*packed(shown, version="2"))
    pictures = Pictures(shelf.ledger.db, tmp_path / "pictures")
    assert asyncio.run(pictures.wanted(9)) == ("yy", "zz", "aa")
    after = [*shown[:-2], service | {"picture": "aa"}]
    shelf.patch(after, *changes(shown, after), base="2", version="3")
    assert asyncio.run(pictures.wanted(9)) == ("aa",)


def wrong() -> dict[str, tuple[list[Record], list[Record]]]:
    after = [*BEFORE, good(7, "莲藕")]
    put, dearer = good(7, "莲藕"), good(7, "莲藕", price_fen=1)
    return {
        "another price than promised": (after, [dearer]),
        "nothing": (after, []),
        "something more": (after, [put, good(8, "豆干")]),
        "gone that never was": (after, [put, {"t": "gone", "of": "good", "id": "g99"}]),
        "gone of nothing": (after, [put, {"t": "gone", "id": "g1"}]),
        "a later kind left out": (BEFORE[:-1], []),
        "no title": (after, [{"t": "good", "id": "g7", "department": "d1"}]),
    }


@pytest.mark.parametrize("name", wrong())
def test_changes_that_do_not_lead_there_leave_the_old_pack(shelf: Shelf, name: str) -> None:
    files = shelf.files()
    after, lines = wrong()[name]
    with pytest.raises(BadPack):
        shelf.patch(after, *lines)
    assert shelf.files() == files
    assert shelf.find("good", "香菇") == ("g2",)


def test_changes_since_another_pack_are_not_tried(shelf: Shelf) -> None:
    after = [*BEFORE, good(7, "莲藕")]
    with pytest.raises(BadPack):
        shelf.patch(after, *changes(BEFORE, after), base="0")


TITLES = st.sampled_from(["豆腐", "老豆腐", "蜂蜜", "香菇", "USB 线", "郎\uf92c牌酱油", "重庆小面"])
RECORD = st.one_of(
    st.builds(good, st.integers(0, 6), TITLES, price_fen=st.integers(1, 3), picture=st.sampled_from("abc")),
    st.builds(item, st.integers(0, 3), TITLES),
    st.builds(
        lambda n, p: {"t": "place", "id": n, "parent": p}, st.sampled_from("㳇豆d"), st.sampled_from("xy")
    ),
    st.builds(lambda n, km: {"t": "drone", "id": n, "km": km}, st.sampled_from("rs"), st.integers(0, 2)),
)
PACK = st.lists(RECORD, max_size=12, unique_by=key)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    made = Path(tempfile.mkdtemp())
    yield made
    shutil.rmtree(made)


@given(before=PACK, after=PACK)
@settings(max_examples=40, deadline=None)
def test_changed_or_whole_is_the_same(folder: Path, before: list[Record], after: list[Record]) -> None:
    first, second = (wholly(folder, records, name) for records, name in ((before, "a"), (after, "b")))
    whole, _ = packed(after, "2")
    lines, data = packed(changes(before, after), "2")
    path, target = folder / "delta", folder / "patched"
    path.write_bytes(data)
    target.unlink(missing_ok=True)
    patching.build(first, Patch(path, lines.manifest, whole.manifest), target, KEY, lambda *_: None)
    assert content(target) == content(second)


def wholly(folder: Path, records: list[Record], name: str) -> Path:
    signed, data = packed(records)
    pack, target = folder / f"{name}.pack", folder / name
    pack.write_bytes(data)
    target.unlink(missing_ok=True)
    build(pack, signed.manifest, target, KEY, lambda *_: None)
    return target


def content(path: Path) -> dict[str, object]:
    engine = open_engine(Source(path, KEY, Mode.BUILD))
    with engine.connect() as conn, conn.begin():
        found: dict[str, object] = {
            table.name: sorted(conn.exec_driver_sql(f"SELECT id, body FROM {table.name}").all())
            for table in RECORDS.values()
        }
        found |= {name: sorted(conn.exec_driver_sql(f"SELECT * FROM {name}").all()) for name in OTHERS}
        found |= {index: words(conn, index) for index in INDEXES}
        found["sounds"] = sorted(conn.exec_driver_sql(SOUNDS.format(*("goods", "good"))).all())
    engine.dispose()
    return found


OTHERS = ("others", "pictures")
INDEXES = ("good_titles", "good_words", "item_titles", "item_words")
SOUNDS = "SELECT k.key, r.id FROM pinyin_keys k JOIN {} r ON r.n = k.n AND k.kind = '{}'"


def words(conn: Connection, index: str) -> list[tuple[object, ...]]:
    """Which records each word of the index leads to."""
    table = "goods" if index.startswith("good") else "items"
    conn.exec_driver_sql(f"CREATE VIRTUAL TABLE temp.v_{index} USING fts5vocab(main, {index}, instance)")
    joined = f"temp.v_{index} v JOIN {table} r ON r.n = v.doc & 4294967295"
    sql = f"SELECT v.term, v.col, v.offset, r.id FROM {joined}"
    found = sorted(tuple(row) for row in conn.exec_driver_sql(sql))
    total = conn.exec_driver_sql(f"SELECT count(*) FROM temp.v_{index}").scalar_one()
    assert total == len(found), "a word leads to no record"
    return found
