"""What changed in central's tables from one version to the next, as the statements that bring it about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    sqlite: str
    postgresql: str | None = None  # None: the same


TO_2: tuple[Statement, ...] = (
    Statement(
        "CREATE TABLE central_schema (one INTEGER NOT NULL, version INTEGER NOT NULL,"
        " CONSTRAINT pk_central_schema PRIMARY KEY (one))"
    ),
    Statement("INSERT INTO central_schema (one, version) VALUES (1, 1)"),
    Statement("ALTER TABLE terminals ADD COLUMN keys_told TEXT"),
    Statement(
        "ALTER TABLE operations ADD COLUMN opened BLOB", "ALTER TABLE operations ADD COLUMN opened BYTEA"
    ),
    Statement("ALTER TABLE operators ADD COLUMN earlier JSON"),
    Statement("ALTER TABLE central_state ADD COLUMN risen_at TEXT"),
    Statement("ALTER TABLE central_state ADD COLUMN reconciling_since TEXT"),
    Statement("ALTER TABLE incarnations ADD COLUMN vouched INTEGER DEFAULT '1' NOT NULL"),
    Statement("ALTER TABLE incarnations ADD COLUMN told BIGINT DEFAULT '0' NOT NULL"),
    Statement("ALTER TABLE incarnations ADD COLUMN aged BIGINT DEFAULT '0' NOT NULL"),
    Statement("ALTER TABLE incarnations ADD COLUMN ages_at TEXT"),
    Statement(
        "CREATE TABLE told_results (terminal TEXT NOT NULL, op TEXT NOT NULL, seq BIGINT NOT NULL,"
        " outcome TEXT NOT NULL, reason TEXT, case_id TEXT, rev INTEGER NOT NULL, shown_at TEXT NOT NULL,"
        " CONSTRAINT pk_told_results PRIMARY KEY (terminal, op, seq))"
    ),
    Statement(
        "CREATE TABLE forked_operations (terminal TEXT NOT NULL, incarnation INTEGER NOT NULL,"
        " seq BIGINT NOT NULL, link BLOB NOT NULL, op TEXT NOT NULL, kind TEXT NOT NULL,"
        " header BLOB NOT NULL,"
        " payload BLOB NOT NULL, outcome TEXT NOT NULL, reason TEXT, case_id TEXT, rev INTEGER NOT NULL,"
        " facts JSON NOT NULL, received_at TEXT NOT NULL, settled_at TEXT,"
        " CONSTRAINT pk_forked_operations PRIMARY KEY (terminal, incarnation, seq, link))",
        "CREATE TABLE forked_operations (terminal TEXT NOT NULL, incarnation INTEGER NOT NULL,"
        " seq BIGINT NOT NULL, link BYTEA NOT NULL, op TEXT NOT NULL, kind TEXT NOT NULL,"
        " header BYTEA NOT NULL,"
        " payload BYTEA NOT NULL, outcome TEXT NOT NULL, reason TEXT, case_id TEXT, rev INTEGER NOT NULL,"
        " facts JSON NOT NULL, received_at TEXT NOT NULL, settled_at TEXT,"
        " CONSTRAINT pk_forked_operations PRIMARY KEY (terminal, incarnation, seq, link))",
    ),
    Statement("CREATE INDEX ix_forked_operations_op ON forked_operations (op)"),
    Statement("CREATE INDEX ix_forked_operations_case_id ON forked_operations (case_id)"),
    Statement(
        "CREATE TABLE displaced_lives (kid TEXT NOT NULL, terminal TEXT NOT NULL,"
        " incarnation INTEGER NOT NULL, jwk JSON NOT NULL, point TEXT NOT NULL, vouched INTEGER NOT NULL,"
        " told BIGINT DEFAULT '0' NOT NULL, shown_at TEXT NOT NULL,"
        " CONSTRAINT pk_displaced_lives PRIMARY KEY (kid),"
        " CONSTRAINT fk_displaced_lives_terminal FOREIGN KEY (terminal) REFERENCES terminals (id),"
        " CONSTRAINT fk_displaced_lives_point FOREIGN KEY (point) REFERENCES points (id))"
    ),
    Statement("ALTER TABLE billers ADD COLUMN told INTEGER DEFAULT '0' NOT NULL"),
    Statement("CREATE TABLE told_payments (op TEXT NOT NULL, CONSTRAINT pk_told_payments PRIMARY KEY (op))"),
)

TO_3: tuple[Statement, ...] = (
    Statement("CREATE INDEX ix_cases_op ON cases (op)"),
    Statement(
        "CREATE TABLE members (id TEXT NOT NULL, county TEXT NOT NULL, name TEXT NOT NULL, phone TEXT,"
        " joined_at TEXT NOT NULL, CONSTRAINT pk_members PRIMARY KEY (id),"
        " CONSTRAINT fk_members_county FOREIGN KEY (county) REFERENCES counties (id))"
    ),
    Statement("CREATE INDEX ix_members_county ON members (county)"),
    Statement(
        "CREATE TABLE member_cards (id TEXT NOT NULL, county TEXT NOT NULL, member TEXT NOT NULL,"
        " issued_at TEXT, expires_at TEXT, revoked_at TEXT, reason TEXT,"
        " CONSTRAINT pk_member_cards PRIMARY KEY (id),"
        " CONSTRAINT fk_member_cards_county FOREIGN KEY (county) REFERENCES counties (id))"
    ),
    Statement("CREATE INDEX ix_member_cards_county ON member_cards (county)"),
    Statement("CREATE INDEX ix_member_cards_member ON member_cards (member)"),
)

RIGHTS_TO_2: tuple[Statement, ...] = (
    Statement("ALTER TABLE pools ADD COLUMN low_percent INTEGER DEFAULT '0' NOT NULL"),
    Statement("ALTER TABLE pools ADD COLUMN most BIGINT"),
    Statement("ALTER TABLE pools ADD COLUMN most_uses INTEGER"),
    Statement("ALTER TABLE leases ADD COLUMN written_off BIGINT DEFAULT '0' NOT NULL"),
    Statement("ALTER TABLE leases ADD COLUMN slice BIGINT"),
    Statement("ALTER TABLE leases ADD COLUMN low INTEGER"),
    Statement("ALTER TABLE leases ADD COLUMN most BIGINT"),
    Statement("ALTER TABLE leases ADD COLUMN soft_count BIGINT"),
    Statement("ALTER TABLE leases ADD COLUMN hard_count BIGINT"),
    Statement(
        "CREATE TABLE lease_serials (lease TEXT NOT NULL, serial BIGINT NOT NULL, what TEXT NOT NULL,"
        " op TEXT, CONSTRAINT pk_lease_serials PRIMARY KEY (lease, serial),"
        " CONSTRAINT fk_lease_serials_lease FOREIGN KEY (lease) REFERENCES leases (id))"
    ),
    Statement(
        'CREATE TABLE free_serials ("right" TEXT NOT NULL, point TEXT NOT NULL, first BIGINT NOT NULL,'
        ' last BIGINT NOT NULL, CONSTRAINT pk_free_serials PRIMARY KEY ("right", point, first),'
        ' CONSTRAINT fk_free_serials_right FOREIGN KEY ("right") REFERENCES pools ("right"))'
    ),
    Statement(
        'CREATE TABLE uses (op TEXT NOT NULL, service TEXT NOT NULL, "right" TEXT NOT NULL,'
        " amount BIGINT NOT NULL, tokens JSON NOT NULL, holder TEXT, lease TEXT, state TEXT NOT NULL,"
        " at TEXT NOT NULL, CONSTRAINT pk_uses PRIMARY KEY (op))"
    ),
    Statement('CREATE INDEX ix_uses_right ON uses ("right")'),
    Statement(
        'CREATE TABLE decks ("right" TEXT NOT NULL, secret BLOB NOT NULL, commitment TEXT NOT NULL,'
        ' CONSTRAINT pk_decks PRIMARY KEY ("right"),'
        ' CONSTRAINT fk_decks_right FOREIGN KEY ("right") REFERENCES pools ("right"))',
        'CREATE TABLE decks ("right" TEXT NOT NULL, secret BYTEA NOT NULL, commitment TEXT NOT NULL,'
        ' CONSTRAINT pk_decks PRIMARY KEY ("right"),'
        ' CONSTRAINT fk_decks_right FOREIGN KEY ("right") REFERENCES pools ("right"))',
    ),
    Statement(
        'CREATE TABLE deck_cards ("right" TEXT NOT NULL, position BIGINT NOT NULL, prize TEXT NOT NULL,'
        ' CONSTRAINT pk_deck_cards PRIMARY KEY ("right", position),'
        ' CONSTRAINT fk_deck_cards_right FOREIGN KEY ("right") REFERENCES decks ("right"))'
    ),
    Statement(  # what was redeemed out of a lease before serials had books of their own
        "INSERT INTO lease_serials (lease, serial, what, op) SELECT r.lease, c.serial, 'spent', r.op"
        " FROM redemptions r JOIN coupons c ON c.id = r.coupon"
        " WHERE r.lease IS NOT NULL AND r.state <> 'released'"
    ),
)

UPGRADES: tuple[tuple[Statement, ...], ...] = ((*TO_2, *RIGHTS_TO_2), TO_3)
"""The first brings version 1 to version 2."""
