#!/bin/sh
# Gathers the words of the QML files into resources/i18n/*.ts and compiles them.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
bin="$root/.venv/bin"
cd "$root/ui/qml"
"$bin/pyside6-lupdate" -silent -no-obsolete -locations none -source-language zh_CN -target-language en \
    Main.qml Yizhan -ts "$root/resources/i18n/yizhan_en.ts"
"$bin/pyside6-lrelease" -silent "$root/resources/i18n/yizhan_en.ts" -qm "$root/resources/i18n/yizhan_en.qm"
