"""The kinds of operation that this terminal records."""

from collections.abc import Mapping
from enum import Enum


class Kind(Enum):
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


BUSINESS = (
    Kind.BILL_PAY,
    Kind.APPLICATION_SUBMIT,
    Kind.ORDER_PLACE,
    Kind.GOODS_SELL,
    Kind.RIGHT_REDEEM,
    Kind.RIGHT_USE,
    Kind.CALLBACK_REQUEST,
    Kind.CASE_CLOSE,
    Kind.OPERATION_REVERSE,
)


PERSONAL: Mapping[Kind, frozenset[str]] = {
    Kind.BILL_PAY: frozenset({"account", "params"}),
    Kind.APPLICATION_SUBMIT: frozenset({"data"}),
    Kind.ORDER_PLACE: frozenset({"buyer"}),
    Kind.GOODS_SELL: frozenset(),
    Kind.RIGHT_REDEEM: frozenset(),
    Kind.RIGHT_USE: frozenset({"holder"}),
    Kind.CALLBACK_REQUEST: frozenset({"phone", "name", "note"}),
    Kind.CASE_CLOSE: frozenset({"receiver"}),
    Kind.OPERATION_REVERSE: frozenset(),
    Kind.OPERATOR_PIN: frozenset(),
    Kind.LEASE_REQUEST: frozenset(),
    Kind.LEASE_RETURN: frozenset(),
    Kind.LEASE_CLOSE: frozenset(),
}
"""What a payload says of a person; the rest is what central's books and the marks here need."""


def known(code: str) -> Kind | None:
    """None for a kind of a later version: a branch sees the cases of every terminal of its county."""
    return next((kind for kind in Kind if kind.value == code), None)
