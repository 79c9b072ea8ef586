"""The ledger tables that sync owns."""

from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

identity = Table(
    "identity",
    metadata,
    Column("terminal", Text, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("state", Text, nullable=False),  # IdentityState
    Column("kid", Text, nullable=False),  # public key id; the seed is in the key store under signing-<kid>
    Column("epoch", Integer, nullable=False),
    Column("county", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("point", Text, nullable=False),  # JSON, the pack's record
    Column("central_url", Text, nullable=False),
    Column("central_ca", Text, nullable=False),  # PEM
    Column("central_keys", Text, nullable=False),  # JSON list of JWKs
    Column("high_water", Integer, nullable=False, default=0),  # the last seq central is known to hold
    Column("enrolled_at", Text, nullable=False),
)

enrolments = Table(
    "enrolments",  # as central signed them: shown to it if it loses its past
    metadata,
    Column("terminal", Text, primary_key=True),
    Column("incarnation", Integer, primary_key=True),
    Column("token", Text, nullable=False),
)

operations = Table(
    "operations",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("terminal", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text),
    Column("dep", Text),
    Column("sup", Text),
    Column("header", LargeBinary, nullable=False),
    Column("payload", LargeBinary),  # null once pruned
    Column("payload_hash", LargeBinary, nullable=False),
    Column("link", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    Column("transfer", Text, nullable=False),  # recorded, sent, unknown, answered
    UniqueConstraint("terminal", "incarnation", "seq"),
    Index("operations_dep", "dep"),
    Index(
        "operations_waiting",
        "terminal",
        "incarnation",
        "seq",
        "transfer",
        sqlite_where=text("transfer <> 'answered'"),
    ),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("case_id", Text),
    Column("rev", Integer, nullable=False),
    Column("received_at", Text, nullable=False),
    Index("outcomes_outcome", "outcome"),
)

leases = Table(
    "leases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("right", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("spent", Integer, nullable=False, default=0),
    Column("returned", Integer, nullable=False, default=0),
    Column("rev", Integer, nullable=False),
    Column("soft", Integer, nullable=False),
    Column("hard", Integer, nullable=False),
    Column("max_age_days", Integer, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Column("issued", Text, nullable=False),
    Column("terminal", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("start_seq", Integer, nullable=False),
    Column("token", Text, nullable=False),  # the signed grant
    Column("state", Text, nullable=False, default="open"),  # open, frozen, revoked, closed
    Column("slice", Integer),
    Column("low", Integer),
    Column("most", Integer),
    Column("soft_count", Integer),
    Column("hard_count", Integer),
    Column("uses", Integer, nullable=False, server_default=text("0")),  # operations that drew on it
    Column(
        "blind", Integer, nullable=False, server_default=text("0")
    ),  # since the last grant, with no time known
    Index("leases_right", "right"),
)

lease_spends = Table(
    "lease_spends",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("lease", Text, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("token", Text),
    Column("op_id", Text),
    Column("blind", Integer, nullable=False, server_default=text("0")),  # grant's rev if no time was known
    UniqueConstraint("lease", "token"),
    Index("lease_spends_op", "op_id"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False),
    Column("op_id", Text, nullable=False),
    Column("terminal", Text, nullable=False),
    Column("point", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("owes", Text, nullable=False),  # JSON
    Column("facts", Text, nullable=False),  # JSON
    Column("state", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("opened", Text, nullable=False),
    Index("cases_number", "number"),
    Index("cases_state", "state", "opened"),
    Index("cases_op", "op_id"),
)

acks = Table(
    "acks",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("terminal", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("high_water", Integer, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    Column("prune", Integer, nullable=False),
    Column("server_time", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("token", Text, nullable=False),
    Index("acks_newest", "terminal", "incarnation", "epoch", "high_water", "n", "prune"),
)

attachments = Table(
    "attachments",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("op_id", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("held", Integer),  # the epoch in which central had it whole
    Column("broken", Text),  # why it can never be sent
)

proofs = Table(
    "proofs",  # pages of the stream as central signed them: shown to it if it loses its past
    metadata,
    Column("n", Integer, primary_key=True),
    Column("terminal", Text, nullable=False),
    Column("cursor", Integer, nullable=False),
    Column("upto", Integer, nullable=False),  # the highest seq it decides
    Column("received_at", Text, nullable=False),
    Column("token", Text, nullable=False),
)

cursors = Table(
    "cursors",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("kind", Text, primary_key=True),  # operator, settings, revocation
    Column("id", Text, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("body", Text, nullable=False),  # JSON
)

bundles = Table(
    "bundles",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("terminal", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("first_seq", Integer, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("answered_at", Text),  # when its answer first came in
    Index("bundles_made", "made_at"),
)

clock_anchors = Table(
    "clock_anchors",
    metadata,
    Column("n", Integer, primary_key=True),  # 1: the last anchor; 2: the latest time that is certainly past
    Column("server_ms", Integer, nullable=False),
    Column("wall_ms", Integer, nullable=False),
    Column("ticks_ms", Integer, nullable=False),
    Column("boot", Text, nullable=False),
)

line_use = Table(
    "line_use",
    metadata,
    Column("day", Text, primary_key=True),  # of Beijing
    Column("lane", Integer, primary_key=True),
    Column("up", Integer, nullable=False),  # bytes
    Column("down", Integer, nullable=False),
)

clock_marks = Table(
    "clock_marks",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("seconds", Integer, nullable=False),  # forward; negative back
    Column("at", Text, nullable=False),
    Column("tq", Text, nullable=False),
    Column("boot", Text, nullable=False),
    Column("after_op", Integer, nullable=False),  # the newest operation's n: those after it follow the mark
)

journal_lines = Table(
    "journal_lines",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("line", LargeBinary, nullable=False),
)
