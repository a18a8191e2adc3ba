#!/usr/bin/env bash
# make clean: everything down, then the data, the keys and the build stamps are removed. Kept are
# what costs a download or a long build: .dev/data, .dev/venv, target, node_modules.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

"$HERE/down.sh"
INSTANCES=("$SYSTEM")
[ "$SYSTEM" != dev ] || INSTANCES=(dev test bench)
for instance in "${INSTANCES[@]}"; do
  [ ! -d "$DEV/$instance" ] || "$HERE/servers.sh" clean "$instance"
done
if [ "$SYSTEM" = dev ] && [ -d "$DEV/run-stage" ]; then INNERWALL_SYSTEM=stage "$HERE/clean.sh"; fi
rm -rf -- "$RUN" "$ENV_FILE" "$ENV_FILE.part"
[ "$SYSTEM" != dev ] || rm -rf -- "$STAMPS"
say "clean: databases, queues, keys and logs are gone"
