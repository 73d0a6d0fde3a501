#!/usr/bin/env bash
# Lighthouse's scores of the queue and a ticket, at a demonstration made for it. Needs Node 18.20 or later with npm, which neither
# running nor testing Balie does; what it installs lies outside the repository.
set -eu
cd "$(dirname "$0")/.."
folder="${LIGHTHOUSE_FOLDER:-${XDG_CACHE_HOME:-$HOME/.cache}/balie-lighthouse}"
npm install --prefix "$folder" --no-audit --no-fund --silent lighthouse@12.8.2
PYTHONPATH=src:. DJANGO_SETTINGS_MODULE=balie.config.settings exec "${PYTHON:-.venv/bin/python}" tools/lighthouse.py "$folder/node_modules/.bin/lighthouse"
