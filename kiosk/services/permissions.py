"""Who is signed in, and what the person may do; the table of roles is the wire's: central judges by it."""

from dataclasses import dataclass
from datetime import datetime

from sync.wire.roles import ROLES, Permission, granted

__all__ = ["ROLES", "Permission", "Session", "granted"]


@dataclass(frozen=True)
class Session:
    operator: str
    name: str
    roles: tuple[str, ...]
    permissions: frozenset[Permission]
    must_change: bool
    since: datetime
