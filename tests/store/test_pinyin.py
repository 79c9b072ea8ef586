"""Pinyin keys: right for the words of our data, harmless for everything else, fast."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.demo.goods import goods
from central.demo.government import items
from kiosk.store.pinyin import SearchKeys, keys, name_keys, readings

TITLES = [*(item["title"] for item in items()), *sorted({good["title"] for good in goods()})]


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("身份证", "shenfenzheng", "sfz"),
        ("龙安柚", "longanyou", "lay"),
        ("重庆银行", "chongqingyinhang", "cqyh"),
        ("会计", "kuaiji", "kj"),
        ("个人参保证明", "gerencanbaozhengming", "grcbzm"),
        ("人参", "renshen", "rs"),
        ("长乐社区", "changleshequ", "clsq"),
        ("村长", "cunzhang", "cz"),
        ("调查", "diaocha", "dc"),
        ("空调被", "kongtiaobei", "ktb"),
        ("都市", "dushi", "ds"),
        ("女式绿色", "nvshilvse", "nsls"),
        ("给付", "jifu", "jf"),
        ("Carat钻石炒锅30cm", "caratzuanshichaoguo30cm", "caratzscg30cm"),
        ("《出生医学证明》", "chushengyixuezhengming", "csyxzm"),
        ("ＡＢ１２", "ab12", "ab12"),
        ("", "", ""),
        ("—— 。", "", ""),
    ],
)
def test_known_words(text: str, full: str, initials: str) -> None:
    assert keys(text) == SearchKeys(full, initials)


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("单小㳇", "shanxiaofu"),
        ("仇建国", "qiujianguo"),
        ("尉迟恭", "yuchigong"),
        ("陈秀英", "chenxiuying"),
        ("单", "shan"),
    ],
)
def test_surnames_are_read_their_own_way(name: str, full: str) -> None:
    assert name_keys(name).full == full


def test_a_surname_reading_is_for_names_only() -> None:
    assert keys("单据").full == "danju"
    assert keys("区民政局").full == "quminzhengju"


@pytest.mark.parametrize(
    ("char", "first"),
    [("㳇", "fu"), ("㮾", "lang"), ("䶮", "yan"), ("𬱖", "di"), ("\uf92c", "lang"), ("〇", "ling")],
)
def test_rare_characters_have_a_reading(char: str, first: str) -> None:
    assert readings(char)[0] == first


def test_several_readings_are_known() -> None:
    assert set(readings("长")) == {"chang", "zhang"}
    assert readings("a") == readings("𡓐") == ()


def test_every_title_of_the_data_has_keys() -> None:
    assert len(TITLES) > 1400
    for title in TITLES:
        found = keys(title)
        assert re.fullmatch("[0-9a-z]+", found.full), title
        assert re.fullmatch("[0-9a-z]+", found.initials), title
        chinese = len(re.findall(r"[\u4e00-\u9fff]", title))
        assert chinese <= len(found.initials) <= len(found.full), title


@given(st.text(max_size=40))
def test_any_text_gives_plain_keys(text: str) -> None:
    found = keys(text)
    assert re.fullmatch("[0-9a-z]*", found.full)
    assert len(found.initials) <= len(found.full)


def test_nothing_of_pypinyin_is_needed_at_run_time() -> None:
    code = "import sys; from kiosk.store.pinyin import keys; keys('身份证'); print('pypinyin' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
