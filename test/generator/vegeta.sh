#!/usr/bin/env bash
# Prints the path of vegeta, which is built once, outside the checkout, by its pin. Needs Go and the Go module proxy.
set -euo pipefail
version=v12.12.0
folder=${XDG_CACHE_HOME:-$HOME/.cache}/faceoff-tools/vegeta-$version
if [ ! -x "$folder/vegeta" ]; then
  echo "Building vegeta $version …" >&2
  CGO_ENABLED=0 GOBIN=$folder GOTOOLCHAIN=local go install "github.com/tsenart/vegeta/v12@$version" >&2
fi
echo "$folder/vegeta"
