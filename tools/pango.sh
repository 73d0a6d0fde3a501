#!/usr/bin/env bash
# Pango, with which notices become PDFs: the system's if it is there, else by the package manager when that is allowed.
# Without it everything else works, and asking for a PDF says what is missing.
set -u
PATH="$PATH:/usr/sbin:/sbin"
ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0.so.0 && ldconfig -p | grep -q libharfbuzz-subset.so.0 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Pango for notices as PDF …"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; } >/dev/null 2>&1 ||
        echo "Pango could not be installed: notices can be published as HTML and Markdown, not as PDF."
fi
exit 0
