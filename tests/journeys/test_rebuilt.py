"""After a day of all deeds the ledger is lost in every way; rebuilt from the journal it is the same in each
row."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from kiosk.store import repair
from kiosk.store.keystore import obfuscated
from kiosk.store.opening import Folders, Mended, begin_journal_anew, open_store
from kiosk.store.tables import basket_lines, pin_attempts
from sync import identity, lines
from sync.identity import IdentityState
from sync.journal import segments
from sync.wire.segment import HEAD
from tests.journeys.machine import plan_of
from tests.journeys.world import World
from tests.upgrades import make
from tests.upgrades.test_terminal import rows, source

NOT_JOURNALED = "drafts"  # unfinished forms of people: nothing was promised of them
BEGINS_ANEW = {"journal_lines", NOT_JOURNALED, *(table.name for table in repair.REBUILDABLE)}
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def day(prepared: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Settled and told, sent and not heard, waiting, begun: closed in the evening."""
    county = prepared.copy(tmp_path_factory.mktemp("day") / "county")
    with county.serving() as central:
        county.point_to(central.port)
        asyncio.run(make.settled_day(county))
    asyncio.run(make.lost_answers(county))
    asyncio.run(make.waiting(county))
    plan = plan_of(county.home)
    opened = open_store(plan.folders, plan.keys)
    opened.database.run_sync(_begin)
    opened.database.close()
    return county


def _begin(conn: Connection) -> None:
    """What no deed of the day leaves behind."""
    at = "2026-03-02T02:00:00Z"
    lines.put(conn, basket_lines, {"good": "lp-honey", "qty": 2, "added_at": at})
    attempt = {"operator": "op-chen", "failures": 2, "last_at": at, "locked_until": None}
    lines.put(conn, pin_attempts, attempt)


class Home:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders = Folders.of(folder / "data")
        self.keys = obfuscated(folder / "keys.json")
        self.before = rows(source(folder))

    def open(self) -> tuple[Mended, ...]:
        opened = open_store(self.folders, self.keys)
        opened.database.close()
        return opened.mended

    def differs(self) -> list[str]:
        """Tables that are not the same, but for whether what waits was ever sent: that nobody knows."""
        after = rows(source(self.folder))
        assert {row["transfer"] for row in after["operations"]} == {"answered", "unknown"}
        for row in (*self.before["operations"], *after["operations"]):
            row["transfer"] = "answered" if row["transfer"] == "answered" else "unknown"
        return [name for name in self.before if name not in BEGINS_ANEW and self.before[name] != after[name]]

    def aside(self) -> list[str]:
        return sorted(path.name for path in self.folders.data.glob("*.aside-*"))


@pytest.fixture
def home(day: World, tmp_path: Path) -> Home:
    shutil.copytree(day.home, tmp_path / "home")
    return Home(tmp_path / "home")


def delete(path: Path) -> None:
    path.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:9000])


def empty_it(path: Path) -> None:
    path.write_bytes(b"")


def zero_first_page(path: Path) -> None:
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def zero_every_page_but_the_first(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:4096] + bytes(len(data) - 4096))


def break_header(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[20] ^= 0xFF
    path.write_bytes(data)


def noise(path: Path) -> None:
    data, dice = bytearray(path.read_bytes()), random.Random(7)
    for _ in range(200):
        data[dice.randrange(len(data))] ^= dice.randrange(1, 256)
    path.write_bytes(data)


def of_another_key(path: Path) -> None:
    path.write_bytes(random.Random(7).randbytes(path.stat().st_size))


HARMS = (delete, cut, empty_it, zero_first_page, zero_every_page_but_the_first, break_header, noise)
Harm = Callable[[Path], None]


@pytest.mark.parametrize("harm", [*HARMS, of_another_key])
def test_rebuilt_it_is_the_same_row_by_row(home: Home, harm: Harm) -> None:
    assert all(home.before[name] for name in ("pin_attempts", "basket_lines", "active_pack", "proofs"))
    harm(home.folders.ledger)
    damaged = home.folders.ledger.read_bytes() if home.folders.ledger.exists() else None
    assert home.open() == (Mended.LEDGER_REBUILT,)
    assert home.differs() == []
    kept = [(home.folders.data / name).read_bytes() for name in home.aside()]
    assert not damaged or damaged in kept
    assert home.open() == ()


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("reached", ["set_aside", "replay_journal", "_recount_identity", "agree"])
def test_a_rebuild_that_is_cut_off_begins_again(
    home: Home, reached: str, both: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut where this function has done its work, nothing after it."""
    if both:
        drop_page_of(home, "leases")
        shut_record(segments(home.folders.journal)[-1], 0.6)
    else:
        zero_first_page(home.folders.ledger)
    damaged = home.folders.ledger.read_bytes()
    work = getattr(repair, reached)

    def done_and_dead(*given: Any) -> None:
        work(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(repair, reached, done_and_dead)
    with pytest.raises(KeyboardInterrupt):
        home.open()
    monkeypatch.undo()
    assert Mended.LEDGER_IN_PART not in home.open()
    assert home.differs() == []
    assert damaged in [path.read_bytes() for path in home.folders.data.glob("ledger.db.aside-*")]
    assert not (home.folders.data / "ledger.damaged").exists()


def shut_record(path: Path, share: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * share)] ^= 1
    path.write_bytes(data)


def drop_page_of(home: Home, table: str) -> None:
    """One damaged page; all others can still be read."""
    opened = open_store(home.folders, home.keys)
    sql = f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'"
    page = opened.database.read_sync(lambda conn: conn.exec_driver_sql(sql).scalar_one())
    opened.database.close()
    data = bytearray(home.folders.ledger.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    home.folders.ledger.write_bytes(data)
    (home.folders.data / "ledger.damaged").touch()  # as it is left behind when the page is met while reading


def test_both_damaged_the_lines_that_the_ledger_still_shows_fill_the_journal(home: Home) -> None:
    drop_page_of(home, "leases")
    shut_record(segments(home.folders.journal)[-1], 0.6)
    broken = segments(home.folders.journal)[-1].read_bytes()
    assert home.open() == (Mended.JOURNAL_REWRITTEN, Mended.LEDGER_REBUILT)
    assert home.differs() == []
    [journal] = home.folders.data.glob("journal.aside-*")
    assert segments(journal)[-1].read_bytes() == broken
    delete(home.folders.ledger)
    assert home.open() == (Mended.LEDGER_REBUILT,)
    assert home.differs() == []


def test_both_damaged_beyond_help_what_can_be_read_is_kept_and_the_life_ends(home: Home) -> None:
    zero_first_page(home.folders.ledger)
    shut_record(segments(home.folders.journal)[-1], 0.6)
    assert home.open() == (Mended.JOURNAL_REWRITTEN, Mended.LEDGER_IN_PART)
    after = rows(source(home.folder))["operations"]
    assert 0 < len(after) < len(home.before["operations"])
    opened = open_store(home.folders, home.keys)
    who = opened.database.read_sync(identity.current)
    opened.database.close()
    assert who is not None
    assert who.state is IdentityState.LOCKED  # a number used twice would be a fork
    assert len(home.aside()) == 2
    assert opened.mended == ()


def test_a_journal_begun_anew_and_not_filled_is_no_whole_one(home: Home) -> None:
    """The ledger is lost before what it knew was all copied."""
    begin_journal_anew(home.folders, home.keys)
    [path] = segments(home.folders.journal)
    whole = path.read_bytes()
    for share in (0.0, 0.3, 0.9):
        path.write_bytes(whole[: HEAD.size + int(share * (len(whole) - HEAD.size))])
        home.folders.ledger.unlink()
        assert Mended.LEDGER_IN_PART in home.open()
        shutil.rmtree(home.folders.journal)
        home.folders.journal.mkdir()
    path.write_bytes(whole)
    home.folders.ledger.unlink()
    assert home.open() == (Mended.LEDGER_REBUILT, Mended.CACHE_DROPPED)  # its file went when nobody knew it
    assert home.differs() == ["active_pack"]


def test_nothing_left_at_all_is_a_machine_to_be_set_up_with_the_evidence_beside_it(home: Home) -> None:
    zero_first_page(home.folders.ledger)
    for path in segments(home.folders.journal):
        path.write_bytes(bytes(100))
    assert Mended.LEDGER_IN_PART in home.open()
    assert rows(source(home.folder))["identity"] == []
    assert len(home.aside()) == 2
