"""Who may do what: roles and permissions in one table, for the screen and for central alike."""

from collections.abc import Iterable
from enum import Enum


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


ROLES: dict[str, frozenset[Permission]] = {
    "operator": frozenset(Permission) - {Permission.FIND_CASE},
    "staff": frozenset(Permission),
    "agent": frozenset(Permission) - {Permission.FIND_CASE, Permission.REVERSE},
}


def granted(roles: Iterable[str]) -> frozenset[Permission]:
    """A role this version does not know grants nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
