"""The program's log goes out of the house by click, names nobody, and never over another file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk import logs
from kiosk.devices.media import Stick
from kiosk.services.permissions import Session
from sync.wire.answers import Profile
from tests.support.deeds import sign_in
from tests.support.stage import NoSticks, Scene, Stage
from ui.routes import LogsRoute, QueueRoute

Perform = Callable[..., None]
LINE = "2026-03-08T10:00:00 ERROR kiosk.tidying: tidying failed for '张秀英' 13800131234"


class OneStick(NoSticks):
    def __init__(self, folder: Path) -> None:
        self._stick = Stick(folder, 1_200_000)

    async def sticks(self) -> tuple[Stick, ...]:
        return (self._stick,)


def logged(stage: Stage) -> None:
    folder = stage.folders.data / logs.FOLDER
    folder.mkdir()
    (folder / logs.FILE).write_text(f"{LINE}\n", "utf-8")


async def to_logs(stage: Stage) -> None:
    stage.frame.go(QueueRoute())
    await stage.hand.click("upkeep.logs")
    await stage.quiet()


def test_the_log_goes_onto_the_stick_and_names_nobody(perform: Perform, tmp_path: Path) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()

    async def act(stage: Stage) -> None:
        sign_in(stage)
        logged(stage)
        await to_logs(stage)
        await stage.hand.click("logs.to.KINGSTON")
        await stage.hand.wait_text("已导出 1 行")
        (file,) = stick.iterdir()
        assert file.name == "yizhan-log-t-demo-1-20260308-020000.txt"
        said = file.read_text("utf-8")
        assert "kiosk.tidying: tidying failed" in said
        assert not {one for one in ("张秀英", "13800131234") if one in said}
        assert not stage.hand.sees("logs.to.本机的文件夹")  # who touches this screen gets at no folder
        file.write_text("another's")
        await stage.hand.click("logs.to.KINGSTON")
        await stage.hand.until(lambda: not stage.hand.reads("已导出"), "what went wrong")
        assert file.read_text() == "another's"

    perform(act, Scene(courier=OneStick(stick)))


def test_a_stick_that_was_pulled_out_is_told(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        logged(stage)
        await to_logs(stage)
        await stage.hand.click("logs.to.KINGSTON")
        await stage.hand.wait_text("优盘拔掉了")

    perform(act, Scene(courier=OneStick(tmp_path / "KINGSTON")))


def test_on_a_laptop_it_can_go_into_a_folder(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        logged(stage)
        await to_logs(stage)
        await stage.hand.click("logs.to.本机的文件夹")
        await stage.hand.wait_text("已导出 1 行")
        (file,) = (stage.folders.data / "exports").iterdir()
        assert "tidying failed" in file.read_text("utf-8")

    perform(act, Scene(profile=Profile.FIELD))


def test_without_a_stick_one_is_asked_for(perform: Perform) -> None:
    async def act(stage: Stage) -> None:
        sign_in(stage)
        await to_logs(stage)
        await stage.hand.wait_for("logs.none")

    perform(act)


def test_nobody_without_the_right_gets_it(perform: Perform, tmp_path: Path) -> None:
    async def act(stage: Stage) -> None:
        nobody = Session("op-x", "临时", ("visitor",), frozenset(), False, stage.crank.at)
        stage.frame.sign_in(nobody, None)
        stage.frame.go(LogsRoute())
        await stage.hand.wait_text("没有此项权限")
        stage.frame.current.write(str(tmp_path))  # type: ignore[attr-defined]
        await stage.quiet()

    perform(act)
    assert not list(tmp_path.glob("*.txt"))
