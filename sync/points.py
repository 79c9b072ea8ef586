"""The named points on the way of an operation, where a power cut is rehearsed."""

from collections.abc import Callable
from enum import Enum


class Point(Enum):
    INPUT = "input"  # asked for, nothing written
    LEDGER_COMMIT = "ledger-commit"  # in the ledger, not in the journal
    JOURNAL_LINE = "journal-line"  # in both, nobody was told
    SEND = "send"  # marked as sent, nothing on the line
    CENTRAL_COMMIT = "central-commit"  # central answers, not a byte of it was read
    ACK = "ack"  # the ack is in the ledger, nobody was told
    PRINT = "print"  # on paper, not marked as printed


Probe = Callable[[Point], None]


def unobserved(_point: Point) -> None:
    """The probe of ordinary running."""
