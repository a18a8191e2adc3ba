#!/usr/bin/env bash
# make down: stops the services, then the private servers. The data stays.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=deploy/dev/services.sh
. "$HERE/services.sh"

lock "up-$SYSTEM"
# Producers first, so that nothing is refused on the way.
stop_services demo
stop_services dashboard ingest
stop_services scorer query
INSTANCES=("$SYSTEM")
[ "$SYSTEM" != dev ] || INSTANCES=(dev test bench)
for instance in "${INSTANCES[@]}"; do
  [ ! -d "$DEV/$instance" ] || "$HERE/servers.sh" down "$instance"
done
# What the browser tests may have left behind.
if [ "$SYSTEM" = dev ] && [ -d "$DEV/run-stage" ]; then INNERWALL_SYSTEM=stage "$HERE/down.sh"; fi
say "down; the data is kept, 'make clean' removes it"
