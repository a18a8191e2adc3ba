#!/usr/bin/env bash
# make bench: the benchmark on fresh private servers; tables on the terminal, JSON in .dev/bench*.json.

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

lock bench
warn_when_busy
"$HERE/toolchain.sh"
find_tools
"$HERE/data.sh"
build_release
show "building the measure of scoring alone" "read the compiler's message above" \
  cargo build --manifest-path "$ROOT/Cargo.toml" --release --locked -p innerwall-scoring --example score_speed
trap '"$HERE/servers.sh" clean bench' EXIT
"$HERE/servers.sh" clean bench
"$HERE/servers.sh" up bench
INNERWALL_DATABASE_URL=$(env_value "$SERVERS" INNERWALL_DATABASE_URL)
INNERWALL_AMQP_URL=$(env_value "$SERVERS" INNERWALL_AMQP_URL)
INNERWALL_ROLE_PASSWORD=$(random_hex 16)
export INNERWALL_DATABASE_URL INNERWALL_AMQP_URL INNERWALL_ROLE_PASSWORD INNERWALL_DATA_DIR=$DATA
export INNERWALL_LOG=${INNERWALL_LOG:-warn}
show "database: applying migrations" "read the message above" "$ROOT/target/release/innerwall-ctl" migrate
show "benchmark" "read the message above" \
  "$ROOT/target/release/innerwall-ctl" bench --bin-dir "$ROOT/target/release" --out "$DEV/bench.json" --data-dir "$DATA"
show "detection" "read the message above" \
  "$ROOT/target/release/innerwall-ctl" bench detection --bin-dir "$ROOT/target/release" \
  --out "$DEV/bench-detection.json" --labelled "$DEV/bench-labels.jsonl"
say "numbers are in .dev/bench.json and .dev/bench-detection.json"
