"""A bundle is whole or refused: every cut and flipped bit is found, and its carrier reads the head alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from sync.wire import bundle, bundlefile, canon
from sync.wire.bundle import Downward, Head, Upward, Way
from sync.wire.bundlefile import FoundBundle, FoundPack, Unreadable
from sync.wire.encoding import unb64
from sync.wire.errors import BadSignature, Malformed, WireError
from sync.wire.keys import SigningKey, keyring
from sync.wire.manifest import Manifest
from sync.wire.sealing import DecryptionKey, openers
from sync.wire.token import Typ, sign

SIGNER, OPENER = SigningKey.generate(), DecryptionKey.generate()
MARK = "㳇小满13900000000"
HEAD = Head(Way.UP, "T-0001", 2, OPENER.public.kid, "AAECAwQFBgcICQoLDA0ODw", 5, 9, "2026-03-08T02:00:00Z")
UPWARD = Upward((MARK.encode(), b"second"), 7, DecryptionKey.derived_from(SIGNER).public, "2026-1")


def made() -> bytes:
    return bundle.make(SIGNER, OPENER.public, HEAD, UPWARD.encode())


def test_it_opens_to_what_was_put_in() -> None:
    read = bundle.parse(made())
    assert replace(read.head, size=0, sha256="") == HEAD
    read.verify(keyring(SIGNER.public))
    assert Upward.decode(read.open(openers(OPENER))) == UPWARD


def test_its_carrier_reads_the_head_and_nothing_else() -> None:
    data = made()
    assert MARK.encode() not in data
    assert all(MARK.encode() not in unb64(part.decode()) for part in data.split(b"\n")[1].split(b"."))
    with pytest.raises(BadSignature):
        bundle.parse(data).open(openers(DecryptionKey.generate()))
    assert bundle.parse(data).head.last_seq == 9


def test_every_cut_and_every_flip_is_found() -> None:
    data = made()

    def read(broken: bytes) -> None:
        found = bundle.parse(broken)
        found.verify(keyring(SIGNER.public))
        Upward.decode(found.open(openers(OPENER)))

    for place in range(len(data)):
        flipped = data[:place] + bytes([data[place] ^ (1 << Random(place).randrange(8))]) + data[place + 1 :]
        for broken in (data[:place], flipped):
            with pytest.raises(WireError):
                read(broken)
    for more in (b"x", b"\n", data):
        with pytest.raises(Malformed):
            bundle.parse(data + more)


def test_contents_of_one_bundle_do_not_pass_under_the_head_of_another() -> None:
    one, two = made().split(b"\n"), made().split(b"\n")
    with pytest.raises(Malformed):
        bundle.parse(b"\n".join((one[0], one[1], two[2], b"")))


@pytest.mark.parametrize(
    "changed",
    [
        {"v": 2},
        {"way": "sideways"},
        {"terminal": ""},
        {"terminal": "x" * 65},
        {"size": "1"},
        {"made_at": "now"},
    ],
)
def test_a_head_of_another_shape_is_malformed(changed: dict[str, object]) -> None:
    lines = made().split(b"\n")
    claims = canon.decode_object(unb64(lines[1].split(b".")[1].decode())) | changed
    lines[1] = sign(SIGNER, Typ.BUNDLE, claims).encode()
    with pytest.raises(Malformed):
        bundle.parse(b"\n".join(lines))


@pytest.mark.parametrize(
    "contents",
    [
        b"",
        b"{}",
        b'{"batches":[],"cursor":0}\n',
        b'{"batches":[-1,4],"cursor":0}\nabc',
        b"[]\n",
        b'{"batches":[9]}\n',
    ],
)
def test_contents_of_another_shape_are_malformed(contents: bytes) -> None:
    with pytest.raises(Malformed):
        Upward.decode(contents)


def test_answers_are_bounded_when_unpacked() -> None:
    down = Downward(("a",), ("b",), "c", "d")
    assert Downward.decode(down.encode()) == down
    with pytest.raises(Malformed):
        Downward.decode(Downward(("x" * (bundle.MAX_FILE + 1),), ()).encode())


def test_names_fit_any_file_system_and_say_nothing_of_anybody() -> None:
    names = {replace(HEAD, terminal="../T:1", way=way).name for way in Way}
    assert names == {HEAD.name.replace("T-0001", ".._T_1"), HEAD.answer_name.replace("T-0001", ".._T_1")}
    assert replace(HEAD, way=Way.DOWN).name == HEAD.answer_name


def test_files_are_found_whatever_else_lies_there(tmp_path: Path) -> None:
    bundlefile.write(tmp_path, HEAD.name, made())
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    (tmp_path / f"{HEAD.name}.part").write_bytes(b"half")
    (tmp_path / "empty.yzb").touch()
    (tmp_path / "huge.yza").write_bytes(bytes(bundle.MAX_FILE + 1))
    (tmp_path / "sub.yzb").mkdir()
    found = {one.path.name: type(one) for one in bundlefile.look(tmp_path)}
    assert found == {HEAD.name: FoundBundle, "empty.yzb": Unreadable, "huge.yza": Unreadable}


def test_a_write_that_fails_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "x.yzb").mkdir()
    with pytest.raises(IsADirectoryError):
        bundlefile.write(tmp_path, "x.yzb", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["x.yzb"]


def test_a_pack_beside_them(tmp_path: Path) -> None:
    data = b"pack bytes"
    digest = "0" * 64
    manifest = Manifest(
        "511602", "2026.1", digest, len(data), 1, {}, "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
    )
    source = tmp_path / "source"
    source.write_bytes(data)
    path = bundlefile.write_pack(tmp_path, sign(SIGNER, Typ.MANIFEST, manifest.payload()), manifest, source)
    assert path.name == "yizhan-pack-511602-2026.1.yzp"
    assert bundle.pack_name(replace(manifest, version="../1")) == "yizhan-pack-511602-.._1.yzp"
    found = bundlefile.read(path)
    assert isinstance(found, FoundPack)
    assert found.manifest == manifest
    with pytest.raises(Malformed):
        bundlefile.take_pack(found, tmp_path / "target")
    assert not (tmp_path / "target").exists()
