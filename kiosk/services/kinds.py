"""What this terminal makes of the kinds of operation: which are business, and what in them is personal."""

from collections.abc import Mapping

from sync.wire.kinds import Kind

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
"""What a payload says of a person, beside `person`; the rest central's books and the marks here need."""
