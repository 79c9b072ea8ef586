"""One process serves a central; a second one is refused, at its folder or at its database."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from central import service
from central.__main__ import main
from central.alone import LOCK, AlreadyServed, alone
from central.config import Folder, Parts
from tests.central.conftest import PG_URL, fresh_database

on_postgres = pytest.mark.skipif(PG_URL is None, reason="needs YIZHAN_PG_URL")


def elsewhere(parts: Parts, tmp_path: Path) -> Parts:
    """The same database from another machine's folder."""
    folder = Folder(tmp_path / "elsewhere")
    folder.root.mkdir()
    return replace(parts, folder=folder)


def test_a_second_process_on_the_same_folder_is_refused(
    tmp_path: Path, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = Folder(tmp_path / "data")
    service.make(folder, database_url, ()).database.close()
    parts = service.open_(folder)
    with alone(parts):
        serve = ["serve", "--data", str(folder.root), "--port", "0"]
        second = subprocess.run(
            [sys.executable, "-m", "central", *serve], capture_output=True, text=True, check=False, timeout=60
        )
        assert (second.returncode, "already serves" in second.stderr) == (1, True), second.stderr
        assert not folder.port.exists()
        assert main(["status", "--data", str(folder.root)]) == 0  # the other commands go on
    with alone(parts):
        assert (folder.root / LOCK).exists()
    parts.database.close()


@on_postgres
def test_a_second_machine_on_the_same_database_is_refused_and_comes_after_it(
    parts: Parts, tmp_path: Path
) -> None:
    other = elsewhere(parts, tmp_path)
    with alone(parts), pytest.raises(AlreadyServed, match="postgresql"), alone(other, patience=0.05):
        pass
    with alone(other, patience=0.05), pytest.raises(AlreadyServed), alone(parts, patience=0.05):
        pass


@on_postgres
def test_who_lost_its_connection_holds_nothing(parts: Parts, tmp_path: Path) -> None:
    """As when its machine is gone and the server has noticed."""
    mine = "objid = hashtext(current_schema())::bigint & 4294967295"
    end = f"SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND {mine}"
    with alone(parts):
        with parts.database.writing() as conn:
            assert conn.scalar(text(end))
        with alone(elsewhere(parts, tmp_path)):
            pass


@on_postgres
def test_centrals_in_two_schemas_do_not_know_of_each_other(parts: Parts, tmp_path: Path) -> None:
    with fresh_database(tmp_path / "second") as url:
        other = elsewhere(replace(parts, database=service.Database(url)), tmp_path)
        with alone(parts), alone(other, patience=0.05):
            pass
        other.database.close()
