"""`python -m tests.fuzz [--minutes M] [--seed N] [--keep] [NAME...]`: what each harness did and found."""

from __future__ import annotations

import argparse
import hashlib
import secrets
import sys

from tests.fuzz import running
from tests.fuzz.harness import CORPUS, Finding


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    asked.add_argument("--minutes", type=float, default=2.0)
    asked.add_argument("--seed", type=int, default=None)
    asked.add_argument("--keep", action="store_true", help="put what was found into the corpus")
    asked.add_argument("--unguided", action="store_true", help="without atheris")
    asked.add_argument("name", nargs="*")
    given = asked.parse_args()
    seed = secrets.randbelow(2**31) if given.seed is None else given.seed
    if not running.can_be_guided():
        print("not guided by coverage: atheris has no wheel for this system")
    report = running.prove(given.minutes * 60, seed, given.name, guide=not given.unguided)
    for one in report.each:
        print(f"{one.name:28} {one.executions:9} executions {one.rate:7}/s {len(one.findings):3} findings")
    for finding in report.findings:
        print(finding)
        if given.keep:
            _keep(finding)
    print(
        f"seed {seed}: {report.harnesses} harnesses, {report.executions} executions, {report.guided} of them"
    )
    print(f"guided by coverage, {len(report.findings)} findings")
    return 1 if report.findings else 0


def _keep(finding: Finding) -> None:
    folder = CORPUS / finding.harness
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(finding.data).hexdigest()[:16]).write_bytes(finding.data)


if __name__ == "__main__":
    sys.exit(main())
