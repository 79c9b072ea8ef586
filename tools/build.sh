#!/usr/bin/env bash
# Builds dist/yizhan, asserts what must and what may not be in it, and tries it in a clean folder.
set -euo pipefail
cd "$(dirname "$0")/.."
.venv/bin/python -m tools.make_fonts --require
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level ERROR --workpath build/pyinstaller build.spec
for part in libpython3* sqlcipher3 zstandard yaml sqlalchemy cryptography; do
  find dist/yizhan/_internal/$part -type f -name '*.so*' -exec strip --strip-debug {} +
done
.venv/bin/python -m tools.check_bundle dist/yizhan
tools/try_bundle.sh dist/yizhan
du -sh dist/yizhan | sed 's/\t/  /'
