# shellcheck shell=bash
# Shared by every script in this folder: paths, messages, ports, waiting. Source it, do not run it.

set -euo pipefail

ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)
DEV=$ROOT/.dev
# Which running system is meant: 'dev' is that of make up, 'stage' that of the browser tests.
SYSTEM=${INNERWALL_SYSTEM:-dev}
RUN=$DEV/run
ENV_FILE=$DEV/env
if [ "$SYSTEM" != dev ]; then
  RUN=$DEV/run-$SYSTEM
  ENV_FILE=$RUN/env
fi
DATA=$DEV/data
STAMPS=$DEV/stamps
HERE=$ROOT/deploy/dev
# shellcheck disable=SC2034 # read by the scripts that source this file
readonly ROOT DEV SYSTEM RUN ENV_FILE DATA STAMPS HERE

# Puts tools on the PATH that the shell's profile does not know: a rustup installation, and the Node.js
# that toolchain.sh makes where the distribution's is too old. Called again after toolchain.sh.
find_tools() {
  local dir=${HOME:-/nonexistent}/.cargo/bin
  [[ ! -d $dir || :$PATH: == *:$dir:* ]] || PATH=$PATH:$dir
  dir=$DEV/node/tools
  [[ ! -x $dir/node || :$PATH: == *:$dir:* ]] || PATH=$dir:$PATH
  export PATH
}
find_tools

# Scripts call each other; the elapsed time shown is that of the whole command.
export INNERWALL_STARTED=${INNERWALL_STARTED:-$(date +%s)}

# === Messages ===

elapsed() { echo $(($(date +%s) - INNERWALL_STARTED)); }

# say TEXT: one line about the step that begins now.
say() { printf '[%4ss] %s\n' "$(elapsed)" "$*"; }

# fail WHAT CURE: the last two lines of a failed command.
fail() {
  printf '[%4ss] FAILED: %s\n' "$(elapsed)" "$1" >&2
  printf '        cure: %s\n' "$2" >&2
  exit 1
}

# run TITLE CURE COMMAND...: a step whose output matters only when it fails.
run() {
  local title=$1 cure=$2 log
  shift 2
  say "$title"
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1 </dev/null 9>&-; then
    tail -n 25 "$log" >&2
    rm -f "$log"
    fail "$title" "$cure"
  fi
  rm -f "$log"
}

# show TITLE CURE COMMAND...: a step whose output is its progress.
show() {
  local title=$1 cure=$2
  shift 2
  say "$title"
  "$@" </dev/null 9>&- || fail "$title" "$cure"
}

have() { command -v "$1" >/dev/null 2>&1; }

# === Files ===

# Directories under .dev that another system user (the one PostgreSQL runs as) must be able to cross.
open_dir() {
  mkdir -p "$@"
  chmod a+x "$DEV" "$@"
}

# write_private FILE: standard input becomes FILE, readable by the owner only, never half written.
write_private() {
  local part=$1.part
  (umask 077 && cat >"$part")
  mv -f "$part" "$1"
}

# random_hex BYTES
random_hex() { od -An -v -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }

# env_value FILE KEY: the value of `export KEY='v'` or `KEY='v'`, empty when absent.
env_value() {
  [ -r "$1" ] || return 0
  sed -n "s/^\(export \)\{0,1\}$2='\(.*\)'\$/\2/p" "$1" | tail -n 1
}

# json_value KEY: the value of KEY in the JSON object on standard input, empty when absent or null.
json_value() {
  node -e 'const v = JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]]; if (v != null) console.log(String(v))' "$1"
}

# === Ports ===

port_in_use() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port PREFERRED...: the first preferred port (may be empty) nobody listens on, else a random one below the
# range that the kernel hands out to outgoing connections.
free_port() {
  local port
  for port in "$@"; do
    if [ -n "$port" ] && ! port_in_use "$port"; then
      echo "$port"
      return
    fi
  done
  for _ in $(seq 200); do
    port=$((20000 + RANDOM % 12000))
    if ! port_in_use "$port"; then
      echo "$port"
      return
    fi
  done
  fail "no free port between 20000 and 32000" "end what listens there: ss -ltn"
}

# === Waiting ===

# wait_for SECONDS COMMAND...: true as soon as COMMAND succeeds, false at the deadline.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.2
  done
}

# lock NAME: one command at a time per name; waits for the other one. Descriptor 9 holds the lock;
# every long-lived process is started with 9 closed, or it would keep the lock.
lock() {
  mkdir -p "$DEV"
  exec 9>"$DEV/$1.lock"
  flock -n 9 && return
  say "waiting for another command that works on '$1'"
  flock -w 900 9 || fail "'$1' is still locked by another command" "end that command: fuser $DEV/$1.lock"
}
