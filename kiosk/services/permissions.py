"""Who is signed in, what the person may do, and who agreed to it; the table of roles is the wire's."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sync.wire.roles import ROLES, Permission, granted

__all__ = ["ROLES", "Approval", "Asked", "Permission", "Session", "granted"]


@dataclass(frozen=True)
class Session:
    operator: str
    name: str
    roles: tuple[str, ...]
    permissions: frozenset[Permission]
    must_change: bool
    since: datetime


class Asked(Enum):
    """Whose PIN an operation asks for beside the sign-in; the later ones are worth more."""

    NOBODY = "nobody"
    OWN = "own"  # the operator's, once more
    SECOND = "second"  # another operator's


@dataclass(frozen=True)
class Approval:
    """Someone has just entered a PIN to agree to this one operation."""

    op_id: str
    operator: str
    name: str
    permissions: frozenset[Permission]
    at: datetime
