#!/usr/bin/env bash
# Installs the Debian packages that the cluster needs.
set -euo pipefail
command -v apt-get >/dev/null || { echo 'packages.sh: needs Debian or Ubuntu.' >&2; exit 1; }

missing=()
for package in containerd runc containernetworking-plugins docker.io iptables iproute2 conntrack debootstrap openssl curl procps haproxy gcc libc6-dev docker-registry; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
echo "Installing ${missing[*]} …" >&2
apt-get update -qq >&2
# Their services stay off: the cluster starts its own.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
  trap 'rm "$policy"' EXIT
fi
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
