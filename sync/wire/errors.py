"""What can be wrong with bytes that came from outside.

WireError
├── Malformed       not the bytes the protocol allows
├── BadSignature    no known key made this
├── WrongAnswer     signed, but not the answer to our question (nonce, type, terminal)
└── ChainBroken     operations that do not follow from the chain before them
"""


class WireError(Exception):
    """Bytes from outside that must not be acted on."""


class Malformed(WireError):
    pass


class NewerVersion(Malformed):
    """Made by a program of a later version of the wire."""


class BadSignature(WireError):
    pass


class WrongAnswer(WireError):
    pass


class ChainBroken(WireError):
    pass
