"""Under systemd the terminal says that it is ready and alive; its units are ones that systemd takes."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import settings, supervisor

DEPLOY = Path(__file__).parents[2] / "resources" / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


@pytest.fixture
def listener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(tmp_path / "notify"))
        heard.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield heard


def test_it_says_when_it_is_ready_that_it_lives_and_that_it_ends(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "30000")

    async def live() -> list[str]:
        said = []
        async with supervisor.supervised():
            said += [await asyncio.to_thread(hear, listener) for _ in range(4)]
        return said

    assert asyncio.run(live()) == ["READY=1", "WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1"]
    while (last := hear(listener)) == "WATCHDOG=1":
        pass
    assert last == "STOPPING=1"


def hear(listener: socket.socket) -> str:
    return listener.recv(100).decode()


def test_where_nobody_listens_it_says_nothing(tmp_path: Path) -> None:
    assert not supervisor.tell("READY=1", {})
    assert not supervisor.tell("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "nobody")})


@pytest.mark.parametrize(("given", "seconds"), [("60000000", 60.0), ("", None), ("0", None), ("soon", None)])
def test_the_patience_of_the_watchdog(given: str, seconds: float | None) -> None:
    assert supervisor.patience({"WATCHDOG_USEC": given}) == seconds


def test_an_address_without_a_file() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind("\0yizhan-test-notify")
        heard.settimeout(10)
        assert supervisor.tell("READY=1", {"NOTIFY_SOCKET": "@yizhan-test-notify"})
        assert hear(heard) == "READY=1"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_takes_the_units(unit: Path, tmp_path: Path) -> None:
    """In a system in which the programs exist."""
    programs = ("usr/bin/cage", "usr/bin/chvt", "opt/yizhan/yizhan", "opt/yizhan-central/bin/yizhan-central")
    for program in programs:
        made = tmp_path / program
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text("#!/bin/sh\n")
        made.chmod(0o755)
    place = tmp_path / "etc/systemd/system" / unit.name
    place.parent.mkdir(parents=True)
    shutil.copy(unit, place)
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={tmp_path}", unit.name],
        capture_output=True,
        text=True,
        check=False,
    )
    said = [line for line in told.stderr.splitlines() if unit.name in line]
    assert [line for line in said if "target not found" not in line] == []  # the rest of a system is not here


def test_the_terminal_takes_the_settings_that_its_unit_names(tmp_path: Path) -> None:
    shutil.copy(DEPLOY.parent / "settings.toml", tmp_path / "yizhan.toml")
    made = settings.load(tmp_path / "yizhan.toml", {"YIZHAN_DATA_FOLDER": "/var/lib/yizhan"})
    assert made.data.folder == Path("/var/lib/yizhan")
    assert made.screen.full_screen
