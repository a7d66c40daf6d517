#!/usr/bin/env bash
# Brings an image from the Docker daemon to the node, as `minikube image load` does: load.sh IMAGE
set -euo pipefail
. "$(dirname "$0")/names.sh"
docker -H "$DOCKER_HOST" save "$1" | ctr -a "$CONTAINERD" -n k8s.io images import - >/dev/null
