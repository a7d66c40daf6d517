#!/usr/bin/env bash
# Prints the folder of the virtual environment that the Python peers run in. It is made once, outside the checkout, by the
# pins. Needs python3 with venv and PyPI.
set -euo pipefail
pins=$(dirname "$0")/requirements.txt
venv=${XDG_CACHE_HOME:-$HOME/.cache}/faceoff-tools/peers-$(cat "$pins" <(python3 --version) | sha256sum | cut -c1-16)
if [ ! -e "$venv/complete" ]; then
  echo "Installing the Python peers …" >&2
  rm -rf "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check --only-binary=:all: -r "$pins" >&2
  touch "$venv/complete"
fi
echo "$venv"
