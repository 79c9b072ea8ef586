"""Asserts that a packaged application holds no GPL part, nothing of central, and its licence texts."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

GPL_PARTS = re.compile(
    r"virtualkeyboard|qtcharts|qtgraphs|datavisualization|quick3d|quicktimeline|qtnetworkauth|qthttpserver"
    r"|qtlottie|qtshadertools.*tool|pyqt5|pyqt6|readline\.cpython|libreadline|gnureadline|python_barcode_gpl",
    re.IGNORECASE,
)
FOREIGN = re.compile(r"(^|/)(central|tests|tools)/.*\.py$")
LICENCE_FIELD = re.compile(r"^(License|License-Expression|Classifier: License)\b.*$", re.MULTILINE)
GPL_LICENCE = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL", re.IGNORECASE)
LGPL_TOO = re.compile(r"LGPL|Lesser", re.IGNORECASE)
NEEDED = ("LICENSES.md", "LICENSE")


def problems(bundle: Path) -> Iterator[str]:
    names = [path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()]
    yield from (f"GPL part: {name}" for name in names if GPL_PARTS.search(name))
    yield from (
        f"not ours to ship: {name}" for name in names if FOREIGN.search(name) and name.endswith(".py")
    )
    for wanted in NEEDED:
        if not any(name.rsplit("/", 1)[-1] == wanted for name in names):
            yield f"missing: {wanted}"
    for name in names:
        if name.endswith("METADATA"):
            yield from _licence_problems(name, (bundle / name).read_text("utf-8", "replace"))


def _licence_problems(name: str, metadata: str) -> Iterator[str]:
    for found in LICENCE_FIELD.finditer(metadata.split("\n\n", 1)[0]):
        if GPL_LICENCE.search(found.group()) and not LGPL_TOO.search(metadata):
            yield f"{name}: {found.group()}"


def main() -> int:
    found = list(problems(Path(sys.argv[1])))
    for line in found:
        print(line)
    print("the bundle holds no GPL part" if not found else f"{len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
