"""Masks leave enough to know oneself by and too little for anybody else, whatever is masked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.wire import masking


@pytest.mark.parametrize(
    ("whole", "masked"),
    [
        ("张三", "张*"),
        ("单小㳇", "单**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("𡓐㮾", "𡓐*"),
        ("迪丽热巴·迪力木拉提", "迪**"),
        ("李", "*"),
        ("", ""),
        ("  张三 ", "张*"),
        ("e\u0301tienne", "e\u0301**"),
        ("葛\U000e0100城", "葛\U000e0100*"),
    ],
)
def test_names(whole: str, masked: str) -> None:
    assert masking.name(whole) == masked


@pytest.mark.parametrize(
    ("whole", "masked"),
    [
        ("511602194903071234", "511602********1234"),
        ("51160219490307123X", "511602********123X"),
        ("511602 19490307 1234", "511602********1234"),
        ("510123456789", "********6789"),
        ("1234", "1234"),
    ],
)
def test_numbers(whole: str, masked: str) -> None:
    assert masking.number(whole) == masked


@pytest.mark.parametrize(
    ("whole", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("0826-2234567", "082****4567"),
        ("2234567", "*****67"),
    ],
)
def test_telephones(whole: str, masked: str) -> None:
    assert masking.phone(whole) == masked


def test_a_name_that_comes_masked_stays_as_it_is() -> None:
    assert masking.unless_masked("陈*英") == "陈*英"
    assert masking.unless_masked("陈秀英") == "陈**"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13812345678找我", "打138****5678找我"),
        ("身份证51160219490307123x。", "身份证511602********123x。"),
        ("订单 T-0001-00017，共 1234567890123 分", "订单 T-0001-00017，共 1234567890123 分"),
        ("L13812345678", "L13812345678"),
        ("无", "无"),
    ],
)
def test_what_stands_in_free_text(text: str, masked: str) -> None:
    assert masking.within(text) == masked


@given(st.text(max_size=30))
def test_a_mask_is_masked_already(text: str) -> None:
    for mask in (masking.name, masking.number, masking.phone, masking.within):
        assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"[1-6][0-9]{16}[0-9X]", fullmatch=True))
def test_of_a_number_the_day_of_birth_is_gone(number: str) -> None:
    masked = masking.number(number)
    assert masked[6:14] == "*" * 8
    assert len(masked) == len(number)
