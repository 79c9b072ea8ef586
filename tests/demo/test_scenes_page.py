"""The page of scenes is true: what it names exists, and it says just what the county offers."""

import json
import re
from collections import Counter
from pathlib import Path

from central.demo import county

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "SCENES.md").read_text("utf-8")
ROW = re.compile(
    r"^\| ([A-Z]\d+) \| (.+?) \| (works|partly|not yet) \| (.*?) \| (?:`(.+?)`)? ?\|$", re.MULTILINE
)
ROWS = ROW.findall(PAGE)
SERVICES = json.loads((Path(county.__file__).parent / "data" / "services.json").read_text("utf-8"))


def test_each_scene_has_one_row() -> None:
    ids = [row[0] for row in ROWS]
    assert len(ids) == len(set(ids)) == len(re.findall(r"^\| [A-Z]\d+ ", PAGE, re.MULTILINE))
    states = Counter(row[2] for row in ROWS)
    assert f"{states['works']} work, {states['partly']} in part, {states['not yet']} not yet." in PAGE


def test_what_works_names_a_test_that_is_there_and_nothing_else_does() -> None:
    for scene, _, state, _, shown_by in ROWS:
        assert bool(shown_by) is (state != "not yet"), scene
        if shown_by:
            file, _, name = shown_by.partition("::")
            assert f"def {name}(" in (ROOT / file).read_text("utf-8"), scene


def test_the_county_offers_what_the_page_says() -> None:
    offered = {service["scene"] for service in SERVICES}
    shown = {row[0] for row in ROWS if row[2] != "not yet"}
    without_a_tile = {"G5", "M4"}  # at the branch desk, in my business
    assert shown - without_a_tile == offered
