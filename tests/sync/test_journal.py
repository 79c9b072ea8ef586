"""The journal comes back line by line; a torn tail is mended, anything else is damage."""

import secrets
from pathlib import Path

import pytest

from sync import lines
from sync.errors import Damaged
from sync.journal import Journal, records, segments
from tests.support.ledger import Ledger

KEY = secrets.token_bytes(32)


@pytest.fixture
def written(tmp_path: Path, ledger: Ledger) -> Path:
    """A journal of the ledger's lines in several small segments."""
    folder = tmp_path / "copy"
    journal = Journal(folder, KEY, segment_bytes=600)

    def add(conn):
        lines.append(conn, "gone", {"table": "cursors", "key": {"name": "㳇" * 60}})

    for _ in range(12):
        ledger.db.run_sync(add)
        ledger.db.run_sync(journal.catch_up)
    journal.close()
    return folder


def test_lines_come_back_in_order_across_segments(written, ledger):
    assert len(segments(written)) > 2
    assert list(records(written, KEY)) == ledger.db.run_sync(lambda conn: lines.tail(conn, 0))


def test_a_journal_goes_on_where_it_ended(written, ledger):
    journal = Journal(written, KEY)
    before = journal.last_n
    ledger.db.run_sync(lambda conn: lines.append(conn, "gone", {"table": "cursors", "key": {"name": "x"}}))
    ledger.db.run_sync(journal.catch_up)
    journal.close()
    assert [n for n, _ in records(written, KEY)] == list(range(1, before + 2))


def test_nothing_is_readable_in_the_file(written):
    assert all(("㳇" * 9).encode() not in path.read_bytes() for path in segments(written))


@pytest.mark.parametrize("lost", [1, 5, 40])
def test_a_torn_tail_is_noticed_and_the_rest_is_whole(written, lost):
    whole = list(records(written, KEY))
    last = segments(written)[-1]
    last.write_bytes(last.read_bytes()[:-lost])
    assert list(records(written, KEY)) == whole[:-1]
    journal = Journal(written, KEY)
    assert journal.torn > 0
    assert journal.last_n == len(whole) - 1
    journal.cut_torn()
    journal.close()
    again = Journal(written, KEY)
    again.close()
    assert again.torn == 0


def test_a_changed_byte_in_the_middle_is_damage(written):
    first = segments(written)[0]
    data = bytearray(first.read_bytes())
    data[80] ^= 1
    first.write_bytes(data)
    with pytest.raises(Damaged):
        list(records(written, KEY))


def test_a_missing_segment_is_damage(written):
    segments(written)[1].unlink()
    with pytest.raises(Damaged):
        list(records(written, KEY))


def test_a_segment_of_another_key_is_not_read(written):
    with pytest.raises(Damaged):
        list(records(written, secrets.token_bytes(32)))
