"""How each biller of the demo county bills: whom, under which account, for how much, until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from central.demo.draws import below, between, chance
from central.demo.households import HUAQIAO, XIEXING, Household
from central.demo.moments import month_before, quarter, term

CUIPING, SHENLONG = "511602001", "511602006"


@dataclass(frozen=True)
class Charge:
    fen: int
    usage: str


@dataclass(frozen=True)
class Plan:
    biller: str
    share: int
    """Percent of those served who are customers."""
    serves: Callable[[Household], bool]
    account: Callable[[Household], str]
    charge: Callable[[Household], Charge] | None
    """None where the biller sends no bill file: the payer states the amount."""
    period: Callable[[datetime], str] = month_before
    lasts_days: int = 10
    """Days from issue until the bill file expires; a negative number is already over."""
    due_days: int = 18

    def has(self, home: Household) -> bool:
        return self.serves(home) and chance(self.share, self.biller, home.digits, "customer")

    def unbilled(self, home: Household) -> bool:
        """A known customer whose bill is not in this file."""
        return chance(4, self.biller, home.digits, "unbilled")


def _electricity(home: Household) -> Charge:
    kwh = 40 + below(160, home.digits, "kwh") + below(180, home.digits, "more") * below(2, home.digits, "big")
    tiers = ((180, 5224), (100, 6224), (10**6, 8224))
    left, total = kwh, 0
    for size, price in tiers:
        total += min(left, size) * price
        left -= min(left, size)
    return Charge((total + 50) // 100, f"{kwh} 千瓦时")


def _volume(biller: str, low: int, high: int, fen: int) -> Callable[[Household], Charge]:
    def charge(home: Household) -> Charge:
        used = between(low, high, biller, home.digits, "used")
        return Charge(used * fen, f"{used} 立方米")

    return charge


def _area(home: Household, fen: int) -> Charge:
    square_metres = between(68, 142, home.digits, "area")
    return Charge(square_metres * fen, f"建筑面积 {square_metres} 平方米")


def _school(books: int, meals: int) -> Callable[[Household], Charge]:
    def charge(home: Household) -> Charge:
        eats = chance(80, home.digits, "meals")
        return Charge(books + (meals if eats else 0), "作业本、教辅和伙食费" if eats else "作业本、教辅费")

    return charge


def _dues(low: int, high: int) -> Callable[[Household], Charge]:
    def charge(home: Household) -> Charge:
        month = between(low, high, home.digits, "dues") * 10
        return Charge(month * 3, f"每月 {month // 100}.{month % 100:02d} 元，三个月")

    return charge


def _flat(home: Household) -> str:
    block, unit = 1 + home.serial % 9, 1 + home.serial % 2
    return f"{block}-{unit}-{int(home.village.code[10:12]):d}{home.serial:02d}"


def _student(home: Household) -> str:
    return f"{2021 + below(5, home.digits, 'year')}{home.digits}"


def _all(_home: Household) -> bool:
    return True


def _city(home: Household) -> bool:
    return home.village.in_city


def _country(home: Household) -> bool:
    return not home.village.in_city


def _in(town: str) -> Callable[[Household], bool]:
    return lambda home: home.town == town


PLANS = (
    Plan("dl-guangan", 100, _all, lambda h: "5102" + h.digits, _electricity),
    Plan("dl-rural", 15, _country, lambda h: "810" + h.digits, None),
    Plan("sw-city", 90, _city, lambda h: "GA" + h.digits[1:], _volume("sw-city", 3, 28, 325)),
    Plan("sw-xiexing", 80, _in(XIEXING), lambda h: "XX" + h.digits[3:], _volume("sw-xiexing", 2, 22, 260)),
    Plan(
        "sw-huaqiao",
        80,
        _in(HUAQIAO),
        lambda h: "HQ" + h.digits[3:],
        _volume("sw-huaqiao", 2, 22, 260),
        lasts_days=-3,
    ),
    Plan("rq-city", 70, _city, lambda h: "3" + h.digits, _volume("rq-city", 6, 45, 221)),
    Plan("rq-town", 30, _country, lambda h: "6" + h.digits, _volume("rq-town", 5, 30, 248)),
    Plan("wy-cuiping", 85, _in(CUIPING), _flat, lambda h: _area(h, 120), quarter, 30, 40),
    Plan("wy-shenlong", 85, _in(SHENLONG), _flat, lambda h: _area(h, 180), quarter, 30, 40),
    Plan("xf-primary", 60, _in(XIEXING), _student, _school(4860, 52000), term, 30, 30),
    Plan("xf-middle", 20, _all, _student, _school(9650, 68000), term, 30, 30),
    Plan("xyk-county", 20, _all, lambda h: "C" + h.digits, None),
    Plan("df-xiexing", 45, _in(XIEXING), lambda h: "D1" + h.digits[3:], _dues(2, 60), quarter, 30, 40),
    Plan("tf-xiexing", 25, _in(XIEXING), lambda h: "T1" + h.digits[3:], _dues(1, 6), quarter, 30, 40),
    Plan("jt-fine", 4, _all, lambda h: "5116026" + h.digits, None),
)
