"""What the disk can do to a kiosk, and what is left of its data afterwards."""

import shutil
import sqlite3
from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2

from kiosk.store import keystore, opening
from kiosk.store.database import DAMAGED_FLAG
from kiosk.store.engine import Mode, Source, open_engine
from kiosk.store.opening import Mended, open_store
from sync import cases, documents, identity, leases, lines, outbox, transfer
from sync.errors import AlreadyRunning, Damaged, KeyUnavailable, UnsafeLibrary
from sync.journal import segments
from sync.keystore import LEDGER
from sync.outbox import NewOperation, State
from sync.wire.answers import Ack, Outcome, Result
from sync.wire.operation import new_op_id
from tests.support.ledger import TERMINAL, Ledger, new_grant
from tests.sync.test_documents_and_cases import CASE, OPERATOR
from ui.troubles import trouble_text

FLOAT = "L-float:P1"
AS_TOLD = {State.UNKNOWN: State.RECORDED}


def pay(ledger: Ledger) -> outbox.Recorded:
    new = NewOperation(new_op_id(), "bill.pay", {"name": "㳇𡓐", "n": 1}, lease=FLOAT, spend=100)
    stamp = ledger.stamp()
    return ledger.db.run_sync(lambda conn: outbox.record(conn, new, stamp))


@pytest.fixture
def lived(ledger: Ledger) -> Ledger:
    """A ledger with one of everything that must survive."""
    run = ledger.db.run_sync
    run(lambda conn: leases.apply_grant(conn, new_grant("float:P1", 10_000, "fen"), "token"))
    made = [pay(ledger) for _ in range(5)]
    run(lambda conn: leases.spend(conn, FLOAT, 1, "K/1"))
    run(lambda conn: leases.spend(conn, FLOAT, 1, "K/2", "op-2"))
    run(lambda conn: leases.release_spends(conn, FLOAT, "op-2"))
    results = (
        Result(1, made[0].op_id, Outcome.ACCEPTED, 1),
        Result(2, made[1].op_id, Outcome.REJECTED, 2, "sold-out", "C1"),
    )
    ack = Ack(TERMINAL, 1, 1, "n", 3, made[2].link, results, 0, (), "2026-03-02T02:00:00Z")
    run(lambda conn: transfer.apply_ack(conn, ack, "ack-token", "2026-03-02T02:00:00Z"))
    run(lambda conn: cases.apply_case(conn, CASE))
    run(lambda conn: documents.put_operator(conn, OPERATOR))
    return ledger


def everything(ledger: Ledger) -> tuple[object, ...]:
    """All of it but whether what waits was ever sent: a rebuilt ledger cannot know."""
    reads = (
        lambda conn: [
            replace(view, state=AS_TOLD.get(view.state, view.state)) for view in outbox.recent(conn)
        ],
        lambda conn: replace(outbox.depth(conn), unknown=0),
        leases.all_leases,
        cases.open_cases,
        documents.operators,
        identity.current,
        lambda conn: leases.spent_tokens(conn, FLOAT),
        lambda conn: transfer.last_ack(conn, ledger.chain),
        lambda conn: transfer.next_batch(conn, ledger.chain, 100, 10**6),
    )
    return tuple(ledger.db.read_sync(fn) for fn in reads)


def test_an_ordinary_start_mends_nothing(lived):
    before = everything(lived)
    lived.reopen()
    assert lived.opened.mended == ()
    assert everything(lived) == before


def test_a_second_kiosk_on_the_same_data_is_kept_out(lived):
    with pytest.raises(AlreadyRunning):
        open_store(lived.folders, lived.keys)
    assert pay(lived).seq == 6


@pytest.mark.parametrize("lost", [3, 200, 2000])
def test_a_torn_or_missing_tail_of_the_journal_is_copied_from_the_ledger(lived, lost):
    before = everything(lived)
    lived.db.close()
    last = segments(lived.folders.journal)[-1]
    last.write_bytes(last.read_bytes()[:-lost])
    lived.reopen()
    assert lived.opened.mended == (Mended.JOURNAL_TAIL,)
    assert everything(lived) == before
    lose_ledger(lived)
    lived.reopen()
    assert everything(lived) == before


def lose_ledger(ledger: Ledger) -> None:
    ledger.db.close()
    for path in ledger.folders.data.glob("ledger.db*"):
        path.unlink()


def noise(path, at: int, size: int) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"\xa5" * size)


def test_a_lost_ledger_is_rebuilt_from_the_journal(lived):
    before = everything(lived)
    lose_ledger(lived)
    lived.reopen()
    assert lived.opened.mended == (Mended.LEDGER_REBUILT,)
    assert everything(lived) == before
    assert pay(lived).seq == 6
    lived.reopen()
    assert lived.opened.mended == ()


@pytest.mark.parametrize("left", [0.3, 0.6, 0.9])
def test_of_a_transaction_that_a_cut_tore_nothing_is_rebuilt(lived, left):
    before = everything(lived)
    last = segments(lived.folders.journal)[-1]
    sure = last.stat().st_size
    pay(lived)
    lose_ledger(lived)
    data = last.read_bytes()
    last.write_bytes(data[: sure + int((len(data) - sure) * left)])
    lived.reopen()
    assert lived.opened.mended == (Mended.LEDGER_REBUILT,)
    assert everything(lived) == before


def test_a_ledger_lost_twice_is_rebuilt_over_the_file_that_a_cut_left_without_tables(lived):
    before = everything(lived)
    key = lived.keys.get(LEDGER)
    lose_ledger(lived)
    (lived.folders.data / DAMAGED_FLAG).write_text("ledger.db.aside-of-the-first-rebuild")
    engine = open_engine(Source(lived.folders.ledger, key, Mode.WRITE))
    with engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA application_id = 1")
    engine.dispose()
    lived.reopen()
    assert lived.opened.mended == (Mended.LEDGER_REBUILT,)
    assert everything(lived) == before


def test_noise_at_the_start_of_the_ledger_is_noticed_and_mended(lived):
    before = everything(lived)
    lived.db.close()
    noise(lived.folders.ledger, 0, 4096)
    lived.reopen()
    assert lived.opened.mended == (Mended.LEDGER_REBUILT,)
    assert everything(lived) == before
    assert any("aside" in path.name for path in lived.folders.data.iterdir())


def test_noise_in_the_middle_is_noticed_when_read_and_mended_at_the_next_start(lived):
    before = everything(lived)
    page = lived.db.read_sync(
        lambda conn: conn.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'leases'").scalar()
    )
    lived.db.close()
    noise(lived.folders.ledger, (page - 1) * 4096, 4096)
    lived.reopen()
    assert lived.opened.mended == ()
    with pytest.raises(Damaged):
        lived.db.read_sync(leases.all_leases)
    lived.reopen()
    assert lived.opened.mended == (Mended.LEDGER_REBUILT,)
    assert everything(lived) == before
    lived.reopen()
    assert lived.opened.mended == ()


def test_an_older_copy_of_the_ledger_is_not_believed(lived, tmp_path):
    lived.db.close()
    shutil.copy(lived.folders.ledger, tmp_path / "old.db")
    lived.opened = open_store(lived.folders, lived.keys)
    pay(lived)
    before = everything(lived)
    lose_ledger(lived)
    shutil.copy(tmp_path / "old.db", lived.folders.ledger)
    lived.reopen()
    assert lived.opened.mended == (Mended.LEDGER_REBUILT,)
    assert everything(lived) == before


@pytest.mark.parametrize("harm", ["lost", "noise", "tail-of-many"])
def test_a_journal_that_cannot_go_on_is_begun_anew_and_still_saves_the_ledger(lived, harm):
    before = everything(lived)
    lived.db.close()
    if harm == "lost":
        shutil.rmtree(lived.folders.journal)
        lived.opened = open_store(lived.folders, lived.keys)
        lived.db.run_sync(trim_all_but_last)
        lived.db.close()
        shutil.rmtree(lived.folders.journal)
    elif harm == "noise":
        noise(segments(lived.folders.journal)[0], 60, 30)
    else:
        lived.opened = open_store(lived.folders, lived.keys)
        lived.db.run_sync(trim_all_but_last)
        lived.db.close()
        last = segments(lived.folders.journal)[-1]
        last.write_bytes(last.read_bytes()[:-2000])
    lived.opened = open_store(lived.folders, lived.keys)
    assert lived.opened.mended == (Mended.JOURNAL_REWRITTEN,)
    lose_ledger(lived)
    lived.reopen()
    assert everything(lived) == before


def trim_all_but_last(conn) -> None:
    conn.exec_driver_sql("DELETE FROM journal_lines WHERE n < (SELECT max(n) FROM journal_lines)")


def test_the_lines_kept_in_the_ledger_are_bounded(lived, monkeypatch):
    monkeypatch.setattr(lines, "KEPT", 3)
    lived.db.run_sync(lines.trim)
    kept = lived.db.read_sync(
        lambda conn: conn.exec_driver_sql("SELECT count(*) FROM journal_lines").scalar()
    )
    assert kept == 3
    before = everything(lived)
    lived.reopen()
    assert lived.opened.mended == ()
    lose_ledger(lived)
    lived.reopen()
    assert everything(lived) == before


def test_a_ledger_without_its_key_is_refused_and_left_alone(lived, tmp_path):
    lived.db.close()
    content = lived.folders.ledger.read_bytes()
    with pytest.raises(KeyUnavailable):
        open_store(lived.folders, keystore.obfuscated(tmp_path / "other.json"))
    assert lived.folders.ledger.read_bytes() == content
    lived.opened = open_store(lived.folders, lived.keys)
    assert lived.opened.mended == ()


def test_nothing_on_the_disk_is_readable_without_the_key(lived):
    lived.db.close()
    for path in (lived.folders.ledger, *segments(lived.folders.journal)):
        assert "㳇𡓐".encode() not in path.read_bytes()
    plain = sqlite3.connect(lived.folders.ledger)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM operations")
    plain.close()


def test_of_what_was_rebuilt_nobody_knows_whether_it_was_sent(lived):
    lose_ledger(lived)
    lived.reopen()
    states = [view.state for view in lived.db.read_sync(outbox.recent)]
    assert states == [State.UNKNOWN, State.UNKNOWN, State.SENT, State.REJECTED, State.ACCEPTED]
    assert lived.folders.ledger.name == opening.LEDGER_FILE


def test_a_library_that_can_lose_commits_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(dbapi2, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(dbapi2, "sqlite_version", "3.51.2")
    folder = tmp_path / "data"
    with pytest.raises(UnsafeLibrary, match=r"SQLite 3\.51\.2, at least 3\.51\.3") as refused:
        open_store(opening.Folders.of(folder), keystore.obfuscated(folder / "keys.json"))
    assert not folder.exists()
    words = trouble_text(refused.value)
    assert "请重新安装" in words.zh
    assert "install Yizhan again" in words.en
