"""The house rules that no linter knows find what they are for."""

from __future__ import annotations

from pathlib import Path

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
