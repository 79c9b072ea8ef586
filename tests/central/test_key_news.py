"""Central's keys: one to seal to beside those that sign, told to each terminal once; old ones still open."""

from __future__ import annotations

from central import key_news
from central.config import new_sealing_key, read_keys
from sync.wire.sealing import Sealed, encryption_key, seal, unseal
from tests.central.conftest import Central
from tests.central.driver import Driver


def told(driver: Driver) -> list[dict[str, object]]:
    return [item for item in driver.all_changes() if item["t"] == "keys"]


def test_a_key_to_seal_to_comes_with_the_enrolment(central: Central) -> None:
    driver = central.terminal()
    assert encryption_key(driver.enrolment.keys) == central.parts.keys.sealing[0].public
    with central.parts.database.writing() as conn:
        key_news.tell_all(conn, central.parts.keys, central.clock())
    assert told(driver) == []


def test_a_folder_without_one_gets_it_at_the_next_start_and_terminals_are_told_once(central: Central) -> None:
    driver, folder = central.terminal(), central.parts.folder
    for seed in folder.sealing_seeds():
        seed.unlink()
    keys = read_keys(folder)
    assert read_keys(folder) == keys != central.parts.keys
    for _ in range(2):
        with central.parts.database.writing() as conn:
            key_news.tell_all(conn, keys, central.clock())
    (item,) = told(driver)
    assert item["keys"] == list(keys.public_jwks)


def test_an_older_key_still_opens(central: Central) -> None:
    old = central.parts.keys.sealing[0]
    new_sealing_key(central.parts.folder)
    keys = read_keys(central.parts.folder)
    assert keys.sealing[1] == old
    assert encryption_key(keys.public_jwks) == keys.sealing[0].public != old.public
    assert unseal(seal(old.public, Sealed.PAYLOAD, b"x"), keys.openers, Sealed.PAYLOAD) == b"x"
