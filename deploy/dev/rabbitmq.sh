# shellcheck shell=bash
# A private RabbitMQ node for one instance. Sourced after lib.sh and packages.sh by servers.sh,
# which sets INSTANCE and INSTANCE_DIR. The node has its own name, ports, cookie, name server (epmd)
# and configuration; nothing of a system installation but the programs is used.
#
#   .dev/NAME/rabbitmq/{data,log,home,etc}
#   .dev/NAME/rabbitmq.password

RMQ_SERVER=/usr/lib/rabbitmq/bin/rabbitmq-server

rmq_dir() { echo "$INSTANCE_DIR/rabbitmq"; }

# Marks our process: a pid file alone may name somebody else's process after a crash.
rmq_mark() { echo "INNERWALL_SERVER=$(rmq_dir)"; }

rmq_ensure_programs() {
  [ -x "$RMQ_SERVER" ] ||
    need_server_programs "RabbitMQ server programs" "rabbitmq-server epmd.socket epmd.service" rabbitmq-server
  [ -x "$RMQ_SERVER" ] || fail "$RMQ_SERVER is missing" "install the distribution's package rabbitmq-server"
}

rmq_is_ours() { grep -qzxF "$(rmq_mark)" "/proc/$1/environ" 2>/dev/null; }

rmq_pid() {
  local pid
  pid=$(cat "$(rmq_dir)/pid" 2>/dev/null || true)
  if [ -n "$pid" ] && rmq_is_ours "$pid"; then echo "$pid"; fi
}

# The broker speaks: it answers the protocol header with a method frame (first byte 1).
rmq_answers() {
  local first
  # shellcheck disable=SC2016 # $1 belongs to the inner shell
  first=$(timeout 2 bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$1"; printf "AMQP\0\0\11\1" >&3; head -c 1 <&3 | od -An -tx1' \
    bash "$1" 2>/dev/null) || return 1
  [ "${first// /}" = 01 ]
}

rmq_settings() {
  cat <<CONF
listeners.tcp.local = 127.0.0.1:$1
default_user = guest
default_pass = $(cat "$INSTANCE_DIR/rabbitmq.password")
loopback_users.guest = true
heartbeat = 10
# A development broker shares a small machine: a smaller log is flushed to segments sooner.
raft.wal_max_size_bytes = 67108864
disk_free_limit.absolute = 100MB
log.file.level = info
log.file.rotation.size = 10485760
log.file.rotation.count = 3
CONF
}

# Schedulers that wait by spinning would take the cores of a small machine from the other programs.
# Cluster name and ports must stay free of any system broker; the name is the same after a reboot or
# a change of the host's name because it ends in localhost.
rmq_environment() {
  local dir
  dir=$(rmq_dir)
  rmq_mark
  cat <<ENV
HOME=$dir/home
RABBITMQ_NODENAME=innerwall-$INSTANCE@localhost
RABBITMQ_NODE_PORT=$1
RABBITMQ_NODE_IP_ADDRESS=127.0.0.1
RABBITMQ_DIST_PORT=$2
ERL_EPMD_PORT=$3
ERL_EPMD_ADDRESS=127.0.0.1
RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}
RABBITMQ_MNESIA_BASE=$dir/data
RABBITMQ_LOG_BASE=$dir/log
RABBITMQ_CONFIG_FILE=$dir/etc/rabbitmq.conf
RABBITMQ_CONFIG_FILES=$dir/etc/conf.d
RABBITMQ_ADVANCED_CONFIG_FILE=$dir/etc/advanced.config
RABBITMQ_CONF_ENV_FILE=$dir/etc/rabbitmq-env.conf
RABBITMQ_ENABLED_PLUGINS_FILE=$dir/etc/enabled_plugins
RABBITMQ_PID_FILE=$dir/pid
ENV
}

rmq_start() {
  local dir variables
  dir=$(rmq_dir)
  rm -f "$dir/pid"
  [ -e "$INSTANCE_DIR/rabbitmq.password" ] || random_hex 16 | write_private "$INSTANCE_DIR/rabbitmq.password"
  mkdir -p "$dir"/{data,log,home,etc/conf.d}
  chmod 700 "$dir"
  rmq_settings "$1" | write_private "$dir/etc/rabbitmq.conf"
  echo '[].' >"$dir/etc/enabled_plugins"
  : >"$dir/etc/rabbitmq-env.conf"
  mapfile -t variables < <(rmq_environment "$@")
  # Nothing of the caller's RABBITMQ_* or ERL_* settings may leak in.
  (cd "$dir" && exec env -i PATH="$PATH" LANG=C.UTF-8 "${variables[@]}" \
    setsid "$RMQ_SERVER" </dev/null >"$dir/log/startup.log" 2>&1 9>&- &)
  wait_for 90 rmq_up_or_dead "$1" && rmq_answers "$1"
}

rmq_up_or_dead() {
  if rmq_answers "$1"; then return 0; fi
  grep -qE 'BOOT FAILED|Failed to create cookie|cannot get bootfile' "$(rmq_dir)/log/startup.log"
}

# rmq_up PORT DIST_PORT EPMD_PORT: sets RMQ_PORT, RMQ_DIST_PORT, RMQ_EPMD_PORT to what is in use.
rmq_up() {
  RMQ_PORT=$1 RMQ_DIST_PORT=$2 RMQ_EPMD_PORT=$3
  if [ -n "$(rmq_pid)" ] && rmq_answers "$RMQ_PORT"; then
    say "rabbitmq: running on 127.0.0.1:$RMQ_PORT"
    return
  fi
  rmq_ensure_programs
  rmq_down
  if port_in_use "$RMQ_PORT"; then RMQ_PORT=$(free_port ""); fi
  if port_in_use "$RMQ_DIST_PORT"; then RMQ_DIST_PORT=$(free_port ""); fi
  if port_in_use "$RMQ_EPMD_PORT"; then RMQ_EPMD_PORT=$(free_port ""); fi
  say "rabbitmq: starting on 127.0.0.1:$RMQ_PORT (takes about 10 s)"
  rmq_start "$RMQ_PORT" "$RMQ_DIST_PORT" "$RMQ_EPMD_PORT" || {
    tail -n 20 "$(rmq_dir)/log/startup.log" >&2
    rmq_down
    fail "rabbitmq did not start" "read $(rmq_dir)/log; if the data may go: make clean"
  }
}

# Also ends the node's own epmd, which stays behind when the node goes.
rmq_down() {
  local pid
  pid=$(rmq_pid)
  if [ -n "$pid" ]; then
    say "rabbitmq: stopping"
    kill -TERM "$pid" 2>/dev/null || true
    if ! wait_for 25 rmq_gone "$pid"; then
      say "rabbitmq: did not stop within 25 s, killing it (nothing confirmed is lost)"
      kill -9 "$pid" 2>/dev/null || true
      wait_for 5 rmq_gone "$pid" || true
    fi
  fi
  rm -f "$(rmq_dir)/pid"
  rmq_kill_epmd
}

# Not `kill -0`: it also finds a dead process that nobody has reaped, as happens in containers.
rmq_gone() { ! rmq_is_ours "$1"; }

rmq_kill_epmd() {
  local proc
  for proc in /proc/[0-9]*; do
    if rmq_is_ours "${proc#/proc/}" && [ "$(cat "$proc/comm" 2>/dev/null)" = epmd ]; then
      kill -TERM "${proc#/proc/}" 2>/dev/null || true
    fi
  done
}

rmq_remove() { rm -rf -- "$(rmq_dir)" "$INSTANCE_DIR/rabbitmq.password"; }
