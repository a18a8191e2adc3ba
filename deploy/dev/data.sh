#!/usr/bin/env bash
# Fetches the enrichment data named in deploy/data/manifest.json: data.sh [--with-city] [DIRECTORY]

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

options=()
if [ "${1:-}" = --with-city ]; then
  options+=("$1")
  shift
fi
say "enrichment data"
exec bash "$ROOT/deploy/data/fetch.sh" "$ROOT/deploy/data/manifest.json" "${1:-$DATA}" "${options[@]}"
