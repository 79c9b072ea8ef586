"""A terminal of any landed version, its outbox full, becomes one of today whenever the power goes; nothing is
lost and central takes it all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from central import service
from central.__main__ import main as central
from central.config import Folder
from central.service import Address
from kiosk import chains
from kiosk.store import keystore
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.migrations import VERSION, migrate
from kiosk.store.opening import Folders, Mended, open_store
from sync import outbox
from sync.journal import segments
from sync.keystore import LEDGER
from sync.outbox import State
from sync.verify.__main__ import main as verify
from sync.wire.papers import Witness
from tests.journeys.world import World
from tests.store.test_migrations import differing
from tests.support.agreement import TerminalFiles, differences
from tests.support.crank import Crank
from tests.support.terminal import Terminal, settle
from tests.upgrades.kept import MADE_AT, VERSIONS, lay_out

FULL = ("operations", "outcomes", "leases", "lease_spends", "cases", "acks", "cursors", "documents", "slips")
FULL += ("till_moves", "drafts", "marks", "identity", "journal_lines", "active_pack")
Rows = dict[str, list[dict[str, Any]]]


class PowerCut(Exception):
    pass


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def world(version: int, tmp_path: Path) -> World:
    return lay_out(version, tmp_path / "world")


def source(home: Path) -> Source:
    key = keystore.obfuscated(home / "keys.json").get(LEDGER)
    assert key is not None
    return Source(home / "data" / "ledger.db", key, Mode.WRITE)


def rows(of: Source) -> Rows:
    engine = open_engine(of)
    with engine.connect() as conn, conn.begin():
        names = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        found = {
            name: [dict(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()]
            for name in names
        }
    engine.dispose()
    return found


def holds_all_of(after: Rows, before: Rows) -> None:
    """Every row and every column that was there; more columns, tables and journal lines may be."""
    for name, were in before.items():
        are = after[name]
        assert [{key: row[key] for key in old} for row, old in zip(are, were, strict=False)] == were, name


@contextmanager
def cut_at(number: int, files: Path, to: Path) -> Iterator[None]:
    """At this statement the disk is what it is; the program never comes to know."""
    seen = [0]

    def cut(_conn: Connection, _cursor: Any, _sql: str, *_rest: Any) -> None:
        seen[0] += 1
        if seen[0] == number:
            shutil.copytree(files, to)
            raise PowerCut

    event.listen(Engine, "before_cursor_execute", cut)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", cut)


def test_the_kept_file_is_full(world: World) -> None:
    found = rows(source(world.home))
    assert all(found[name] for name in FULL)
    states = {row["transfer"] for row in found["operations"]}
    assert states == {"recorded", "sent", "unknown", "answered"}
    assert {row["outcome"] for row in found["outcomes"]} == {"accepted", "rejected", "review"}


def test_it_becomes_what_a_new_one_is_with_all_its_rows(world: World, version: int, tmp_path: Path) -> None:
    old = source(world.home)
    before = rows(old)
    assert migrate(old) == version
    holds_all_of(rows(old), before)
    fresh = Source(tmp_path / "fresh.db", old.key, Mode.WRITE)
    migrate(fresh)
    assert differing(old, fresh) == {}


def test_cut_off_at_any_statement_it_opens_whole(world: World, version: int, tmp_path: Path) -> None:
    if version == VERSION:
        pytest.skip("the newest there is")
    before = rows(source(world.home))
    for number in range(1, 200):
        tried = tmp_path / f"tried-{number}"
        shutil.copytree(world.home, tried)
        left = tmp_path / f"left-{number}"
        try:
            with cut_at(number, tried, left):
                migrate(source(tried))
        except PowerCut:
            opened = open_store(Folders.of(left / "data"), keystore.obfuscated(left / "keys.json"))
            opened.database.close()
            assert set(opened.mended) <= {Mended.CACHE_DROPPED}
            after = rows(source(left))
            holds_all_of(after | {"active_pack": before["active_pack"]}, before)
            copy = Source(left / "data" / f"ledger.db.v{version}", source(left).key, Mode.WRITE)
            assert rows(copy) == before
            continue
        assert number > 3, "nothing was cut"
        return
    raise AssertionError("the upgrade has no end")


async def test_what_it_had_recorded_is_taken_by_a_central_as_old(world: World, version: int) -> None:
    crank = Crank(at=MADE_AT[version])
    parts = service.open_(Folder(world.central), crank.now)
    terminal = Terminal.open(world.home, crank)
    with service.in_background(parts, Address("127.0.0.1", 0)) as running:
        async with terminal.engine(url=running.url) as engine:
            await settle(engine)
    parts.database.close()
    views = terminal.db.read_sync(outbox.recent)
    terminal.close()
    audited(world)
    assert [view.kind for view in views if not view.state.final] == ["pension.check"]
    assert {view.state for view in views} == {State.ACCEPTED, State.REJECTED, State.REVIEW}
    assert [report for report in terminal.reports if not report.startswith("DELTA")] == []  # none is kept
    assert differences(TerminalFiles(Folders.of(world.home / "data"), terminal.keys), world.central) == []


def audited(world: World) -> None:
    """Its journal, begun by the older program, holds against what central has of it now."""
    folders, keys = Folders.of(world.home / "data"), keystore.obfuscated(world.home / "keys.json")
    opens, witness = world.root / "opens", world.root / "witness"
    paper = chains.write_key(folders, keys, opens)
    assert central(["witness", "--data", str(world.central), paper.terminal, str(witness)]) == 0
    words = [str(folders.journal), "--opens", str(opens), "--witness", str(witness)]
    assert verify(words) == 0
    held = Witness.decode(witness.read_bytes()).lives[1].high_water
    assert held == 12
    newest = segments(folders.journal)[-1]
    newest.write_bytes(newest.read_bytes()[: newest.stat().st_size // 3])
    assert verify(words) == 1


def test_the_upgraded_ledger_can_be_rebuilt_from_its_old_journal(world: World) -> None:
    folders, keys = Folders.of(world.home / "data"), keystore.obfuscated(world.home / "keys.json")
    open_store(folders, keys).database.close()
    before = rows(source(world.home))
    folders.ledger.unlink()
    opened = open_store(folders, keys)
    opened.database.close()
    assert Mended.LEDGER_REBUILT in opened.mended
    after = rows(source(world.home))
    assert {row["transfer"] for row in after["operations"]} == {"answered", "unknown"}
    for row in (*before["operations"], *after["operations"]):
        row.pop("transfer")
    for name in set(before) - {"journal_lines", "active_pack", "line_use"}:
        assert after[name] == before[name], name
