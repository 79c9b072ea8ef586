"""The demo county at central: what the pack shows is what central judges by, and the day can be played."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from central import migrations, packs, partner, records
from central.assets import AssetStore
from central.business_tables import accounts, bills, goods
from central.config import Ground
from central.database import Database
from central.demo import day, seed
from central.demo.minting import day_coupons
from central.redemptions import Shown, genuine
from central.rights_audit import audit_rights, count
from central.tables import operators, points
from sync.wire import coupon as coupon_token
from sync.wire.errors import BadSignature
from sync.wire.keys import SigningKey, keyring
from sync.wire.rights import coupon_right, float_right, stock_right
from tests.central.conftest import START, fresh_database

KEY = SigningKey(bytes(range(32)))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder: Path = tmp_path_factory.mktemp("county")
    with fresh_database(folder) as url:
        database = Database(url)
        migrations.bring_up(database)
        ground = Ground(KEY, SigningKey.generate(), AssetStore(folder / "assets"), START)
        assert database.write(lambda conn: seed.plant(conn, ground)) == day.COUNTY
        yield database
        database.close()


def test_every_bill_of_the_pack_is_one_that_can_be_paid(county: Database) -> None:
    with county.reading() as conn:
        shown = {bill["id"]: bill["amount_fen"] for bill in records.every(conn, day.COUNTY, "bill")}
        known = {row.id: row.amount_fen for row in conn.execute(select(bills))}
        unknown = (
            select(func.count())
            .select_from(bills)
            .outerjoin(
                accounts, (accounts.c.biller == bills.c.biller) & (accounts.c.account == bills.c.account)
            )
        )
        assert conn.scalar(unknown.where(accounts.c.account.is_(None))) == 0
    assert shown == known
    assert len(known) > 3000


def test_every_good_of_the_pack_has_a_price_and_a_stock(county: Database) -> None:
    with county.reading() as conn:
        shown = {good["id"] for good in records.every(conn, day.COUNTY, "good")}
        assert set(conn.execute(select(goods.c.id)).scalars()) == shown
        rights = {one.right: one for one in count(conn)}
        assert audit_rights(conn) == []
    assert {stock_right(good) for good in shown} <= set(rights)
    assert rights[float_right(day.MAIN_POINT)].total == 5_000_000
    assert coupon_right(day.COUPON_KIND) in rights


def test_the_things_of_the_day_are_there(county: Database) -> None:
    with county.reading() as conn:
        at_billers = {(row.biller, row.account) for row in conn.execute(select(accounts))}
        for account in (day.ACCOUNT_IN_FILE, day.ACCOUNT_PAID_ELSEWHERE, day.ACCOUNT_NOT_IN_FILE):
            assert (day.POWER_BILLER, account) in at_billers
        assert (day.POWER_BILLER, day.ACCOUNT_UNKNOWN) not in at_billers
        assert packs.record(conn, day.COUNTY, "issuer_key", KEY.kid) is not None
        people = {row.id: row for row in conn.execute(select(operators))}
        main = conn.execute(select(points).where(points.c.id == day.MAIN_POINT)).one()
    assert people[day.OPERATOR].point == day.MAIN_POINT
    assert people[day.OPERATOR].verifier.startswith("$argon2id$")
    assert main.profiles == ["assisted"]
    bill = day.bill_of(day.ACCOUNT_PAID_ELSEWHERE, START)
    county.write(lambda conn: partner.pay_bill(conn, bill.id, START))
    county.write(lambda conn: partner.set_stock(conn, day.GOOD_RUNS_OUT, 0, START))


def test_the_coupons_of_the_day_are_what_they_seem(county: Database) -> None:
    made = day_coupons(KEY, START)
    ring = keyring(KEY.public)
    good, expired = coupon_token.read(made.good, ring), coupon_token.read(made.expired, ring)
    assert (good.serial, good.home) == (day.COUPON_SERIAL, day.MAIN_POINT)
    assert expired.exp < "2025-06-03T09:00:00Z" < good.exp
    with pytest.raises(BadSignature):
        coupon_token.read(made.forged, ring)
    with county.reading() as conn:
        for text, expected in ((made.good, good), (made.forged, None)):
            assert genuine(conn, day.COUNTY, Shown(good.id, good.kind, text, "o", 1000)) == expected
