"""`make tour`: plays the day, saves the pictures, writes build/tour/report.json, fails on any difference."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

import qasync
from PySide6.QtGui import QGuiApplication

from tools.tour.camera import SIZES, Camera
from tools.tour.clocks import Clocks
from tools.tour.county import open_county
from tools.tour.play import play
from ui.fonts import load_fonts

OUT = Path(__file__).resolve().parent.parent.parent / "build" / "tour"


async def _tour(work: Path, camera: Camera) -> int:
    clocks = Clocks()
    try:
        async with open_county(work / "central", clocks) as county:
            differences = await play(county, camera, work, camera.folder)
    finally:
        sheets = camera.sheets()
    print(f"{len(camera.shots)} 张截图 / pictures, {len(sheets)} 张汇总 / sheets: {camera.folder}/sheets")
    for line in differences:
        print(f"不一致 / difference: {line}")
    print("屏幕、纸面、中心一致 / screen, paper and central agree" if not differences else "FAILED")
    return 1 if differences else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="make tour")
    parser.add_argument("--brief", action="store_true", help="one size, no variants")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    out, sizes = options.out, SIZES[:1] if options.brief else SIZES
    began = time.monotonic()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    qt = QGuiApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    load_fonts()
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    with tempfile.TemporaryDirectory(prefix="yizhan-tour-") as work, loop:
        code = int(loop.run_until_complete(_tour(Path(work), Camera(out, sizes))))
    print(f"{time.monotonic() - began:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
