#!/bin/sh
# Installs what the tests need from Debian's packages: only as root, only what is missing.
set -eu

missing=""
need() { # package, then a test that succeeds when it is there
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}

need postgresql-15 sh -c 'ls /usr/lib/postgresql/*/bin/initdb'
need redis-server sh -c 'command -v redis-server'
need chromium sh -c 'command -v chromium || command -v google-chrome'
need fonts-noto-cjk sh -c 'fc-list :lang=zh | grep .'
need nodejs sh -c 'command -v node'
need libical3 sh -c 'ls /usr/lib/*/libical.so.3'
need npm sh -c 'command -v npm'
need openjdk-17-jre-headless sh -c 'command -v java'
need maven sh -c 'command -v mvn'

# a command that its package is named after: `system_packages.sh wrk`
for extra in "$@"; do
    need "$extra" sh -c "command -v $extra"
done

[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "Missing:$missing. Tests that need them will be skipped." >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # a list of words
apt-get install -y -qq --no-install-recommends $missing >/dev/null
