# shellcheck shell=bash
# Installs distribution packages without starting or enabling any service. Sourced after lib.sh.

may_install() {
  [ "${INNERWALL_NO_INSTALL:-0}" != 1 ] && have apt-get && { [ "$(id -u)" = 0 ] || sudo_works; }
}

sudo_works() { have sudo && sudo -n true 2>/dev/null; }

# as_root COMMAND...
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" </dev/null
}

# need_packages WHY PACKAGE...: installs the packages, or ends with the line that does.
need_packages() {
  local why=$1
  shift
  local by_hand="sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
  may_install || fail "$why: missing, and installing is not possible or not allowed here" "$by_hand"
  say "installing $* ($why)"
  local log
  log=$(mktemp)
  # The first try uses the package lists at hand; old lists name files that are gone, so refresh and retry.
  if ! apt_get install --no-install-recommends "$@" >"$log" 2>&1; then
    if ! { apt_get update && apt_get install --no-install-recommends "$@"; } >"$log" 2>&1; then
      tail -n 15 "$log" >&2
      rm -f "$log"
      fail "$why: the packages could not be installed" "$by_hand"
    fi
  fi
  rm -f "$log"
}

# candidate_at_least PACKAGE VERSION: would the distribution install at least this version?
candidate_at_least() {
  local candidate
  have apt-cache || return 1
  candidate=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *//p')
  [ -n "$candidate" ] && [ "$candidate" != "(none)" ] && dpkg --compare-versions "$candidate" ge "$2"
}

# === Server packages: the programs only, no system service ===

POLICY=/usr/sbin/policy-rc.d
POLICY_BACKUP=/usr/sbin/policy-rc.d.before-innerwall
NO_CLUSTER=/etc/postgresql-common/createcluster.d/innerwall.conf

# Package scripts ask policy-rc.d before they start a service (101: forbidden), and the PostgreSQL
# package asks createcluster.d before it makes a system cluster. Both are put back afterwards.
forbid_services() {
  if [ -e "$POLICY" ] && [ ! -e "$POLICY_BACKUP" ]; then
    as_root mv "$POLICY" "$POLICY_BACKUP"
  fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
  as_root chmod 755 "$POLICY"
  as_root mkdir -p "$(dirname "$NO_CLUSTER")"
  echo 'create_main_cluster = false' | as_root tee "$NO_CLUSTER" >/dev/null
}

allow_services() {
  as_root rm -f "$POLICY" "$NO_CLUSTER"
  if [ -e "$POLICY_BACKUP" ]; then
    as_root mv "$POLICY_BACKUP" "$POLICY"
  fi
}

# A package that we brought must not start its system service at the next boot either.
disable_new_services() {
  local unit
  for unit in "$@"; do
    if [ -d /run/systemd/system ]; then
      as_root systemctl disable --quiet "$unit" >/dev/null 2>&1 || true
    elif have update-rc.d && [ -e "/etc/init.d/$unit" ]; then
      as_root update-rc.d "$unit" disable >/dev/null 2>&1 || true
    fi
  done
}

# need_server_programs WHY UNITS PACKAGE...: UNITS is a space separated list in one word.
need_server_programs() {
  local why=$1 units=$2
  shift 2
  may_install || need_packages "$why" "$@" # ends with the line to run by hand
  forbid_services
  trap allow_services EXIT
  need_packages "$why" "$@"
  allow_services
  trap - EXIT
  # shellcheck disable=SC2086 # a list of words
  disable_new_services $units
}
