"""The build stops at a part that must not be in the packaged application, and at one that is missing."""

from pathlib import Path

import pytest

from tools.check_bundle import NEEDED, problems

LIBRARY = "some_library-1.0.dist-info"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    for name in (*NEEDED, "sqlcipher3/_sqlite3.so", f"{LIBRARY}/licenses/LICENSE"):
        put(tmp_path, name)
    put(tmp_path, f"{LIBRARY}/METADATA", "License: MIT\n")
    return tmp_path


def put(bundle: Path, name: str, text: str = "") -> None:
    path = bundle / "_internal" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_a_whole_bundle_passes(bundle: Path) -> None:
    assert list(problems(bundle)) == []


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6VirtualKeyboard.so.6",
        "PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        "PySide6/Qt/lib/libQt6Quick3D.so.6",
        "python3.11/lib-dynload/readline.cpython-311-x86_64-linux-gnu.so",
        "libreadline.so.8",
    ],
)
def test_a_gpl_part_is_named(bundle: Path, name: str) -> None:
    put(bundle, name)
    assert list(problems(bundle)) == [f"GPL part: {name}"]


@pytest.mark.parametrize("licence", ["License: GPLv3", "License-Expression: AGPL-3.0-only"])
def test_a_library_under_the_gpl_is_named(bundle: Path, licence: str) -> None:
    put(bundle, f"{LIBRARY}/METADATA", f"Name: some\n{licence}\n\nno GPL in words about it\n")
    assert list(problems(bundle)) == [f"{LIBRARY}: {licence}"]


def test_what_may_be_had_under_the_lgpl_may_stay(bundle: Path) -> None:
    put(bundle, f"{LIBRARY}/METADATA", "License: LGPL-3.0-only OR GPL-2.0-only\n")
    assert list(problems(bundle)) == []


def test_missing_parts_and_texts_are_named(bundle: Path) -> None:
    (bundle / "_internal" / "ui/qml/Main.qml").unlink()
    (bundle / "_internal" / LIBRARY / "licenses/LICENSE").unlink()
    put(bundle, "central/app.pyc")
    assert sorted(problems(bundle)) == [
        "missing: ui/qml/Main.qml",
        f"no licence text: {LIBRARY}",
        "not ours to ship: central/app.pyc",
    ]
