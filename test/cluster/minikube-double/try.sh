#!/usr/bin/env bash
# Runs the cluster tests the way they take on a machine with Minikube, on the cluster of this folder: try.sh [FILE …]
# The minikube command is a double, and so is the provider of @pulumi/docker; the kubeconfig is the one in the home folder.
# A cluster that is up is used and left up.
set -euo pipefail
folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
project=$(cd "$folder/../.." && pwd)
. "$folder/node/names.sh"

if [ ! -f "$STATE/kubeconfig" ]; then
  trap '"$folder/node/down.sh"' EXIT
  "$folder/node/up.sh"
fi
tools=$("$folder/tools/build.sh")
export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$HOME/.cache} HOME=$STATE/home DOCKER_HOST CLUSTER=minikube
export PATH=$folder/minikube-double:$folder/engine:$tools:$folder/docker-provider:$project/node_modules/@pulumi/pulumi:$PATH
unset KUBECONFIG
mkdir -p "$HOME/.kube"
cp "$STATE/kubeconfig" "$HOME/.kube/config"
cd "$project"
npx vitest run --config vitest.cluster.config.ts "$@"
