"""Which offered pack is taken, as what, and which is not."""

import pytest

from sync.packplan import Fetch, Have, Holdings, Installed, PackTrouble, Plan, Refuse, RefusedPack, fits, plan
from sync.wire.manifest import Manifest

COUNTY = "511602"
HERE = Installed(COUNTY, "20260301-5", "aa", "2026-03-01T00:00:00Z", 5)


def offered(sha256: str = "bb", number: int | None = 6, day: str = "02", **more: object) -> Manifest:
    values: dict[str, object] = {
        "county": COUNTY,
        "version": f"202603{day}-{number}",
        "sha256": sha256,
        "size": 1000,
        "records": 1,
        "counts": {"good": 1},
        "as_of": f"2026-03-{day}T00:00:00Z",
        "expires_at": "2026-04-01T00:00:00Z",
        "number": number,
        "records_sha256": "cc",
    }
    return Manifest(**(values | more))  # type: ignore[arg-type]


def trouble(of: Plan) -> PackTrouble | None:
    return of.refusal.trouble if isinstance(of, Refuse) else None


def decide(manifest: Manifest, *refused: RefusedPack, here: Installed | None = HERE) -> Plan:
    return plan(COUNTY, manifest, Holdings(here, refused))


def test_the_same_bytes_are_had_and_the_same_name_with_others_is_not() -> None:
    assert decide(offered("aa", 5, "01")) == Have()
    assert decide(offered("bb", 5, "01")) == Fetch("20260301-5")


def test_a_newer_pack_comes_as_changes_where_central_can_prove_them() -> None:
    assert decide(offered()) == Fetch("20260301-5")
    assert decide(offered(records_sha256=None)) == Fetch(None)
    assert decide(offered(), here=None) == Fetch(None)


@pytest.mark.parametrize(
    ("number", "day", "refused"),
    [
        (4, "02", False),  # central was restored and built anew
        (6, "01", False),
        (6, "28", False),
        (None, "02", False),
    ],
)
def test_newer_by_date_or_by_number_is_newer(number: int | None, day: str, refused: bool) -> None:
    assert (trouble(decide(offered(number=number, day=day))) is PackTrouble.OLDER) is refused


def test_an_old_manifest_played_again_is_refused() -> None:
    old = {"as_of": "2026-02-20T00:00:00Z"}
    assert trouble(decide(offered(number=4, **old))) is PackTrouble.OLDER
    assert trouble(decide(offered(number=None, **old))) is PackTrouble.OLDER
    assert trouble(decide(offered(number=6, **old))) is None  # central's clock was put right


def test_another_countys_pack_is_refused_and_a_move_to_one_begins_anew() -> None:
    assert trouble(decide(offered(county="511603"))) is PackTrouble.OTHER_COUNTY
    there = Installed("511603", "20270101-9", "aa", "2027-01-01T00:00:00Z", 9)
    assert decide(offered(), here=there) == Fetch(None)


def test_what_could_not_be_imported_is_not_fetched_again_until_another_comes() -> None:
    bad = RefusedPack("bb", "20260302-6", PackTrouble.BAD, "no title")
    assert decide(offered(), bad) == Refuse(bad)
    assert decide(offered("dd", 7, "03"), bad) == Fetch("20260301-5")


@pytest.mark.parametrize(
    "change",
    [{"base": "20260228-4"}, {"version": "x"}, {"county": "x"}, {"records_sha256": "x"}, {"size": 1000}],
)
def test_changes_that_lead_elsewhere_or_are_no_less_do_not_fit(change: dict[str, object]) -> None:
    whole = offered()
    assert fits(offered(base=HERE.version, size=100), HERE.version, whole)
    assert not fits(offered(**({"base": HERE.version, "size": 100} | change)), HERE.version, whole)
