"""The mall: found goods, a basket with today's prices, an order recorded, a good sold on the spot."""

import pytest

from central.demo import day
from kiosk.devices.paper import SlipKind
from kiosk.services import goods, mall, till
from kiosk.services.errors import Refused, Why
from kiosk.services.goods import GoodCard
from kiosk.services.mall import Basket, Buyer, Order, Sale
from sync import leases
from sync.errors import OperationExists
from sync.leases import Advice
from tests.services.point import Point, grant, new_op_id

STOCK = f"stock:{day.GOOD_SOLD_HERE}"


def card(point: Point, good: str) -> GoodCard:
    return point.cache(lambda cache: goods.cards(cache, (good,)))[0]


def fill(point: Point, **lines: int) -> Basket:
    for good, qty in lines.items():
        name = good.replace("_", "-")
        point.write(lambda conn, name=name, qty=qty: mall.put(conn, point.now, name, qty))  # type: ignore[misc]
        point.later(seconds=1)
    held = point.read(mall.basket)
    return point.cache(lambda cache: mall.price(cache, held))


def order(point: Point, basket: Basket, buyer: Buyer | None = None) -> Order:
    return Order(point.service(day.MALL_SERVICE), basket, buyer)


def sale(point: Point, qty: int = 1) -> Sale:
    return Sale(point.service(day.MALL_SERVICE), card(point, day.GOOD_SOLD_HERE), qty)


@pytest.mark.parametrize("query", day.GOOD_SEARCHES)
def test_goods_are_found_as_people_say_them(point: Point, query: str) -> None:
    found = point.cache(lambda cache: mall.search(cache, query))
    assert day.GOOD_RUNS_OUT in {one.id for one in found.items}


def test_departments_count_and_browse(point: Point) -> None:
    relief = next(one for one in point.cache(mall.departments) if one.id == "relief")
    found = point.cache(lambda cache: mall.browse(cache, "relief", limit=5))
    assert found.total == relief.count > 5
    assert {one.department for one in found.items} == {"relief"}


def test_a_good_tells_where_it_comes_from(point: Point) -> None:
    good = point.cache(lambda cache: mall.good(cache, day.GOOD_RUNS_OUT))
    assert good.origin is not None
    assert good.supplier.zh != "p-farm"
    assert good.card.picture is not None


def test_the_basket_keeps_its_order_over_a_restart(point: Point) -> None:
    fill(point, lp_honey=2, lp_rice_10=1)
    fill(point, lp_honey=3)
    point.restart()
    held = point.read(mall.basket)
    assert [(line.good, line.qty) for line in held] == [("lp-honey", 3), ("lp-rice-10", 1)]
    point.write(lambda conn: mall.put(conn, point.now, "lp-honey", 0))
    assert [line.good for line in point.read(mall.basket)] == ["lp-rice-10"]


@pytest.mark.parametrize("qty", [-1, 100])
def test_odd_quantities_are_refused(point: Point, qty: int) -> None:
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: mall.put(conn, point.now, "lp-honey", qty))
    assert caught.value.reason is Why.QUANTITY


def test_an_order_is_recorded_with_what_it_rests_on(point: Point) -> None:
    point.sign_in()
    basket = fill(point, lp_longan_pomelo_box=1, lp_rice_10=2)
    done = point.write(
        lambda conn: mall.order(
            conn, point.desk, new_op_id(), order(point, basket, Buyer("单㳇", "13908260003"))
        )
    )
    payload = point.find(done.op_id).payload
    assert payload["total_fen"] == basket.total_fen == payload["cash"]["fen"]
    assert payload["pickup"] == day.MAIN_POINT
    assert [line["title"] for line in payload["lines"]] == [line.card.title for line in basket.lines]
    assert payload["buyer"]["name"] == "单㳇"
    assert done.slip.kind is SlipKind.RECORD_OF_REQUEST
    assert point.read(mall.basket) == ()
    assert point.read(till.in_drawer) == basket.total_fen


def test_a_double_tap_on_the_order_takes_the_cash_once(point: Point) -> None:
    point.sign_in()
    wanted, op_id = order(point, fill(point, lp_honey=1)), new_op_id()
    first = point.write(lambda conn: mall.order(conn, point.desk, op_id, wanted))
    second = point.write(lambda conn: mall.order(conn, point.desk, op_id, wanted))
    assert (second.again, second.slip) == (True, first.slip)
    assert point.read(till.in_drawer) == wanted.basket.total_fen
    other = order(point, fill(point, lp_honey=2))
    with pytest.raises(OperationExists):
        point.write(lambda conn: mall.order(conn, point.desk, op_id, other))


def test_an_empty_basket_and_goods_that_are_gone_are_refused(point: Point) -> None:
    point.sign_in()
    for basket, reason in (
        (Basket((), ()), Why.BASKET_EMPTY),
        (fill(point, lp_honey=1, no_such_good=1), Why.BASKET_GONE),
    ):
        with pytest.raises(Refused) as caught:
            point.write(lambda conn, b=basket: mall.order(conn, point.desk, new_op_id(), order(point, b)))  # type: ignore[misc]
        assert caught.value.reason is reason
    assert point.operations() == []


def test_prices_of_an_expired_pack_are_promised_to_nobody(point: Point) -> None:
    basket = fill(point, lp_honey=1)
    point.later(days=31)
    point.sign_in()
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: mall.order(conn, point.desk, new_op_id(), order(point, basket)))
    assert caught.value.reason is Why.CATALOGUE_EXPIRED


def test_a_good_lying_here_is_sold_and_done(point: Point) -> None:
    point.sign_in()
    assert point.read(lambda conn: mall.allotted(conn, point.desk))[day.GOOD_SOLD_HERE].left == 5
    wanted = sale(point, 2)
    done = point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), wanted))
    assert done.slip.kind is SlipKind.DONE
    assert point.left(STOCK) == 3
    assert point.read(lambda conn: mall.allotted(conn, point.desk))[day.GOOD_SOLD_HERE].left == 3
    assert point.find(done.op_id).payload["total_fen"] == wanted.fen
    assert point.read(till.in_drawer) == wanted.fen


def test_a_double_tap_on_the_sale_takes_one_piece(point: Point) -> None:
    point.sign_in()
    op_id, wanted = new_op_id(), sale(point)
    for _ in range(2):
        point.write(lambda conn: mall.sell(conn, point.desk, op_id, wanted))
    assert point.left(STOCK) == 4


def test_no_more_is_sold_than_lies_here(point: Point) -> None:
    point.sign_in()
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point, 6)))
    assert (caught.value.reason, caught.value.params["left"]) == (Why.STOCK_LESS, "5")
    point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point, 5)))
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point)))
    assert caught.value.reason is Why.STOCK_NONE
    assert day.GOOD_SOLD_HERE not in point.read(lambda conn: mall.allotted(conn, point.desk))


def test_a_refused_sale_moves_nothing(point: Point) -> None:
    point.sign_in()
    point.give(grant(f"float:{day.MAIN_POINT}", 100, "fen", rev=2))
    with pytest.raises(Refused) as caught:
        point.write(lambda conn: mall.sell(conn, point.desk, new_op_id(), sale(point)))
    assert caught.value.reason is Why.OVER_FLOAT
    assert point.left(STOCK) == 5
    assert point.operations() == []
    assert point.read(till.in_drawer) == 0


def test_near_the_end_the_stock_says_go_online(point: Point) -> None:
    point.write(lambda conn: leases.spend(conn, f"L-{STOCK}", 4))
    assert (
        point.read(lambda conn: mall.allotted(conn, point.desk))[day.GOOD_SOLD_HERE].advice
        is Advice.PREFER_ONLINE
    )
