"""What people get wrong at a working terminal: said in their language, nothing lost, nothing taken twice."""

import asyncio

import pytest

from central.demo import day
from kiosk.devices.paper import Words
from kiosk.services import bills, sessions, slips, words
from kiosk.services.cases import open_cases
from kiosk.services.errors import Refused
from kiosk.services.sessions import Denied, Session
from sync import leases, outbox
from sync.outbox import State
from sync.wire.operation import new_op_id
from tests.journeys.counter import counter, says
from tests.journeys.settling import settle
from tests.journeys.visit import OWN_PIN
from tests.journeys.world import World


async def test_wrong_pins_lock_the_operator_out_and_a_restart_does_not_help(county: World) -> None:
    async with counter(county) as at:

        async def attempt(pin: str) -> Session | Denied:
            now = at.terminal.now()
            return await at.terminal.data.run(lambda conn: sessions.sign_in(conn, now, day.OPERATOR, pin))

        first = await attempt("000000")
        assert isinstance(first, Denied)
        says(first.refused, "密码不对，还可试 2 次", "Wrong PIN, 2 more tries")
        await attempt("000000")
        locked = await attempt("000000")
        assert isinstance(locked, Denied)
        says(locked.refused, "错误次数过多", "Too many wrong tries")
    with pytest.raises(AssertionError, match="PIN_LOCKED"):  # the right PIN, after a restart
        async with counter(county):
            pass


@pytest.mark.parametrize(
    ("account", "zh", "en"),
    [
        (day.ACCOUNT_MALFORMED, "应为 13 位，您输入了 12 位", "13 characters, not 12"),
        ("51021022160O1", "不允许的字符“O”", "is not allowed"),
        ("", "请输入户号", "Enter the"),
    ],
)
async def test_a_malformed_account(county: World, account: str, zh: str, en: str) -> None:
    async with counter(county) as at:
        with pytest.raises(Refused) as caught:
            await at.pay(account)
        says(caught.value, zh, en)
        assert await at.recorded() == []


async def test_an_account_that_nobody_has_gets_its_cash_back(county: World) -> None:
    """Well-formed: taken as the payer states it, refused by central; a case for the cash, and paper."""
    with county.serving() as central:
        county.point_to(central.port)
        async with counter(county) as at:
            written = await at.pay_stated(day.ACCOUNT_UNKNOWN, day.STATED_FEN)
            assert await settle(at.terminal, county.central) == []
            view = await at.terminal.data.read(lambda conn: outbox.find(conn, written.op_id))
            assert view is not None
            assert view.state is State.REJECTED
            says(words.reason(view.reason), "收费单位没有这个户号", "does not know this account")
            desk = at.visit.desk()
            slip = await at.terminal.data.run(lambda conn: slips.for_state(conn, desk, written.op_id))
            assert words.reason(view.reason) in [x.text for x in slip.lines if isinstance(x, Words)]
            [case] = await at.terminal.data.read(lambda conn: open_cases(conn, desk))
            assert case.cash_fen == day.STATED_FEN
            assert await settle(at.terminal, county.central) == []


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (0, "金额不能为零", "must not be zero"),
        (-100, "金额不能为负", "must not be negative"),
        (1, "金额不能低于", "must be at least"),
        (99_999_900, "金额不能超过", "must be at most"),
    ],
)
async def test_amounts_that_cannot_be(county: World, fen: int, zh: str, en: str) -> None:
    async with counter(county) as at:
        with pytest.raises(Refused) as caught:
            await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, fen)
        says(caught.value, zh, en)
        assert await at.recorded() == []


async def test_more_cash_than_the_point_may_take(county: World) -> None:
    async with counter(county) as at:
        biller = await at.terminal.data.read_cache(lambda cache: bills.biller(cache, day.POWER_BILLER))
        left = [lease.left for lease in await at.terminal.data.read(leases.all_leases) if lease.unit == "fen"]
        for _ in range(sum(left) // biller.max_fen):
            await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, biller.max_fen)
        before = await at.recorded()
        with pytest.raises(Refused) as caught:
            await at.pay_stated(day.ACCOUNT_NOT_IN_FILE, biller.max_fen)
        says(caught.value, "现金额度", "cash float")
        assert await at.recorded() == before != []


async def test_a_double_tap_is_one_payment_at_central(county: World) -> None:
    with county.serving() as central:
        county.point_to(central.port)
        async with counter(county) as at:
            op_id = new_op_id()
            taps = await asyncio.gather(*(at.pay(op_id=op_id) for _ in range(3)))
            assert [written.again for written in taps] == [False, True, True]
            assert len({written.number for written in taps}) == 1
            assert await settle(at.terminal, county.central) == []
            assert await at.recorded() == [op_id]


async def test_the_same_bill_by_another_tap_is_refused_by_its_slip(county: World) -> None:
    async with counter(county) as at:
        first = await at.pay()
        with pytest.raises(Refused) as caught:
            await at.pay()
        says(caught.value, f"已在本点缴过，凭条 {first.number}", f"has been paid here, slip {first.number}")
        assert len(await at.recorded()) == 1


def test_the_pin_of_these_journeys_is_one_the_product_accepts() -> None:
    sessions.check_new_pin(day.OPERATOR_PIN, OWN_PIN)
