"""Both languages have every word of the pages, finished, with its places; the compiled files are theirs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kiosk.bilingual import Lang
from ui.i18n import FILES, FOLDER, Translation

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
PLACES = re.compile(r"%(?:\d|n)")
EXAMPLE = "氵父"  # how a rare character is typed: shown as it is
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
FORMS = {Lang.ZH: 1, Lang.EN: 2}
"""How many grammatical numbers a language has."""


@dataclass(frozen=True)
class Message:
    context: str
    source: str
    state: str
    said: tuple[str, ...]
    counted: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.source


def messages(path: Path) -> Iterator[Message]:
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = tuple(form.text or "" for form in translation.iter("numerusform"))
            counted = message.get("numerus") == "yes"
            said = forms if counted else (translation.text or "",)
            source = message.findtext("source", "")
            yield Message(
                context.findtext("name", ""), source, translation.get("type", "finished"), said, counted
            )


def wrong(message: Message, lang: Lang) -> str:
    """What is not right with a message, or nothing."""
    if message.state != "finished":
        return message.state
    if not all(message.said) or (message.counted and len(message.said) != FORMS[lang]):
        return "missing"
    if any(
        set(PLACES.findall(said)) - {"%n"} != set(PLACES.findall(message.source)) - {"%n"}
        for said in message.said
    ):
        return "other places"
    if lang is Lang.EN and any(CHINESE.search(said.replace(EXAMPLE, "")) for said in message.said):
        return "Chinese"
    return ""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """What the pages say now."""
    path = tmp_path_factory.mktemp("words") / "fresh.ts"
    words = [str(ROOT / "ui" / "qml" / part) for part in ("Main.qml", "Yizhan")]
    tool = str(TOOLS / "pyside6-lupdate")
    subprocess.run([tool, "-silent", "-locations", "none", *words, "-ts", str(path)], check=True)
    return {message.key for message in messages(path)}


@pytest.mark.parametrize("lang", Lang)
def test_every_word_of_the_pages_is_said(lang: Lang, fresh: set[tuple[str, str]]) -> None:
    known = list(messages(FOLDER / f"{FILES[lang]}.ts"))
    keys = {message.key for message in known}
    assert dict.fromkeys(fresh ^ keys, "run tools/i18n.sh") == {}, "new, or no page says it any more"
    assert {message.key: why for message in known if (why := wrong(message, lang))} == {}
    assert [key for key, times in Counter(message.key for message in known).items() if times > 1] == []


@pytest.mark.parametrize("lang", Lang)
def test_the_compiled_file_is_fresh(lang: Lang, tmp_path: Path) -> None:
    source, compiled = FOLDER / f"{FILES[lang]}.ts", tmp_path / "words.qm"
    tool = str(TOOLS / "pyside6-lrelease")
    subprocess.run([tool, "-silent", str(source), "-qm", str(compiled)], check=True)
    assert compiled.read_bytes() == source.with_suffix(".qm").read_bytes()
    assert Translation().complete


@pytest.mark.parametrize(
    ("message", "lang", "why"),
    [
        (Message("P", "首页", "unfinished", ("",), False), Lang.EN, "unfinished"),
        (Message("P", "首页", "vanished", ("Home",), False), Lang.EN, "vanished"),
        (Message("P", "首页", "finished", ("",), False), Lang.EN, "missing"),
        (Message("P", "首页", "finished", ("首页",), False), Lang.EN, "Chinese"),
        (Message("P", "第 %1 步", "finished", ("Step",), False), Lang.EN, "other places"),
        (Message("P", "%n 笔", "finished", ("%n payment",), True), Lang.EN, "missing"),
        (Message("P", "%n 笔", "finished", ("One payment", "%n payments"), True), Lang.EN, ""),
        (Message("P", "首页", "finished", ("首页",), False), Lang.ZH, ""),
    ],
)
def test_a_word_that_is_not_right_is_told(message: Message, lang: Lang, why: str) -> None:
    assert wrong(message, lang) == why
