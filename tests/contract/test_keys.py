"""Central's keys reach a terminal through its stream, and a revoked one counts no more."""

from pathlib import Path

from central import changes, epoch
from central.config import new_sealing_key
from sync import central_keys, identity
from sync.engine import Link, Trouble
from sync.outbox import State
from sync.wire.keys import SigningKey
from tests.support.central import POINT, RunningCentral
from tests.support.crank import Crank
from tests.support.terminal import PACE, Terminal, settle


async def test_a_new_key_to_seal_to_comes_through_the_stream(
    tmp_path: Path, crank: Crank, central: RunningCentral, terminal: Terminal
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    before = await terminal.db.read(central_keys.encryption)
    assert before == central.parts.keys.sealing[0].public
    new_sealing_key(central.folder)
    central.put_down()
    again = RunningCentral(tmp_path / "central", crank.now)
    again.start()
    try:
        async with terminal.engine(url=again.url) as engine:
            await settle(engine)
    finally:
        again.close()
    after = await terminal.db.read(central_keys.encryption)
    assert after == again.parts.keys.sealing[0].public != before


async def test_keys_are_taken_while_the_engine_runs_and_a_revoked_one_counts_no_more(
    central: RunningCentral, terminal: Terminal, crank: Crank
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    old, new = central.parts.keys.answers, SigningKey.generate()
    here = await terminal.db.read(identity.require)

    def publish(*items: dict[str, object]) -> None:
        central.parts.database.write(lambda conn: changes.publish(conn, [here.terminal], items, crank.now()))

    jwks = [old.public.jwk(), new.public.jwk()]
    async with terminal.engine() as engine:
        publish({"t": "keys", "keys": jwks})
        await settle(engine)
        assert (await terminal.db.read(central_keys.signing)).keys() == {old.kid, new.kid}
        object.__setattr__(central.parts.keys, "answers", new)  # central signs with the new one from now on
        publish(
            {"t": "revocation", "what": "key", "id": old.kid, "reason": "stolen"},
            {"t": "keys", "keys": jwks},
        )
        engine.nudge()
        crank.forward(PACE.changes)
        await settle(engine)
        assert (await terminal.db.read(central_keys.signing)).keys() == {new.kid}
        object.__setattr__(central.parts.keys, "answers", old)
        terminal.record()
        engine.wake()
        await settle(engine)
        assert engine.status.reason is Trouble.WRONG_ANSWER


async def test_new_keys_prove_answers_to_earlier_lives_too(
    central: RunningCentral, terminal: Terminal, crank: Crank
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    name = (await terminal.db.read(identity.require)).terminal
    old = terminal.record()
    await terminal.enrol(central.url, central.code(terminal=name), POINT)
    keys, new = central.parts.keys, SigningKey.generate()
    jwks = [keys.answers.public.jwk(), new.public.jwk()]
    async with terminal.engine() as engine:
        await settle(engine)
        assert terminal.view(old.op_id).state is State.ACCEPTED
        told = {"t": "keys", "keys": jwks}
        central.parts.database.write(lambda conn: changes.publish(conn, [name], [told], crank.now()))
        crank.forward(PACE.changes)
        await settle(engine)
        object.__setattr__(keys, "answers", new)
        central.parts.database.write(lambda conn: epoch.raise_above(conn, 1, crank.now()))
        crank.forward(PACE.probe)
        await settle(engine)  # every life is heard in the new epoch
        assert (engine.status.link, engine.status.reason) == (Link.ONLINE, None)
    epochs = terminal.db.read_sync(lambda conn: [identity.epoch_of(conn, name, life) for life in (1, 2)])
    assert epochs == [2, 2]


async def test_a_list_that_would_leave_no_key_is_not_taken(
    central: RunningCentral, terminal: Terminal, crank: Crank
) -> None:
    await terminal.enrol(central.url, central.code(), POINT)
    here = await terminal.db.read(identity.require)
    own = central.parts.keys
    items = [
        {"t": "keys", "keys": []},
        {"t": "keys", "keys": [own.sealing[0].public.jwk()]},
        {"t": "keys", "keys": ["x", {"kty": "RSA"}]},
        {"t": "revocation", "what": "key", "id": own.answers.kid, "reason": "a mistake"},
    ]
    central.parts.database.write(lambda conn: changes.publish(conn, [here.terminal], items, crank.now()))
    async with terminal.engine() as engine:
        await settle(engine)
    assert (await terminal.db.read(identity.require)).central_keys == here.central_keys
    assert len([text for text in terminal.reports if "key" in text]) == len(items)
