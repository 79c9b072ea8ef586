"""Every word on the screen has its English, and the compiled file is the one of the sources."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from ui.i18n import FOLDER, Translation

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
SOURCES = FOLDER / "yizhan_en.ts"


def messages(path: Path) -> dict[tuple[str, str], ElementTree.Element]:
    root = ElementTree.parse(path).getroot()
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in root.iter("context")
        for message in context.iter("message")
    }


def test_every_word_of_the_pages_is_translated(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    words = [str(ROOT / "ui" / "qml" / part) for part in ("Main.qml", "Yizhan")]
    tool = str(TOOLS / "pyside6-lupdate")
    subprocess.run([tool, "-silent", "-locations", "none", *words, "-ts", str(fresh)], check=True)
    known = messages(SOURCES)
    missing = [key for key in messages(fresh) if key not in known or not known[key].findtext("translation")]
    assert missing == []


def test_the_compiled_file_is_fresh(tmp_path: Path) -> None:
    compiled = tmp_path / "yizhan_en.qm"
    tool = str(TOOLS / "pyside6-lrelease")
    subprocess.run([tool, "-silent", str(SOURCES), "-qm", str(compiled)], check=True)
    assert compiled.read_bytes() == (FOLDER / "yizhan_en.qm").read_bytes()
    assert Translation().complete
