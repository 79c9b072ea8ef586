"""Bills lie in files of their biller, under accounts that the biller's own parameters accept."""

import re
from collections import Counter
from datetime import datetime
from typing import Any

from central.demo.billing import accounts, bill_files, bills

ByType = dict[str, list[dict[str, Any]]]


def test_every_account_fits_its_biller(by_type: ByType) -> None:
    first = {biller["id"]: biller["params"][0] for biller in by_type["biller"]}
    for one in accounts():
        param = first[one.biller]
        assert param["name"] == "account"
        assert re.fullmatch(param["regex"], one.account), one
        assert param["min"] <= len(one.account) <= param["max"]


def test_examples_and_limits_of_params_agree(by_type: ByType) -> None:
    for biller in by_type["biller"]:
        for param in biller["params"]:
            assert re.fullmatch(param["regex"], param["example"]), param
            assert param["min"] <= len(param["example"]) <= param["max"]
            assert param["input"] in {"digits", "alnum", "text"}
        assert 0 < biller["min_fen"] <= biller["max_fen"]
        assert biller["min_fen"] % biller["step_fen"] == 0


def test_one_account_has_one_household(by_type: ByType) -> None:
    known = Counter((one.biller, one.account) for one in accounts())
    assert max(known.values()) == 1
    assert {biller for biller, _ in known} == {biller["id"] for biller in by_type["biller"]}


def test_a_bill_is_unique_and_within_its_billers_limits(by_type: ByType, as_of: datetime) -> None:
    limits = {biller["id"]: (biller["min_fen"], biller["max_fen"]) for biller in by_type["biller"]}
    found = list(bills(as_of))
    assert len({(bill.biller, bill.account, bill.period) for bill in found}) == len(found)
    for bill in found:
        low, high = limits[bill.biller]
        assert low <= bill.amount_fen <= high, bill


def test_electricity_reaches_some_three_thousand_homes_in_every_village(as_of: datetime) -> None:
    power = [bill for bill in bills(as_of) if bill.biller == "dl-guangan"]
    assert 2900 <= len(power) <= 3200
    assert len({bill.place for bill in power}) == 332


def test_files_count_their_bills_and_one_has_expired(as_of: datetime) -> None:
    over = []
    for file, inside in bill_files(as_of):
        assert file.count == len(inside)
        assert file.as_of < file.expires_at
        assert file.as_of <= as_of
        if file.expires_at <= as_of:
            over.append(file.biller)
    assert over == ["sw-huaqiao"]


def test_names_are_masked_and_some_are_rare(as_of: datetime) -> None:
    names = {bill.payer for bill in bills(as_of)}
    assert all(name[0] == "*" and 2 <= len(name) <= 3 for name in names)
    assert {"*㳇", "*小明", "*建𡓐", "*小㮾"} <= names
    assert any("\uf92c" in name for name in names), "a name that normalisation would rewrite"
