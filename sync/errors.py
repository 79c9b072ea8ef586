"""The error tree of the terminal.

YizhanError
├── WorldError              the world failed: shown to people, retried
│   ├── LinkError           between here and central: drawn in `sync.failures`
│   ├── WrongHash           a download is not what was promised
│   ├── BadPack             signed and whole, but not a pack this program can read
│   └── StoreError          something on this machine's disk
│       ├── DiskFull        no room left
│       ├── ReadOnly        the folder or the disk refuses writing
│       ├── Busy            another program holds the file
│       ├── DiskFailing     the disk does not read or write
│       ├── Damaged         the file is not what we wrote
│       ├── JournalMissing  the folder that was set for it holds no journal, and there was one
│       ├── NewerFile       written by a newer version of this program
│       ├── UnsafeLibrary   the SQLite of this program can lose what it was given
│       ├── AlreadyRunning  a second kiosk on the same data
│       └── KeyUnavailable  the key to the files cannot be had
├── RefusedError            the request cannot be granted as things stand
│   ├── LeaseExhausted      not enough left in the lease
│   ├── LeaseUnknown        no such lease here
│   ├── TokenSpent          this very token was spent from the lease
│   ├── PayloadTooLarge     more than the wire carries
│   ├── NotSuperseding      the superseded operation is not finally rejected
│   ├── BadCode             what was typed is not an enrolment code
│   ├── NotReached          enrolling before central was reached with a code
│   ├── NoSealingKey        central has told no key to seal to: once online it does
│   └── NotEnrolled         no open enrolment to record under
└── BugError                we have a bug: loud
    ├── OperationExists     the same id with other bytes
    └── ChainFork           central's chain and ours differ
        └── Restored        central holds more than this disk: a restored or cloned disk
"""


class YizhanError(Exception):
    """Root of all errors of the terminal."""


class WorldError(YizhanError):
    pass


class WrongHash(WorldError):
    """What came down is thrown away; what was there before stays."""


class BadPack(WorldError):
    """What was installed before stays."""


class StoreError(WorldError):
    def __init__(self, file: str, detail: str = "") -> None:
        super().__init__(f"{file}: {detail}" if detail else file)
        self.file = file
        self.detail = detail


class DiskFull(StoreError):
    pass


class ReadOnly(StoreError):
    pass


class Busy(StoreError):
    pass


class DiskFailing(StoreError):
    pass


class Damaged(StoreError):
    pass


class JournalMissing(StoreError):
    pass


class NewerFile(StoreError):
    pass


class UnsafeLibrary(StoreError):
    pass


class AlreadyRunning(StoreError):
    pass


class KeyUnavailable(StoreError):
    pass


class RefusedError(YizhanError):
    pass


class LeaseExhausted(RefusedError):
    def __init__(self, lease: str, asked: int, left: int) -> None:
        super().__init__(f"lease {lease}: asked {asked}, left {left}")
        self.lease = lease
        self.asked = asked
        self.left = left


class LeaseUnknown(RefusedError):
    pass


class TokenSpent(RefusedError):
    def __init__(self, lease: str, token: str) -> None:
        super().__init__(f"lease {lease}: token {token} is spent")
        self.lease = lease
        self.token = token


class PayloadTooLarge(RefusedError):
    def __init__(self, size: int, limit: int) -> None:
        super().__init__(f"payload of {size} bytes, at most {limit}")
        self.size = size


class NotSuperseding(RefusedError):
    pass


class BadCode(RefusedError):
    pass


class NotReached(RefusedError):
    pass


class NoSealingKey(RefusedError):
    pass


class NotEnrolled(RefusedError):
    pass


class BugError(YizhanError):
    pass


class OperationExists(BugError):
    pass


class ChainFork(BugError):
    pass


class Restored(ChainFork):
    pass
