"""Two languages: no English on Chinese pages, no Chinese on English ones; a change keeps what was typed."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from central.demo import county, day
from central.demo.people import PEOPLE
from kiosk.bilingual import Lang, Text
from kiosk.services import moments
from sync.policy import Link
from tests.support.crank import START
from tests.support.everywhere import make_past, visits, walk
from tests.support.stage import Scene, Stage
from tools import gallery_staff
from tools.gallery_staff import PassingCourier
from ui.seen import look

Perform = Callable[..., None]
ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-z]{2,}")
MEANT = re.compile(
    r"English|ABC|EAN|PDF|QR|PIN|USB|PC/SC"  # names that a villager meets on the machine and on paper
    r"|[KMGT]?B\b|[\d.]+ ?V"  # sizes
    r"|t-demo-1[\w.-]*|cp-[\w/-]+|GA-\d{6}-\d{4}|yizhan-[\w.-]+|l-\d"  # numbers on slips and files
    r"|https://\S+|[A-Z0-9]{8}(?:-[A-Z]{4})+|/media/\S+|KINGSTON"  # where to connect, and a stick's own name
    r"|sfz|v\d"  # how a word is searched for
)
TYPED = ("李㮾", "在星光村三组老槐树旁", "路灯三天不亮，晚上看不见路", *day.FAULT_ANSWERS.values())
OWN = {"t", "id", "unit", "zh", "en", "schema"}
"""Fields of a record that nobody is shown as they are."""


def plain(value: Any) -> Iterator[str]:
    """What a record of the pack says in Chinese alone: partners' titles, names of offices, addresses."""
    match value:
        case str():
            yield value
        case {"zh": str(), "en": str()}:
            return
        case {"zh": str(zh)}:
            yield zh
        case dict():
            for key, each in value.items():
                if key not in OWN:
                    yield from plain(each)
        case list() | tuple():
            for each in value:
                yield from plain(each)


@cache
def as_they_are() -> tuple[str, ...]:
    """Longest first; the parts of a name that is shown in parts too."""
    found = {text for record in county.records(START) for text in plain(record)}
    found |= {part for text in found for part in re.split(r"[\n；;]", text)}
    found |= {person.name for person in PEOPLE} | set(TYPED) | {"中文"}
    found |= {"协兴镇星光村驿站", "星光村村委会旁", "协兴镇牌坊村驿站", "牌坊村文化广场", "U盘"}
    return tuple(
        sorted((one for one in found if CHINESE.search(one) and len(one) > 1), key=len, reverse=True)
    )


def left_over(text: str, lang: Lang) -> bool:
    if lang is Lang.ZH:
        return LATIN.search(MEANT.sub("", text)) is not None
    for known in as_they_are():
        if known in text:
            text = text.replace(known, "")
    return CHINESE.search(re.sub(r"\*\w|\w\*", "", text)) is not None


def on_the_screen(stage: Stage) -> set[str]:
    seen = look(stage.screen.window).all()
    heard = {text for each in seen for text in (each.name, each.note)}
    return set(stage.hand.texts()) | heard


@pytest.mark.parametrize("lang", Lang)
def test_every_page_speaks_one_language(perform: Perform, lang: Lang) -> None:
    wrong: dict[str, str] = {}

    def note(name: str, texts: Iterable[str]) -> None:
        for text in texts:
            if text not in wrong and left_over(text, lang):
                wrong[text] = name

    async def act(stage: Stage) -> None:
        stage.wire.be(Link.OFFLINE)
        async for name in walk(stage, visits(await make_past(stage))):
            note(name, on_the_screen(stage))
        async for name in gallery_staff.pages(stage):
            await stage.quiet()
            note(name, on_the_screen(stage))

    perform(act, Scene(lang=lang, courier=PassingCourier()))
    assert wrong == {}


def test_what_is_left_over_is_found() -> None:
    assert left_over("Slip 凭条", Lang.EN)
    assert left_over("1 瓶", Lang.EN)
    assert left_over("状态 sent", Lang.ZH)
    assert not left_over("还有 41.3 GB，凭条 t-demo-1-00001", Lang.ZH)
    assert not left_over(f"Added: {day.GUIDE_TITLE}", Lang.EN)


def test_the_language_changes_under_way_and_nothing_typed_is_lost(perform: Perform) -> None:
    """On every step where something is typed or chosen, twice: there and back."""

    async def act(stage: Stage) -> None:
        async for _ in walk(stage, visits(await make_past(stage))):
            model, hand = stage.frame.current, stage.hand
            state, typed = model.state, fields(stage)
            for _ in Lang:
                stage.frame.switchLanguage()
                await stage.quiet()
                assert stage.frame.current is model
                assert (model.state, fields(stage)) == (state, typed)
            assert not hand.sees("page.problem") or model.trouble is not None

    perform(act, Scene())


def fields(stage: Stage) -> dict[str, str]:
    return {each.key: each.value for each in look(stage.screen.window).all() if each.value}


# --- numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "words"), [("0", "0 tries"), ("1", "1 try"), ("2", "2 tries"), ("21", "21 tries")]
)
def test_a_noun_fits_its_number(n: str, words: str) -> None:
    text = Text("还可试 {left} 次", "{left:try|tries}").with_params({"left": n})
    assert (text.zh, text.en) == (f"还可试 {n} 次", words)


UNCOUNTED = re.compile(
    r"\{\w+\} (?:more |different )?(?!is\b|does\b|was\b|has\b|takes\b|answers\b|as\b|ms\b)[a-z]+s\b"
)


def bilingual(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text" and len(node.args) == 2:
            said = node.args[1]
            parts = said.values if isinstance(said, ast.JoinedStr) else [said]
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "{x}" for part in parts),
            )


def test_no_english_counts_one_things() -> None:
    """`{count} answers` is wrong for one: `{count:answer|answers}`."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {said}"
        for room in ("kiosk", "ui")
        for path in (ROOT / room).rglob("*.py")
        for line, said in bilingual(path)
        if UNCOUNTED.search(said)
    ]
    assert wrong == []


def test_a_day_is_written_as_each_language_writes_it() -> None:
    assert moments.show(START) == Text("2026年3月8日 10:00", "8 Mar 2026, 10:00")
    late = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    assert moments.show_day(late) == Text("2026年1月1日", "1 Jan 2026"), "it is tomorrow in China"
