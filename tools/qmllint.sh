#!/bin/sh
# Lints every QML file of the product with the types of its Python classes; any warning fails.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
types="$root/build/qmltypes"
cd "$root"
PYTHONPATH="$root" "$root/.venv/bin/python" tools/qmltypes.py "$types"
find "$root/ui/qml" -name '*.qml' | sort | xargs "$root/.venv/bin/pyside6-qmllint" -W 0 -I "$types" -I "$root/ui/qml"
