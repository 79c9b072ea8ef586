"""One harness under atheris, guided by the branches it takes; a process of its own: atheris never returns."""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import ExitStack
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["sync.wire", "sync", "kiosk.store", "kiosk.settings", "central"]):
    from tests.fuzz import running


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("name")
    asked.add_argument("--seconds", type=int, required=True)
    asked.add_argument("--seed", type=int, required=True)
    asked.add_argument("--corpus", type=Path, required=True)
    asked.add_argument("--found", type=Path, required=True)
    given = asked.parse_args()
    logging.disable(logging.CRITICAL)
    with ExitStack() as stack:
        harness = next(one for one in running.harnesses(stack) if one.name == given.name)
        for n, sample in enumerate(harness.samples):
            (given.corpus / f"sample-{n}").write_bytes(b"\1" + sample)

        def one_input(data: bytes) -> None:
            finding = harness.try_(harness.of_bytes(data))
            if finding is not None:
                given.found.write_bytes(finding.data)
                raise AssertionError(str(finding))

        flags = [f"-max_total_time={given.seconds}", f"-seed={given.seed}", "-max_len=65536", "-timeout=20"]
        atheris.Setup(
            [sys.argv[0], *flags, "-rss_limit_mb=2048", "-print_final_stats=1", str(given.corpus)], one_input
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
