# shellcheck shell=bash
# A private PostgreSQL server for one instance. Sourced after lib.sh and packages.sh by servers.sh,
# which sets INSTANCE and INSTANCE_DIR.
#
#   .dev/NAME/postgres/data         the cluster, mode 700
#   .dev/NAME/postgres/server.log   what the server prints
#   .dev/NAME/postgres.password     password of the owner (a superuser of this private server)

PG_OWNER=innerwall

pg_dir() { readlink -f "$INSTANCE_DIR/postgres" 2>/dev/null || true; }

pg_bin() {
  find /usr/lib/postgresql -maxdepth 3 -path '*/bin/postgres' 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname
}

# PostgreSQL refuses to run as root.
pg_user() { if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi; }

as_pg() {
  if [ "$(id -u)" != 0 ]; then
    (cd / && "$@")
  else
    (cd / && setpriv --reuid="$(id -u postgres)" --regid="$(id -g postgres)" --clear-groups \
      env HOME=/nonexistent "$@")
  fi
}

pg_ensure_programs() {
  [ -n "$(pg_bin)" ] || need_server_programs "PostgreSQL server programs" "postgresql" postgresql
  [ "$(id -u)" != 0 ] || id postgres >/dev/null 2>&1 ||
    fail "root cannot run PostgreSQL and there is no user 'postgres'" "adduser --system --group postgres"
}

# The directory of the server, made when missing. Below a directory that user postgres may not cross
# (a checkout in /root, say) it lives in /var/tmp behind a link.
pg_make_dir() {
  local dir=$INSTANCE_DIR/postgres target
  # A link whose target was swept away (old files in /var/tmp are) is made anew.
  [ ! -L "$dir" ] || [ -d "$dir" ] || rm -f "$dir"
  if [ ! -e "$dir" ]; then
    if as_pg test -x "$INSTANCE_DIR"; then
      mkdir "$dir"
    else
      target=$(mktemp -d "/var/tmp/innerwall-$INSTANCE-XXXXXX")
      ln -s "$target" "$dir"
      say "user postgres cannot enter $INSTANCE_DIR: its data lives in $target"
    fi
    chmod 700 "$(pg_dir)"
    [ "$(id -u)" != 0 ] || chown postgres: "$(pg_dir)"
  fi
}

pg_init() {
  local secret=$INSTANCE_DIR/postgres.password pwfile
  [ -e "$secret" ] || random_hex 16 | write_private "$secret"
  # A directory left by an interrupted initdb has no finished cluster in it.
  [ ! -e "$(pg_dir)/data" ] || as_pg rm -rf "$(pg_dir)/data"
  pwfile=$(pg_dir)/password
  as_pg tee "$pwfile" <"$secret" >/dev/null # the directory is closed to others
  run "postgres: making a private cluster" "make clean, then try again" \
    as_pg "$(pg_bin)/initdb" -D "$(pg_dir)/data" -U "$PG_OWNER" --pwfile="$pwfile" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --data-checksums
  as_pg rm -f "$pwfile"
  echo "include 'innerwall.conf'" | as_pg tee -a "$(pg_dir)/data/postgresql.conf" >/dev/null
  as_pg touch "$(pg_dir)/data/innerwall.ready"
}

pg_settings() {
  local socket_dir
  socket_dir=$(pg_dir)/data
  # A socket's path holds 107 bytes at most; connections here go over TCP anyway.
  [ ${#socket_dir} -le 85 ] || socket_dir=
  cat <<CONF
listen_addresses = '127.0.0.1'
port = $1
unix_socket_directories = '$socket_dir'
cluster_name = 'innerwall-$INSTANCE'
max_connections = 200
shared_buffers = 256MB
effective_cache_size = 1GB
random_page_cost = 1.1
# Durability is what is being developed and tested here: never off.
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = on
max_wal_size = 2GB
min_wal_size = 256MB
checkpoint_timeout = 10min
checkpoint_completion_target = 0.9
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
log_min_duration_statement = 1s
# Values of parameters can be personal data.
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
CONF
}

# The pid of OUR postmaster, empty when it does not run (the file may be from before a crash, and its
# pid may by now be somebody else's).
pg_pid() {
  local dir pid
  dir=$(pg_dir)/data
  pid=$(head -n 1 "$dir/postmaster.pid" 2>/dev/null || true)
  if grep -qzxF -- "$dir" "/proc/${pid:-none}/cmdline" 2>/dev/null; then echo "$pid"; fi
}

pg_answers() {
  # A throttled or recovering server answers late: pg_isready's own time-out is short, callers repeat.
  "$(pg_bin)/pg_isready" -q -t 2 -h 127.0.0.1 -p "$1" -d postgres
}

pg_start() {
  local port=$1 dir
  dir=$(pg_dir)/data
  pg_settings "$port" | as_pg tee "$dir/innerwall.conf" >/dev/null
  [ -n "$(pg_pid)" ] || as_pg rm -f "$dir/postmaster.pid"
  as_pg setsid "$(pg_bin)/pg_ctl" start --no-wait -s -D "$dir" -l "$(pg_dir)/server.log" \
    </dev/null >/dev/null 2>&1 9>&- || return 1
  # Recovery after a crash replays up to max_wal_size.
  wait_for 90 pg_up_or_dead "$port" && pg_answers "$port"
}

# True when waiting has an end: the server answers, or its process is gone for longer than a start takes.
pg_up_or_dead() {
  if pg_answers "$1"; then return 0; fi
  [ -z "$(pg_pid)" ] && sleep 1 && [ -z "$(pg_pid)" ]
}

# A first try can meet orphans of a killed postmaster that still hold its shared memory.
pg_start_patiently() {
  local try
  for try in 1 2 3 4; do
    if pg_start "$PG_PORT"; then return 0; fi
    sleep "$try"
  done
  return 1
}

# pg_psql PORT DATABASE SQL
pg_psql() {
  PGPASSWORD=$(cat "$INSTANCE_DIR/postgres.password") "$(pg_bin)/psql" -X -q -A -t -v ON_ERROR_STOP=1 \
    -h 127.0.0.1 -p "$1" -U "$PG_OWNER" -d "$2" -c "$3" </dev/null
}

# pg_up PORT: sets PG_PORT to the port the server listens on.
pg_up() {
  PG_PORT=$1
  if [ -n "$(pg_dir)" ] && [ -n "$(pg_pid)" ] && pg_answers "$PG_PORT"; then
    say "postgres: running on 127.0.0.1:$PG_PORT"
    return
  fi
  pg_ensure_programs
  pg_make_dir
  [ -e "$(pg_dir)/data/innerwall.ready" ] || pg_init
  [ -z "$(pg_pid)" ] || pg_down
  if port_in_use "$PG_PORT"; then PG_PORT=$(free_port ""); fi
  say "postgres: starting on 127.0.0.1:$PG_PORT"
  pg_start_patiently || {
    tail -n 15 "$(pg_dir)/server.log" >&2
    fail "postgres did not start" "read $(pg_dir)/server.log; if the data may go: make clean"
  }
  [ "$(pg_psql "$PG_PORT" postgres "SELECT count(*) FROM pg_database WHERE datname = 'innerwall'")" = 1 ] ||
    pg_psql "$PG_PORT" postgres "CREATE DATABASE innerwall" >/dev/null
}

pg_down() {
  local pid
  [ -n "$(pg_dir)" ] || return 0
  pid=$(pg_pid)
  [ -n "$pid" ] || return 0
  say "postgres: stopping"
  as_pg "$(pg_bin)/pg_ctl" stop -s -m fast -t 20 -D "$(pg_dir)/data" >/dev/null 2>&1 || {
    say "postgres: did not stop within 20 s, stopping it hard (nothing committed is lost)"
    as_pg "$(pg_bin)/pg_ctl" stop -s -m immediate -t 10 -D "$(pg_dir)/data" >/dev/null 2>&1 || kill -9 "$pid" 2>/dev/null || true
  }
}

pg_remove() {
  local dir
  dir=$(pg_dir)
  [ -z "$dir" ] || rm -rf -- "$dir"
  rm -rf -- "$INSTANCE_DIR/postgres" "$INSTANCE_DIR/postgres.password"
}
