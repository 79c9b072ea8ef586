"""A stick that means no good, at head office: what lies on it harms neither the others' nor this machine."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from central import courier_folder
from sync.wire import batch as wire_batch
from sync.wire import bundle, bundlefile
from sync.wire import evidence as wire_evidence
from sync.wire.bundle import Upward
from sync.wire.evidence import Bare, BareRun, Evidence
from sync.wire.keys import SigningKey
from sync.wire.sealing import DecryptionKey
from tests.central.conftest import Central
from tests.central.driver import Driver
from tests.central.test_courier import parcel

NOTE = "test.note"


def noted(central: Central) -> Driver:
    driver = central.terminal()
    driver.record(NOTE, {"text": "a"})
    return driver


def put(stick: Path, data: bytes) -> str:
    """Under the name its head gives it."""
    name = bundle.parse(data).head.name
    (stick / name).write_bytes(data)
    return name


def broken_seal(driver: Driver) -> dict[str, Any]:
    batch = driver.batch(1, seal=SigningKey.generate().sign(b"anything"))
    return {"batches": (wire_batch.encode(batch),), "nonce": batch.nonce}


def broken_places(driver: Driver) -> dict[str, Any]:
    batch = driver.batch(1)
    stranger = SigningKey.generate().sign(b"anything")
    run = BareRun(1, driver.link(0), stranger, (Bare(b"{}", bytes(32)),))
    page = Evidence(driver.id, driver.incarnation, batch.nonce, (), more=False, bare=run)
    own = DecryptionKey.derived_from(driver.key).public
    up = Upward((wire_batch.encode(batch),), 0, own, None, (wire_evidence.encode(page),))
    return {"contents": up.encode(), "nonce": batch.nonce}


@pytest.mark.parametrize("broken", [broken_seal, broken_places])
def test_what_a_terminal_sealed_wrongly_ends_no_visit(central: Central, tmp_path: Path, broken: Any) -> None:
    """Its head and contents are its own; only what is inside does not fit."""
    hostile, honest = noted(central), noted(central)
    stick = tmp_path / "stick"
    stick.mkdir()
    bad = put(stick, parcel(hostile, central, **broken(hostile)))
    (stick / bad).rename(stick / f"0-{bad}")
    good = bundle.parse((stick / put(stick, parcel(honest, central))).read_bytes()).head.answer_name
    worked = courier_folder.work_through(central.parts, stick, stick)
    assert [name for name, _ in worked.unusable] == [f"0-{bad}"]
    assert worked.answered == (good,)
    assert (hostile.status().high_water, honest.status().high_water) == (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_no_link_on_a_stick_leads_writing_elsewhere(central: Central, tmp_path: Path) -> None:
    """The name of an answer is known before it is written; so is that of the part it comes from."""
    driver = noted(central)
    stick, precious = tmp_path / "stick", tmp_path / "precious.db"
    stick.mkdir()
    precious.write_bytes(b"all that is owed to people")
    head = bundle.parse((stick / put(stick, parcel(driver, central))).read_bytes()).head
    (stick / f"{head.answer_name}{bundlefile.PART_SUFFIX}").symlink_to(precious)
    (stick / head.answer_name).symlink_to(precious)
    assert courier_folder.work_through(central.parts, stick, stick).answered == (head.answer_name,)
    assert precious.read_bytes() == b"all that is owed to people"
    assert not (stick / head.answer_name).is_symlink()
    assert bundle.parse((stick / head.answer_name).read_bytes()).head.nonce == head.nonce


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_names_that_steer_a_screen_are_not_ours(central: Central, tmp_path: Path) -> None:
    """What is said of a file says its name: a terminal obeys some, and no text can hold others."""
    driver = noted(central)
    data = parcel(driver, central)
    names = (b"\xff.yzb", b"a\x1b[2J.yzb", b"b\n.yza", "\u202ecod.yzb".encode())
    for name in names:
        (tmp_path / os.fsdecode(name)).write_bytes(data)
    assert bundlefile.names(tmp_path) == []
    (tmp_path / "\u33c7口 1.yzb").write_bytes(data)
    assert len(courier_folder.work_through(central.parts, tmp_path, tmp_path).answered) == 1
