#!/usr/bin/env bash
# make logs [S=ingest]: follows the logs of all services, or of one. Ends with Ctrl-C.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

shopt -s nullglob
files=("$RUN"/*.log)
[ -z "${1:-}" ] || files=("$RUN/$1.log")
[ -e "${files[0]:-}" ] || fail "no log of '${1:-any service}' in .dev/run" "make up"
exec tail -n 20 -F "${files[@]}"
