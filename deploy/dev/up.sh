#!/usr/bin/env bash
# make up: from a clone to a running system with demo data. Safe to repeat: what runs and has not
# changed is left alone. DEMO=0 starts it without the demo load. INNERWALL_SYSTEM=stage starts a second
# system beside it from the debug build, with finite demo data: that of the browser tests.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/build.sh
. "$HERE/build.sh"
# shellcheck source=deploy/dev/services.sh
. "$HERE/services.sh"

BIN=$ROOT/target/release
[ "$SYSTEM" = dev ] || BIN=$ROOT/target/debug
STATE=$RUN/state.env
SERVERS=$DEV/$SYSTEM/servers.env
CTL=$BIN/innerwall-ctl

lock "up-$SYSTEM"
open_dir "$RUN"

state() { env_value "$STATE" "$1"; }

# === Ports and secrets that stay the same from run to run ===

TAKEN=' '

# Only the system of make up takes the well-known ports.
preferred() { [ "$SYSTEM" != dev ] || echo "$1"; }

# choose_port NAME PREFERRED: sets PORT.
choose_port() {
  PORT=$(state "PORT_$1")
  if [ -n "$PORT" ] && ! service_gone "$1"; then
    TAKEN="$TAKEN$PORT "
    return
  fi
  PORT=$(free_port "$PORT" "$(preferred "$2")")
  while [[ $TAKEN == *" $PORT "* ]]; do PORT=$(free_port ""); done
  TAKEN="$TAKEN$PORT "
}

choose_state() {
  choose_port ingest 8080 && PORT_INGEST=$PORT
  choose_port query 8081 && PORT_QUERY=$PORT
  # gRPC is a second port of query: kept while query runs.
  PORT_GRPC=$(state PORT_grpc)
  if [ -z "$PORT_GRPC" ] || service_gone query; then PORT_GRPC=$(free_port "$PORT_GRPC" "$(preferred 8082)"); fi
  TAKEN="$TAKEN$PORT_GRPC "
  # That of ingest likewise.
  PORT_INGEST_GRPC=$(state PORT_ingest_grpc)
  if [ -z "$PORT_INGEST_GRPC" ] || service_gone ingest; then PORT_INGEST_GRPC=$(free_port "$PORT_INGEST_GRPC" "$(preferred 8085)"); fi
  TAKEN="$TAKEN$PORT_INGEST_GRPC "
  choose_port dashboard 8083 && PORT_DASHBOARD=$PORT
  choose_port scorer 8084 && PORT_SCORER=$PORT
  ROLE_PASSWORD=$(state ROLE_PASSWORD)
  ROLE_PASSWORD=${ROLE_PASSWORD:-$(random_hex 16)}
  write_private "$STATE" <<ENV
PORT_ingest='$PORT_INGEST'
PORT_query='$PORT_QUERY'
PORT_grpc='$PORT_GRPC'
PORT_ingest_grpc='$PORT_INGEST_GRPC'
PORT_dashboard='$PORT_DASHBOARD'
PORT_scorer='$PORT_SCORER'
ROLE_PASSWORD='$ROLE_PASSWORD'
ENV
}

# === Database and services ===

ctl() {
  INNERWALL_DATABASE_URL=$DATABASE_URL INNERWALL_AMQP_URL=$AMQP_URL INNERWALL_ROLE_PASSWORD=$ROLE_PASSWORD \
    INNERWALL_DATA_DIR=$DATA INNERWALL_LOG=${INNERWALL_LOG:-warn} "$CTL" "$@" </dev/null
}

# The dashboard's development server (npm run dev) is an origin of its own.
DEV_SERVER=http://127.0.0.1:5173

role_url() { ctl url --role "$1" || fail "no database URL for role $1" "run: make clean && make up"; }

start_services() {
  local ingest_url scorer_url query_url
  ingest_url=$(role_url ingest)
  scorer_url=$(role_url scorer)
  query_url=$(role_url query)
  ensure_service ingest "$BIN/innerwall-ingest" -- INNERWALL_LISTEN="127.0.0.1:$PORT_INGEST" \
    INNERWALL_GRPC_LISTEN="127.0.0.1:$PORT_INGEST_GRPC" \
    INNERWALL_DATABASE_URL="$ingest_url" INNERWALL_AMQP_URL="$AMQP_URL" "$BIN/innerwall-ingest"
  ensure_service scorer "$BIN/innerwall-scorer" "$DATA/manifest.json" -- INNERWALL_LISTEN="127.0.0.1:$PORT_SCORER" \
    INNERWALL_DATABASE_URL="$scorer_url" INNERWALL_AMQP_URL="$AMQP_URL" INNERWALL_DATA_DIR="$DATA" "$BIN/innerwall-scorer"
  ensure_service query "$BIN/innerwall-query" "$DATA/manifest.json" -- INNERWALL_LISTEN="127.0.0.1:$PORT_QUERY" \
    INNERWALL_GRPC_LISTEN="127.0.0.1:$PORT_GRPC" \
    INNERWALL_PUBLIC_ORIGINS="http://127.0.0.1:$PORT_DASHBOARD,http://localhost:$PORT_DASHBOARD,$DEV_SERVER" \
    INNERWALL_DATABASE_URL="$query_url" INNERWALL_AMQP_URL="$AMQP_URL" INNERWALL_DATA_DIR="$DATA" "$BIN/innerwall-query"
  # Its stamp file changes with every build of the dashboard.
  ! has_dashboard || ensure_service dashboard "$DASHBOARD/server.mjs" "$STAMPS/dashboard-build" -- DASHBOARD_HOST=127.0.0.1 \
    DASHBOARD_PORT="$PORT_DASHBOARD" QUERY_URL="http://127.0.0.1:$PORT_QUERY" node "$DASHBOARD/server.mjs"
  say "waiting until every service is ready"
  wait_ready ingest "http://127.0.0.1:$PORT_INGEST/readyz"
  wait_ready scorer "http://127.0.0.1:$PORT_SCORER/readyz"
  wait_ready query "http://127.0.0.1:$PORT_QUERY/readyz"
  ! has_dashboard || wait_ready dashboard "http://127.0.0.1:$PORT_DASHBOARD/"
}

# === Demo tenant ===

# create_tenant NAME EMAIL: the JSON answer of ctl.
create_tenant() {
  ctl tenant create --name "$1" --operator-email "$2" --operator-password "$PASSWORD" \
    --preset recommended --if-missing --json
}

# Keys are shown once, when they are made: afterwards .dev/env is the only place that knows them.
demo_tenant() {
  local answer suffix
  say "demo tenant"
  EMAIL=$(env_value "$ENV_FILE" INNERWALL_OPERATOR_EMAIL)
  EMAIL=${EMAIL:-operator@demo.example}
  PASSWORD=$(env_value "$ENV_FILE" INNERWALL_OPERATOR_PASSWORD)
  PASSWORD=${PASSWORD:-$(random_hex 10)}
  answer=$(create_tenant demo "$EMAIL") || fail "the demo tenant could not be made" "read the message above; then make clean && make up"
  read_keys "$answer"
  if [ -z "$API_KEY" ] || [ -z "$API_TOKEN" ]; then
    # A database that already has the tenant, beside a .dev that does not know its keys.
    suffix=$(random_hex 3)
    say "tenant 'demo' is there, but its keys are not known here: making 'demo-$suffix'"
    EMAIL=operator-$suffix@demo.example
    answer=$(create_tenant "demo-$suffix" "$EMAIL") || fail "tenant demo-$suffix could not be made" "read the message above"
    read_keys "$answer"
  fi
}

read_keys() {
  API_KEY=$(json_value api_key <<<"$1")
  API_TOKEN=$(json_value api_token <<<"$1")
  [ -n "$API_KEY" ] || API_KEY=$(env_value "$ENV_FILE" INNERWALL_API_KEY)
  [ -n "$API_TOKEN" ] || API_TOKEN=$(env_value "$ENV_FILE" INNERWALL_API_TOKEN)
}

write_env() {
  write_private "$ENV_FILE" <<ENV
export INNERWALL_INGEST_URL='http://127.0.0.1:$PORT_INGEST'
export INNERWALL_QUERY_URL='http://127.0.0.1:$PORT_QUERY'
export INNERWALL_GRPC_ADDR='127.0.0.1:$PORT_GRPC'
export INNERWALL_INGEST_GRPC_ADDR='127.0.0.1:$PORT_INGEST_GRPC'
export INNERWALL_DASHBOARD_URL='http://127.0.0.1:$PORT_DASHBOARD'
export INNERWALL_API_KEY='$API_KEY'
export INNERWALL_API_TOKEN='$API_TOKEN'
export INNERWALL_OPERATOR_EMAIL='$EMAIL'
export INNERWALL_OPERATOR_PASSWORD='$PASSWORD'
export INNERWALL_DATABASE_URL='$DATABASE_URL'
export INNERWALL_AMQP_URL='$AMQP_URL'
ENV
}

# A week of habits, then one attack of each pattern: enough to look at, and all of it known (labels.jsonl).
demo_history() {
  [ ! -f "$RUN/labels.jsonl" ] || return 0
  show "demo data: a week of habits, then attacks" "read the message above" "$CTL" load --url "http://127.0.0.1:$PORT_INGEST" \
    --api-key "$API_KEY" --labelled "$RUN/labels.part" --users 200 --history-days 7 --scenes 1 --rate 200 --seed 1
  mv "$RUN/labels.part" "$RUN/labels.jsonl"
}

# Texts that try to become scripts, very long ones and right-to-left ones: the browser tests look at them.
hostile_texts() {
  local answer
  answer=$(curl -fsS --max-time 10 "http://127.0.0.1:$PORT_INGEST/v1/events" -H "Api-Key: $API_KEY" \
    -H 'Content-Type: application/x-ndjson' --data-binary @"$HERE/demo/hostile.ndjson") || fail "hostile texts were not sent" "read $RUN/ingest.log"
  [[ $answer == *'"refused":0'* ]] || fail "hostile texts were refused: $answer" "correct deploy/dev/demo/hostile.ndjson"
}

demo_load() {
  if [ "${DEMO:-1}" = 0 ]; then
    stop_services demo
    return
  fi
  demo_history
  if [ "$SYSTEM" != dev ]; then
    hostile_texts
    return
  fi
  ensure_service demo "$CTL" -- "$CTL" load --url "http://127.0.0.1:$PORT_INGEST" --api-key "$API_KEY" --rate 20 --seconds 0
}

summary() {
  say "Innerwall is up"
  cat <<TEXT

  Dashboard   http://127.0.0.1:$PORT_DASHBOARD
  Login       $EMAIL / $PASSWORD
  New tenant  innerwall-ctl setup-token --tenant NAME --dashboard-url http://127.0.0.1:$PORT_DASHBOARD
  Send events http://127.0.0.1:$PORT_INGEST/v1/events    key and tokens: . ${ENV_FILE#"$ROOT/"}
  Verdicts    http://127.0.0.1:$PORT_INGEST/v1/decide
  REST API    http://127.0.0.1:$PORT_QUERY/api/openapi.json
  gRPC        127.0.0.1:$PORT_GRPC (reading), 127.0.0.1:$PORT_INGEST_GRPC (sending)

  make status   make logs   make down   make clean
TEXT
}

"$HERE/toolchain.sh"
find_tools
"$HERE/servers.sh" up "$SYSTEM"
"$HERE/data.sh"
if [ "$SYSTEM" = dev ]; then build_release; fi
build_dashboard
DATABASE_URL=$(env_value "$SERVERS" INNERWALL_DATABASE_URL)
AMQP_URL=$(env_value "$SERVERS" INNERWALL_AMQP_URL)
choose_state
say "database: applying migrations"
ctl migrate || fail "the migrations did not apply" "read the message above; if the data may go: make clean && make up"
start_services
demo_tenant
write_env
demo_load
summary
