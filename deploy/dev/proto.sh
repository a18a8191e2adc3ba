#!/usr/bin/env bash
# Style and compatibility of proto/. `check` (the default) also fails when something was added that
# the committed image does not know yet; `accept` adds it, and refuses what would break a client.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

PROTO=$ROOT/proto
IMAGE=$ROOT/tests/contract/golden/proto.binpb
BUF=$PROTO/tools/node_modules/.bin/buf

buf_is_there() { [ "$("$BUF" --version 2>/dev/null)" = "$(npm --prefix "$PROTO/tools" pkg get devDependencies.@bufbuild/buf | tr -d '"')" ]; }

buf() { (cd "$PROTO" && "$BUF" "$@"); }

find_tools
buf_is_there || run "buf: installing" "check the network, then: npm --prefix proto/tools ci" \
  npm --prefix "$PROTO/tools" ci --silent
buf lint || fail "proto: style" "correct the lines above"
buf breaking --against "$IMAGE" ||
  fail "proto: a client of today would break" "undo it, or make a new package such as innerwall.query.v2 beside the old"
case ${1:-check} in
  check)
    buf build --exclude-source-info -o - | cmp -s - "$IMAGE" ||
      fail "proto: something was added" "deploy/dev/proto.sh accept, and commit tests/contract/golden/proto.binpb"
    ;;
  accept) buf build --exclude-source-info -o "$IMAGE" ;;
  *) fail "proto.sh: unknown command '$1'" "deploy/dev/proto.sh [check|accept]" ;;
esac
