"""Attachments on the disk: whole, unreadable to others, readable in parts, and found out when altered."""

import io
import random
from hashlib import sha256
from pathlib import Path

import pytest

from sync.errors import Damaged, PayloadTooLarge
from sync.spool import FRAME, Attachment, Spool
from sync.wire.asset import MAX_ASSET

KEY = bytes(range(32))
PHOTO = random.Random(1).randbytes(2 * FRAME + 1000)


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path / "attachments", KEY)


def file_of(spool: Spool, one: Attachment) -> Path:
    return spool.folder / one.sha256


def test_any_part_is_read_again(spool: Spool) -> None:
    one = spool.add(io.BytesIO(PHOTO))
    assert one == Attachment(sha256(PHOTO).hexdigest(), len(PHOTO))
    for start, length in [(0, 10), (FRAME - 5, 10), (FRAME, FRAME), (0, 10**9), (len(PHOTO) - 3, 10)]:
        assert spool.read(one, start, length) == PHOTO[start : start + length]
    assert spool.read(one, len(PHOTO), 10) == b""
    assert spool.check(one)


def test_an_empty_one_is_one_too(spool: Spool) -> None:
    one = spool.add(io.BytesIO(b""))
    assert (spool.read(one, 0, 10), spool.check(one)) == (b"", True)


def test_what_is_added_twice_is_there_once(spool: Spool) -> None:
    assert spool.add(io.BytesIO(PHOTO)) == spool.add(io.BytesIO(PHOTO))
    assert len(list(spool.folder.iterdir())) == 1


def test_only_from_where_the_source_stands(spool: Spool) -> None:
    source = io.BytesIO(b"head" + PHOTO)
    source.seek(4)
    assert spool.add(source).sha256 == sha256(PHOTO).hexdigest()


def test_nothing_of_it_lies_open_on_the_disk(spool: Spool) -> None:
    one = spool.add(io.BytesIO(b"a person's identity card " * 100))
    assert b"identity" not in file_of(spool, one).read_bytes()


def test_too_large_a_one_leaves_nothing_behind(spool: Spool) -> None:
    with pytest.raises(PayloadTooLarge):
        spool.add(io.BytesIO(bytes(MAX_ASSET + 1)))
    assert not spool.folder.exists()


@pytest.mark.parametrize("at", [0, 10, 22, 40, FRAME, 2 * FRAME])
def test_a_changed_byte_is_found(spool: Spool, at: int) -> None:
    one = spool.add(io.BytesIO(PHOTO))
    path = file_of(spool, one)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    with pytest.raises(Damaged):
        spool.check(one)


def test_a_cut_file_and_a_lost_file_and_anothers_key_are_found(spool: Spool) -> None:
    one = spool.add(io.BytesIO(PHOTO))
    with pytest.raises(Damaged):
        Spool(spool.folder, bytes(32)).read(one, 0, 10)
    path = file_of(spool, one)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(Damaged):
        spool.check(one)
    spool.remove(one.sha256)
    with pytest.raises(Damaged):
        spool.read(one, 0, 10)


def test_another_files_frames_do_not_pass_for_its_own(spool: Spool) -> None:
    one, other = spool.add(io.BytesIO(PHOTO)), spool.add(io.BytesIO(PHOTO[::-1]))
    mixed = bytearray(file_of(spool, one).read_bytes())
    mixed[28 : 28 + FRAME] = file_of(spool, other).read_bytes()[28 : 28 + FRAME]
    file_of(spool, one).write_bytes(mixed)
    with pytest.raises(Damaged):
        spool.read(one, 0, 10)


def test_what_nobody_came_to_name_is_swept(spool: Spool) -> None:
    kept, lost = spool.add(io.BytesIO(b"kept")), spool.add(io.BytesIO(b"lost"))
    (spool.folder / "half.new").write_bytes(b"half")
    spool.sweep(frozenset({kept.sha256}))
    assert [path.name for path in spool.folder.iterdir()] == [kept.sha256]
    assert lost.sha256 not in kept.sha256
