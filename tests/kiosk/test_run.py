"""`make run` is refused politely while it runs, and plays the tour where there is no screen."""

from pathlib import Path

import pytest

from tools import run


def test_a_second_start_is_refused_in_words_until_the_first_has_ended(tmp_path: Path) -> None:
    with run.only_one(tmp_path / "demo"):
        with pytest.raises(SystemExit) as refused, run.only_one(tmp_path / "demo"):
            pass
        assert "已经在运行" in str(refused.value)
        assert "already running" in str(refused.value)
    with run.only_one(tmp_path / "demo"):
        pass


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({}, False),
        ({"QT_QPA_PLATFORM": "offscreen"}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"QT_QPA_PLATFORM": "vnc:size=1366x768"}, True),
    ],
)
def test_a_display_is_found_where_there_is_one(
    environment: dict[str, str], found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run.has_display() is found


def test_words_for_who_has_no_display_name_the_pictures_and_the_way_to_a_live_screen() -> None:
    assert "build/tour/" in run.NO_DISPLAY
    assert "QT_QPA_PLATFORM=vnc" in run.NO_DISPLAY
