"""A deck's cards and commitment: golden values, and nothing but a card is read as one."""

import pytest

from sync.wire import deck
from sync.wire.deck import Card
from sync.wire.errors import Malformed
from sync.wire.grant import Grant
from sync.wire.rights import SINGLE, Sort, serial_of, sort_of, token_of

RIGHT = "deck:new-year"
CARDS = [
    Card(RIGHT, n, bytes([n] * deck.SALT), prize) for n, prize in enumerate(("thanks", "大米.5kg"), start=1)
]


def test_golden_values() -> None:
    assert CARDS[1].token == "2.AgICAgICAgICAgICAgICAg.大米.5kg"
    assert CARDS[1].leaf.hex() == "eca5d49a3ea224859fd6c65da2e61cd454e1df70d64bc9e039d5a0f600327ca4"
    assert (
        deck.commitment(RIGHT, [card.leaf for card in CARDS])
        == "f76c40868b000a9ad866e2211c082d5d38629a62b6ce52003988aa693cb692e6"
    )
    assert deck.salt(bytes(32), 7).hex() == "306e9426d794f2f6c46362b507b06062"


def test_a_card_is_read_as_it_was_written() -> None:
    assert [deck.read(RIGHT, card.token) for card in CARDS] == CARDS


@pytest.mark.parametrize(
    "token",
    ["", "1", "1..tea", "1.AQEB.tea", "x.AQEBAQEBAQEBAQEBAQEBAQ.tea", "1.AQEBAQEBAQEBAQEBAQEBAQ.", "1.!!.tea",
     "١.AQEBAQEBAQEBAQEBAQEBAQ.tea", "9" * 4000 + ".AQEBAQEBAQEBAQEBAQEBAQ.tea"],
)  # fmt: skip
def test_anything_else_is_no_card(token: str) -> None:
    with pytest.raises(Malformed):
        deck.read(RIGHT, token)


@pytest.mark.parametrize(
    "other",
    [Card("deck:other", 1, CARDS[0].salt, "thanks"), Card(RIGHT, 2, CARDS[0].salt, "thanks"),
     Card(RIGHT, 1, CARDS[1].salt, "thanks"), Card(RIGHT, 1, CARDS[0].salt, "tea")],
)  # fmt: skip
def test_every_part_of_a_card_is_committed_to(other: Card) -> None:
    assert other.leaf != CARDS[0].leaf


def test_the_order_and_the_number_of_cards_are_committed_to() -> None:
    leaves = [card.leaf for card in CARDS]
    found = {deck.commitment(RIGHT, some) for some in (leaves, leaves[::-1], leaves[:1], [])}
    assert len(found) == 4
    assert deck.commitment("deck:other", leaves) not in found


def test_names_of_rights() -> None:
    assert [sort_of(f"{sort}:x") for sort in Sort] == list(Sort)
    assert sort_of("later:x") is None
    for sort in SINGLE:
        assert serial_of(token_of(f"{sort}:x/y", 17)) == 17
    assert token_of("coupon:cp-rice", 17) == "cp-rice/17"


def test_a_grant_says_only_what_it_limits() -> None:
    plain = Grant(
        "L", RIGHT, "piece", 2, 1, "T", 1, 1, 2, 2, 30, {"first": 1, "last": 2}, "2026-01-01T00:00:00Z"
    )
    assert "most" not in plain.payload()
    assert Grant.parse(plain.payload()) == plain
    limited = Grant(**{**vars(plain), "most": 1, "slice": 2, "low": 30, "soft_count": 8, "hard_count": 9})
    assert Grant.parse(limited.payload()) == limited
    with pytest.raises(Malformed):
        Grant.parse(limited.payload() | {"most": "1"})
