"""House rules that no linter knows: sizes, first sentences, styling, and what the repository may not say."""

import ast
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = {".py": 300, ".qml": 200}
TEST_FILE_LINES = 500
FUNCTION_LINES = 40
FORBIDDEN = re.compile(r"/work/|/root/|\bTODO\b|\bFIXME\b|\bXXX\b")  # absolute paths, unfinished work
QSTR_VARIABLE = re.compile(r"""qsTr\(\s*(?!["'])""")
WALL_CLOCK = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|time\.time(_ns)?\(")
PAGES = "ui/qml/Yizhan/Pages/"
SIZE = r"(?:[wW]idth|[hH]eight|[sS]ize|[sS]pacing|[pP]adding|[mM]argins?|radius|Radius)"
STYLED = re.compile(  # what the theme and the controls have a name for
    r"""\bRectangle\s*\{|["']#[0-9A-Fa-f]{3,8}["']|Qt\.(?:rgba|hsla|hsva|tint|darker|lighter)\("""
    r"""|\b[cC]olor:\s*["']|Theme\.px\(|\b[\w.]*(?:pixelSize|pointSize|lineHeight|letterSpacing):.*\d"""
    rf"""|\b[\w.]*{SIZE}:\s*(?:[4-9]\b|\d\d)"""  # up to 3 is a share of the room, not a size
)
TERMINAL = ("kiosk/", "sync/", "ui/")
MAY_ASK_WALL_CLOCK = {
    "sync/clock.py",
    "kiosk/__main__.py",
    "kiosk/store/repair.py",
}  # trust, doctor, file names
ROOMS = ("kiosk", "sync", "ui", "central")
SKIP_TEXT = {"uv.lock", "tools/check_tree.py"}


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.words}"


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def check_text(name: str, text: str) -> Iterator[Finding]:
    limit = TEST_FILE_LINES if name.startswith("tests/") else FILE_LINES.get(Path(name).suffix)
    lines = text.splitlines()
    if limit and Path(name).suffix in FILE_LINES and len(lines) > limit:
        yield Finding(name, limit, f"{len(lines)} lines, allowed are {limit}")
    for number, line in enumerate(lines, 1):
        if name not in SKIP_TEXT and (found := FORBIDDEN.search(line)):
            yield Finding(name, number, f"says {found.group()!r}")
        if name.startswith(TERMINAL) and name not in MAY_ASK_WALL_CLOCK and WALL_CLOCK.search(line):
            yield Finding(name, number, "asks the wall clock: use the trusted one")
        if name.startswith(PAGES) and (found := STYLED.search(line)):
            yield Finding(name, number, f"{found.group().strip()!r}: styled by hand, take it from the theme")
        if name.endswith(".qml") and QSTR_VARIABLE.search(line):
            yield Finding(name, number, "qsTr of a variable cannot be extracted")


def check_python(name: str, text: str) -> Iterator[Finding]:
    tree = ast.parse(text)
    if text.strip() and not ast.get_docstring(tree) and not name.endswith("__init__.py"):
        yield Finding(name, 1, "no sentence on the module's job")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION_LINES and not name.startswith("tests/"):
                words = f"{node.name} has {length} lines, allowed are {FUNCTION_LINES}"
                yield Finding(name, node.lineno, words)


def check_openapi() -> Iterator[Finding]:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.json"
        command = [sys.executable, "-m", "central", "openapi", "--out", str(fresh)]
        subprocess.run(command, cwd=ROOT, check=True)
        kept = ROOT / "central" / "openapi.json"
        if not kept.exists() or kept.read_bytes() != fresh.read_bytes():
            yield Finding("central/openapi.json", 1, "is not what `python -m central openapi` writes")


def contracts() -> list[dict[str, Any]]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return list(project["tool"]["importlinter"]["contracts"])


def check_layers(names: Iterable[str], contracts: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Import-linter passes over a module that no contract names, and so over whatever it imports."""
    named: set[str] = set()
    for contract in (one for one in contracts if one["type"] == "layers"):
        layers = [part.strip(" ()") for layer in contract["layers"] for part in re.split(r"[|:]", layer)]
        named |= {f"{box}.{layer}" for box in contract.get("containers", ()) for layer in layers}
        named |= set() if "containers" in contract else set(layers)
    for name in names:
        path = Path(name)
        room, module = path.parts[0], path.with_suffix("").parts[1:2]
        if room in ROOMS and path.suffix == ".py" and module != ("__init__",):
            where = ".".join((room, *module))
            if where not in named:
                yield Finding(name, 1, f"{where} is named in no layer of pyproject.toml")


def findings() -> Iterator[Finding]:
    for name in tracked():
        if Path(name).suffix not in (".py", ".qml", ".md", ".sh", ".toml", ".js") and name != "Makefile":
            continue
        text = (ROOT / name).read_text("utf-8")
        yield from check_text(name, text)
        if name.endswith(".py"):
            yield from check_python(name, text)
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    yield from check_layers(tracked(), contracts)
    yield from check_openapi()


def main() -> int:
    found = list(findings())
    for finding in found:
        print(finding)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
