"""The named points on the way of an operation, where a power cut is rehearsed."""

from collections.abc import Callable
from enum import Enum


class Point(Enum):
    INPUT = "input"
    LEDGER_COMMIT = "ledger-commit"
    JOURNAL_LINE = "journal-line"
    SEND = "send"
    CENTRAL_COMMIT = "central-commit"
    ACK = "ack"
    PRINT = "print"


Probe = Callable[[Point], None]


def unobserved(_point: Point) -> None:
    """The probe of ordinary running."""
