"""`tools/i18n.sh`: gathers the words of the QML files into resources/i18n/*.ts and compiles them.

Chinese is the language of the sources: `yizhan_zh_CN.ts` repeats it, so that a deployer can change a word
without touching a page. What is new in English stays unfinished until somebody translates it:
tests/ui/test_i18n.py names it.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QML = ROOT / "ui" / "qml"
I18N = ROOT / "resources" / "i18n"
BIN = Path(sys.executable).parent
MESSAGE = re.compile(
    r"<message(?: numerus=\"yes\")?>\s*<source>(?P<source>.*?)</source>.*?</message>", re.DOTALL
)
FILES = {"zh_CN": I18N / "yizhan_zh_CN.ts", "en": I18N / "yizhan_en.ts"}


def gather(target: str, into: Path) -> None:
    """Words that no page says any more go; known translations stay."""
    said = run(
        "pyside6-lupdate", "-silent", "-no-obsolete", "-locations", "none", "-source-language", "zh_CN",
        "-target-language", target, "Main.qml", "Yizhan", "-ts", str(into),
    )  # fmt: skip
    if "error:" in said:  # a file that is half written has no words, and would lose its translations
        raise SystemExit(said)


def repeat(path: Path) -> None:
    """Gives every unfinished message its own source as translation."""
    text = path.read_text(encoding="utf-8")
    path.write_text(MESSAGE.sub(lambda found: _finished(found["source"], found[0]), text), encoding="utf-8")


def _finished(source: str, message: str) -> str:
    message = message.replace(' type="unfinished"', "")
    for empty in ("<translation></translation>", "<numerusform></numerusform>"):
        message = message.replace(empty, empty.replace("><", f">{source}<"))
    return message


def compile_into(path: Path, compiled: Path) -> None:
    """In one step: whoever runs just now has the file mapped, and a shorter one under it is a bus error."""
    part = compiled.with_name(compiled.name + ".part")
    run("pyside6-lrelease", "-silent", str(path), "-qm", str(part))
    part.replace(compiled)


def run(tool: str, *words: str) -> str:
    done = subprocess.run([str(BIN / tool), *words], cwd=QML, check=True, capture_output=True, text=True)
    return done.stdout + done.stderr


def main() -> int:
    folder = os.open(I18N, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)  # two at a time would lose words; held until the program ends
    with tempfile.TemporaryDirectory() as name:
        for target, path in FILES.items():
            fresh = Path(shutil.copy(path, name)) if path.exists() else Path(name) / path.name
            gather(target, fresh)
            if target == "zh_CN":
                repeat(fresh)
            shutil.copy(fresh, path)
            compile_into(path, path.with_suffix(".qm"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
