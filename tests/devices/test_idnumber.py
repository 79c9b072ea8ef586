"""The check character of GB 11643-1999, and what a number says of its bearer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices import idnumber
from kiosk.devices.idnumber import Sex

OF_THE_STANDARD = ("11010519491231002X", "440524188001010014")
"""The two examples that GB 11643-1999 prints."""


@pytest.mark.parametrize("number", OF_THE_STANDARD)
def test_the_examples_of_the_standard_are_valid(number: str) -> None:
    assert idnumber.valid(number)


def test_what_a_number_says() -> None:
    assert [idnumber.born(number) for number in OF_THE_STANDARD] == [date(1949, 12, 31), date(1880, 1, 1)]
    assert [idnumber.sex(number) for number in OF_THE_STANDARD] == [Sex.FEMALE, Sex.MALE]


@given(st.sampled_from(OF_THE_STANDARD), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_noticed(number: str, place: int, other: str) -> None:
    changed = number[:place] + other + number[place + 1 :]
    assert idnumber.valid(changed) is (changed == number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002x",
        "1101051949123100２X",
        "11010519491331002X",
        "11010519490230002" + idnumber.check_character("11010519490230002"),
        "110105491231002",
    ],
)
def test_what_is_no_number_is_told(number: str) -> None:
    assert not idnumber.valid(number)


@given(st.text(max_size=30))
def test_any_text_gets_an_answer(text: str) -> None:
    assert idnumber.valid(text) in (True, False)
