"""A damaged pack gives way to the one before, without a network; one that cannot be had is remembered."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

import kiosk
from kiosk.store import catalogue, packs, tables
from kiosk.store.opening import Mended
from sync.errors import Damaged, DiskFull
from sync.packplan import PackTrouble, RefusedPack
from tests.support.ledger import Ledger
from tests.support.shelf import Shelf, changes, good, overwrite, packed

FIRST = [good(n, "豆腐") for n in range(200)]
SECOND = [*FIRST, good(999, "莲藕")]
BAD = RefusedPack("ff", "3", PackTrouble.BAD, "no title")


@pytest.fixture
def shelf(ledger: Ledger, tmp_path: Path) -> Shelf:
    made = Shelf(ledger, tmp_path)
    made.install(*packed(FIRST))
    made.patch(SECOND, *changes(FIRST, SECOND))
    assert made.find("good", "莲藕") == ("g999",)
    return made


def file_of(shelf: Shelf, table: object) -> Path:
    query = select(table.c.file)  # type: ignore[attr-defined]
    name = shelf.ledger.db.read_sync(lambda conn: conn.execute(query).scalar_one())
    return shelf.ledger.folders.data / name


def version(shelf: Shelf) -> str | None:
    active = shelf.ledger.db.read_sync(catalogue.active)
    return active.version if active else None


@pytest.mark.parametrize("harm", ["noise", "gone", "cut"])
def test_damage_found_at_start_goes_back_at_once(shelf: Shelf, harm: str) -> None:
    path = file_of(shelf, tables.active_pack)
    shelf.ledger.db.close()
    match harm:
        case "noise":
            overwrite(path, 1, pages=9)
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(path.read_bytes()[:8192])
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == (Mended.CACHE_WENT_BACK,)
    assert version(shelf) == "1"
    assert shelf.find("good", "豆腐")
    assert len(shelf.files()) == 1
    shelf.patch(SECOND, *changes(FIRST, SECOND))
    assert shelf.find("good", "莲藕") == ("g999",)


def test_damage_met_while_reading_goes_back_before_the_next_read(shelf: Shelf) -> None:
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'goods'"
    page = shelf.ledger.db.read_cache_sync(lambda conn: conn.exec_driver_sql(query).scalar_one())
    shelf.ledger.reopen()
    overwrite(file_of(shelf, tables.active_pack), page)

    async def act() -> None:
        read = shelf.ledger.db.read_cache
        everything = select(tables.goods.c.body)
        with pytest.raises(Damaged):
            await read(lambda conn: conn.execute(everything).all())
        assert len(await read(lambda conn: conn.execute(everything).all())) == 200

    asyncio.run(act())
    assert version(shelf) == "1"


def test_both_damaged_leave_empty_tables(shelf: Shelf) -> None:
    for path in shelf.files():
        overwrite(path, 1, pages=9)
    shelf.ledger.reopen()
    assert shelf.ledger.opened.mended == (Mended.CACHE_DROPPED,)
    assert (version(shelf), shelf.files()) == (None, [])


def test_a_refused_pack_is_remembered_until_another_is_installed(shelf: Shelf) -> None:
    asyncio.run(shelf.catalogue().refuse(BAD))
    asyncio.run(shelf.catalogue().refuse(BAD))
    shelf.ledger.reopen()
    assert asyncio.run(shelf.catalogue().holdings()).refused == (BAD,)
    shelf.install(*packed(FIRST, version="4"))
    assert asyncio.run(shelf.catalogue().holdings()).refused == ()


def test_another_version_of_the_program_tries_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asyncio.run(shelf.catalogue().refuse(BAD))
    monkeypatch.setattr(kiosk, "__version__", "99")
    assert asyncio.run(shelf.catalogue().holdings()).refused == ()


def test_a_full_disk_gives_up_the_pack_to_go_back_to_and_keeps_the_active_one(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise DiskFull("cache", "no room")

    signed, data = packed([*FIRST, good(3000, "香菇")], version="3")
    with monkeypatch.context() as patched:
        patched.setattr(packs, "settle", full)
        with pytest.raises(DiskFull):
            shelf.install(signed, data)
    assert [path.name for path in shelf.files()] == [file_of(shelf, tables.active_pack).name]
    assert shelf.find("good", "莲藕") == ("g999",)
    shelf.install(signed, data)
    assert shelf.find("good", "香菇") == ("g3000",)
