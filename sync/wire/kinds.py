"""The kinds of operation (PROTOCOL.md §5); a header may name one of a later version, so there it is text."""

from enum import StrEnum


class Kind(StrEnum):
    BILL_PAY = "bill.pay"
    APPLICATION_SUBMIT = "application.submit"
    ORDER_PLACE = "order.place"
    GOODS_SELL = "goods.sell"
    RIGHT_REDEEM = "right.redeem"
    RIGHT_USE = "right.use"
    CALLBACK_REQUEST = "callback.request"
    CASE_CLOSE = "case.close"
    OPERATION_REVERSE = "operation.reverse"
    OPERATOR_PIN = "operator.pin"
    LEASE_REQUEST = "lease.request"
    LEASE_RETURN = "lease.return"
    LEASE_CLOSE = "lease.close"


def kind_of(code: str) -> Kind | None:
    """None for one of a later version: a branch sees the cases of every terminal of its county."""
    return Kind(code) if code in Kind.__members__.values() else None
