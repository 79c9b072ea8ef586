"""Whatever we ship or carry is named in the licence lists."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = (ROOT / "LICENSES.md").read_text("utf-8").casefold()
CARRIED = {"places.tsv", "items.ndjson.xz", "products.ndjson.xz", "food_words.txt.xz"}


def test_every_library_is_listed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["central"]]
    names = {re.split(r"[\[<>=~! ]", one)[0].casefold() for one in wanted}
    assert {name for name in names if name not in LIST} == set()


def test_every_carried_file_has_its_licence_line() -> None:
    lines = (ROOT / "central" / "demo" / "LICENCES.md").read_text("utf-8")
    assert {name for name in CARRIED if f"`data/{name}`" not in lines} == set()
    there = {path.name for path in (ROOT / "central" / "demo" / "data").iterdir()}
    assert there >= CARRIED
    packed = {name for name in there if name.endswith(".xz")}
    assert packed <= CARRIED, "something large came in without a licence line"


def test_our_own_licence_is_the_apache_license() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
