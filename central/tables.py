"""Central's core tables, on the one MetaData that `business_tables` also uses."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# Instants are RFC 3339 UTC text: they sort, and both databases keep them as they were written.

central_state = Table(
    "central_state",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("born_at", Text, nullable=False),
    Column("risen_at", Text),  # when the newest epoch began
    Column("reconciling_since", Text),  # null: nothing of a lost past is outstanding
)

counties = Table(
    "counties",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("settings", JSON, nullable=False),
)

points = Table(
    "points",
    metadata,
    Column("id", Text, primary_key=True),
    Column("county", ForeignKey("counties.id"), nullable=False, index=True),
    Column("place", Text, nullable=False),
    Column("name", JSON, nullable=False),  # {zh, en}
    Column("address", Text, nullable=False),
    Column("profiles", JSON, nullable=False),  # profiles that may stand here
)

terminals = Table(
    "terminals",
    metadata,
    Column("id", Text, primary_key=True),
    Column("point", ForeignKey("points.id"), nullable=False),
    Column("county", ForeignKey("counties.id"), nullable=False, index=True),
    Column("profile", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("enrolled_at", Text, nullable=False),
    Column("last_change", BigInteger, nullable=False),  # number of the newest item of its stream
    Column("heartbeat", JSON),
    Column("heartbeat_at", Text),
    Column("keys_told", Text),  # SHA-256 of central's keys as this terminal was last told them
)

incarnations = Table(
    "incarnations",
    metadata,
    Column("terminal", ForeignKey("terminals.id"), primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("kid", Text, nullable=False, index=True),
    Column("jwk", JSON, nullable=False),
    Column("high_water", BigInteger, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("acked", BigInteger, nullable=False),  # high water of the newest ack the terminal has shown
    Column("closed_at", Text),
    Column("quarantined_at", Text),
    Column("evidence", JSON),  # of a fork: where it left the chain
    Column(
        "vouched", Integer, nullable=False, server_default="1"
    ),  # epoch up to which it showed what it knows
    Column("told", BigInteger, nullable=False, server_default="0"),  # highest seq with a result shown to us
    Column("aged", BigInteger, nullable=False, server_default="0"),  # up to here every backup has it
    Column("ages_at", Text),  # when the next one is in every backup; null: not known
)

enrolment_codes = Table(
    "enrolment_codes",
    metadata,
    Column("secret_sha256", Text, primary_key=True),
    Column("county", ForeignKey("counties.id"), nullable=False),
    Column("profile", Text, nullable=False),
    Column("terminal", ForeignKey("terminals.id")),  # set: this terminal comes back as a new incarnation
    Column("created_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    Column("used_kid", Text),
    Column("answer", JSON),  # what was answered, to be answered again
)

operations = Table(
    "operations",
    metadata,
    Column("terminal", Text, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("op", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("opened", LargeBinary),  # JSON, where parts of the payload were sealed to central
    Column("link", LargeBinary, nullable=False),
    Column("dep", Text),
    Column("sup", Text),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("case_id", Text),
    Column("rev", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("settled_at", Text),  # when the outcome became final
    ForeignKeyConstraint(["terminal", "incarnation"], ["incarnations.terminal", "incarnations.incarnation"]),
)
Index("ix_operations_dep", operations.c.dep, sqlite_where=operations.c.dep.is_not(None))
Index("ix_operations_sup", operations.c.sup, sqlite_where=operations.c.sup.is_not(None))
Index(
    "ix_operations_review",
    operations.c.terminal,
    operations.c.incarnation,
    operations.c.seq,
    sqlite_where=operations.c.outcome == "review",
    postgresql_where=operations.c.outcome == "review",
)

change_items = Table(
    "change_items",
    metadata,
    Column("terminal", ForeignKey("terminals.id"), primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("t", Text, nullable=False),
    Column("body", JSON, nullable=False),
    Column("at", Text, nullable=False),
)

operators = Table(
    "operators",
    metadata,
    Column("county", ForeignKey("counties.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("point", ForeignKey("points.id")),  # works only here; null: everywhere in the county
    Column("name", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("earlier", JSON),  # what the operator was allowed before: until, roles, active, point
)

members = Table(
    "members",
    metadata,
    Column("id", Text, primary_key=True),
    Column("county", ForeignKey("counties.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("phone", Text),
    Column("joined_at", Text, nullable=False),
)

member_cards = Table(
    "member_cards",
    metadata,
    Column("id", Text, primary_key=True),
    Column("county", ForeignKey("counties.id"), nullable=False, index=True),
    Column("member", Text, nullable=False, index=True),  # perhaps one of a past that was lost
    Column("issued_at", Text),  # null: so lost; all that is known is that it was revoked
    Column("expires_at", Text),
    Column("revoked_at", Text),
    Column("reason", Text),
)

packs = Table(
    "packs",
    metadata,
    Column("county", ForeignKey("counties.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("version", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("manifest", JSON, nullable=False),
    Column("built_at", Text, nullable=False),
)

pack_records = Table(
    "pack_records",
    metadata,
    Column("county", ForeignKey("counties.id"), primary_key=True),
    Column("t", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("line", LargeBinary, nullable=False),  # canonical JSON
)
