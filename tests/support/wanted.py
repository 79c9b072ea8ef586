"""What a customer wants, read from the pack as the pages read it."""

from __future__ import annotations

from sqlalchemy import Connection

from central.demo import day
from kiosk.services import bills, catalogue
from kiosk.services.bills import Payment
from sync.clock import Reading


def payment(cache: Connection, account: str, reading: Reading) -> Payment:
    """Of the one electricity bill of this account in the file."""
    biller = bills.biller(cache, day.POWER_BILLER)
    checked = bills.check_account(biller, {biller.params[0].name: account})
    [bill] = bills.find(cache, reading, biller, checked).bills
    service = catalogue.service(cache, day.POWER_SERVICE)
    return Payment(service, biller, checked, bill.amount_fen, bill)
