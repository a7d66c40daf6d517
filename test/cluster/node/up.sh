#!/usr/bin/env bash
# Starts a one-node Kubernetes cluster and a Docker daemon on this machine, anew; takes down what an earlier one left.
# Needs root on Debian or Ubuntu, Go, gcc and Node. down.sh takes all of it away again.
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)
. "$folder/names.sh"

[ "$(id -u)" = 0 ] || fail 'needs root, to make namespaces and a network. Run it with sudo, or use a Minikube cluster instead.'
"$folder/packages.sh"
command -v go >/dev/null || fail 'needs Go, to build Kubernetes. Install Go 1.26 and put it on PATH.'
tools=$("$folder/../tools/build.sh")
export PATH=$tools:$PATH
"$folder/down.sh"
for port in 53 2379 6443 10250; do
  ! ss -Hltn "src 127.0.0.1:$port or src 0.0.0.0:$port or src [::]:$port" | grep -q . || fail "port $port is taken on this machine. End what listens there."
done

mkdir -p "$STATE/log"
echo 'Starting the cluster …' >&2
for setting in "${SYSCTLS[@]}"; do sysctl "$setting"; done >"$STATE/sysctl.conf"
"$folder/certificates.sh"
"$folder/settings.sh"

# An address of a Service or pod that nothing answers must end here, not leave the machine by its default route.
ip link add "$NODE_BRIDGE" type bridge
ip address add "$NODE_IP/32" dev "$NODE_BRIDGE"
ip link set "$NODE_BRIDGE" up
ip route add "$SERVICES" dev "$NODE_BRIDGE"
ip route add "$PODS" dev "$NODE_BRIDGE" metric 1000
# Docker daemons set the policy of this chain to DROP, and pods would reach nothing.
for way in -i -o; do iptables -I FORWARD "$way" "$PODS_BRIDGE" -m comment --comment "$CGROUP" -j ACCEPT; done
# The one hierarchy of cgroup version 2, or each of version 1.
hierarchies=/sys/fs/cgroup
[ -f /sys/fs/cgroup/cgroup.controllers ] || hierarchies=$(dirname /sys/fs/cgroup/*/cgroup.procs)
for hierarchy in $hierarchies; do mkdir -p "$hierarchy/$CGROUP"; done

setsid unshare --mount --pid --fork --mount-proc --kill-child "$folder/run.sh" >"$STATE/log/run.log" 2>&1 &
echo $! >"$STATE/pid"
ready() {
  kubectl --kubeconfig "$STATE/kubeconfig" wait --for condition=Ready --timeout 1s node/minikube && docker -H "$DOCKER_HOST" info
} >/dev/null 2>&1
for _ in $(seq 240); do
  ! ready || break
  kill -0 "$(cat "$STATE/pid")" 2>/dev/null || { tail -n 5 "$STATE"/log/*.log >&2; fail 'the cluster ended while it started.'; }
  sleep 0.5
done
ready || { tail -n 5 "$STATE"/log/*.log >&2; fail 'the cluster did not get ready in two minutes.'; }
"$folder/base-images.sh" "$tools"
echo "The cluster is ready. KUBECONFIG=$STATE/kubeconfig DOCKER_HOST=$DOCKER_HOST" >&2
