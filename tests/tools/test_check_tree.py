"""The house rules that no linter knows find what they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import check_tree


def test_every_module_stands_in_a_layer() -> None:
    assert list(check_tree.check_layers(check_tree.tracked(), check_tree.contracts())) == []


def test_a_new_module_in_no_layer_is_found_in_each_room() -> None:
    new = [f"{room}/{name}" for room in check_tree.ROOMS for name in ("newcomer.py", "shelf/of_it.py")]
    found = check_tree.check_layers(
        ["kiosk/__init__.py", "tools/run.py", "ui/Main.qml", *new], check_tree.contracts()
    )
    assert [finding.path for finding in found] == new


def test_a_room_or_a_contract_of_another_type_names_none_of_its_modules() -> None:
    contracts = [
        {"type": "layers", "layers": ["ui", "sync"]},
        {"type": "forbidden", "source_modules": ["ui.a"]},
    ]
    found = list(check_tree.check_layers(["ui/a.py", "sync/b/__init__.py"], contracts))
    assert [Path(finding.path).parts[0] for finding in found] == ["ui", "sync"]


PAGE = "ui/qml/Yizhan/Pages/NewPage.qml"
BY_HAND = (
    "    Rectangle {",
    '    color: "#FFFFFF"',
    "    color: 'white'",
    "    color: Qt.darker(Theme.primary)",
    "    width: Theme.px(40)",
    "    font.pixelSize: 18",
    "    font.pixelSize: Theme.body * 1.2",
    "    Layout.preferredHeight: 120",
    "    anchors.leftMargin: 12",
    "    spacing: 8",
)
FROM_THE_THEME = (
    "    font.pixelSize: Theme.title",
    "    spacing: 0",
    "    Layout.preferredWidth: 3",
    "    columns: 10",
    "    width: Theme.pad",
    "    Layout.maximumWidth: row.width * 0.42",
)


@pytest.mark.parametrize("line", BY_HAND)
def test_what_a_page_styles_by_hand_is_found(line: str) -> None:
    assert [found.line for found in check_tree.check_text(PAGE, f"YRow {{\n{line}\n}}")] == [2]
    assert list(check_tree.check_text(PAGE.replace("Pages/New", "Controls/Y"), line)) == []


@pytest.mark.parametrize("line", FROM_THE_THEME)
def test_what_the_theme_names_is_not_found(line: str) -> None:
    assert list(check_tree.check_text(PAGE, line)) == []


def test_no_page_is_styled_by_hand() -> None:
    pages = sorted((check_tree.ROOT / check_tree.PAGES).glob("*.qml"))
    said = [
        one
        for page in pages
        for one in check_tree.check_text(check_tree.PAGES + page.name, page.read_text("utf-8"))
    ]
    assert [str(one) for one in said if "by hand" in one.words] == []
