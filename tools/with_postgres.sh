#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL cluster, its address in YIZHAN_PG_URL; works as root and as user.
# YIZHAN_PG_FSYNC=on: one whose commits outlive the power, as a figure asks for; tests throw it away.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
if [[ -z "$bin" ]]; then
    bin=$(dirname "$(command -v initdb || true)")
fi
if [[ ! -x "$bin/initdb" ]]; then
    echo "没有找到 PostgreSQL（Debian：apt install postgresql） · PostgreSQL was not found" >&2
    exit 1
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/yizhan-pg.XXXXXX")
as_owner=()
if [[ $EUID -eq 0 ]]; then  # the server refuses to run as root
    chown postgres "$folder"
    as_owner=(runuser -u postgres --)
fi

cleanup() {
    "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

cd /
"${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U yizhan -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
export PATH="$bin:$PATH"  # its own pg_dump and pg_restore
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
if ! "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" start >/dev/null \
    -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c fsync=${YIZHAN_PG_FSYNC:-off} -c max_connections=200"; then
    cat "$folder/log" >&2
    exit 1
fi
"${as_owner[@]}" "$bin/createdb" -h 127.0.0.1 -p "$port" -U yizhan yizhan
cd "$OLDPWD"

export YIZHAN_PG_URL="postgresql://yizhan@127.0.0.1:$port/yizhan"
"$@"
