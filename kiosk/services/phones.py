"""Telephone numbers as people give them."""

import re

from kiosk.services.errors import Refused, Why

PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}", re.ASCII)


def check(typed: str) -> str:
    """As it is recorded. Raises Refused."""
    phone = "".join(typed.split())
    if PHONE.fullmatch(phone) is None:
        raise Refused(Why.PHONE)
    return phone
