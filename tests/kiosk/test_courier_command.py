"""`yizhan courier` and `yizhan-central courier`: a terminal, a laptop, a stick and head office."""

from __future__ import annotations

import asyncio
import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from central.__main__ import main as central_main
from kiosk import compose
from kiosk.__main__ import main
from kiosk.settings import load
from kiosk.terminal import Plan, Terminal
from sync import outbox
from sync.disk import store_error
from sync.outbox import NewOperation, State
from sync.wire import bundlefile
from sync.wire.answers import Profile
from sync.wire.files import FOLDER
from sync.wire.operation import new_op_id
from tests.support.central import POINT, RunningCentral
from tests.support.crank import Crank
from ui.troubles import STICK_FULL, stick_text, trouble_text

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _away_from_any_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)


@pytest.fixture
def central(tmp_path: Path) -> Iterator[RunningCentral]:
    running = RunningCentral(tmp_path / "central", Crank().now)
    running.start()
    yield running
    running.close()


def plan(data: Path) -> Plan:
    return compose.plan(load(None, {}, {"data.folder": str(data)}))


def enrolled(central: RunningCentral, data: Path, profile: Profile = Profile.ASSISTED) -> Path:
    async def enrol() -> None:
        terminal = Terminal.open(plan(data))
        steps = terminal.enrolment(lambda _progress: None)
        await steps.reach(central.url, central.code(profile))
        await steps.enrol(POINT)
        await terminal.close()

    asyncio.run(enrol())
    return data


def record(data: Path, count: int) -> None:
    async def work() -> None:
        terminal = Terminal.open(plan(data))
        for _ in range(count):
            new = NewOperation(new_op_id(), "test.note", {"text": "㳇"})
            await terminal.data.run(lambda conn, new=new: outbox.record(conn, new, terminal.stamp()))  # type: ignore[misc]
        await terminal.close()

    asyncio.run(work())


def states(data: Path) -> set[State]:
    async def read() -> set[State]:
        terminal = Terminal.open(plan(data))
        found = await terminal.data.read(outbox.recent)
        await terminal.close()
        return {view.state for view in found}

    return asyncio.run(read())


def courier(errand: str, *words: str | Path, data: Path) -> int:
    return main(["courier", errand, *map(str, words), "--data", str(data)])


def test_out_by_laptop_and_back(central: RunningCentral, tmp_path: Path, capsys: Captured) -> None:
    village, laptop = enrolled(central, tmp_path / "village"), enrolled(central, tmp_path / "laptop")
    record(village, 2)
    stick = tmp_path / "stick"
    stick.mkdir()
    assert courier("export", stick, data=village) == 0
    assert "2 笔 / operations" in capsys.readouterr().out
    assert courier("carry", stick, "--offline", data=laptop) == 0
    assert "taken along: 1" in capsys.readouterr().out
    assert courier("carry", stick, data=laptop) == 0
    assert "handed in: 1" in capsys.readouterr().out
    assert states(village) == {State.RECORDED}
    assert courier("import", stick, data=village) == 0
    said = capsys.readouterr().out
    assert "已收下" in said
    assert "带给中心" in said
    assert states(village) == {State.ACCEPTED}


def test_by_stick_to_head_office(central: RunningCentral, tmp_path: Path, capsys: Captured) -> None:
    village = enrolled(central, tmp_path / "village")
    record(village, 1)
    stick, back = tmp_path / "stick", tmp_path / "back"
    stick.mkdir()
    courier("export", stick, data=village)
    (stick / "torn.yzb").write_bytes(b"YZB1\nhalf")
    central.close()
    office = str(tmp_path / "central")
    (tmp_path / "central" / "central.toml").write_text(
        f'database_url = "sqlite:///{tmp_path / "central" / "central.db"}"\nhosts = ["localhost"]\n'
    )
    capsys.readouterr()
    assert central_main(["courier", str(stick), str(back), "--data", office]) == 1
    assert "no such folder" in capsys.readouterr().err
    back.mkdir()
    assert central_main(["courier", str(stick), str(back), "--data", office]) == 1
    said = capsys.readouterr()
    assert "torn.yzb" in said.err
    assert "not taken: 1; all others were answered" in said.err
    assert ".yza" in said.out
    (stick / "torn.yzb").unlink()
    assert central_main(["courier", str(stick), str(back), "--data", office]) == 0
    assert capsys.readouterr().err == ""
    assert courier("import", back, data=village) == 0
    assert State.RECORDED not in states(village)


def test_what_goes_wrong_is_said(central: RunningCentral, tmp_path: Path, capsys: Captured) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    stick.mkdir()
    for errand in ("export", "import", "carry"):
        assert courier(errand, stick, data=data) == 2
        assert "没有登记" in capsys.readouterr().err
    enrolled(central, data)
    assert courier("import", stick / "nothing", data=data) == 2
    assert "no such file" in capsys.readouterr().err
    assert courier("import", stick, data=data) == 1
    assert "nothing found" in capsys.readouterr().err
    (stick / "torn.yza").write_bytes(b"YZB1\nhalf")
    assert courier("import", stick, data=data) == 1
    assert "torn.yza: 文件不完整" in capsys.readouterr().err
    terminal = Terminal.open(plan(data))
    try:
        assert courier("export", stick, data=data) == 2
        assert "已经在这台机器上运行" in capsys.readouterr().err
        assert courier("carry", stick, data=data) == 1  # beside the terminal at work
        assert "torn.yza" in capsys.readouterr().err
    finally:
        asyncio.run(terminal.close())
    if os.geteuid() != 0:
        stick.chmod(0o500)
        assert courier("export", stick, data=data) == 2
        stick.chmod(0o700)
    capsys.readouterr()
    (tmp_path / "file").touch()
    for mistyped in (tmp_path / "file", tmp_path / "stlck"):
        assert courier("export", mistyped, data=data) == 2
        assert "no such folder" in capsys.readouterr().err
    assert not (tmp_path / "stlck").exists()
    (tmp_path / "empty").mkdir()
    assert courier("carry", tmp_path / "empty", "--offline", data=data) == 1
    assert "nothing found" in capsys.readouterr().err


def test_a_stick_the_screen_wrote_is_read_by_its_root(
    central: RunningCentral, tmp_path: Path, capsys: Captured
) -> None:
    village, laptop = enrolled(central, tmp_path / "village"), enrolled(central, tmp_path / "laptop")
    record(village, 1)
    stick = tmp_path / "stick"
    (stick / FOLDER).mkdir(parents=True)
    assert courier("export", stick / FOLDER, data=village) == 0
    assert courier("carry", stick, data=laptop) == 0
    assert "handed in: 1" in capsys.readouterr().out
    assert courier("import", stick, data=village) == 0
    assert states(village) == {State.ACCEPTED}
    assert [path.name for path in stick.iterdir()] == [FOLDER]


def test_a_full_stick_is_named_and_keeps_no_part(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, hard))  # says no as a full disk does: naming no file
    try:
        with pytest.raises(OSError, match="File too large") as caught:
            bundlefile.write(stick, "one.yzb", b"x" * 17)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.filename == str(stick / "one.yzb")
    assert not list(stick.iterdir())
    failed = store_error(caught.value, str(caught.value.filename))
    assert stick_text(failed, [stick]) == STICK_FULL
    assert stick_text(failed, [tmp_path / "another"]) == trouble_text(failed)
