"""The explicit list of handlers."""

from __future__ import annotations

from collections.abc import Mapping

from central.handlers.applications import Applications
from central.handlers.base import Handler
from central.handlers.bills import Bills
from central.handlers.callbacks import Callbacks
from central.handlers.case_close import CaseCloses
from central.handlers.goods import Goods
from central.handlers.lease_close import LeaseCloses
from central.handlers.lease_request import LeaseRequests
from central.handlers.lease_return import LeaseReturns
from central.handlers.operators_pin import OperatorPins
from central.handlers.orders import Orders
from central.handlers.reversals import Reversals
from central.handlers.rights import Rights
from central.handlers.uses import RightUses
from central.posted import PostedFiles


def handlers(files: PostedFiles) -> Mapping[str, Handler]:
    """By kind; `files` are what billers were told."""
    bought = (Bills(files), Orders(), Goods(), Rights(), RightUses())
    undoable = (*bought, Applications(), Callbacks())
    others = (
        CaseCloses(),
        LeaseCloses(),
        LeaseRequests(),
        LeaseReturns(),
        OperatorPins(),
        Reversals({one.kind: one for one in undoable}),
    )
    every: tuple[Handler, ...] = (*undoable, *others)
    return {one.kind: one for one in every}
