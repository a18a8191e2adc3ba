#!/usr/bin/env bash
# make status: one line per process.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/services.sh
. "$HERE/services.sh"

line() { printf '%-12s %-9s %-8s %-8s %-22s %s\n' "$@"; }

service_state() {
  if [ "$1" = demo ] || [ -z "$2" ]; then
    echo up
  elif [ "$1" = dashboard ]; then
    curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$2/" && echo ready || echo unready
  else
    curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$2/readyz" && echo ready || echo unready
  fi
}

line NAME KIND STATE PID ADDRESS SIZE
for name in "${SERVICES[@]}"; do
  pid=$(service_pid "$name")
  port=$(env_value "$RUN/state.env" "PORT_$name")
  if [ -z "$pid" ]; then
    line "$name" service down - - -
    continue
  fi
  memory=$(awk '/^VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$pid/status" 2>/dev/null || true)
  line "$name" service "$(service_state "$name" "$port")" "$pid" "${port:+127.0.0.1:$port}" "$memory"
done
for instance in dev stage test bench; do
  [ ! -d "$DEV/$instance" ] || "$HERE/servers.sh" status "$instance"
done
