"""What the command line says after a loss: who was not heard, who is in quarantine, and that it has ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from central import partner, service
from central.__main__ import main
from central.config import Folder
from central.errors import SetupError
from central.posted import PostedFiles
from central.standing import begin_reconciling, end_reconciling, of
from tests.central.conftest import Central
from tests.central.world import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    service.make(Folder(home), None, ()).database.close()
    parts = service.open_(Folder(home))
    service.plant_demo(parts)
    parts.database.close()
    return home


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def test_a_restore_is_said_shown_and_ended(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data", str(folder))
    assert "epoch 1" in said(capsys, "status", *data)
    assert "epoch 2" in said(capsys, "restored", *data)
    assert "reconciling" in said(capsys, "status", *data)
    assert "has ended" in said(capsys, "reconcile", *data)
    assert "reconciling" not in said(capsys, "status", *data)
    assert main(("reconcile", *data)) == 1
    assert main(("replace", "T-unknown", *data)) == 1


def test_who_was_not_heard_is_named_and_partners_are_told_nothing(world: World, central: Central) -> None:
    files = PostedFiles(central.parts.folder.partner)
    world.a.push("bill.pay", world.a.bill(1))
    world.do(lambda conn: begin_reconciling(conn, central.clock()))
    with pytest.raises(SetupError):
        world.do(lambda conn: partner.settle_biller(conn, files, "grid", central.clock()))
    world.a.driver.testify()
    silent = {life.terminal for life in world.ask(of).silent}
    assert silent == {world.b.driver.id, world.staff.driver.id}
    ended = world.do(lambda conn: end_reconciling(conn, central.clock()))
    assert {life.terminal for life in ended.silent} == silent
    assert world.do(lambda conn: partner.settle_biller(conn, files, "grid", central.clock())) == 1
    world.b.driver.testify()
    assert {life.terminal for life in world.ask(of).silent} == {world.staff.driver.id}
