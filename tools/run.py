"""`make run`: central with the demo county and one kiosk beside it on this machine; data under .run/."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
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
            raise SystemExit(ALREADY.format(folder=folder.relative_to(ROOT))) from None
        yield


def central(*words: str) -> list[str]:
    return [sys.executable, "-m", "central", *words]


@contextlib.contextmanager
def running_central(folder: Path) -> Iterator[str]:
    """Yields central's address; the port stays the same from start to start, since terminals remember it."""
    data = folder / "central"
    if not (data / "central.toml").exists():
        print("正在准备中央服务与示范县… / preparing central and the demo county…", flush=True)
        subprocess.run(central("init", "--data", str(data), "--demo", *_database()), check=True, cwd=ROOT)
    port_file = folder / "central.port"
    kept = port_file.read_text().strip() if port_file.exists() else "0"
    ready = folder / "central.ready"
    ready.unlink(missing_ok=True)
    words = ("serve", "--data", str(data), "--port", kept, "--port-file", str(ready))
    with subprocess.Popen(central(*words), cwd=ROOT) as process:
        try:
            port = _wait_for_port(process, ready)
            port_file.write_text(port)
            yield f"https://127.0.0.1:{port}"
        finally:
            process.terminate()


def _database() -> list[str]:
    url = os.environ.get("YIZHAN_PG_URL")
    return ["--database", url] if url else []


def _wait_for_port(process: subprocess.Popen[bytes], ready: Path) -> str:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit("中央服务没有启动，原因见上。 / Central did not start; the reason is above.")
        if ready.exists() and (text := ready.read_text().strip()):
            return text
        time.sleep(0.05)
    raise SystemExit("中央服务启动超时。 / Central took too long to start.")


def start_kiosk(folder: Path, address: str) -> int:
    code = subprocess.run(
        central("code", "--data", str(folder / "central"), "--profile", "assisted"),
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    ).stdout.strip()
    words = ["run", "--data", str(folder / "kiosk"), "--central", address, "--code", code]
    words += ["--set", "screen.full_screen=false"]
    return subprocess.run([sys.executable, "-m", "kiosk", *words], cwd=ROOT, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--central-only", action="store_true")
    only_central = parser.parse_args().central_only
    if not only_central and not has_display():
        print(NO_DISPLAY, flush=True)
        return subprocess.run([sys.executable, "-m", "tools.tour"], cwd=ROOT, check=False).returncode
    folder = ROOT / ".run" / ("pg" if os.environ.get("YIZHAN_PG_URL") else "demo")
    with only_one(folder), running_central(folder) as address:
        if not only_central:
            return start_kiosk(folder, address)
        print(f"中央服务 / central: {address}   (Ctrl+C)", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
    return 0


if __name__ == "__main__":
    sys.exit(main())
