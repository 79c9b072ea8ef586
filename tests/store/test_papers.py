"""Slips as files are taken away after a day, a ledger from before an upgrade after a month."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.store.papers import Papers

NOW = datetime(2026, 3, 8, 9, 0, tzinfo=UTC)


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    (tmp_path / "printed").mkdir()
    return Papers(tmp_path, (tmp_path / "printed", tmp_path / "none"))


def laid(path: Path, old: timedelta) -> Path:
    path.write_text("㳇")
    at = (NOW - old).timestamp()
    os.utime(path, (at, at))
    return path


@pytest.mark.parametrize(
    ("name", "kept"),
    [("printed/a.txt", 1), ("printed/a.bin", 1), ("printed/a.pdf", 1), ("ledger.db.v3", 30)],
)
def test_what_nobody_needs_any_longer_goes(papers: Papers, name: str, kept: int) -> None:
    path = laid(papers.data / name, timedelta(days=kept, seconds=-1))
    assert papers.sweep(NOW) == 0
    assert path.exists()
    assert papers.sweep(NOW + timedelta(seconds=1)) == 1
    assert not path.exists()


@pytest.mark.parametrize(
    "name", ["printed/paper-out", "ledger.db", "ledger.db-wal", "ledger.db.vx", "keys.json"]
)
def test_nothing_else_does(papers: Papers, name: str) -> None:
    path = laid(papers.data / name, timedelta(days=900))
    assert papers.sweep(NOW) == 0
    assert path.exists()


def test_a_clock_that_was_ahead_lets_it_live_longer(papers: Papers) -> None:
    path = laid(papers.data / "printed" / "a.txt", timedelta(days=-400))
    assert papers.sweep(NOW) == 0
    assert path.exists()
