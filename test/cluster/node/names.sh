# What the scripts of this folder call things; sourced by them.
# State is at one fixed place, so that `down.sh` finds what a killed run has left.
STATE=${TMPDIR:-/tmp}/faceoff-cluster
PKI=$STATE/pki
CONTAINERD=$STATE/containerd.sock
DOCKER_HOST=unix://$STATE/docker.sock
# The node's own address, on a bridge without ports; the machine's other addresses can be any.
NODE_BRIDGE=faceoff-node NODE_IP=10.97.0.1
PODS_BRIDGE=faceoff-pods PODS=10.244.0.0/24
SERVICES=10.96.0.0/16 API_SERVICE=10.96.0.1
CGROUP=faceoff-cluster
# Kernel settings that Kubernetes changes.
SYSCTLS=(net.ipv4.ip_forward net.ipv4.conf.all.route_localnet vm.overcommit_memory vm.panic_on_oom kernel.panic kernel.panic_on_oops)

fail() { echo "$(basename "$0"): $1" >&2; exit 1; }
api() { curl -s --cacert "$PKI/ca.crt" --cert "$PKI/admin.crt" --key "$PKI/admin.key" "https://127.0.0.1:6443$1"; }
