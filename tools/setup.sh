#!/usr/bin/env bash
# Makes .venv from uv.lock with nothing but Python >= 3.11, pip and (on Debian) apt.
set -euo pipefail
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never

packages() {
  command -v dpkg-query >/dev/null || return 0
  local missing=()
  for name in $(cat tools/debian-packages.txt); do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" -eq 0 ]; then
    echo "Installing Debian packages: ${missing[*]}"
    apt-get update -q >/dev/null
    mapfile -t missing < <(for name in "${missing[@]}"; do apt-cache show "$name" >/dev/null 2>&1 && echo "$name"; done)
    # No service is started by this: the database servers we need are throw-away ones.
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "These Debian packages are missing; if a step fails, run:"
    echo "  sudo apt-get install ${missing[*]}"
  fi
}

find_uv() {
  if [ ! -x .tools/bin/uv ]; then
    python3 -m pip install --quiet --disable-pip-version-check --target .tools 'uv>=0.9' 2>/dev/null ||
      { echo "uv could not be installed: python3 -m pip must work and reach a package index" >&2; exit 1; }
  fi
  UV=.tools/bin/uv
}

packages
find_uv
"$UV" sync --quiet --frozen --compile-bytecode --extra central ${YIZHAN_PYTHON:+--python "$YIZHAN_PYTHON"}
.venv/bin/python -m tools.make_fonts
