"""With the key removed: what was deleted is in no page of the file, and in no frame of its log."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store.engine import Mode, Source
from kiosk.store.tables import drafts
from tests.support.ledger import Ledger, open_ledger
from tests.support.plain import without_key

MARK = "仇㳇 511602195003071234"
MANY = 60


@pytest.fixture
def plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    without_key(monkeypatch)
    made = open_ledger(tmp_path / "data")
    yield made
    made.db.close()


def kept(ledger: Ledger) -> dict[str, int]:
    """How often the mark stands in each file of the ledger."""
    files = [one for one in ledger.folders.data.glob("ledger.db*") if one.is_file()]
    return {one.name: n for one in files if (n := one.read_bytes().count(MARK.encode()))}


def keep_and_delete(ledger: Ledger) -> None:
    """Drafts over many pages, some long enough to overflow, all deleted again."""

    def row(n: int) -> dict[str, object]:
        data = MARK * (400 if n % 10 == 0 else 3)
        return {"id": f"d{n}", "service": "s", "form": "f", "form_version": "1", "step": 0, "data": data}

    def keep(conn) -> None:  # type: ignore[no-untyped-def]
        conn.execute(drafts.insert(), [row(n) | {"saved_at": "2026-03-02T01:00:00Z"} for n in range(MANY)])

    ledger.db.run_sync(keep)
    assert kept(ledger)
    asyncio.run(ledger.db.empty_log())
    assert kept(ledger)["ledger.db"] >= MANY
    ledger.db.run_sync(lambda conn: conn.execute(drafts.delete()))


def test_what_is_deleted_is_overwritten_and_the_log_is_emptied(plain: Ledger) -> None:
    keep_and_delete(plain)
    assert asyncio.run(plain.db.empty_log())
    assert kept(plain) == {}


def test_the_scan_finds_what_a_store_without_overwriting_leaves(
    plain: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = Source._pragmas
    monkeypatch.setattr(Source, "_pragmas", lambda self: (*shipped(self), "PRAGMA secure_delete = OFF"))
    plain.reopen()
    keep_and_delete(plain)
    assert asyncio.run(plain.db.empty_log())
    assert kept(plain)["ledger.db"] > 0


def test_a_reader_of_an_older_state_keeps_the_log(plain: Ledger) -> None:
    source = Source(plain.folders.ledger, bytes(32), Mode.READ)
    reader = source.connect()
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM drafts").fetchall()
    keep = {"id": "d", "service": "s", "form": "f", "form_version": "1", "step": 0, "data": MARK}
    plain.db.run_sync(lambda conn: conn.execute(drafts.insert(), keep | {"saved_at": ""}))
    assert not asyncio.run(plain.db.empty_log())
    reader.close()
    assert asyncio.run(plain.db.empty_log())
