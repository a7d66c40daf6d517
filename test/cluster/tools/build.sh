#!/usr/bin/env bash
# Builds tools of the cluster tests from source, each once: build.sh [TOOL …] (without names: all of them).
# Keeps them in $XDG_CACHE_HOME/faceoff-tools (~/.cache/faceoff-tools) under a hash of their recipe, and prints their folders, joined for PATH.
# Needs Go, gcc and Node, and the Go module proxy for what is not cached.
set -euo pipefail
cd "$(dirname "$0")"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/faceoff-tools
mkdir -p "$cache"

build() { # TOOL FOLDER
  local work=$2.building
  rm -rf "$work" && mkdir -p "$work/out"
  cp -r "$1" "$work/source"
  (cd "$work/source" && OUT=$work/out CGO_ENABLED=0 GOFLAGS="-buildvcs=false -mod=readonly" GOTOOLCHAIN=local bash -eu build.sh) >&2
  mv "$work/out" "$2" && rm -rf "$work"
}

[ $# -gt 0 ] || set -- pulumi pulumi-language-nodejs kubernetes pulumi-resource-kubernetes coredns etcd pause base-image
path=
for tool in "$@"; do
  [ -f "$tool/build.sh" ] || { echo "no such tool: $tool" >&2; exit 2; }
  folder=$cache/$tool-$(cat "$tool"/* | sha256sum | cut -c1-12)
  if [ ! -d "$folder" ]; then
    start=$SECONDS
    echo "Building $tool …" >&2
    # One builder at a time: a second one waits, and then finds it built.
    exec 9>"$cache/$tool.lock" && flock 9
    [ -d "$folder" ] || build "$tool" "$folder"
    exec 9>&-
    echo "Built $tool in $((SECONDS - start)) s." >&2
  fi
  path=${path:+$path:}$folder
done
echo "$path"
