# shellcheck shell=bash
# Building the binaries and the dashboard. Sourced after lib.sh.

DASHBOARD=$ROOT/services/dashboard

build_release() {
  show "building the services (release; the first time takes several minutes)" \
    "read the compiler's message above; after a change of Cargo.toml run: cargo build" \
    cargo build --manifest-path "$ROOT/Cargo.toml" --release --locked \
    -p innerwall-ingest -p innerwall-scorer -p innerwall-query -p innerwall-ctl
}

has_dashboard() { [ -f "$DASHBOARD/package.json" ]; }

# One hash over the names and contents of everything the dashboard is built from.
dashboard_inputs() {
  (cd "$DASHBOARD" && find . \( -name node_modules -o -name dist -o -name test-results \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
}

# Browser downloads of test tools are not wanted: the distribution's Chromium serves.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 PUPPETEER_SKIP_DOWNLOAD=1

dashboard_packages() {
  local stamp
  stamp=$(sha256sum "$DASHBOARD/package.json" "$DASHBOARD/package-lock.json")
  if [ -d "$DASHBOARD/node_modules" ] && [ "$stamp" = "$(cat "$STAMPS/dashboard-packages" 2>/dev/null || true)" ]; then
    return
  fi
  run "dashboard: installing packages" "cd services/dashboard && npm ci" \
    npm --prefix "$DASHBOARD" ci --no-audit --no-fund
  mkdir -p "$STAMPS"
  echo "$stamp" >"$STAMPS/dashboard-packages"
}

build_dashboard() {
  local stamp
  if ! has_dashboard; then
    say "dashboard: services/dashboard is not in this checkout, skipped"
    return
  fi
  stamp=$(dashboard_inputs)
  if [ -d "$DASHBOARD/dist" ] && [ "$stamp" = "$(cat "$STAMPS/dashboard-build" 2>/dev/null || true)" ]; then
    return
  fi
  dashboard_packages
  run "dashboard: building" "cd services/dashboard && npm run build" npm --prefix "$DASHBOARD" run build
  mkdir -p "$STAMPS"
  # Taken again: a build may write generated sources.
  dashboard_inputs >"$STAMPS/dashboard-build"
}
