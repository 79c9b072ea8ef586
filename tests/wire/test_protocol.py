"""PROTOCOL.md lists what the code lists: a closed list that grows in one of them alone is found here."""

import json
import re
from pathlib import Path

import pytest

from kiosk.services.offline import ChapterId, Offline
from kiosk.services.shapes import SHAPES
from kiosk.store.tables import RECORDS
from sync.wire.case import Reason
from sync.wire.kinds import Kind
from sync.wire.token import Typ
from tests.support.handlers import HANDLERS

VECTORS = json.loads(Path(__file__).with_name("vectors.json").read_text("utf-8"))
TEXT = (Path(__file__).parents[2] / "PROTOCOL.md").read_text("utf-8")


def named(begin: str, end: str) -> set[str]:
    """Every `name` between two phrases, each of which stands once in the document."""
    (found,) = re.findall(re.escape(begin) + "(.*?)" + re.escape(end), TEXT, re.DOTALL)
    return set(re.findall(r"`([a-z][a-z.-]*)`", found))


def rows(section: str) -> set[str]:
    """The first column of the section's table."""
    (found,) = re.findall(rf"^## {re.escape(section)}.*?(?=^## |\Z)", TEXT, re.DOTALL | re.MULTILINE)
    return set(re.findall(r"^\| `([a-z_.]+)` \|", found, re.MULTILINE))


def test_kinds() -> None:
    assert rows("5. Kinds") == {kind.value for kind in Kind} == HANDLERS.keys()


def test_records() -> None:
    assert rows("6. Pack") - {"t"} == RECORDS.keys()


@pytest.mark.parametrize(
    ("begin", "end", "known"),
    [
        ("Reasons of a rejection: ", "## 6", {reason.value for reason in Reason}),
        ("says what the payload is (", "), `kid`", {typ.value for typ in Typ}),
        ("**Chapters**: ", ". **Shapes**", {chapter.value for chapter in ChapterId}),
        ("**Shapes**: ", ".\n", set(SHAPES)),
    ],
)
def test_closed_lists(begin: str, end: str, known: set[str]) -> None:
    assert named(begin, end) == known


def test_offline_classes() -> None:
    (said,) = re.findall(r"offline: ([a-z, ]+);", TEXT)
    assert said.split(", ") == [member.value for member in Offline]


def test_golden_vectors_are_all_told_of() -> None:
    (table,) = re.findall(r"^## 8\. Golden vectors.*", TEXT, re.DOTALL | re.MULTILINE)
    told = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    assert {name for cell in told for name in re.findall(r"`(\w+)`", cell)} == VECTORS.keys()


def test_a_golden_page_of_changes_has_an_item_of_each_sort() -> None:
    (table,) = re.findall(r"^\*\*Changes\*\*: .*?(?=^\*\*Grant)", TEXT, re.DOTALL | re.MULTILINE)
    sorts = set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) - {"t"}
    pages = (row["payload"]["items"] for row in VECTORS["tokens"] if row["typ"] == "yz-changes")
    assert {item["t"] for items in pages for item in items} == sorts
