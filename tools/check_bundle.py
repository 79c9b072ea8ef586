"""Asserts that a packaged application is whole, with its licence texts, and holds no GPL part or tool."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

GPL_PARTS = re.compile(
    r"virtualkeyboard|qtcharts|qtgraphs|datavisualization|quick3d|quicktimeline|qtnetworkauth|qthttpserver"
    r"|qtlottie|qtshadertools.*tool|pyqt5|pyqt6|readline\.cpython|libreadline|gnureadline|libgdbm|_gdbm",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"(^|/)(central|tests|tools|pypinyin|fastapi|psycopg|PyInstaller)/")
LICENCE_FIELD = re.compile(r"^(License|License-Expression|Classifier: License)\b.*$", re.MULTILINE)
GPL_LICENCE = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL", re.IGNORECASE)
LGPL_TOO = re.compile(r"LGPL|Lesser", re.IGNORECASE)
LICENCE_TEXT = re.compile(r"licen[cs]e|copying", re.IGNORECASE)
OWN_TEXT_ELSEWHERE = (
    "pyserial-",
    "pyside6_essentials-",
    "shiboken6-",
    "yizhan-",
)  # resources/licences, LICENSE
NEEDED = (
    "LICENSE",
    "LICENSES.md",
    "resources/licences/LGPL-3.0.txt",
    "resources/licences/LGPL-2.1.txt",
    "resources/licences/GPL-3.0.txt",  # the LGPL is an addition to it
    "resources/licences/Python.txt",
    "resources/licences/SQLCipher.txt",
    "resources/licences/pyserial.txt",
    "resources/fonts/OFL.txt",
    "resources/fonts/YizhanSansSC-Regular.otf",
    "resources/fonts/YizhanSansSC-Bold.otf",
    "resources/i18n/yizhan_en.qm",
    "resources/i18n/yizhan_zh_CN.qm",
    "resources/icons/home.svg",
    "resources/pinyin/characters.bin",
    "resources/pinyin/phrases.tsv",
    "ui/qml/Main.qml",
    "ui/qml/Yizhan/Controls/qmldir",
    "escpos/capabilities.json",
)


def problems(bundle: Path) -> Iterator[str]:
    """`bundle` is the folder of the program; what it stands on lies in `_internal`."""
    inside = bundle / "_internal"
    names = {path.relative_to(inside).as_posix() for path in inside.rglob("*") if path.is_file()}
    yield from (f"GPL part: {name}" for name in names if GPL_PARTS.search(name))
    yield from (f"not ours to ship: {name}" for name in names if FOREIGN.search(name))
    yield from (f"missing: {name}" for name in NEEDED if name not in names)
    if not any(name.startswith("sqlcipher3/") for name in names):
        yield "missing: sqlcipher3"
    yield from _licence_problems(inside, names)


def _licence_problems(inside: Path, names: set[str]) -> Iterator[str]:
    tops = {name.split("/", 1)[0] for name in names}
    for folder in sorted(top for top in tops if top.endswith(".dist-info")):
        texts = [name for name in names if name.startswith(f"{folder}/") and LICENCE_TEXT.search(name)]
        if not texts and not folder.startswith(OWN_TEXT_ELSEWHERE):
            yield f"no licence text: {folder}"
        metadata = (inside / folder / "METADATA").read_text("utf-8", "replace")
        for found in LICENCE_FIELD.finditer(metadata.split("\n\n", 1)[0]):
            if GPL_LICENCE.search(found.group()) and not LGPL_TOO.search(metadata):
                yield f"{folder}: {found.group()}"


def main() -> int:
    found = list(problems(Path(sys.argv[1])))
    for line in found:
        print(line)
    print("the bundle is whole and holds no GPL part" if not found else f"{len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
