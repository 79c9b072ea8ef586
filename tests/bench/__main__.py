"""`make bench`: runs every bench, prints the table, writes build/bench.json."""

import argparse
import importlib
import sys
from pathlib import Path

from tests.bench import figures

BENCHES = (
    "record",
    "search",
    "typing",
    "start",
    "push",
    "memory",
    "stall",
    "look",
    "wipe",
    "urgent",
    "thin",
    "postgres",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("only", nargs="*", choices=[*BENCHES, []])
    parser.add_argument("--out", type=Path, default=Path("build/bench.json"))
    options = parser.parse_args()
    found: list[figures.Figure] = []
    for name in options.only or BENCHES:
        print(f"… {name}", flush=True)
        these = importlib.import_module(f"tests.bench.{name}").measure()
        print(figures.table(these), flush=True)
        found += these
        figures.write(found, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
