"""Only central's signed answer to our question counts; everybody else is named and changes nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from sync import identity, transfer
from sync import portal as portals
from sync.client import Client
from sync.engine import Trouble
from sync.membership import membership
from sync.outbox import State
from sync.policy import Link
from sync.portal import Look
from sync.wire import token
from sync.wire.answers import Status
from sync.wire.encoding import instant
from sync.wire.keys import SigningKey
from sync.wire.operation import chain_start
from sync.wire.problems import Problem, document
from tests.support.central import POINT, RunningCentral
from tests.support.portal import HTML, Answer, another_authority, http, portal
from tests.support.terminal import PATIENCE, Terminal, settle

JOSE = "application/jose"
STRANGE: dict[str, bytes] = {
    "200 with HTML": http("200 OK", HTML),
    "200 with HTML called a token": http("200 OK", HTML, JOSE),
    "200 with JSON": http("200 OK", b'{"ok": true}', "application/json"),
    "200 with nothing": http("200 OK", b"", JOSE),
    "204": http("204 No Content", b""),
    "sent on to a sign-in page": http("302 Found", b"", Location="http://portal.example/"),
    "511": http("511 Network Authentication Required", HTML),
    "403 with HTML": http("403 Forbidden", HTML),
    "not HTTP": b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
    "unsigned gap": http(
        "409 Conflict",
        str(document(Problem.CHAIN_FORK, "really")).replace("'", '"').encode(),
        "application/problem+json",
    ),
}


@pytest.mark.parametrize("answer", STRANGE.values(), ids=STRANGE.keys())
async def test_an_answer_that_is_not_centrals_is_nothing(
    central: RunningCentral, terminal: Terminal, answer: bytes
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    noted = terminal.record()
    async with portal(lambda _: answer, central.folder) as url, terminal.engine(url=url) as engine:
        await settle(engine)
        assert engine.status.link is Link.HOSTILE
        assert engine.status.reason in (Trouble.CAPTIVE_PORTAL, Trouble.WRONG_ANSWER)
        assert engine.status.next_try_at is not None
    assert terminal.view(noted.op_id).state is State.RECORDED


def forged(terminal: Terminal, key: SigningKey, /, **changes: object) -> Answer:
    """A status answer to the question asked, but for the changes."""

    def answer(head: bytes) -> bytes:
        nonce = head.split(b"nonce=")[1].split(b" ")[0].decode()
        member = membership(terminal.db.read_sync(identity.require), terminal.keys)
        start = chain_start(member.terminal, member.incarnation)
        status = Status(member.terminal, 1, member.incarnation, nonce, 0, start, instant(terminal.crank.at))
        return http("200 OK", token.sign(key, token.Typ.STATUS, status.payload() | changes).encode(), JOSE)

    return answer


async def ask(central: RunningCentral, terminal: Terminal, answer: Answer) -> tuple[Link, Trouble | None]:
    async with portal(answer, central.folder) as url, terminal.engine(url=url) as engine:
        await engine.turn()
        return engine.status.link, engine.status.reason


async def test_the_forgery_itself_would_pass(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    true = forged(terminal, central.parts.keys.answers)
    assert await ask(central, terminal, true) == (Link.ONLINE, None)


@pytest.mark.parametrize(
    "changes",
    [{"nonce": "AAAAAAAAAAAAAAAAAAAAAA"}, {"terminal": "T-OTHER"}, {"incarnation": 2}, {"chain": "00"}],
    ids=str,
)
async def test_an_answer_to_another_question_is_nothing(
    central: RunningCentral, terminal: Terminal, changes: dict[str, object]
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    wrong = forged(terminal, central.parts.keys.answers, **changes)
    assert await ask(central, terminal, wrong) == (Link.HOSTILE, Trouble.WRONG_ANSWER)


async def test_an_answer_by_another_key_is_nothing(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    wrong = forged(terminal, SigningKey.generate())
    assert await ask(central, terminal, wrong) == (Link.HOSTILE, Trouble.WRONG_ANSWER)


async def test_an_old_ack_played_again_settles_nothing(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    terminal.record()
    async with terminal.engine() as engine:
        await settle(engine)
    old = terminal.db.read_sync(_last_ack)
    second = terminal.record()
    link = terminal.db.read_sync(lambda conn: _link(conn, 1))
    true = forged(terminal, central.parts.keys.answers, high_water=1, chain=link)

    def answer(head: bytes) -> bytes:
        return true(head) if b"/status?" in head else http("200 OK", old.encode(), JOSE)

    async with portal(answer, central.folder) as url, terminal.engine(url=url) as engine:
        await engine.turn()
        await engine.turn()
        assert (engine.status.link, engine.status.reason) == (Link.HOSTILE, Trouble.WRONG_ANSWER)
    assert terminal.view(second.op_id).state is State.UNKNOWN
    async with terminal.engine(url=central.url) as engine:
        await settle(engine)
    assert terminal.view(second.op_id).state is State.ACCEPTED


def _last_ack(conn: Connection) -> str:
    found = transfer.last_ack(conn, _chain(conn))
    assert found is not None
    return found


def _link(conn: Connection, seq: int) -> str:
    return transfer.chain_at(conn, _chain(conn), seq).hex()


def _chain(conn: Connection) -> transfer.Chain:
    here = identity.require(conn)
    return transfer.Chain(here.terminal, here.incarnation)


async def test_another_centrals_certificate_is_refused(
    central: RunningCentral, terminal: Terminal, tmp_path: Path
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    other = another_authority(tmp_path / "other", terminal.crank.at)
    true = forged(terminal, central.parts.keys.answers)
    async with portal(true, other) as url, terminal.engine(url=url) as engine:
        await engine.turn()
        assert (engine.status.link, engine.status.reason) == (Link.HOSTILE, Trouble.WRONG_CERTIFICATE)


async def test_who_does_not_speak_tls_is_a_portal(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    async with portal(lambda _: http("200 OK", HTML), None) as url, terminal.engine(url=url) as engine:
        await engine.turn()
        assert (engine.status.link, engine.status.reason) == (Link.HOSTILE, Trouble.CAPTIVE_PORTAL)


async def test_certificate_dates_are_judged_by_trusted_time(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    for wall_off in (timedelta(days=-365), timedelta(days=5000)):
        terminal.crank.wall_off = wall_off
        async with terminal.engine() as engine:
            await engine.turn()
            assert engine.status.link is Link.ONLINE, wall_off
    terminal.crank.wall_off = timedelta(0)
    terminal.crank.forward(900 * 86400)
    async with terminal.engine() as engine:
        await engine.turn()
        assert (engine.status.link, engine.status.reason) == (Link.HOSTILE, Trouble.CERTIFICATE_DATES)


async def test_no_central_at_all_is_no_link(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    central.stop()
    async with terminal.engine() as engine:
        await settle(engine)
        assert (engine.status.link, engine.status.reason) == (Link.OFFLINE, Trouble.NO_LINK)
        central.start()
        engine.nudge()
        await settle(engine)
        assert engine.status.link is Link.ONLINE


async def test_the_client_closes_what_it_opened(central: RunningCentral, terminal: Terminal) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    member = membership(terminal.db.read_sync(identity.require), terminal.keys)
    client = await Client.connect(member, terminal.clock.proven, PATIENCE)
    assert (await client.status()).high_water == 0
    await client.close()


def looking_at(url: str) -> Look:
    """The portal's page in the clear, whatever port it has."""

    async def look(host: str, stranger: bool) -> str | None:
        return await portals.look(host, stranger, int(url.rpartition(":")[2]))

    return look


SIGN_IN = http("302 Found", b"", Location="http://signin.example/")


async def test_a_portal_that_breaks_into_tls_is_named_by_its_page(
    central: RunningCentral, terminal: Terminal, tmp_path: Path
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    other = another_authority(tmp_path / "other", terminal.crank.at)
    async with portal(lambda _: SIGN_IN, None) as page, portal(lambda _: SIGN_IN, other) as url:
        terminal.look = looking_at(page)
        async with terminal.engine(url=url) as engine:
            await engine.turn()
            assert (engine.status.link, engine.status.reason) == (Link.HOSTILE, Trouble.CAPTIVE_PORTAL)


async def test_a_portal_that_shuts_everything_but_its_page_is_named_and_a_dead_line_is_not(
    central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    noted = terminal.record()
    central.stop()
    async with portal(lambda _: SIGN_IN, None) as page:
        terminal.look = looking_at(page)
        async with terminal.engine() as engine:
            await settle(engine)
            assert (engine.status.link, engine.status.reason) == (Link.HOSTILE, Trouble.CAPTIVE_PORTAL)
    async with terminal.engine() as engine:  # the portal is gone too: nobody is there
        await settle(engine)
        assert (engine.status.link, engine.status.reason) == (Link.OFFLINE, Trouble.NO_LINK)
    central.start()
    async with terminal.engine() as engine:  # somebody has signed in
        await settle(engine)
    assert terminal.view(noted.op_id).state is State.ACCEPTED
