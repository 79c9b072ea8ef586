#!/usr/bin/env bash
# try_bundle.sh FOLDER: in a clean folder and an empty environment the doctor is content, the window opens and closes.
set -euo pipefail
clean=$(mktemp -d)
trap 'rm -rf "$clean"' EXIT
cp -r "$1" "$clean/app"
cd "$clean"
empty=(env -i "HOME=$clean" PATH=/usr/bin:/bin LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen)
yizhan() {
  "${empty[@]}" app/yizhan "$@" --data data
}
fail() {
  echo "$1" >&2
  cat said >&2
  exit 1
}

yizhan doctor
touch lp
yizhan doctor --set printer.kind=device --set printer.path="$clean/lp" >said || fail "the receipt printer's driver is not whole"

"${empty[@]}" app/yizhan run --set screen.full_screen=false --data data >said 2>&1 &
program=$!
for _ in $(seq 300); do [ -s data/ledger.db ] && break || sleep 0.1; done
sleep 3 # the first page
kill -TERM "$program" || fail "the window did not stay open"
wait "$program" || fail "the window did not close in order"
[ ! -s said ] || fail "the window opened with complaints"
yizhan doctor >said || fail "the doctor found something after the first run"
yizhan export chain.jsonl 2>said && fail "a chain before enrolment" || grep -q "not enrolled" said || fail "export"
echo "the window opened and closed in order"
