#!/usr/bin/env bash
# Compares the statistics with SciPy's. Needs python3 with venv; SciPy is installed once, outside the checkout, by its pins.
set -euo pipefail
cd "$(dirname "$0")/../../.."
pins=test/statistics/scipy/requirements.txt
venv=${XDG_CACHE_HOME:-$HOME/.cache}/faceoff-tools/scipy-$(cat "$pins" <(python3 --version) | sha256sum | cut -c1-16)
if [ ! -e "$venv/complete" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --only-binary=:all: -r "$pins"
  touch "$venv/complete"
fi
SCIPY_PYTHON=$venv/bin/python exec npx vitest run --config vitest.scipy.config.ts
