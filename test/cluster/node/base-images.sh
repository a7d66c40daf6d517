#!/usr/bin/env bash
# Puts the images there that builds and pods begin with, under their public names, since no registry is asked: base-images.sh TOOLS
set -euo pipefail
. "$(dirname "$0")/names.sh"
# The one that the service's own image is built on.
node_image=$(sed -n 's/^ARG NODE_IMAGE=//p' "$(dirname "$0")/../../../app/Dockerfile")
IFS=: read -ra folders <<<"$1"
for folder in "${folders[@]}"; do
  [ ! -f "$folder/pause" ] || tar -C "$folder" -c pause | docker -H "$DOCKER_HOST" import -c 'ENTRYPOINT ["/pause"]' - registry.k8s.io/pause:3.10 >/dev/null
  [ ! -f "$folder/node-image.tar" ] || docker -H "$DOCKER_HOST" import -c 'CMD ["node"]' \
    -c 'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt' "$folder/node-image.tar" "$node_image" >/dev/null
done
"$(dirname "$0")/load.sh" registry.k8s.io/pause:3.10
