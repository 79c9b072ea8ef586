"""People who try it on: nothing is paid out twice, and nothing they type says more than they typed."""

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from central.demo import day
from kiosk.devices import slip_text
from kiosk.devices.file_printer import FilePrinter
from kiosk.services import bills, callbacks, cases, leases, mall, reversals, rights, slip_build
from kiosk.services.cases import PayBack
from kiosk.services.errors import Refused, Why
from kiosk.services.recording import Written
from kiosk.services.reversals import Reversal, ReverseReason
from sync.wire.answers import Outcome
from tests.services.point import Point, mint, new_op_id
from tests.services.test_bills import payment
from tests.services.test_callbacks import wanted
from tests.services.test_cases import CASE, owed_cash, refused_bill
from tests.services.test_mall import fill, order, sale
from tests.services.test_rights import choices, place, read


def paid_and_more(point: Point) -> Written:
    """A bill paid here, and enough in the drawer to pay it back twice."""
    point.sign_in()
    done = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), payment(point)))
    for _ in range(2):
        stated = payment(point, day.ACCOUNT_NOT_IN_FILE)
        point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), stated))  # noqa: B023
    return done


def owe(point: Point, op_id: str, outcome: Outcome, reason: str) -> None:
    owes = [owed_cash(payment(point).amount_fen)]
    point.answer(op_id, outcome, reason, case=CASE, owes=owes)


def test_what_a_reversal_gave_back_the_case_does_not_give_back_again(point: Point) -> None:
    done = paid_and_more(point)
    back = Reversal(done.op_id, ReverseReason.OTHER)
    reversed_ = point.with_pin(reversals.reverse, back)
    owe(point, done.op_id, Outcome.REJECTED, "bill-paid-elsewhere")
    closing = PayBack(CASE, "单㳇")
    with pytest.raises(Refused) as caught:
        point.with_pin(cases.pay_back, closing)
    assert caught.value.reason is Why.CASE_BEING_CLOSED
    assert point.read(lambda conn: cases.open_cases(conn, point.desk)) == ()
    point.answer(reversed_.op_id, Outcome.REJECTED, "not-permitted")
    assert len(point.read(lambda conn: cases.open_cases(conn, point.desk))) == 1


def test_what_a_case_gave_back_cannot_be_reversed_too(point: Point) -> None:
    done = paid_and_more(point)
    owe(point, done.op_id, Outcome.REVIEW, "central-failure")
    closing = PayBack(CASE, "单㳇")
    point.with_pin(cases.pay_back, closing)
    back = Reversal(done.op_id, ReverseReason.OTHER)
    with pytest.raises(Refused) as caught:
        point.with_pin(reversals.reverse, back)
    assert caught.value.reason is Why.CASE_BEING_CLOSED


def test_a_coupon_worth_more_than_the_order_pays_nobody(point: Point) -> None:
    point.sign_in()
    place(point)
    genuine = read(point, mint())
    generous = replace(genuine, kind=replace(genuine.kind, face_fen=1_000_000))
    (choice,) = choices(point, generous)
    assert choice.refused is not None
    assert choice.refused.reason is Why.ORDER_BELOW


@pytest.mark.parametrize("name", ["单\x1bp\x00㳇", "单\u202e㳇", "单\n已办结㳇", "单\u2066㳇\x9b"])
def test_a_name_commands_no_printer_and_turns_no_text(point: Point, name: str, tmp_path: Path) -> None:
    refused_bill(point)
    closing = PayBack(CASE, name)
    done = point.with_pin(cases.pay_back, closing)
    FilePrinter(tmp_path).print(done.slip)
    (printed,) = tmp_path.glob("*.txt")
    lines = printed.read_text(encoding="utf-8").split("\n")[:-1]
    assert all(character.isprintable() for line in lines for character in line)
    assert len(lines) == len(slip_text.lines(done.slip, 48))
    assert not any(line.strip().startswith("已办结") for line in lines)
    assert point.find(done.op_id).payload["receiver"] == name.strip()


TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
MARKS = "\u061c\u200e\u200f"  # they turn what stands beside them


def test_no_character_that_commands_or_turns_is_taken_for_plain() -> None:
    for character in map(chr, range(0x3000)):
        breaks = unicodedata.category(character) in {"Cc", "Zl", "Zp"}
        turns = character in MARKS or unicodedata.bidirectional(character) in TURNING
        left = " " if breaks else "" if turns else character
        assert slip_build.plain(f"单{character}㳇") == f"单{left}㳇", hex(ord(character))


@pytest.mark.parametrize("text", ["\ud800", "单\udfff㳇"])
def test_half_a_character_is_asked_for_again(point: Point, text: str) -> None:
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: callbacks.request(conn, point.desk, new_op_id(), wanted(point, name=text)))
    assert caught.value.reason is Why.NOT_TEXT
    assert point.operations() == []


@pytest.mark.parametrize("amount", [10**12 + 1, 2**53, 2**63, 10**30])
def test_more_than_anybody_has_is_not_asked_for(point: Point, amount: int) -> None:
    point.sign_in()
    right = f"float:{day.MAIN_POINT}"
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: leases.ask(conn, point.desk, new_op_id(), right, amount))
    assert caught.value.reason is Why.AMOUNT_TOO_LARGE


@pytest.mark.parametrize("pieces", [0, -1, 100, 2**70])
def test_pieces_below_one_or_beyond_reason(point: Point, pieces: int) -> None:
    point.sign_in()
    basket = fill(point, lp_longan_pomelo_box=1)
    odd = replace(basket, lines=(replace(basket.lines[0], qty=pieces),))
    with pytest.raises(Refused):
        point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point, pieces)))
    with pytest.raises(Refused):
        point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, odd)))
    assert point.operations() == []


@pytest.mark.parametrize("token", ["\ud800", "..", "é.é.é", "a" * 1_000_000, "\x1b@.x.y", "W10.e30.AAAA"])
def test_a_qr_that_is_no_coupon(point: Point, token: str) -> None:
    with pytest.raises(Refused) as caught:
        point.cache(lambda cache: rights.read(cache, point.desk, token))
    assert caught.value.reason in (Why.COUPON_UNREADABLE, Why.COUPON_FORGED)
