#!/usr/bin/env bash
# Real mail servers for the tests: the system's Dovecot and Postfix if they are there, else by the package manager when that is
# allowed. They are only installed, never started here: the tests start their own, with their own settings, on ports of their own.
# Without them these tests say so by name.
set -u
PATH="$PATH:/usr/sbin:/sbin"
command -v dovecot >/dev/null 2>&1 && command -v postfix >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Dovecot and Postfix for the tests of mail servers …"
    if [ ! -e /usr/sbin/policy-rc.d ]; then # so that no service starts on the machine's own mail ports
        printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d
        trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends dovecot-imapd postfix; } >/dev/null 2>&1 ||
        echo "Dovecot and Postfix could not be installed: the tests with real mail servers will be skipped."
else
    echo "There is no Dovecot or no Postfix, and this user may not install them: the tests with real mail servers will be skipped."
fi
exit 0
