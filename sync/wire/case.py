"""The words of a case and of the verdict that opened it, the same on both sides (PROTOCOL.md §4, §5)."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why an operation was rejected or is under review. A terminal may meet one of a later version."""

    BILL_PAID_ELSEWHERE = "bill-paid-elsewhere"
    BILL_UNKNOWN = "bill-unknown"
    ACCOUNT_UNKNOWN = "account-unknown"
    AMOUNT_MISMATCH = "amount-mismatch"
    BILLER_CLOSED = "biller-closed"
    SOLD_OUT = "sold-out"
    GOOD_UNKNOWN = "good-unknown"
    PRICE_CHANGED = "price-changed"
    COUPON_INVALID = "coupon-invalid"
    COUPON_EXPIRED = "coupon-expired"
    COUPON_SPENT = "coupon-spent"
    NOT_PERMITTED = "not-permitted"
    PAYLOAD_INVALID = "payload-invalid"
    CASE_UNKNOWN = "case-unknown"
    CASE_CLOSED = "case-closed"
    TARGET_UNKNOWN = "target-unknown"
    TARGET_REJECTED = "target-rejected"
    TARGET_SETTLED = "target-settled"
    POOL_EMPTY = "pool-empty"
    LEASE_UNKNOWN = "lease-unknown"
    UNKNOWN_SCHEMA = "unknown-schema"
    SCHEMA_TOO_OLD = "schema-too-old"
    PARENT_REJECTED = "parent-rejected"
    PARENT_REVIEW = "parent-review"
    LEASE_BREACH = "lease-breach"
    CENTRAL_FAILURE = "central-failure"
    CENTRAL_RESTORED = "central-restored"
    CHAIN_FORK = "chain-fork"
    OPERATOR_UNKNOWN = "operator-unknown"
    RECONCILING = "reconciling"


class CaseState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Party(StrEnum):
    CUSTOMER = "customer"
    POINT = "point"
    CENTRAL = "central"


class What(StrEnum):
    CASH = "cash"
    COUPON = "coupon"
    GOODS = "goods"


@dataclass(frozen=True)
class Owed:
    """`fen` of cash, or the `id` of a coupon or good, that is to go to `to`."""

    to: Party
    what: What
    fen: int | None = None
    id: str | None = None
