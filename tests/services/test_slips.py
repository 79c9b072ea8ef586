"""Slips: the true state in words, once for each state; copies say so; nothing is done too early."""

import pytest

from central.demo import day
from kiosk.devices.paper import Qr, Slip, SlipKind, Words
from kiosk.devices.slip_text import lines
from kiosk.services import bills, forms, guide, mall, slips
from kiosk.services.errors import Refused, Why
from kiosk.services.recording import Written
from sync.wire.answers import Outcome
from sync.wire.slipcode import SlipCode
from tests.services.point import TERMINAL, Point, new_op_id
from tests.services.test_bills import payment
from tests.services.test_forms import answers
from tests.services.test_mall import sale


def pay(point: Point) -> Written:
    point.sign_in()
    return point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), payment(point)))


def strong(slip: Slip) -> list[str]:
    return [line.text.zh for line in slip.lines if isinstance(line, Words) and line.strong]


def state_slip(point: Point, op_id: str) -> Slip:
    return point.write(lambda conn: slips.for_state(conn, point.desk, op_id))


def test_a_request_is_never_called_done(point: Point) -> None:
    slip = pay(point).slip
    text = "\n".join(lines(slip, 48))
    assert "业务受理记录" in text
    assert "已记录，尚未办结" in text
    assert "全额退还" in text
    assert not any(word in text for word in ("缴费成功", "已办成", "已当场办结", "DONE", "Paid"))


def test_the_code_proves_the_record(point: Point) -> None:
    done = pay(point)
    data = next(line.data for line in done.slip.lines if isinstance(line, Qr))
    code = SlipCode.parse(data)
    code.verify(point.signer.public)
    assert (code.terminal, code.seq) == (TERMINAL, point.find(done.op_id).seq)


def test_numbers_run_on_over_a_restart(point: Point) -> None:
    first = pay(point).number
    point.restart()
    item = point.cache(lambda cache: guide.item(cache, day.GUIDE_ITEM))
    second = point.write(lambda conn: guide.print_guide(conn, point.desk, item)).number
    assert (first, second) == (f"{TERMINAL}-00001", f"{TERMINAL}-00002")


def test_while_waiting_the_slip_is_the_first_one(point: Point) -> None:
    done = pay(point)
    assert state_slip(point, done.op_id) == done.slip


def test_confirmed_business_gets_one_done_slip_and_then_copies(point: Point) -> None:
    done = pay(point)
    point.answer(done.op_id, Outcome.ACCEPTED)
    slip = state_slip(point, done.op_id)
    assert slip.kind is SlipKind.DONE
    assert "中心已确认，缴费成功" in strong(slip)
    assert not slip.copy
    point.write(lambda conn: slips.mark_printed(conn, slip.number, point.now))
    again = state_slip(point, done.op_id)
    assert (again.number, again.copy) == (slip.number, True)
    assert again.lines == slip.lines


def test_a_review_then_a_rejection_each_get_their_words(point: Point) -> None:
    done = pay(point)
    point.answer(done.op_id, Outcome.REVIEW, "central-failure", rev=1)
    review = state_slip(point, done.op_id)
    point.answer(done.op_id, Outcome.REJECTED, "bill-unknown", rev=2)
    rejected = state_slip(point, done.op_id)
    assert (review.kind, rejected.kind) == (SlipKind.IN_REVIEW, SlipKind.NOT_DONE)
    assert "收费单位没有这张账单" in str(rejected.lines)
    assert len(point.read(lambda conn: slips.of_operation(conn, done.op_id))) == 3


def test_done_on_the_spot_needs_no_second_slip(point: Point) -> None:
    point.sign_in()
    done = point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point)))
    point.answer(done.op_id, Outcome.ACCEPTED)
    assert state_slip(point, done.op_id) == done.slip


def test_an_accepted_application_is_received_not_decided(point: Point) -> None:
    done = point.write(lambda conn: forms.submit(conn, point.desk, new_op_id(), answers(point)))
    point.answer(done.op_id, Outcome.ACCEPTED)
    assert "中心已受理，办理结果另行通知" in strong(state_slip(point, done.op_id))


def test_a_slip_not_printed_is_kept_and_a_printed_one_becomes_a_copy(point: Point) -> None:
    done = pay(point)
    assert [one.number for one in point.read(slips.unprinted)] == [done.number]
    assert not point.read(lambda conn: slips.to_print(conn, done.number)).copy
    for _ in range(2):
        point.write(lambda conn: slips.mark_printed(conn, done.number, point.now))
    assert point.read(slips.unprinted) == ()
    assert point.read(lambda conn: slips.to_print(conn, done.number)).copy
    assert "补打" in lines(point.read(lambda conn: slips.to_print(conn, done.number)), 48)[0]


def test_a_slip_reads_back_as_it_was(point: Point) -> None:
    done = pay(point)
    point.restart()
    assert point.read(lambda conn: slips.by_number(conn, done.number)) == done.slip
    assert point.read(lambda conn: slips.latest(conn, done.op_id)) == done.slip
    assert point.read(slips.recent)[0].number == done.number


def test_an_unknown_number_is_refused(point: Point) -> None:
    with pytest.raises(Refused) as caught:
        point.read(lambda conn: slips.by_number(conn, "T-9"))
    assert caught.value.reason is Why.SLIP_UNKNOWN
