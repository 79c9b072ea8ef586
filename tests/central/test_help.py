"""`yizhan-central --help`: every page of it, and every command and option on it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from central.__main__ import main

NAMES = re.compile(r"\{([a-z][a-z,-]+)\}")
OWN = "show this help message and exit"
HAN = re.compile(r"[\u4e00-\u9fff]")
BELOW = (["lease"], ["member"], ["notices"], ["operator"], ["partner"])  # commands that have commands


def page(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def pages(words: list[str], capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[list[str], str]]:
    said = page(words, capsys)
    yield words, said
    if not words or words in BELOW:
        found = NAMES.search(said)
        assert found is not None, words
        for name in found[1].split(","):
            yield from pages([*words, name], capsys)


def told(said: str) -> Iterator[tuple[str, str]]:
    """Each command, argument and option of a page, with what is said of it."""
    for block in re.split(r"\n(?= {0,4}\S)", said.partition("\n\n")[2]):
        name, _, what = " ".join(block.split()).partition(" ")
        if block.startswith("  ") and not name.startswith("{") and OWN not in what:
            yield name, what


def speaks_both(said: str, where: str) -> None:
    chinese, between, english = said.partition(" / ")
    assert between, (where, said)
    assert HAN.search(chinese), (where, said)
    assert english, (where, said)
    assert not HAN.search(english), (where, said)


def test_help_speaks_both_languages_on_every_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    found = {" ".join(words): said for words, said in pages([], capsys)}
    assert {"courier", "lease close", "partner pay-bill", "settings"} <= found.keys()
    for words, said in found.items():
        if words:
            speaks_both(said.split("\n\n")[1], words)
        for name, what in told(said):
            speaks_both(what, f"{words} {name}")
