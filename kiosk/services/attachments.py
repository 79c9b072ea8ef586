"""Attachments of a form: put safely away before the operation that names them is recorded."""

from typing import BinaryIO

from kiosk.services.errors import Refused, Why
from sync.errors import PayloadTooLarge
from sync.spool import Attachment, Spool
from sync.wire.asset import MAX_ASSET

MOST = 20  # of one operation: central takes no more


def add(spool: Spool, source: BinaryIO) -> Attachment:
    """Durable when it returns; off the event loop. Raises Refused, StoreError."""
    try:
        return spool.add(source)
    except PayloadTooLarge as error:
        raise Refused(Why.ATTACHMENT_TOO_LARGE, limit=f"{MAX_ASSET >> 20} MB") from error
