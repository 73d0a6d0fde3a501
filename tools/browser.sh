#!/usr/bin/env bash
# A browser for the tests: the system's Chromium if it is there, else by the package manager when that is allowed. Best is the one
# without windows (Debian: chromium-headless-shell), in which the same tests take a third of the time. Without any the browser tests
# say so by name.
set -u
has() { command -v "$1" >/dev/null 2>&1; }
any() { has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome; }
put() { DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=0 -o Acquire::http::Timeout=10 install -y -qq "$1" >/dev/null 2>&1; }

has chromium-headless-shell && exit 0
if [ "$(id -u)" = 0 ] && has apt-get; then
    any || echo "Installing Chromium for the browser tests …"
    put chromium-headless-shell || { any && exit 0; }
    any || { apt-get update -qq >/dev/null 2>&1; put chromium-headless-shell || put chromium; }
    any || echo "Chromium could not be installed: the browser tests will be skipped."
else
    any || echo "There is no Chromium, and this user may not install one: the browser tests will be skipped."
fi
exit 0
