"""A start that cannot be: said in both languages on the console, nothing written, nothing broken."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from central import service
from central.__main__ import main as central_command
from central.config import Folder
from tests.journeys.witness import REPO
from tests.store.test_full_and_readonly import may_mount
from tools import run

DISKS = {
    "read-only": ("ro", "数据目录不能写入", "read-only"),
    "full": ("size=16k", "存储已满", "disk is full"),
}
ON_A_DISK = 'mount -t tmpfs -o "$0" tmpfs "$1" && shift && exec "$@"'
UNSHARE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ON_A_DISK)


@pytest.mark.skipif(not may_mount(), reason="needs user namespaces")
@pytest.mark.parametrize("disk", DISKS)
def test_a_kiosk_on_a_bad_disk_says_so_and_waits_until_it_is_told_to_end(tmp_path: Path, disk: str) -> None:
    option, zh, en = DISKS[disk]
    data = tmp_path / "data"
    data.mkdir()
    words = (*UNSHARE, option, str(data), sys.executable, "-m", "kiosk", "run", "--data", str(data))
    environ = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = subprocess.Popen(words, cwd=REPO, env=environ, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        assert zh in process.stderr.readline()
        assert en in process.stderr.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(1.5)  # somebody may make room and try again
        process.terminate()
        assert process.wait(20) == 2
    finally:
        process.kill()
        assert "Traceback" not in process.communicate()[1]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def central_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "central"
    service.make(Folder(folder), None, ()).database.close()
    return folder


def test_central_on_a_port_in_use(
    central_folder: Path, taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert central_command(["serve", "--data", str(central_folder), "--port", str(taken_port)]) == 1
    said = capsys.readouterr().err
    assert f"端口 {taken_port} 不能用" in said
    assert "this port cannot be used" in said
    assert not (central_folder / "port").exists()


def test_make_run_when_its_port_is_in_use(
    central_folder: Path, taken_port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = central_folder.parent
    (folder / "central.port").write_text(str(taken_port))
    with pytest.raises(SystemExit) as refused, run.running_central(folder):
        raise AssertionError("it must not start")
    assert "中心服务没有启动" in str(refused.value)
    assert "Central did not start" in str(refused.value)
    assert f"端口 {taken_port} 不能用" in capfd.readouterr().err
    assert (folder / "central.port").read_text() == str(taken_port), "terminals remember it"


def test_make_run_twice_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "ROOT", tmp_path)
    folder = tmp_path / ".run"
    with run.only_one(folder):
        with pytest.raises(SystemExit) as refused, run.only_one(folder):
            raise AssertionError("it must not start")
        assert "驿站已经在运行" in str(refused.value)
        assert "already running" in str(refused.value)
    with run.only_one(folder):
        assert shutil.disk_usage(folder).total
