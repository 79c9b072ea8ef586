"""Every route has its page, and every page keeps the rules of the house."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from ui.frame import PageSpec
from ui.pages import PAGES, ModelIn
from ui.routes import Route
from ui.viewmodels.base import PageModel

QML = Path(__file__).resolve().parents[2] / "ui" / "qml"
FILES = sorted([QML / "Main.qml", *(QML / "Yizhan").rglob("*.qml")], key=str)
HANDLER_WITH_IF = re.compile(r"^\s*on[A-Z]\w*:.*\bif\s*\(", re.MULTILINE)


def test_every_route_opens_a_page() -> None:
    assert set(PAGES) == set(get_args(Route))
    missing = [spec.file for spec in PAGES.values() if not (QML / "Yizhan" / "Pages" / spec.file).is_file()]
    assert missing == []


@pytest.mark.parametrize("spec", PAGES.values(), ids=lambda spec: spec.file)
def test_a_page_finds_its_view_model(spec: PageSpec) -> None:
    assert isinstance(spec.model, ModelIn)
    assert issubclass(spec.model.load(), PageModel)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_qml_file_is_short_and_bound(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 200
    assert "pragma ComponentBehavior: Bound" in text


@pytest.mark.parametrize("path", sorted((QML / "Yizhan" / "Pages").glob("*.qml")), ids=lambda p: p.name)
def test_handlers_of_pages_decide_nothing(path: Path) -> None:
    assert HANDLER_WITH_IF.findall(path.read_text(encoding="utf-8")) == []
