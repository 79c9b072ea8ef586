#!/usr/bin/env bash
# Builds dist/yizhan, asserts what may not be in it, and has its doctor look at a clean folder.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level WARN --workpath build/pyinstaller build.spec
.venv/bin/python -m tools.check_bundle dist/yizhan
clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
cp -r dist/yizhan "$clean/app"
(cd "$clean" && env -i HOME="$clean" PATH=/usr/bin:/bin QT_QPA_PLATFORM=offscreen app/yizhan doctor --data "$clean/data")
du -sh dist/yizhan | sed 's/\t/  /'
