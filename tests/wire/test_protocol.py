"""PROTOCOL.md lists what the code lists: a closed list that grows in one of them alone is found here."""

import re
from pathlib import Path

import pytest

from kiosk.services.kinds import Kind
from kiosk.services.offline import ChapterId, Offline
from kiosk.services.shapes import SHAPES
from kiosk.store.tables import RECORDS
from sync.wire.case import Reason
from sync.wire.token import Typ
from tests.support.handlers import HANDLERS

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
