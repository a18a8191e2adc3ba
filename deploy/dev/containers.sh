# shellcheck shell=bash
# The two servers as containers. Sourced by servers.sh, which sets INSTANCE and INSTANCE_DIR.

docker_answers() { have docker && timeout 5 docker info >/dev/null 2>&1 && docker compose version >/dev/null 2>&1; }

dev_compose() {
  PG_PORT=$PG_PORT RMQ_PORT=$RMQ_PORT PG_PASSWORD=$(cat "$INSTANCE_DIR/postgres.password") \
    RMQ_PASSWORD=$(cat "$INSTANCE_DIR/rabbitmq.password") \
    docker compose --project-name "$(compose_project)" --file "$ROOT/deploy/docker/dev-servers.yml" "$@" </dev/null 9>&-
}

# Two checkouts on one machine must not share containers.
compose_project() { echo "innerwall-$INSTANCE-$(printf %s "$ROOT" | cksum | cut -d' ' -f1)"; }

container_ports() {
  PG_PORT=$(state PG_PORT)
  RMQ_PORT=$(state RMQ_PORT)
}

containers_run() { [ "$(dev_compose ps --services --status running 2>/dev/null | wc -l)" = 2 ]; }

up_containers() {
  local file
  for file in postgres.password rabbitmq.password; do
    [ -e "$INSTANCE_DIR/$file" ] || random_hex 16 | write_private "$INSTANCE_DIR/$file"
  done
  container_ports
  docker_answers || fail "the Docker engine does not answer" \
    "start it; or change to private servers (other data): INNERWALL_SERVERS=private make up"
  : "${PG_PORT:=$(free_port "")}" "${RMQ_PORT:=$(free_port "")}"
  if ! containers_run; then
    if port_in_use "$PG_PORT"; then PG_PORT=$(free_port ""); fi
    if port_in_use "$RMQ_PORT"; then RMQ_PORT=$(free_port ""); fi
  fi
  save_state docker \
    "postgres://$PG_OWNER:$(cat "$INSTANCE_DIR/postgres.password")@127.0.0.1:$PG_PORT/innerwall" \
    "amqp://innerwall:$(cat "$INSTANCE_DIR/rabbitmq.password")@127.0.0.1:$RMQ_PORT/%2f"
  show "servers '$INSTANCE': containers for postgres and rabbitmq" \
    "docker compose -p $(compose_project) logs; or use private servers: INNERWALL_SERVERS=private make up" \
    dev_compose up --detach --wait --quiet-pull
}

down_containers() {
  container_ports
  dev_compose stop >/dev/null 2>&1 || say "the Docker engine did not answer: its containers are as they were"
}

clean_containers() {
  container_ports
  dev_compose down --volumes >/dev/null 2>&1 ||
    fail "the containers of '$INSTANCE' could not be removed" "start the Docker engine, then: make clean"
}

status_containers() {
  container_ports
  status_line postgres docker "$(port_in_use "$PG_PORT" && echo up || echo down)" - "127.0.0.1:$PG_PORT" -
  status_line rabbitmq docker "$(rmq_answers "$RMQ_PORT" && echo up || echo down)" - "127.0.0.1:$RMQ_PORT" -
}
