#!/usr/bin/env bash
# make bench: the benchmark on fresh private servers; tables on the terminal, JSON in .dev/bench*.json.
#
# PARTS names what to measure, with blanks between; all without it:
#   throughput  events per second, latency, memory, size, the pure core, the servers alone
#   decide      how long producers wait for verdicts, alone (throughput measures it too)
#   detection   which attacks are found, and which honest users are taken for attackers
#   reading     every route that reads and every export, with BENCH_EVENTS of BENCH_USERS in
#               BENCH_DAYS (5000000, 200000 and 90; about 3 GB for the time it runs)

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/build.sh
. "$HERE/build.sh"
# shellcheck source=deploy/dev/services.sh
. "$HERE/services.sh"

# Always servers of its own: numbers from a shared server mean nothing, and the data is thrown away.
unset INNERWALL_DATABASE_URL INNERWALL_AMQP_URL
export INNERWALL_SERVERS=private
SERVERS=$DEV/bench/servers.env

warn_when_busy() {
  local name
  for name in "${SERVICES[@]}"; do
    if ! service_gone "$name"; then
      say "WARNING: the development system runs and takes part of the machine; 'make down' first for clean numbers"
      return
    fi
  done
}

PARTS=${PARTS:-throughput detection reading}
for part in $PARTS; do
  case $part in
    throughput | decide | detection | reading) ;;
    *) fail "there is no part $part" "PARTS may name throughput, decide, detection and reading" ;;
  esac
done
wants() { [[ " $PARTS " == *" $1 "* ]]; }

lock bench
warn_when_busy
"$HERE/toolchain.sh"
find_tools
"$HERE/data.sh"
build_release
if wants throughput; then
  show "building the measure of scoring alone" "read the compiler's message above" \
    cargo build --manifest-path "$ROOT/Cargo.toml" --release --locked -p innerwall-scoring --example score_speed
fi
trap '"$HERE/servers.sh" clean bench' EXIT
"$HERE/servers.sh" clean bench
"$HERE/servers.sh" up bench
INNERWALL_DATABASE_URL=$(env_value "$SERVERS" INNERWALL_DATABASE_URL)
INNERWALL_AMQP_URL=$(env_value "$SERVERS" INNERWALL_AMQP_URL)
INNERWALL_ROLE_PASSWORD=$(random_hex 16)
export INNERWALL_DATABASE_URL INNERWALL_AMQP_URL INNERWALL_ROLE_PASSWORD INNERWALL_DATA_DIR=$DATA
export INNERWALL_LOG=${INNERWALL_LOG:-warn}
show "database: applying migrations" "read the message above" "$ROOT/target/release/innerwall-ctl" migrate
# measure PART ARGUMENT...: one part, whose numbers go to a file of its own.
measure() {
  local part=$1
  shift
  show "$part" "read the message above" \
    "$ROOT/target/release/innerwall-ctl" bench "$@" --bin-dir "$ROOT/target/release"
}
if wants throughput; then measure throughput --out "$DEV/bench.json" --data-dir "$DATA"; fi
if wants decide; then measure decide decide --out "$DEV/bench-decide.json" --data-dir "$DATA"; fi
if wants detection; then
  measure detection detection --out "$DEV/bench-detection.json" --labelled "$DEV/bench-labels.jsonl"
fi
if wants reading; then
  measure reading reading --out "$DEV/bench-reading.json" --events "${BENCH_EVENTS:-5000000}" \
    --users "${BENCH_USERS:-200000}" --days "${BENCH_DAYS:-90}"
fi
say "numbers are in .dev/bench*.json"
