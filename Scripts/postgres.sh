# Sourced by test and bench: a PostgreSQL cluster of their own, on a free port of this machine, gone when they end.

postgres_bin() { printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1; }

# as_postgres COMMAND…: the server refuses to run as root.
as_postgres() { if ((EUID == 0)); then runuser -u postgres -- "$@"; else "$@"; fi; }

# start_postgres: sets postgres_url, the address of its administrator.
start_postgres() {
    local port
    postgres_folder=$(mktemp -d)
    ((EUID != 0)) || chown postgres "$postgres_folder"
    as_postgres "$(postgres_bin)/initdb" --pgdata "$postgres_folder/data" --username postgres --auth trust \
        --encoding UTF8 --locale C.UTF-8 --data-checksums >/dev/null
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    (cd / && as_postgres "$(postgres_bin)/pg_ctl" --pgdata "$postgres_folder/data" --log "$postgres_folder/log" --wait --silent \
        --options "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_folder -c max_connections=2000" start) ||
        { cat "$postgres_folder/log" >&2; return 1; }
    postgres_url=postgres://postgres@127.0.0.1:$port/postgres
}

stop_postgres() {
    [[ -n ${postgres_folder-} ]] || return 0
    (cd / && as_postgres "$(postgres_bin)/pg_ctl" --pgdata "$postgres_folder/data" --mode immediate --silent stop) || true
    rm -rf "$postgres_folder"
}
