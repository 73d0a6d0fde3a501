#!/usr/bin/env bash
# A browser for the tests: the system's Chromium if it is there, else by the package manager when that is allowed.
# Without one the browser tests say so by name.
set -u
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium; } >/dev/null 2>&1 ||
        echo "Chromium could not be installed: the browser tests will be skipped."
else
    echo "There is no Chromium, and this user may not install one: the browser tests will be skipped."
fi
exit 0
