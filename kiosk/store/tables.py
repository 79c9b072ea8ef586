"""The kiosk's own tables: its part of the ledger, and the cache that a pack is imported into."""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

ledger_metadata = MetaData()

slips = Table(
    "slips",
    ledger_metadata,
    Column("number", Text, primary_key=True),
    Column("op_id", Text),  # null for guides
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("tq", Text),  # how sure that is; null where it was recorded before version 2
    Column("body", Text, nullable=False),  # JSON, the whole slip as shown and printed
    Column("copies", Integer, nullable=False, default=0),
    Column("printed_at", Text),
    Index("slips_op", "op_id"),
    Index("slips_at", "at"),
)

till_moves = Table(
    "till_moves",
    ledger_metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("tq", Text),  # how sure that is; null where it was recorded before version 2
    Column("fen", Integer, nullable=False),  # into the drawer; negative out of it
    Column("kind", Text, nullable=False),
    Column("op_id", Text),
    Column("operator", Text),
    Index("till_moves_at", "at"),
    Index("till_moves_op", "op_id"),
)

drafts = Table(
    "drafts",
    ledger_metadata,
    Column("id", Text, primary_key=True),
    Column("service", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("saved_at", Text, nullable=False),
    Column("tq", Text),  # how sure that is; null where it was recorded before version 2
    Index("drafts_service", "service", "saved_at"),
)

marks = Table(
    "marks",
    ledger_metadata,
    Column("kind", Text, primary_key=True),  # paid, redeemed, sold …
    Column("key", Text, primary_key=True),  # stable id of what was marked
    Column("op_id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("tq", Text),  # how sure that is; null where it was recorded before version 2
    Index("marks_op", "op_id"),
)

pin_attempts = Table(
    "pin_attempts",
    ledger_metadata,
    Column("operator", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("locked_until", Text),
)

basket_lines = Table(
    "basket_lines",
    ledger_metadata,
    Column("good", Text, primary_key=True),
    Column("qty", Integer, nullable=False),
    Column("added_at", Text),
)


def _pack_file(name: str) -> Table:
    return Table(
        name,
        ledger_metadata,
        Column("id", Integer, primary_key=True),  # 1
        Column("county", Text, nullable=False),
        Column("version", Text, nullable=False),
        Column("sha256", Text, nullable=False),
        Column("file", Text, nullable=False),  # name inside the data folder
        Column("as_of", Text, nullable=False),
        Column("expires_at", Text, nullable=False),
        Column("installed_at", Text, nullable=False),
        Column("manifest", Text, nullable=False),  # the signed token
        Column("number", Integer),  # of the manifest, where it names one
    )


active_pack = _pack_file("active_pack")
last_good_pack = _pack_file("last_good_pack")  # the one before, kept to go back to

refused_packs = Table(
    "refused_packs",
    ledger_metadata,
    Column("sha256", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("trouble", Text, nullable=False),  # bad, wrong-hash
    Column("detail", Text, nullable=False),
    Column("program", Text, nullable=False),  # another version of the program may read it
    Column("at", Text, nullable=False),
)

cache_metadata = MetaData()


def _records(name: str, *columns: Column[str] | Column[int] | Column[str | None] | Index) -> Table:
    """`n`: the order in the pack; `body`: the whole record as JSON; the other columns find it."""
    return Table(
        name,
        cache_metadata,
        Column("n", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        *columns,
        Column("body", Text, nullable=False),
    )


def _by(name: str) -> Column[str | None]:
    return Column(name, Text)


def _listed(name: str) -> tuple[Index, Index]:
    return Index(f"{name}_department", "department"), Index(f"{name}_title", "title", "department")


places = _records("places", _by("parent"), _by("level"), Index("places_parent", "parent"))
points = _records("points", _by("place"))
partners = _records("partners")
services = _records("services", _by("chapter"), _by("shape"))
items = _records("items", _by("department"), _by("title"), *_listed("items"))
forms = _records("forms")
billers = _records("billers", _by("service"), Index("billers_service", "service"))
bill_files = _records("bill_files", _by("biller"), _by("expires_at"), Index("bill_files_biller", "biller"))
bills = _records("bills", _by("file"), _by("account"), Index("bills_account", "account", "file"))
goods = _records("goods", _by("department"), _by("title"), *_listed("goods"))
departments = _records("departments")
coupon_kinds = _records("coupon_kinds")
issuer_keys = _records("issuer_keys")
notices = _records("notices")
campaigns = _records("campaigns")

pinyin_keys = Table(
    "pinyin_keys",
    cache_metadata,
    Column("kind", Text, primary_key=True),  # item or good
    Column("key", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

others = Table(
    "others",
    cache_metadata,
    Column("t", Text, primary_key=True),  # a kind of a later version of this program
    Column("id", Text, primary_key=True),
    Column("sha256", LargeBinary, nullable=False),  # of the record's line
    sqlite_with_rowid=False,
)

pictures = Table(
    "pictures",
    cache_metadata,
    Column("sha256", Text, primary_key=True),  # each once, whatever number of records shows it
    Column("turn", Integer, nullable=False),  # of fetching: goods, of which there are many, come last
    sqlite_with_rowid=False,
)

PICTURED = ("service", "notice", "campaign", "good")
"""Kinds that may show a picture."""

RECORDS: dict[str, Table] = {
    "place": places,
    "point": points,
    "partner": partners,
    "service": services,
    "item": items,
    "form": forms,
    "biller": billers,
    "bill_file": bill_files,
    "bill": bills,
    "good": goods,
    "department": departments,
    "coupon_kind": coupon_kinds,
    "issuer_key": issuer_keys,
    "notice": notices,
    "campaign": campaigns,
}
FULL_TEXT_DDL = tuple(
    f"CREATE VIRTUAL TABLE {kind}_{part} USING fts5("
    "words, department, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0')"
    for kind in ("item", "good")
    for part in ("titles", "words")
)
