"""The pinyin engine: what people type is offered, all it knows can be reached, no letters break it."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.store.pinyin import name_keys
from kiosk.typing.engine import LONGEST_BUFFER, Engine, Expect
from kiosk.typing.syllables import ALIASES, SYLLABLES
from kiosk.typing.table import table

FIRST_LOOK = 12
"""Candidates a person sees without turning a page, about."""


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine(table())


def seen(engine: Engine, letters: str, expect: Expect = Expect.TEXT) -> list[str]:
    return [one.text for one in engine.candidates(letters, expect)[:FIRST_LOOK]]


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("shenfenzheng", "身份证"),
        ("sfz", "身份证"),  # initials
        ("shfzh", "身份证"),
        ("sfzheng", "身份证"),
        ("shenfenz", "身份证"),  # the last syllable unfinished
        ("shenfenzh", "身份证"),
        ("zhongguo", "中国"),
        ("lvse", "绿色"),
        ("nver", "女儿"),
        ("lueduo", "掠夺"),
        ("xi'an", "西安"),
        ("dizhi", "地址"),
        ("shebaoka", "社保卡"),
        ("gaolingbutie", "高龄补贴"),
        ("yinhang", "银行"),
        ("chongqing", "重庆"),
        ("sichuanshengguanganshi", "四川省广安市"),  # no word, but words together
        ("guanganquxiexingzhenxingguangcun", "广安区协兴镇星光村"),
        ("dianfei", "电费"),
        ("cunweihui", "村委会"),
    ],
)
def test_the_first_is_what_was_meant(engine: Engine, letters: str, text: str) -> None:
    first = engine.candidates(letters)[0]
    assert (first.text, first.uses) == (text, len(letters))


@pytest.mark.parametrize(
    ("letters", "texts"),
    [
        ("xian", ("先", "西安")),  # one syllable or two
        ("fangan", ("方案", "反感")),
        ("de", ("的", "得")),
        ("nihao", ("你好", "你")),
        ("bj", ("北京", "不见")),
        ("x", ("小", "下")),
    ],
)
def test_what_can_be_meant_is_seen_at_once(engine: Engine, letters: str, texts: tuple[str, ...]) -> None:
    assert set(texts) <= {one.text for one in engine.candidates(letters)[:30]}


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("shan", "单"),
        ("qiu", "仇"),
        ("zeng", "曾"),
        ("ren", "任"),
        ("yuchi", "尉迟"),
        ("ouyangjianguo", "欧阳建国"),
        ("chenxiuying", "陈秀英"),
        ("liudehua", "刘德华"),
    ],
)
def test_a_name_begins_with_a_surname(engine: Engine, letters: str, text: str) -> None:
    assert text in seen(engine, letters, Expect.SURNAME)[:2]


def test_without_a_name_asked_a_surname_is_no_better(engine: Engine) -> None:
    assert seen(engine, "shan")[0] == "山"
    assert "仇" not in seen(engine, "qiu")[:2]


def test_every_syllable_gives_a_character(engine: Engine) -> None:
    for letters in (*SYLLABLES, *ALIASES):
        assert any(one.uses == len(letters) for one in engine.candidates(letters)), letters


def test_every_character_of_the_table_is_reached_by_each_of_its_readings(engine: Engine) -> None:
    for syllable in table().syllables():
        offered = {one.text for one in engine.candidates(syllable)}
        missing = {word.text for word in table().characters(syllable)} - offered
        assert not missing, (syllable, missing)


@pytest.mark.parametrize(("char", "letters"), [("㳇", "fu"), ("㮾", "lang"), ("㛃", "jie")])
def test_rare_characters_of_names_are_there(engine: Engine, char: str, letters: str) -> None:
    for expect in Expect:
        assert char in {one.text for one in engine.candidates(letters, expect)}


@pytest.mark.parametrize(
    ("char", "letters"),
    [
        ("㳇", "ushuifu"),  # 氵父
        ("㮾", "ulangmu"),
        ("䶮", "ulongtian"),
        ("𤧛", "uwangdi"),
        ("鑫", "ujinjinjin"),
        ("鑫", "ujjj"),
        ("燚", "uhuohuohuohuo"),
    ],
)
def test_a_character_nobody_can_read_is_found_by_its_parts(engine: Engine, char: str, letters: str) -> None:
    assert char in {one.text for one in engine.candidates(letters)}


def test_every_character_with_known_parts_is_reached_by_them(engine: Engine) -> None:
    parts = list(table().parts())
    assert len({char for _sound, char in parts}) > 15_000
    for sound, char in islice(parts, 0, None, 41):
        assert char in {one.text for one in engine.candidates(f"u{sound}")}, (sound, char)


def test_every_surname_is_offered_as_it_is_read(engine: Engine) -> None:
    for name in table().surnames():
        offered = {one.text for one in engine.candidates(name_keys(name).full, Expect.SURNAME)}
        assert name in offered


@settings(max_examples=300, deadline=None)
@given(st.text("abcdefghijklmnopqrstuvwxyz'", max_size=LONGEST_BUFFER + 8), st.sampled_from(Expect))
def test_no_letters_break_it(engine: Engine, letters: str, expect: Expect) -> None:
    found = engine.candidates(letters, expect)
    assert len({one.text for one in found}) == len(found)
    for one in found:
        assert one.text
        assert 0 < one.uses <= len(letters)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(sorted(SYLLABLES)), min_size=1, max_size=5))
def test_whole_syllables_always_make_a_sentence(engine: Engine, syllables: list[str]) -> None:
    letters = "".join(syllables)
    assert engine.candidates(letters)[0].uses == len(letters)


def test_words_are_offered_for_their_syllables_and_for_their_initials(engine: Engine) -> None:
    for sound, word in islice(table().words(), 0, None, 997):
        initials = "".join(syllable[0] for syllable in sound.split("'"))
        for letters in (sound, initials):
            assert word in {one.text for one in engine.candidates(letters)}, (word, letters)


def test_nothing_stays_when_it_forgets(engine: Engine) -> None:
    engine.candidates("chenxiuying", Expect.SURNAME)
    assert engine.remembers
    engine.forget()
    assert not engine.remembers
