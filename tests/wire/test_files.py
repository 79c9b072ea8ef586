"""A file of ours is the old one or the whole new one, whenever the power goes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from central import config, packs
from sync.wire.files import write_whole


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the disk, in its order."""
    found: list[str] = []
    fsync = os.fsync

    def synced(handle: int) -> None:
        found.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def noted(name: str) -> None:
        real = getattr(os, name)

        def call(*args: Any, **more: Any) -> Any:
            found.append(name)
            return real(*args, **more)

        monkeypatch.setattr(os, name, call)

    monkeypatch.setattr(os, "fsync", synced)
    noted("replace")
    noted("link")
    return found


def test_what_is_in_it_first_and_its_name_last(tmp_path: Path, done: list[str]) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"before")
    write_whole(path, b"after", tmp_path / "one.new", 0o600)
    assert done == ["file", "replace", "folder"]
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"after", 0o600)
    assert [one.name for one in tmp_path.iterdir()] == ["one"]


def test_a_pack_has_its_name_before_anybody_is_told_of_it(tmp_path: Path, done: list[str]) -> None:
    packs._write(tmp_path / "packs" / "county.ndjson.zst", b"pack")
    assert done == ["file", "replace", "folder"]


def test_a_secret_is_there_for_good_or_not_at_all(tmp_path: Path, done: list[str]) -> None:
    config.write_secret(tmp_path / "seed", b"secret")
    assert done == ["file", "link", "folder"]
    with pytest.raises(FileExistsError):
        config.write_secret(tmp_path / "seed", b"another")
    assert (tmp_path / "seed").read_bytes() == b"secret"
    assert [one.name for one in tmp_path.iterdir()] == ["seed"]
