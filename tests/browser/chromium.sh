#!/bin/sh
# Print where Chromium is; as root on Debian install it first. Otherwise say in one line what is missing.
set -eu

found() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name"; then return 0; fi
    done
    return 1
}

may_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && grep -qx 'ID=debian' /etc/os-release
}

if ! found && may_install; then
    echo 'Installing Chromium for the tests of the sandbox page' >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >&2 && apt-get -qq install -y --no-install-recommends chromium >&2 || true
    found || { echo 'Chromium could not be installed: the tests of the sandbox page need it (apt-get install chromium).' >&2; exit 1; }
elif ! found > /dev/null; then
    echo 'Chromium is missing: the tests of the sandbox page need it (on Debian, as root: apt-get install chromium).' >&2
    exit 1
fi
