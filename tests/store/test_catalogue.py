"""Packs become cache files, and a bad one or a bad file never costs the old one or the ledger."""

import asyncio
import json
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard
from sqlalchemy import select

from kiosk.store import catalogue, search, tables
from kiosk.store.opening import Mended
from kiosk.store.pictures import Pictures
from sync.client import SignedManifest
from sync.errors import BadPack, Damaged, YizhanError
from sync.packplan import Loaded
from tests.support.ledger import Ledger
from tests.support.shelf import Shelf, good, item, overwrite, packed

GOODS = ("农家豆腐", "豆腐", "冷榨菜籽油", "㳇江蜂蜜", "手工豆腐干", "USB 充电线", "郎\uf92c牌酱油")


def county() -> list[dict]:
    people = [item(0, "居民身份证申领"), item(1, "老年人优待证"), item(2, "单位用电报装")]
    bills = [{"t": "bill", "id": f"b{n}", "file": "f1", "account": f"09{n:06d}"} for n in range(450)]
    return [good(n, title) for n, title in enumerate(GOODS)] + people + bills


@pytest.fixture
def shelf(ledger: Ledger, tmp_path: Path) -> Shelf:
    made = Shelf(ledger, tmp_path)
    made.install(*packed(county()))
    return made


def test_there_are_empty_tables_before_the_first_pack(ledger):
    assert ledger.db.read_cache_sync(lambda conn: conn.execute(select(tables.goods)).all()) == []
    assert ledger.db.read_cache_sync(lambda conn: search.find(conn, "good", "豆腐")).total == 0


def test_each_picture_of_the_pack_is_wanted_once_until_it_is_kept(shelf, tmp_path):
    sold = [good(n, "红薯", picture=name) for n, name in enumerate(("bb", "aa", "bb"))]
    shelf.install(*packed([*sold, good(9, "无图")], version="2"))
    pictures = Pictures(shelf.ledger.db, tmp_path / "pictures")
    assert asyncio.run(pictures.wanted(9)) == ("aa", "bb")
    assert asyncio.run(pictures.wanted(1)) == ("aa",)
    (tmp_path / "come").write_bytes(b"picture")
    asyncio.run(pictures.keep("aa", tmp_path / "come"))
    assert asyncio.run(pictures.wanted(9)) == ("bb",)


def test_a_pack_is_installed_whole_and_survives_a_restart(shelf):
    active = shelf.ledger.db.read_sync(catalogue.active)
    assert (active.version, active.expires_at) == ("1", "2026-04-01T00:00:00Z")
    assert shelf.progress[-1] == (460, 460)
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == ()
    body = shelf.ledger.db.read_cache_sync(
        lambda conn: conn.execute(select(tables.goods.c.body).where(tables.goods.c.id == "g3")).scalar_one()
    )
    assert json.loads(body) == good(3, "㳇江蜂蜜")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("豆腐", ("g1", "g0", "g4")),  # begins with it, then the shorter title
        ("蜂", ("g3",)),
        ("㳇", ("g3",)),
        ("dougan", ()),
        ("nongjia", ("g0",)),
        ("njdf", ("g0",)),
        ("usb", ("g5",)),
        ("US", ("g5",)),
        ("ＵＳＢ", ("g5",)),
        ("郎郎", ("g6",)),
        ("豆腐 手工", ("g4",)),
        ("500", ("g1", "g0", "g3", "g4", "g2", "g6", "g5")),
        ("粮油 蜂蜜", ("g3",)),
        ('"; DROP TABLE goods', ()),
        ("豆* OR 油", ()),
        ("", ()),
        ("，。", ()),
    ],
)
def test_goods_are_found(shelf, query, ids):
    found = shelf.find("good", query)
    assert found == ids if query != "500" else set(found) == set(ids)


@pytest.mark.parametrize(
    ("query", "ids"),
    [("sfz", ("i0",)), ("shenfen", ("i0",)), ("优待", ("i1",)), ("办证", ("i0", "i1", "i2"))],
)
def test_items_are_found_from_the_middle_by_pinyin_too(shelf, query, ids):
    assert set(shelf.find("item", query)) == set(ids)


def test_search_within_a_department_and_by_pages(shelf):
    assert shelf.find("good", "豆腐", department="d0") == ("g0", "g4")
    assert shelf.find("good", "njdf", department="d1") == ()
    whole = shelf.find("good", "食品")
    parts = [shelf.find("good", "食品", offset=n, limit=3) for n in (0, 3, 6)]
    assert sum(parts, ()) == whole
    assert len(whole) == len(GOODS)


def test_a_new_pack_replaces_the_old_file_and_one_is_kept_to_go_back_to(shelf):
    (first,) = shelf.files()
    shelf.install(*packed([good(9, "香菇")], version="2"))
    (second,) = set(shelf.files()) - {first}
    shelf.install(*packed([good(9, "香菇")], version="3"))
    assert first not in shelf.files()
    assert second in shelf.files()
    assert shelf.find("good", "豆腐") == ()
    assert shelf.find("good", "香菇") == ("g9",)


def test_the_news_of_a_pack_comes_when_it_can_be_read(ledger, tmp_path):
    signed, data = packed(county())
    (tmp_path / "pack").write_bytes(data)
    shelf = Shelf(ledger, tmp_path)

    async def act():
        seen = []
        ledger.db.subscribe(lambda names: seen.append((names, shelf.find("good", "蜂蜜"))))
        await shelf.catalogue().install(Loaded(signed, tmp_path / "pack"))
        return seen

    assert asyncio.run(act()) == [(frozenset({"active_pack", "last_good_pack"}), ("g3",))]


def of_a_later_version() -> list[dict]:
    return [{"t": "drone", "id": f"r{n}", "range": {"km": n}} for n in range(2)]


def test_kinds_of_a_later_version_pass_by(shelf):
    shelf.install(*packed(of_a_later_version() + county(), version="2"))
    assert shelf.ledger.db.read_sync(catalogue.active).version == "2"
    assert shelf.progress[-1] == (462, 462)
    assert shelf.find("good", "蜂蜜") == ("g3",)


def bad_packs() -> dict[str, tuple[SignedManifest, bytes]]:
    signed, data = packed(county(), version="2")
    plain = zstandard.decompress(data)
    short = replace(signed.manifest, records=9, counts={"good": 9})
    later, more = packed(county() + of_a_later_version(), version="2")
    return {
        "too few": (SignedManifest(short, "token"), data),
        "cut off": (signed, data[:-30]),
        "not zstd": (signed, b"<html>hello</html>"),
        "not json": (signed, zstandard.compress(plain + b"{\n")),
        "a float": (signed, zstandard.compress(plain.replace(b"980", b"9.8"))),
        "another kind than promised": (signed, zstandard.compress(plain.replace(b'"bill"', b'"spell"'))),
        "no kind": (signed, zstandard.compress(plain.replace(b'"t"', b'"u"'))),
        "only what changed": (SignedManifest(replace(signed.manifest, base="1"), "token"), data),
        "fewer of a kind of later": (SignedManifest(replace(later.manifest, records=463), "token"), more),
        "one id twice": (signed, zstandard.compress(plain.replace(b'"g1"', b'"g0"'))),
        "number for text": (signed, zstandard.compress(plain.replace(b'"09000001"', b"9000001"))),
        "no title": (signed, zstandard.compress(plain.replace(b'"title"', b'"titel"'))),
    }


@pytest.mark.parametrize("name", bad_packs())
def test_a_bad_pack_leaves_the_old_one(shelf, name):
    before = shelf.files()
    with pytest.raises(BadPack):
        shelf.install(*bad_packs()[name])
    assert shelf.files() == before
    assert shelf.ledger.db.read_sync(catalogue.active).version == "1"
    assert shelf.find("good", "蜂蜜") == ("g3",)


def test_a_cache_overwritten_with_noise_is_dropped_at_start_and_fetched_again(shelf):
    shelf.ledger.db.close()
    overwrite(shelf.files()[0], 1, pages=9)
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == (Mended.CACHE_DROPPED,)
    assert shelf.files() == []
    assert asyncio.run(shelf.catalogue().holdings()).installed is None
    shelf.install(*packed(county()))
    assert shelf.find("good", "蜂蜜") == ("g3",)


def test_noise_met_while_reading_is_named_and_dropped(shelf):
    root = "SELECT rootpage FROM sqlite_master WHERE name = 'bills'"
    page = shelf.ledger.db.read_cache_sync(lambda conn: conn.exec_driver_sql(root).scalar_one())
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == ()
    overwrite(shelf.files()[0], page)

    async def act():
        told = []
        shelf.ledger.db.subscribe(told.append)
        read = shelf.ledger.db.read_cache
        with pytest.raises(Damaged):
            await read(lambda conn: conn.execute(select(tables.bills)).all())
        assert (await shelf.catalogue().holdings()).installed is None
        assert await read(lambda conn: conn.execute(select(tables.bills)).all()) == []
        return told

    assert frozenset({"active_pack", "last_good_pack"}) in asyncio.run(act())
    shelf.install(*packed(county()))
    assert shelf.find("good", "蜂蜜") == ("g3",)


def test_a_bad_pack_is_the_worlds_fault():
    assert issubclass(BadPack, YizhanError)
