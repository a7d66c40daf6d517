#!/usr/bin/env bash
# Takes the cluster away: processes, mounts, cgroups, network, rules, settings and state, whatever of them is there.
set -euo pipefail
. "$(dirname "$0")/names.sh"
[ "$(id -u)" = 0 ] || fail 'needs root.'

# Ends the first process of the namespaces; with it goes everything inside.
pid=$(cat "$STATE/pid" 2>/dev/null || true)
if [ -r "/proc/${pid:-none}/cmdline" ] && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'unshare .*run\.sh'; then
  kill -9 "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
fi
cgroups() { find /sys/fs/cgroup -depth -type d -path "*/$CGROUP*" 2>/dev/null; }
# The kernel may need a moment until the last process has left them.
for _ in $(seq 100); do
  [ -n "$(cgroups)" ] || break
  cgroups | xargs rmdir 2>/dev/null || sleep 0.1
done
[ -z "$(cgroups)" ] || echo "down.sh: processes are left in $(cgroups | tail -n 1)" >&2

for bridge in $NODE_BRIDGE $PODS_BRIDGE; do ip link delete "$bridge" 2>/dev/null || true; done
# The chains of kube-proxy, the kubelet and the network plugins, and what jumps to them.
for family in iptables ip6tables; do
  rules=$("$family-save" 2>/dev/null || true)
  ! grep -q "KUBE-\|CNI-\|$CGROUP" <<<"$rules" || grep -v "KUBE-\|CNI-\|$CGROUP" <<<"$rules" | "$family-restore"
done

[ ! -s "$STATE/sysctl.conf" ] || sysctl -q -p "$STATE/sysctl.conf"
rm -rf --one-file-system "$STATE"
