"""Who may do what: roles and permissions in one table, for the screen and for central alike."""

from collections.abc import Iterable, Mapping
from enum import Enum

from sync.wire.kinds import Kind


class Permission(Enum):
    TAKE_CASH = "take-cash"
    SELL = "sell"
    REDEEM = "redeem"
    PAY_BACK = "pay-back"
    REVERSE = "reverse"
    FIND_CASE = "find-case"
    SEE_QUEUE = "see-queue"
    REPRINT = "reprint"
    ALLOT = "allot"
    CARRY = "carry"
    IDENTIFY = "identify"  # vouch for a person by telephone
    DEVICES = "devices"  # printer, scanner, reader: look, test
    TIDY = "tidy"  # storage and clock: look, tidy now
    EXPORT_LOGS = "export-logs"
    SETTINGS = "settings"  # what this terminal is and how it looks
    UNLOCK_KIOSK = "unlock-kiosk"  # leave the full screen


_OF_STAFF = {Permission.FIND_CASE, Permission.SETTINGS, Permission.UNLOCK_KIOSK}

ROLES: dict[str, frozenset[Permission]] = {
    "operator": frozenset(Permission) - _OF_STAFF,
    "staff": frozenset(Permission),
    "agent": frozenset(Permission) - _OF_STAFF - {Permission.REVERSE} | {Permission.SETTINGS},
}


NEEDED: Mapping[str, Permission] = {
    Kind.BILL_PAY: Permission.TAKE_CASH,
    Kind.ORDER_PLACE: Permission.TAKE_CASH,
    Kind.GOODS_SELL: Permission.SELL,
    Kind.RIGHT_REDEEM: Permission.REDEEM,
    Kind.RIGHT_USE: Permission.REDEEM,
    Kind.CASE_CLOSE: Permission.PAY_BACK,
    Kind.OPERATION_REVERSE: Permission.REVERSE,
    Kind.LEASE_REQUEST: Permission.ALLOT,
    Kind.LEASE_RETURN: Permission.ALLOT,
}
"""By kind, of whoever does it and whoever approves it. Other kinds need an operator who works there, if they
name one."""


def granted(roles: Iterable[str]) -> frozenset[Permission]:
    """A role this version does not know grants nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
