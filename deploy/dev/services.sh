# shellcheck shell=bash
# Background processes of the development system: pid, log and stamp files in .dev/run.
# Sourced after lib.sh.

# shellcheck disable=SC2034 # read by status.sh
SERVICES=(ingest scorer query dashboard demo)

# Marks a process as ours; a pid file alone may name somebody else's process after a crash.
service_mark() { echo "SERVICE_INSTANCE=$1@$RUN"; }

# service_pid NAME: the pid of the running process, empty when there is none.
service_pid() {
  local pid
  pid=$(cat "$RUN/$1.pid" 2>/dev/null || true)
  if grep -qzxF "$(service_mark "$1")" "/proc/${pid:-none}/environ" 2>/dev/null; then echo "$pid"; fi
}

service_gone() { [ -z "$(service_pid "$1")" ]; }

# ensure_service NAME FILE... -- [KEY=VALUE...] COMMAND...
# Leaves a running process alone unless one of FILE..., its variables or its command changed.
ensure_service() {
  local name=$1 files=() stamp
  shift
  while [ "$1" != -- ]; do
    files+=("$1")
    shift
  done
  shift
  stamp=$({ stat -c '%n %Y %s' "${files[@]}" && printf '%s\n' "$@"; } | sha256sum)
  if ! service_gone "$name"; then
    [ "$stamp" != "$(cat "$RUN/$name.stamp" 2>/dev/null || true)" ] || return 0
    stop_services "$name"
  fi
  say "$name: starting"
  rotate_log "$RUN/$name.log"
  # What .dev/env may have put into the caller's shell is not for the services.
  env -u INNERWALL_API_KEY -u INNERWALL_API_TOKEN -u INNERWALL_OPERATOR_EMAIL -u INNERWALL_OPERATOR_PASSWORD \
    "$(service_mark "$name")" setsid env "$@" </dev/null >>"$RUN/$name.log" 2>&1 9>&- &
  echo $! >"$RUN/$name.pid"
  echo "$stamp" >"$RUN/$name.stamp"
  # The mark is in place only after env has run.
  wait_for 5 mark_or_dead "$name" "$!" || true
}

mark_or_dead() { ! service_gone "$1" || ! kill -0 "$2" 2>/dev/null; }

rotate_log() {
  local size
  size=$(stat -c %s "$1" 2>/dev/null || echo 0)
  [ "$size" -lt 20000000 ] || mv -f "$1" "$1.1"
}

# wait_ready NAME URL: ends with the service's last words when it dies or stays unready.
wait_ready() {
  if ! wait_for 60 ready_or_dead "$1" "$2" || service_gone "$1"; then
    tail -n 15 "$RUN/$1.log" >&2
    curl -sS --max-time 2 "$2" >&2 || true
    fail "$1 is not ready at $2" "read $RUN/$1.log; then make down && make up"
  fi
}

ready_or_dead() { service_gone "$1" || curl -fs -o /dev/null --max-time 2 "$2"; }

# stop_services NAME...: SIGTERM to all, 25 s for all of them together to drain, then SIGKILL.
# A service leads a process group of its own (setsid): what it started goes with it.
stop_services() {
  local name pid groups=()
  for name in "$@"; do
    pid=$(service_pid "$name")
    if [ -n "$pid" ]; then
      say "$name: stopping"
      groups+=("-$pid")
      kill -TERM -- "-$pid" 2>/dev/null || true
    fi
  done
  if ! wait_for 25 all_gone "$@"; then
    for name in "$@"; do
      pid=$(service_pid "$name")
      [ -n "$pid" ] || continue
      say "$name: did not drain within 25 s, killing it"
      kill -KILL -- "-$pid" 2>/dev/null || true
    done
    wait_for 5 all_gone "$@" || true
  fi
  [ "${#groups[@]}" = 0 ] || kill -KILL -- "${groups[@]}" 2>/dev/null || true
  for name in "$@"; do
    rm -f "$RUN/$name.pid" "$RUN/$name.stamp"
  done
}

all_gone() {
  local name
  for name in "$@"; do
    service_gone "$name" || return 1
  done
}
