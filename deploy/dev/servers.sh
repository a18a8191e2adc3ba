#!/usr/bin/env bash
# PostgreSQL and RabbitMQ for development: servers.sh up|down|clean|status NAME
#
# NAME is dev, stage, test or bench. The servers are, in this order:
#   given    INNERWALL_DATABASE_URL and INNERWALL_AMQP_URL are set: used as they are, nothing is started
#   docker   a Docker engine answers: two containers with their own volumes
#   private  programs of the distribution, data in .dev/NAME; a system server is never touched
# INNERWALL_SERVERS=docker|private skips the choice. What was chosen is in .dev/NAME/servers.env.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/packages.sh
. "$HERE/packages.sh"

ACTION=${1:-}
INSTANCE=${2:-}
case $INSTANCE in
  '' | *[!a-z0-9-]*) fail "usage: servers.sh up|down|clean|status NAME" "NAME is dev, stage, test or bench" ;;
esac
INSTANCE_DIR=$DEV/$INSTANCE
STATE=$INSTANCE_DIR/servers.env

# shellcheck source=deploy/dev/postgres.sh
. "$HERE/postgres.sh"
# shellcheck source=deploy/dev/rabbitmq.sh
. "$HERE/rabbitmq.sh"
# shellcheck source=deploy/dev/containers.sh
. "$HERE/containers.sh"

state() { env_value "$STATE" "$1"; }

# Does the environment name servers? URLs of our own instances do not count: they are there when
# somebody has read .dev/env into the shell.
given() {
  local database=${INNERWALL_DATABASE_URL:-} amqp=${INNERWALL_AMQP_URL:-} file
  [ -n "$database$amqp" ] || return 1
  [ -n "${database:+$amqp}" ] || fail "only one of INNERWALL_DATABASE_URL and INNERWALL_AMQP_URL is set" "set both, or neither"
  for file in "$DEV"/*/servers.env; do
    case $(env_value "$file" MODE) in '' | given) continue ;; esac
    [ "$(env_value "$file" INNERWALL_DATABASE_URL)" != "$database" ] || return 1
    [ "$(env_value "$file" INNERWALL_AMQP_URL)" != "$amqp" ] || return 1
  done
}

# choose_mode REMEMBERED: the kind of an instance is kept, or its data would seem to vanish on the day
# a Docker engine is installed.
choose_mode() {
  case ${INNERWALL_SERVERS:-} in
    docker | private) echo "$INNERWALL_SERVERS" ;;
    '')
      if given; then echo given
      elif [ "$1" = docker ] || [ "$1" = private ]; then echo "$1"
      elif docker_answers; then echo docker
      else echo private; fi
      ;;
    *) fail "INNERWALL_SERVERS=$INNERWALL_SERVERS" "use docker or private, or leave it empty" ;;
  esac
}

# save_state MODE DATABASE_URL AMQP_URL
save_state() {
  write_private "$STATE" <<ENV
MODE='$1'
INNERWALL_DATABASE_URL='$2'
INNERWALL_AMQP_URL='$3'
PG_PORT='${PG_PORT:-}'
RMQ_PORT='${RMQ_PORT:-}'
RMQ_DIST_PORT='${RMQ_DIST_PORT:-}'
RMQ_EPMD_PORT='${RMQ_EPMD_PORT:-}'
ENV
}

remembered_or_free() {
  local port
  port=$(state "$1")
  if [ -n "$port" ]; then echo "$port"; else free_port ""; fi
}

up_private() {
  local pg rmq dist epmd
  pg=$(remembered_or_free PG_PORT)
  rmq=$(remembered_or_free RMQ_PORT)
  dist=$(remembered_or_free RMQ_DIST_PORT)
  epmd=$(remembered_or_free RMQ_EPMD_PORT)
  # Remembered before starting: an interrupted start is taken up where it was.
  PG_PORT=$pg RMQ_PORT=$rmq RMQ_DIST_PORT=$dist RMQ_EPMD_PORT=$epmd
  [ -e "$STATE" ] || save_state private '' ''
  pg_up "$pg"
  rmq_up "$rmq" "$dist" "$epmd"
  save_state private \
    "postgres://$PG_OWNER:$(cat "$INSTANCE_DIR/postgres.password")@127.0.0.1:$PG_PORT/innerwall" \
    "amqp://guest:$(cat "$INSTANCE_DIR/rabbitmq.password")@127.0.0.1:$RMQ_PORT/%2f"
}

up() {
  local mode before
  open_dir "$INSTANCE_DIR"
  before=$(state MODE)
  mode=$(choose_mode "$before")
  if [ -n "$before" ] && [ "$before" != "$mode" ]; then
    say "servers '$INSTANCE': were $before, now $mode"
    down
    rm -f "$STATE"
  fi
  case $mode in
    given)
      say "servers '$INSTANCE': those named in the environment"
      save_state given "$INNERWALL_DATABASE_URL" "$INNERWALL_AMQP_URL"
      ;;
    docker) up_containers ;;
    private) up_private ;;
  esac
}

down() {
  case $(state MODE) in
    docker) down_containers ;;
    given) ;;
    *)
      rmq_down
      pg_down
      ;;
  esac
}

clean() {
  down
  if [ "$(state MODE)" = docker ]; then clean_containers; fi
  pg_remove
  rmq_remove
  rm -rf -- "$INSTANCE_DIR"
}

# One line per server: name, kind, state, process, address, bytes on disk.
status_line() { printf '%-12s %-9s %-8s %-8s %-22s %s\n' "$@"; }

status() {
  local mode pg rmq
  mode=$(state MODE)
  pg=$(state PG_PORT) rmq=$(state RMQ_PORT)
  case $mode in
    '') status_line "servers" "$INSTANCE" "absent" - - - ;;
    given) status_line "servers" given "-" - "from the environment" - ;;
    docker) status_containers ;;
    private)
      status_line postgres private "$(pg_answers "$pg" && echo up || echo down)" "$(pg_pid)" "127.0.0.1:$pg" "$(size_of "$(pg_dir)")"
      status_line rabbitmq private "$(rmq_answers "$rmq" && echo up || echo down)" "$(rmq_pid)" "127.0.0.1:$rmq" "$(size_of "$(rmq_dir)")"
      ;;
  esac
}

size_of() { du -shL "$1" 2>/dev/null | cut -f1; }

case $ACTION in
  up | down | clean)
    lock "servers-$INSTANCE"
    "$ACTION"
    ;;
  status) status ;;
  *) fail "usage: servers.sh up|down|clean|status NAME" "make help" ;;
esac
