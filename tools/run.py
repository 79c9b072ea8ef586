"""`make run`: central with the demo county and one kiosk beside it on this machine; data under .run/."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "central" / "demo" / "data" / "id-card.json"
START_LIMIT = 120.0  # seconds; the first start builds the demo county

NO_DISPLAY = """没有找到显示屏（DISPLAY 与 WAYLAND_DISPLAY 都没有设置），改为播放“一天”的演示。
No display was found (neither DISPLAY nor WAYLAND_DISPLAY is set): playing the tour instead.
截图 / pictures:  build/tour/
要看活动画面，用 Qt 的 VNC 平台插件 / for a live screen, use Qt's VNC platform plugin:
    QT_QPA_PLATFORM=vnc:size=1366x768 make run
然后用 VNC 客户端连接 5900 端口 / then connect a VNC viewer to port 5900
"""
ALREADY = """驿站已经在运行（数据目录 {folder}）。请先关闭它，再启动一次。
Yizhan is already running on {folder}. Close it first, then start again."""
NOT_STARTED = "中心服务没有启动，原因见上。 / Central did not start; the reason is above."


def has_display() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM", "")
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return bool(chosen and chosen != "offscreen") or any(os.environ.get(name) for name in screens)


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(ALREADY.format(folder=os.path.relpath(folder, ROOT))) from None
        yield


def central(*words: str) -> list[str]:
    return [sys.executable, "-m", "central", *words]


@contextlib.contextmanager
def running(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program that ends no later than we do; at Ctrl+C both are told, and we wait for its last words."""
    with subprocess.Popen(command, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.terminate()


def finished(command: Sequence[str]) -> int:
    with running(command) as process:
        return process.wait()


@contextlib.contextmanager
def running_central(folder: Path) -> Iterator[str]:
    """Yields central's address; the port stays the same from start to start, since terminals remember it."""
    data = folder / "central"
    _prepare(data, folder / "central.prepared")
    port_file = folder / "central.port"
    kept = port_file.read_text().strip() if port_file.exists() else "0"
    ready = folder / "central.ready"
    ready.unlink(missing_ok=True)
    words = ("serve", "--data", str(data), "--port", kept, "--port-file", str(ready))
    with running(central(*words)) as process:
        port = _wait_for_port(process, ready)
        port_file.write_text(port)
        yield f"https://127.0.0.1:{port}"


def _prepare(data: Path, prepared: Path) -> None:
    if prepared.exists():
        return
    shutil.rmtree(data, ignore_errors=True)  # what an interrupted first start has left
    print("正在准备中心服务与示范县… / preparing central and the demo county…", flush=True)
    if finished(central("init", "--data", str(data), "--demo", *_database())) != 0:
        raise SystemExit(NOT_STARTED)
    prepared.touch()


def _database() -> list[str]:
    url = os.environ.get("YIZHAN_PG_URL")
    return ["--database", url] if url else []


def _wait_for_port(process: subprocess.Popen[bytes], ready: Path) -> str:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(NOT_STARTED)
        if ready.exists() and (text := ready.read_text().strip()):
            return text
        time.sleep(0.05)
    raise SystemExit("中心服务启动超时。 / Central took too long to start.")


def lay_out_cards(folder: Path) -> None:
    """A reader of ID cards that is a folder, and a card of nobody to lay into it."""
    (folder / "kiosk" / "cards").mkdir(parents=True, exist_ok=True)
    shutil.copy(CARD, folder)


def start_kiosk(folder: Path, address: str) -> int:
    lay_out_cards(folder)
    asked = central("code", "--data", str(folder / "central"), "--profile", "assisted")
    code = subprocess.run(asked, check=True, capture_output=True, text=True, cwd=ROOT).stdout.strip()
    words = ["run", "--data", str(folder / "kiosk"), "--central", address, "--code", code]
    words += ["--set", "screen.full_screen=false"]
    return finished([sys.executable, "-m", "kiosk", *words])


def run_central() -> int:
    """Central alone, on a folder as short-lived as the PostgreSQL beside it."""
    short_lived = tempfile.TemporaryDirectory(prefix="yizhan-central-")
    with short_lived as folder, running_central(Path(folder)) as address:
        print(f"中心服务 / central: {address}   (Ctrl+C)", flush=True)
        while True:
            signal.pause()


def run_tour() -> int:
    print(NO_DISPLAY, flush=True)
    with only_one(ROOT / ".run" / "tour"):
        return finished([sys.executable, "-m", "tools.tour"])


def run_both() -> int:
    folder = ROOT / ".run" / "demo"
    with only_one(folder), running_central(folder) as address:
        return start_kiosk(folder, address)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--central-only", action="store_true")
    only_central = parser.parse_args().central_only
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    if only_central:
        return run_central()
    return run_both() if has_display() else run_tour()


if __name__ == "__main__":
    sys.exit(main())
