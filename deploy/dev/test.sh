#!/usr/bin/env bash
# make test: everything that CI runs, on servers of its own. make check: the quick part of it that
# needs no servers. Stops at the first failure and names the step.
#
# Servers that already run for instance 'test' are used and left running; otherwise fresh ones are
# made and stopped at the end.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/packages.sh
. "$HERE/packages.sh"
# shellcheck source=deploy/dev/build.sh
. "$HERE/build.sh"

cd "$ROOT"
STEPS=()
PYTHON_PACKAGES=$ROOT/tests/requirements.txt

# step NAME CURE COMMAND...
step() {
  local name=$1 cure=$2 began=$SECONDS
  shift 2
  say "== $name"
  if ! "$@" </dev/null 9>&-; then
    STEPS+=("$(printf '%-34s %5ss  FAILED' "$name" $((SECONDS - began)))")
    print_steps >&2
    fail "$name" "$cure"
  fi
  STEPS+=("$(printf '%-34s %5ss  ok' "$name" $((SECONDS - began)))")
}

print_steps() {
  printf '\n'
  printf '  %s\n' "${STEPS[@]}"
}

# === Steps ===

scripts_are_sound() {
  local file
  for file in deploy/dev/*.sh deploy/docker/*.sh deploy/docker/ready .ci/run; do
    bash -n "$file" || return 1
  done
  if have shellcheck; then shellcheck -S warning -x -P "$ROOT" deploy/dev/*.sh deploy/docker/*.sh deploy/docker/ready .ci/run; fi
}

python_packages() {
  if cmp -s "$PYTHON_PACKAGES" "$DEV/venv/packages"; then return; fi
  rm -rf "$DEV/venv"
  python3 -m venv "$DEV/venv" &&
    "$DEV/venv/bin/pip" install --quiet --disable-pip-version-check -r "$PYTHON_PACKAGES" &&
    cp "$PYTHON_PACKAGES" "$DEV/venv/packages"
}

client_packages() {
  local folder=docs/clients/typescript
  if cmp -s "$folder/package-lock.json" "$folder/node_modules/.stamp"; then return; fi
  npm --prefix "$folder" ci --silent && cp "$folder/package-lock.json" "$folder/node_modules/.stamp"
}

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --locked
  else
    cargo test --workspace --locked
  fi
}

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if have "$name"; then
      command -v "$name"
      return
    fi
  done
}

dashboard_script() {
  node -e 'process.exit(require(process.argv[1]).scripts?.[process.argv[2]] ? 0 : 1)' \
    "$DASHBOARD/package.json" "$1" || { echo "services/dashboard/package.json has no script '$1'" >&2; return 1; }
  npm --prefix "$DASHBOARD" run "$1"
}

static_steps() {
  step "toolchain" "see the line above" "$HERE/toolchain.sh"
  find_tools
  step "scripts: syntax" "correct the script named above" scripts_are_sound
  step "rust: format" "cargo fmt" cargo fmt --all --check
  step "proto: style and compatibility" "see the line above" "$HERE/proto.sh"
  step "rust: lints" "read the message above; cargo clippy --workspace --all-targets" \
    cargo clippy --workspace --all-targets --locked -- -D warnings
}

# Sets KEEP when the servers were there before.
test_servers() {
  local found
  found=$("$HERE/servers.sh" status test)
  if [[ $found == *" up "* ]]; then KEEP=1; else "$HERE/servers.sh" clean test; fi
  step "servers" "see the line above" "$HERE/servers.sh" up test
}

stop_test_servers() {
  if [ "${KEEP:-0}" != 1 ]; then "$HERE/servers.sh" down test || true; fi
}

rust_steps() {
  local servers=$DEV/test/servers.env
  step "enrichment data" "see the line above" "$HERE/data.sh"
  step "python: packages for the tests" "rm -rf .dev/venv, check the network, try again" python_packages
  step "typescript: packages of the example" "check the network, try again" client_packages
  step "rust: build" "read the compiler's message above" cargo build --workspace --locked
  INNERWALL_TEST_DATABASE_URL=$(env_value "$servers" INNERWALL_DATABASE_URL)
  INNERWALL_TEST_AMQP_URL=$(env_value "$servers" INNERWALL_AMQP_URL)
  export INNERWALL_TEST_DATABASE_URL INNERWALL_TEST_AMQP_URL
  export INNERWALL_BIN_DIR=$ROOT/target/debug INNERWALL_DATA_DIR=$DATA INNERWALL_TEST_PYTHON=$DEV/venv/bin/python
  step "rust: tests" "run one alone: deploy/dev/servers.sh up test, then cargo nextest run NAME" rust_tests
}

dashboard_steps() {
  local cure="cd services/dashboard and run the script by hand"
  if ! has_dashboard; then
    STEPS+=("$(printf '%-34s %6s  skipped: not in this checkout' "dashboard" "")")
    return
  fi
  step "dashboard: packages" "cd services/dashboard && npm ci" dashboard_packages
  step "dashboard: types" "$cure" dashboard_script typecheck
  step "dashboard: lints" "$cure" dashboard_script lint
  step "dashboard: unit tests" "$cure" dashboard_script test
  step "dashboard: build" "$cure" dashboard_script build
  [ -n "$(find_chromium)" ] || step "chromium" "see the line above" need_packages "Chromium for the browser tests" chromium
  CHROMIUM_PATH=$(find_chromium)
  export CHROMIUM_PATH
  # On invented data, also in a shell that has read .dev/env.
  unset INNERWALL_DASHBOARD_URL INNERWALL_OPERATOR_EMAIL INNERWALL_OPERATOR_PASSWORD
  step "dashboard: browser tests" "$cure" dashboard_script e2e
  trap stop_all EXIT
  step "dashboard: a live system" "see the line above" fresh_stage
  step "dashboard: browser tests, live" "deploy/dev/up.sh with INNERWALL_SYSTEM=stage, then $cure" live_browser_tests
}

# === The live system of the browser tests ===

fresh_stage() {
  unset INNERWALL_DATABASE_URL INNERWALL_AMQP_URL
  INNERWALL_SYSTEM=stage "$HERE/clean.sh" && INNERWALL_SYSTEM=stage "$HERE/up.sh"
}

live_browser_tests() (
  # shellcheck disable=SC1091 # written by up.sh
  . "$DEV/run-stage/env"
  dashboard_script e2e:live
)

stop_all() {
  INNERWALL_SYSTEM=stage "$HERE/down.sh" || true
  stop_test_servers
}

lock test
static_steps
if [ "${1:-all}" != check ]; then
  trap stop_test_servers EXIT
  test_servers
  rust_steps
  dashboard_steps
fi
print_steps
say "all steps passed"
