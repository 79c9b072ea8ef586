"""The process that is recorded: `python -m tests.proof.cuts.driver HOME SEED COUNT DURABILITY LIFE`."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from sync.errors import StoreError
from tests.proof.cuts.deeds import live
from tests.proof.cuts.durability import Durability, lower, pack_tight
from tests.proof.cuts.strace import voice_of


def main(home: Path, seed: int, count: int, durability: Durability, life: int) -> None:
    pack_tight()
    lower(durability)
    voice = os.open(voice_of(home), os.O_WRONLY | os.O_CREAT, 0o600)

    def tell(said: dict[str, Any]) -> None:
        os.write(voice, f"{json.dumps(said)}\n".encode())

    with suppress(StoreError):  # told before: the person has given up, the program is ended
        live(home, seed, count, tell, life)
    assert "PySide6" not in sys.modules, "the recorded process is the store's alone"


if __name__ == "__main__":
    _home, _seed, _count, _durability, _life = sys.argv[1:]
    main(Path(_home), int(_seed), int(_count), Durability.parse(_durability), int(_life))
