"""The things that one day at the village point uses, by name."""

from datetime import datetime

from central.demo.billing import Bill, bills

COUNTY = "511602"
MAIN_POINT = "pt-xingguang"
BRANCH_POINT = "pt-branch"
FIELD_POINT = "pt-field"
HALL_POINT = "pt-hall"

GUIDE_QUERIES = ("身份证", "shenfenzheng", "sfz")
GUIDE_TITLE = "居民身份证办理（包括临时）"
GUIDE_ITEM = "513A0011200068-511602000000-000-1151130000877869M-1-00"
FAULT_SERVICE, DOOR_SERVICE = "n2-fault", "n3-door"
FAULT_ANSWERS = {
    "what": "lamp",
    "where": "星光村三组老槐树旁",
    "description": "路灯三天不亮，晚上看不见路",
    "phone": "13908260001",
}
CALLBACK_PHONE = "13908260002"

OPERATOR, OPERATOR_PIN = "op-chen", "246810"
STAFF, STAFF_PIN = "op-qiu", "112358"

POWER_SERVICE, POWER_BILLER = "b4-electricity", "dl-guangan"
ACCOUNT_IN_FILE = "5102102216001"
ACCOUNT_PAID_ELSEWHERE = "5102102216002"
"""Its bill is in the file, and someone pays it at another counter while the point is offline."""
ACCOUNT_NOT_IN_FILE = "5102102207005"
"""The partner knows it; its bill is not in this file, so the payer states the amount."""
ACCOUNT_UNKNOWN = "5102999999999"
"""Well-formed, and nobody's."""
ACCOUNT_MALFORMED = "510210221600"
STATED_FEN = 5_000
EXPIRED_SERVICE, EXPIRED_BILLER, EXPIRED_ACCOUNT = "b3-water", "sw-huaqiao", "HQ001002"

MALL_SERVICE, RELIEF_SERVICE = "m1-mall", "m2-relief"
GOOD_RUNS_OUT = "lp-longan-pomelo-box"
"""Ordered offline while central sells the last five."""
GOOD_SEARCHES = ("龙安柚", "longanyou", "lay", "柚子")
GOODS_HERE = ("lp-longan-pomelo", "lp-rapeseed-oil", "lp-rice-10", "lp-eggs-30", "lp-honey")
GOOD_SOLD_HERE = "lp-honey"
COUPON_SERVICE, COUPON_KIND = "r1-coupon", "cp-produce-10"
COUPON_SERIAL, COUPON_SERIAL_EXPIRED = 7, 8


def bill_of(account: str, as_of: datetime) -> Bill:
    """The electricity bill of an account in the file."""
    return next(bill for bill in bills(as_of) if bill.account == account and bill.biller == POWER_BILLER)
