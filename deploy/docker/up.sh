#!/usr/bin/env bash
# Starts Innerwall in containers: makes random passwords once, builds the images, applies the
# migrations, starts everything and creates a first tenant. Safe to repeat.
# Other compose commands: docker compose --env-file .dev/docker.env ps|logs|down

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/../dev/lib.sh"

SECRETS=$DEV/docker.env
OPERATOR=operator@demo.example

compose() { docker compose --project-directory "$ROOT" --env-file "$SECRETS" "$@"; }

docker info >/dev/null 2>&1 || fail "no Docker engine answers" "start it, or run without containers: make up"
mkdir -p "$DEV"
if [ ! -e "$SECRETS" ]; then
  say "making random passwords in .dev/docker.env; keep that file, the volumes know them"
  write_private "$SECRETS" <<ENV
INNERWALL_OWNER_PASSWORD=$(random_hex 24)
INNERWALL_ROLE_PASSWORD=$(random_hex 24)
INNERWALL_AMQP_PASSWORD=$(random_hex 24)
INNERWALL_FIRST_LOGIN_PASSWORD=$(random_hex 10)
ENV
fi
show "building the images" "read the message above" compose build
show "starting" "docker compose --env-file .dev/docker.env logs" compose up --detach
say "waiting until ingest is ready"
wait_for 120 curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:${INNERWALL_INGEST_PORT:-8080}/readyz" ||
  fail "ingest is not ready" "docker compose --env-file .dev/docker.env logs ingest"
say "first tenant (its API key is shown once, below)"
login=$(sed -n 's/^INNERWALL_FIRST_LOGIN_PASSWORD=//p' "$SECRETS")
compose run --rm -T ctl tenant create --name demo --operator-email "$OPERATOR" \
  --operator-password "$login" --preset recommended --if-missing --json </dev/null ||
  fail "the tenant could not be made" "docker compose --env-file .dev/docker.env logs migrate"
say "dashboard http://127.0.0.1:${INNERWALL_DASHBOARD_PORT:-8083} (login $OPERATOR / $login), ingest http://127.0.0.1:${INNERWALL_INGEST_PORT:-8080}"
