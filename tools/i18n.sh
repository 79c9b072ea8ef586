#!/bin/sh
# Gathers the words of the QML files into resources/i18n/*.ts and compiles them.
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m tools.i18n
