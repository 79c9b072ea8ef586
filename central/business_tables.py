"""Central's business tables: money, cases, bills, goods; what is scarce is in `rights_tables`."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, Text

from central.tables import metadata
from sync.wire.case import CaseState


class BillState(StrEnum):
    UNPAID = "unpaid"
    PAID = "paid"
    PAID_ELSEWHERE = "paid-elsewhere"


class PaymentState(StrEnum):
    POSTED = "posted"
    SETTLED = "settled"
    REVERSED = "reversed"


class OrderState(StrEnum):
    PLACED = "placed"
    HANDED_OVER = "handed-over"
    REVERSED = "reversed"


class SaleState(StrEnum):
    SOLD = "sold"
    BREACH = "breach"
    REVERSED = "reversed"


class ApplicationState(StrEnum):
    RECEIVED = "received"
    TAKEN_UP = "taken-up"
    WITHDRAWN = "withdrawn"


class CallbackState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    WITHDRAWN = "withdrawn"


counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

ledger_entries = Table(
    "ledger_entries",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("op", Text),
)

ledger_postings = Table(
    "ledger_postings",
    metadata,
    Column("entry", ForeignKey("ledger_entries.key"), primary_key=True),
    Column("leg", Integer, primary_key=True),
    Column("account", Text, nullable=False, index=True),
    Column("fen", BigInteger, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("county", ForeignKey("counties.id"), nullable=False, index=True),
    Column("op", Text, nullable=False),
    Column("terminal", Text, nullable=False),
    Column("point", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("opened", Text, nullable=False),
    Column("state", Text, nullable=False),  # CaseState
    Column("rev", Integer, nullable=False),
    Column("owes", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("closed", Text),
    Column("closed_by", Text),  # the operation that closed it; null: central itself
)

billers = Table(
    "billers",
    metadata,
    Column("id", Text, primary_key=True),
    Column("exactness", Text, nullable=False),  # exact, at_least, any
    Column("min_fen", BigInteger, nullable=False),
    Column("max_fen", BigInteger, nullable=False),
    Column("step_fen", BigInteger, nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("told", Integer, nullable=False, server_default="0"),  # the last of its files that the books know
)

told_payments = Table(
    "told_payments",  # by a biller's file; the operation itself was lost, and may come again
    metadata,
    Column("op", Text, primary_key=True),
)

accounts = Table(
    "accounts",
    metadata,
    Column("biller", ForeignKey("billers.id"), primary_key=True),
    Column("account", Text, primary_key=True),
)

bills = Table(
    "bills",
    metadata,
    Column("id", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("biller", ForeignKey("billers.id"), nullable=False),
    Column("account", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # BillState
    Column("paid_op", Text),
    Column("paid_at", Text),
)

payments = Table(
    "payments",
    metadata,
    Column("op", Text, primary_key=True),
    Column("biller", ForeignKey("billers.id"), nullable=False),
    Column("account", Text, nullable=False),
    Column("bill", Text),
    Column("amount_fen", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # PaymentState
    Column("at", Text, nullable=False),
)

goods = Table(
    "goods",
    metadata,
    Column("id", Text, primary_key=True),
    Column("supplier", Text, nullable=False),
)

good_prices = Table(
    "good_prices",
    metadata,
    Column("good", ForeignKey("goods.id"), primary_key=True),
    Column("since", Text, primary_key=True),
    Column("price_fen", BigInteger, nullable=False),
)

orders = Table(
    "orders",
    metadata,
    Column("op", Text, primary_key=True),
    Column("terminal", Text, nullable=False),
    Column("pickup", Text, nullable=False),
    Column("buyer", JSON),
    Column("total_fen", BigInteger, nullable=False),
    Column("cash_fen", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # OrderState
    Column("at", Text, nullable=False),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("op", ForeignKey("orders.op"), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("good", ForeignKey("goods.id"), nullable=False),
    Column("qty", Integer, nullable=False),
    Column("price_fen", BigInteger, nullable=False),
    Column(
        "reserved", Boolean, nullable=False
    ),  # taken from a pool: to be given back when the order is undone
)

sales = Table(
    "sales",
    metadata,
    Column("op", Text, primary_key=True),
    Column("good", Text, nullable=False),
    Column("supplier", Text, nullable=False),
    Column("qty", Integer, nullable=False),
    Column("total_fen", BigInteger, nullable=False),
    Column("lease", Text),  # null: sold in breach, no lease was moved
    Column("state", Text, nullable=False),  # SaleState
    Column("at", Text, nullable=False),
)

applications = Table(
    "applications",
    metadata,
    Column("op", Text, primary_key=True),
    Column("county", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("form_version", Integer, nullable=False),
    Column("data", JSON, nullable=False),
    Column("attachments", JSON, nullable=False),
    Column("state", Text, nullable=False),  # ApplicationState
    Column("at", Text, nullable=False),
)

callbacks = Table(
    "callbacks",
    metadata,
    Column("op", Text, primary_key=True),
    Column("county", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("name", Text),
    Column("note", Text, nullable=False),
    Column("wish", Text, nullable=False),
    Column("state", Text, nullable=False),  # CallbackState
    Column("at", Text, nullable=False),
)

reversals = Table(
    "reversals",
    metadata,
    Column("target", Text, primary_key=True),  # an operation is undone at most once
    Column("op", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("cash_fen", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
)

Index("ix_bills_account", bills.c.biller, bills.c.account)
Index("ix_cases_op", cases.c.op)
Index("ix_cases_open", cases.c.county, cases.c.opened, sqlite_where=cases.c.state == CaseState.OPEN)
