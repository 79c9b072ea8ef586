"""Central's tables of everything scarce: pools, what each point may hold, leases, coupons."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from central.tables import metadata


class LeaseState(StrEnum):
    LIVE = "live"
    FROZEN = "frozen"  # of an ended life
    REVOKED = "revoked"
    CLOSED = "closed"


class LeaseEvent(StrEnum):
    """What moved a lease."""

    GRANT = "grant"
    SPEND = "spend"
    RETURN = "return"
    WRITE_OFF = "write-off"
    BREACH = "breach"
    OVERDRAW = "overdraw"


class SerialState(StrEnum):
    """One that is left has no row."""

    SPENT = "spent"
    GONE = "gone"  # returned or written off


class UseState(StrEnum):
    USED = "used"
    BREACH = "breach"
    REVERSED = "reversed"


class CouponState(StrEnum):
    """A coupon nobody has touched has no row."""

    FREE = "free"
    HELD = "held"
    SPENT = "spent"
    ELSEWHERE = "spent-elsewhere"


class RedemptionState(StrEnum):
    SPENT = "spent"
    HELD = "held"
    LOST = "lost"
    RELEASED = "released"


pools = Table(
    "pools",
    metadata,
    Column("right", Text, primary_key=True),  # <sort>:<what>, see `central.rights`
    Column("unit", Text, nullable=False),
    Column("total", BigInteger, nullable=False),  # all there ever was: the sum that never changes by itself
    Column("available", BigInteger, nullable=False),
    Column("sold", BigInteger, nullable=False),  # spent straight from the pool, by an order
    Column("returned", BigInteger, nullable=False),  # given back and not to be granted again (coupon serials)
    Column("written_off", BigInteger, nullable=False),
    Column("soft_percent", Integer, nullable=False),
    Column("max_age_days", Integer, nullable=False),
    Column("low_percent", Integer, nullable=False, server_default="0"),
    Column("most", BigInteger),  # in one operation; null: no limit
    Column("most_uses", Integer),  # operations that may draw on a lease between two grants; null: no limit
)

allotments = Table(
    "allotments",
    metadata,
    Column("right", ForeignKey("pools.right"), primary_key=True),
    Column("point", ForeignKey("points.id"), primary_key=True),
    Column("first", BigInteger, nullable=False),  # granted when a terminal is enrolled here
    Column("ceiling", BigInteger, nullable=False),  # all leases of this right here together
    Column("next_serial", BigInteger),  # coupons homed here: the first serial not yet leased
    Column("last_serial", BigInteger),
)

leases = Table(
    "leases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("right", ForeignKey("pools.right"), nullable=False),
    Column("point", Text, nullable=False),
    Column("terminal", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("start_seq", BigInteger, nullable=False),
    Column("unit", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("spent", BigInteger, nullable=False),
    Column("returned", BigInteger, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("soft", BigInteger, nullable=False),
    Column("hard", BigInteger, nullable=False),
    Column("max_age_days", Integer, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("issued", Text, nullable=False),
    Column("state", Text, nullable=False),  # LeaseState
    Column("written_off", BigInteger, nullable=False, server_default="0"),
    Column("slice", BigInteger),
    Column("low", Integer),
    Column("most", BigInteger),
    Column("soft_count", BigInteger),
    Column("hard_count", BigInteger),
)
Index("ix_leases_terminal", leases.c.terminal, leases.c.right)
Index("ix_leases_right", leases.c.right, leases.c.point)

lease_events = Table(
    "lease_events",
    metadata,
    Column("id", Text, primary_key=True),
    Column("lease", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),  # LeaseEvent; or who closed it
    Column("amount", BigInteger, nullable=False),
    Column("op", Text),
    Column("at", Text, nullable=False),
)

lease_serials = Table(
    "lease_serials",
    metadata,
    Column("lease", ForeignKey("leases.id"), primary_key=True),
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("what", Text, nullable=False),  # SerialState
    Column("op", Text),
)

free_serials = Table(
    "free_serials",  # came back untouched: granted again, before what was never out
    metadata,
    Column("right", ForeignKey("pools.right"), primary_key=True),
    Column("point", Text, primary_key=True),
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("last", BigInteger, nullable=False),
)

uses = Table(
    "uses",
    metadata,
    Column("op", Text, primary_key=True),
    Column("service", Text, nullable=False),
    Column("right", Text, nullable=False, index=True),
    Column("amount", BigInteger, nullable=False),
    Column("tokens", JSON, nullable=False),
    Column("holder", Text),
    Column("lease", Text),  # null: no lease was moved
    Column("state", Text, nullable=False),  # UseState
    Column("at", Text, nullable=False),
)

decks = Table(
    "decks",
    metadata,
    Column("right", ForeignKey("pools.right"), primary_key=True),
    Column("secret", LargeBinary, nullable=False),
    Column("commitment", Text, nullable=False),
)

deck_cards = Table(
    "deck_cards",
    metadata,
    Column("right", ForeignKey("decks.right"), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("prize", Text, nullable=False),
)

coupons = Table(
    "coupons",
    metadata,
    Column("id", Text, primary_key=True),  # <kind>/<serial>
    Column("kind", Text, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # CouponState
    Column("op", Text),
)

redemptions = Table(
    "redemptions",
    metadata,
    Column("op", Text, primary_key=True),
    Column("coupon", ForeignKey("coupons.id")),  # null: no genuine coupon was shown
    Column("kind", Text, nullable=False),
    Column("order_op", Text, nullable=False, index=True),
    Column("value_fen", BigInteger, nullable=False),
    Column("lease", Text),  # null: no lease was moved
    Column("state", Text, nullable=False),  # RedemptionState
    Column("case_id", Text, index=True),  # of a held one: the case that owes the coupon back
    Column("at", Text, nullable=False),
)
