"""Secrets come back, a spoilt key file is named, nothing is replaced silently."""

import json

import pytest

from kiosk.store import keystore
from sync.errors import BugError, KeyUnavailable
from sync.keystore import Protection


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keys.json"


def test_secrets_come_back_and_the_file_says_that_it_protects_nothing(path):
    store = keystore.obfuscated(path)
    assert store.get("ledger") is None
    store.put("ledger", b"s" * 32)
    again = keystore.obfuscated(path)
    assert again.get("ledger") == b"s" * 32
    assert again.protection is Protection.OBFUSCATED
    text = path.read_text()
    assert "并非加密保护" in text
    assert "not protection" in text
    assert (b"s" * 32).hex() not in text
    assert path.stat().st_mode & 0o077 == 0


def test_a_name_keeps_its_secret(path):
    store = keystore.obfuscated(path)
    store.put("ledger", b"s" * 32)
    store.put("ledger", b"s" * 32)
    with pytest.raises(BugError):
        store.put("ledger", b"t" * 32)
    assert store.get("ledger") == b"s" * 32


def test_a_passphrase_opens_what_it_closed_and_another_does_not(path):
    keystore.under_passphrase(path, "雪落岷江 7").put("ledger", b"s" * 32)
    assert keystore.under_passphrase(path, "雪落岷江 7").get("ledger") == b"s" * 32
    with pytest.raises(KeyUnavailable):
        keystore.under_passphrase(path, "wrong").get("ledger")
    with pytest.raises(KeyUnavailable):
        keystore.obfuscated(path).get("ledger")


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 9}'])
def test_a_spoilt_key_file_is_named_never_replaced(path, text):
    path.write_text(text)
    with pytest.raises(KeyUnavailable, match=r"keys\.json"):
        keystore.obfuscated(path).get("ledger")
    with pytest.raises(KeyUnavailable):
        keystore.obfuscated(path).put("ledger", b"s" * 32)
    assert path.read_text() == text


def test_a_secret_cannot_stand_under_another_name(path):
    store = keystore.obfuscated(path)
    store.put("ledger", b"a" * 32)
    store.put("journal", b"b" * 32)
    document = json.loads(path.read_text())
    secrets = document["secrets"]
    secrets["ledger"], secrets["journal"] = secrets["journal"], secrets["ledger"]
    path.write_text(json.dumps(document))
    with pytest.raises(KeyUnavailable):
        keystore.obfuscated(path).get("ledger")
