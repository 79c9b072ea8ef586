"""Becoming a terminal: the code decides whom to trust, and a power cut costs nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from central import pools
from central.rights_audit import audit_rights
from central.tables import enrolment_codes, incarnations
from sync import identity, leases, tending
from sync.clock import WallClock
from sync.enrol import BadCode, NotReached, SetUpStep
from sync.failures import AnswerLost, HostileAnswer, Hostility, NoLink, Refusal, WrongCertificate
from sync.wire.answers import Profile
from sync.wire.operation import TimeQuality
from sync.wire.problems import Problem
from tests.support.cable import cable, url_of
from tests.support.central import BRANCH, POINT, RunningCentral
from tests.support.portal import HTML, another_authority, http, portal
from tests.support.terminal import Terminal, settle


async def test_the_offer_depends_on_the_code(central: RunningCentral, terminal: Terminal) -> None:
    offer = await terminal.set_up().reach(central.url, central.code(Profile.STAFF))
    assert offer.profile is Profile.STAFF
    assert BRANCH in {point.id for point in offer.points}


async def test_it_becomes_a_terminal_with_keys_and_time(central: RunningCentral, terminal: Terminal) -> None:
    assert await terminal.db.read(identity.current) is None
    code = central.code()
    await terminal.enrol(central.url, code.lower().replace("-", " "), POINT)
    here = await terminal.db.read(identity.current)
    assert here is not None
    assert here.point["name"]["zh"] == "㳇口村驿站"
    assert terminal.keys.get(here.secret_name) is not None
    assert terminal.clock.now().quality is TimeQuality.ANCHORED
    assert [progress.step for progress in terminal.progress] == [
        SetUpStep.REACH,
        SetUpStep.OFFER,
        SetUpStep.ENROL,
    ]
    assert terminal.db.read_sync(leases.all_leases) == []


async def test_a_machine_whose_clock_is_a_year_wrong_enrols_all_the_same(
    central: RunningCentral, terminal: Terminal
) -> None:
    terminal.crank.wall_off = timedelta(days=-365)
    terminal.restart()
    await terminal.enrol(central.url, central.code(), POINT)
    assert terminal.clock.now().at == terminal.crank.at
    assert terminal.clock.wall_clock() is WallClock.BEHIND
    terminal.crank.reboot()
    terminal.restart()
    assert terminal.clock.now().at == terminal.crank.at


@pytest.mark.parametrize("text", ["", "hello", "7K3M9PQR", "7K3M9PQR-AAAA-BBBB-CCCC-DDDU"])
async def test_what_is_no_code_is_said_before_anything_is_sent(terminal: Terminal, text: str) -> None:
    with pytest.raises(BadCode):
        await terminal.set_up().reach("https://127.0.0.1:9", text)


async def test_a_code_that_central_does_not_know(central: RunningCentral, terminal: Terminal) -> None:
    true = central.code()
    wrong = ("0" if true[0] != "0" else "1") + true[1:]
    with pytest.raises(Refusal) as refused:
        await terminal.set_up().reach(central.url, wrong)
    assert refused.value.problem is Problem.CODE_UNKNOWN


async def test_a_code_that_another_machine_has_used(
    central: RunningCentral, terminal: Terminal, tmp_path: Path
) -> None:
    code = central.code()
    await terminal.enrol(central.url, code, POINT)
    other = Terminal.open(tmp_path / "other", terminal.crank)
    try:
        with pytest.raises(Refusal) as refused:
            await other.enrol(central.url, code, POINT)
    finally:
        other.close()
    assert refused.value.problem is Problem.CODE_USED


async def test_a_point_that_is_not_on_offer(central: RunningCentral, terminal: Terminal) -> None:
    with pytest.raises(Refusal) as refused:
        await terminal.enrol(central.url, central.code(), BRANCH)
    assert refused.value.problem is Problem.POINT_UNKNOWN
    assert await terminal.db.read(identity.current) is None


async def test_the_code_of_another_central(
    central: RunningCentral, terminal: Terminal, tmp_path: Path
) -> None:
    other = RunningCentral(tmp_path / "other-central", terminal.crank.now)
    other.start()
    try:
        with pytest.raises(WrongCertificate):
            await terminal.set_up().reach(other.url, central.code())
    finally:
        other.close()


async def test_a_stolen_ca_file_with_another_certificate(
    central: RunningCentral, terminal: Terminal, tmp_path: Path
) -> None:
    """The stranger hands out central's true CA, but cannot speak TLS as central."""
    stranger = another_authority(tmp_path / "stranger", terminal.crank.at)
    true = http("200 OK", central.folder.ca_cert.read_bytes(), "application/x-pem-file")
    async with portal(lambda _: true, stranger) as url:
        with pytest.raises(WrongCertificate) as caught:
            await terminal.set_up().reach(url, central.code())
    assert caught.value.hostility is Hostility.CERTIFICATE


@pytest.mark.parametrize("answer", [http("200 OK", HTML), http("302 Found", b"", Location="http://x/")])
async def test_a_captive_portal(central: RunningCentral, terminal: Terminal, answer: bytes) -> None:
    async with portal(lambda _: answer, central.folder) as url:
        with pytest.raises(HostileAnswer) as caught:
            await terminal.set_up().reach(url, central.code())
    assert caught.value.hostility is Hostility.CAPTIVE_PORTAL


async def test_nobody_there(central: RunningCentral, terminal: Terminal) -> None:
    code = central.code()
    central.stop()
    with pytest.raises(NoLink):
        await terminal.set_up().reach(central.url, code)
    with pytest.raises(NotReached):
        await terminal.set_up().enrol(POINT)


def is_used(central: RunningCentral) -> bool:
    with central.parts.database.reading() as conn:
        return conn.execute(select(enrolment_codes.c.used_at)).scalar_one() is not None


async def test_cut_at_whatever_byte_and_restarted_it_becomes_one_terminal(
    central: RunningCentral, terminal: Terminal
) -> None:
    code, allowed, lost_after_use = central.code(), 0, 0
    async with cable(central) as proxy:
        while await terminal.db.read(identity.current) is None:
            steps = terminal.set_up()
            await steps.reach(url_of(proxy), code)
            allowed += 300
            proxy.drop_answer_after(allowed)
            try:
                await steps.enrol(POINT)
            except (AnswerLost, NoLink):
                lost_after_use += is_used(central)
                terminal.restart()
        assert lost_after_use > 0
        first = terminal.db.read_sync(identity.require)
        await proxy.restore()
        await terminal.enrol(url_of(proxy), code, POINT)
    assert terminal.db.read_sync(identity.require) == first
    with central.parts.database.reading() as conn:
        assert len(conn.execute(select(incarnations)).all()) == 1


async def lose_the_answer(central: RunningCentral, terminal: Terminal, code: str, *, lives: int) -> None:
    allowed = 0
    async with cable(central) as proxy:
        while len(known(central)) < lives:
            steps = terminal.set_up()
            await steps.reach(url_of(proxy), code)
            allowed += 300
            proxy.drop_answer_after(allowed)
            with pytest.raises((AnswerLost, NoLink)):
                await steps.enrol(POINT)
            proxy.reset()
            terminal.restart()


def known(central: RunningCentral) -> list[int]:
    with central.parts.database.reading() as conn:
        return sorted(conn.execute(select(incarnations.c.incarnation)).scalars())


async def test_a_life_whose_answer_was_lost_is_known_before_the_next_begins_and_its_leases_are_closed(
    central: RunningCentral, terminal: Terminal
) -> None:
    def stock(conn: Connection) -> None:
        pools.create(conn, "stock:honey", pools.Unit.PIECE, 20)
        pools.allot(conn, pools.Allotment("stock:honey", POINT, first=5, ceiling=20))

    central.parts.database.write(stock)
    await terminal.enrol(central.url, central.code(), POINT)
    name = (await terminal.db.read(identity.require)).terminal
    await lose_the_answer(central, terminal, central.code(terminal=name), lives=2)
    assert (await terminal.db.read(identity.require)).incarnation == 1
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    assert (await terminal.db.read(identity.require)).incarnation == 3
    held = await terminal.db.read(leases.all_leases)
    assert [(one.incarnation, one.state.value) for one in held] == [(1, "frozen"), (2, "frozen"), (3, "open")]
    reading = terminal.clock.now()
    await terminal.db.run(lambda conn: tending.tend(conn, terminal.stamp(conn), reading.at))
    async with terminal.engine() as engine:
        await settle(engine)
    held = await terminal.db.read(leases.all_leases)
    assert [(one.incarnation, one.state.value) for one in held] == [(1, "closed"), (2, "closed"), (3, "open")]
    with central.parts.database.reading() as conn:
        assert audit_rights(conn) == []
        assert pools.find(conn, "stock:honey").available == 15


async def test_a_code_that_was_never_used_makes_no_life_when_the_next_is_typed(
    central: RunningCentral, terminal: Terminal
) -> None:
    steps = terminal.set_up()
    await steps.reach(central.url, central.code())
    central.stop()
    with pytest.raises(NoLink):
        await steps.enrol(POINT)
    central.start()
    await terminal.enrol(central.url, central.code(), POINT)
    assert known(central) == [1]
