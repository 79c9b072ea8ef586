"""What is sealed opens with one key alone, as what it was sealed as, and not a character of it altered."""

import pytest

from sync.wire.errors import BadSignature, Malformed, WireError, WrongAnswer
from sync.wire.keys import SigningKey, signers
from sync.wire.sealing import DecryptionKey, EncryptionKey, Sealed, encryption_key, openers, seal, unseal

KEY = DecryptionKey.generate()
DATA = "㳇小满 13900000000".encode()


def test_only_its_key_opens_it() -> None:
    text = seal(KEY.public, Sealed.PAYLOAD, DATA)
    assert unseal(text, openers(DecryptionKey.generate(), KEY), Sealed.PAYLOAD) == DATA
    with pytest.raises(BadSignature):
        unseal(text, openers(DecryptionKey.generate()), Sealed.PAYLOAD)
    with pytest.raises(BadSignature):
        unseal(text, {KEY.public.kid: DecryptionKey.generate()}, Sealed.PAYLOAD)


def test_two_seals_of_the_same_differ() -> None:
    assert seal(KEY.public, Sealed.PAYLOAD, DATA) != seal(KEY.public, Sealed.PAYLOAD, DATA)


def test_one_thing_does_not_pass_for_another() -> None:
    with pytest.raises(WrongAnswer):
        unseal(seal(KEY.public, Sealed.PAYLOAD, DATA), openers(KEY), Sealed.BUNDLE)


def test_every_altered_character_and_every_cut_is_found() -> None:
    text = seal(KEY.public, Sealed.PAYLOAD, DATA)
    for place, found in enumerate(text):
        other = "A" if found != "A" else "B"
        for broken in (text[:place], text[:place] + other + text[place + 1 :]):
            with pytest.raises(WireError):
                unseal(broken, openers(KEY), Sealed.PAYLOAD)


@pytest.mark.parametrize("text", ["", "....", "a.b.c.d.e", "eyJ9.....", "e30....", "\ud800....", "W10...."])
def test_noise_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        unseal(text, openers(KEY), Sealed.PAYLOAD)


def test_megabytes_are_sealed_too() -> None:
    data = bytes(4 * 1024 * 1024)
    assert unseal(seal(KEY.public, Sealed.BUNDLE, data), openers(KEY), Sealed.BUNDLE) == data


def test_a_key_to_seal_to_proves_nothing() -> None:
    signer = SigningKey.generate()
    jwks = [signer.public.jwk(), KEY.public.jwk()]
    assert signers(jwks) == {signer.kid: signer.public}
    assert encryption_key(jwks) == KEY.public == EncryptionKey.from_jwk(jwks[1])
    assert encryption_key(jwks[:1]) is None
    with pytest.raises(Malformed):
        EncryptionKey.from_jwk(jwks[0])
