"""Every payload recorded here is one that central reads: its own models judge it, byte for byte."""

import json

from sqlalchemy import select

from central.demo import day
from kiosk.services import bills, callbacks, cases, mall, reversals, sessions
from kiosk.services.cases import PayBack
from kiosk.services.reversals import Reversal, ReverseReason
from sync.tables import operations
from sync.wire.kinds import Kind
from sync.wire.operation import MAX_PAYLOAD
from tests.services.point import PIN, Point, new_op_id
from tests.services.test_bills import payment
from tests.services.test_business import busy
from tests.services.test_callbacks import wanted
from tests.services.test_cases import CASE, refused_bill
from tests.services.test_mall import sale
from tests.support.handlers import HANDLERS


def record_one_of_each(point: Point) -> None:
    busy(point)
    point.write(lambda conn: callbacks.request(conn, point.desk, new_op_id(), wanted(point, name="单㳇")))
    stated = payment(point, day.ACCOUNT_NOT_IN_FILE)
    done = point.write(lambda conn: bills.pay(conn, point.desk, new_op_id(), stated))
    back = Reversal(done.op_id, ReverseReason.WRONG_AMOUNT)
    point.with_pin(reversals.reverse, back)
    sold = point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point)))
    back = Reversal(sold.op_id, ReverseReason.CHANGED_MIND)
    point.with_pin(reversals.reverse, back)


def test_central_reads_every_payload(point: Point) -> None:
    record_one_of_each(point)
    point.write(lambda conn: sessions.set_pin(conn, point.desk, new_op_id(), PIN, "902817"))
    rows = point.read(lambda conn: conn.execute(select(operations.c.kind, operations.c.payload)).all())
    for row in rows:
        HANDLERS[row.kind].payload_model.model_validate(json.loads(row.payload))
        assert len(row.payload) <= MAX_PAYLOAD


def test_central_reads_the_closing_of_a_case(point: Point) -> None:
    refused_bill(point)
    closing = PayBack(CASE, "单㳇")
    done = point.with_pin(cases.pay_back, closing)
    HANDLERS["case.close"].payload_model.model_validate(point.find(done.op_id).payload)


def test_every_kind_of_ours_is_one_of_centrals() -> None:
    assert {kind.value for kind in Kind} == HANDLERS.keys()
