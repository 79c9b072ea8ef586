"""The demo county's billers, their bill files and bills of the day, and the accounts they know."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from central.demo.files import Record, both, table
from central.demo.households import Household, households
from central.demo.moments import day_after, instant, morning
from central.demo.plans import PLANS, Plan


@dataclass(frozen=True)
class BillFile:
    id: str
    biller: str
    as_of: datetime
    expires_at: datetime
    count: int

    def record(self) -> Record:
        return {
            "t": "bill_file",
            "id": self.id,
            "biller": self.biller,
            "as_of": instant(self.as_of),
            "expires_at": instant(self.expires_at),
            "count": self.count,
        }


@dataclass(frozen=True)
class Bill:
    id: str
    file: str
    account: str
    payer: str
    place: str
    group: str | None
    period: str
    amount_fen: int
    due: str
    usage: str

    @property
    def biller(self) -> str:
        return self.file.partition("/")[0]

    def record(self) -> Record:
        fields = {"t": "bill", **{name: getattr(self, name) for name in self.__dataclass_fields__}}
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True)
class Account:
    """A customer the biller knows, whether or not a bill is open."""

    biller: str
    account: str
    payer: str


def billers() -> Iterator[Record]:
    for row in table("billers.json"):
        params = [{**param, "label": both(param["label"])} for param in row["params"]]
        yield {"t": "biller", **row, "name": both(row["name"]), "params": params}


def accounts() -> Iterator[Account]:
    homes = tuple(households())
    for plan in PLANS:
        for home in homes:
            if plan.has(home):
                yield Account(plan.biller, plan.account(home), home.payer)


def bill_files(as_of: datetime, renewed: bool = False) -> Iterator[tuple[BillFile, tuple[Bill, ...]]]:
    """Each biller's file with its bills; `renewed` brings a new file where the old one has expired."""
    homes = tuple(households())
    for plan in PLANS:
        if plan.charge is not None:
            yield _issue(plan, homes, as_of, renewed)


def bills(as_of: datetime) -> Iterator[Bill]:
    return (bill for _, of_file in bill_files(as_of) for bill in of_file)


def _issue(
    plan: Plan, homes: tuple[Household, ...], as_of: datetime, renewed: bool
) -> tuple[BillFile, tuple[Bill, ...]]:
    over = plan.lasts_days < 0
    issued, lasts = morning(as_of), timedelta(days=10 if over and renewed else plan.lasts_days)
    expires = issued + lasts
    if expires < issued:
        issued = expires - timedelta(days=10)
    file = f"{plan.biller}/{plan.period(as_of)}"
    found = tuple(
        _bill(plan, home, file, as_of) for home in homes if plan.has(home) and not plan.unbilled(home)
    )
    return BillFile(file, plan.biller, issued, expires, len(found)), found


def _bill(plan: Plan, home: Household, file: str, as_of: datetime) -> Bill:
    assert plan.charge is not None
    account, charge = plan.account(home), plan.charge(home)
    period = plan.period(as_of)
    return Bill(
        id=f"{plan.biller}/{account}/{period}",
        file=file,
        account=account,
        payer=home.payer,
        place=home.village.code,
        group=home.group,
        period=period,
        amount_fen=charge.fen,
        due=day_after(as_of, plan.due_days),
        usage=charge.usage,
    )
