#!/bin/sh
# Print where strace is; as root on Debian install it first. Otherwise say in one line what is missing.
set -eu

may_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null && grep -qx 'ID=debian' /etc/os-release
}

if ! command -v strace && may_install; then
    echo 'Installing strace for the tests of power cuts' >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq update >&2 && apt-get -qq install -y --no-install-recommends strace >&2 || true
    command -v strace || { echo 'strace could not be installed: the tests of power cuts need it (apt-get install strace).' >&2; exit 1; }
elif ! command -v strace > /dev/null; then
    echo 'strace is missing: the tests of power cuts need it (on Debian, as root: apt-get install strace).' >&2
    exit 1
fi
