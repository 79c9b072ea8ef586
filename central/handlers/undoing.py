"""What a kind must offer so that its operations can be undone by `operation.reverse`."""

from __future__ import annotations

from typing import ClassVar, Protocol

from sqlalchemy import Connection

from central.handlers.base import Posting
from central.outcomes import OperationRow


class NotKnown(Exception):
    """What says whether it is too late cannot be read for now."""


class Undoable(Protocol):
    kind: ClassVar[str]

    def legs(self, conn: Connection, target: OperationRow) -> tuple[Posting, ...] | None:
        """Who gives the money back, summing to what the customer gets; None when it is too late.

        Raises NotKnown.
        """
        ...

    def undo(self, conn: Connection, target: OperationRow, at: str, /) -> None:
        """Takes the effect back, after `legs` said that it can be."""
        ...
