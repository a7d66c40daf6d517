#!/usr/bin/env bash
# Runs the node as the first process of its own namespaces (see up.sh): when this ends, the kernel ends every process
# below it and drops every mount. Folders that its programs keep outside of the state folder are empty ones of its own.
set -euo pipefail
. "$(dirname "$0")/names.sh"

mount --make-rshared /
for folder in /run/containerd /run/netns /var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers; do
  mkdir -p "$folder" && mount -t tmpfs faceoff-cluster "$folder"
done
mkdir -p "$STATE/kubelet" && mount --bind "$STATE/kubelet" /var/lib/kubelet

start() { # NAME COMMAND …
  local name=$1
  shift
  "$@" >"$STATE/log/$name.log" 2>&1 &
}
kubeconfigs=(--kubeconfig="$STATE/kubeconfig" --authentication-kubeconfig="$STATE/kubeconfig" --authorization-kubeconfig="$STATE/kubeconfig")

start containerd containerd --config "$STATE/containerd.toml"
start etcd etcd --data-dir "$STATE/etcd" --unsafe-no-fsync \
  --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 --listen-peer-urls http://127.0.0.1:2380
start apiserver kube-apiserver --etcd-servers=http://127.0.0.1:2379 --service-cluster-ip-range="$SERVICES" --secure-port=6443 \
  --advertise-address="$NODE_IP" --client-ca-file="$PKI/ca.crt" --allow-privileged=true --authorization-mode=Node,RBAC \
  --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" \
  --service-account-key-file="$PKI/sa.key" --service-account-signing-key-file="$PKI/sa.key" \
  --service-account-issuer=https://kubernetes.default.svc --kubelet-preferred-address-types=InternalIP \
  --kubelet-client-certificate="$PKI/admin.crt" --kubelet-client-key="$PKI/admin.key" \
  --requestheader-client-ca-file="$PKI/ca.crt" --requestheader-allowed-names=front-proxy-client \
  --proxy-client-cert-file="$PKI/front-proxy.crt" --proxy-client-key-file="$PKI/front-proxy.key" \
  --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
  --requestheader-extra-headers-prefix=X-Remote-Extra-
# The network of a build is the machine's own, so Docker needs no bridge and no rules.
start docker dockerd --host "$DOCKER_HOST" --containerd "$CONTAINERD" --data-root "$STATE/docker" --exec-root "$STATE/docker-run" \
  --pidfile "$STATE/docker.pid" --bridge none --iptables=false --ip6tables=false --ip-forward=false --cgroup-parent "/$CGROUP"

until [ "$(api /readyz)" = ok ]; do sleep 0.3; done
start controller-manager kube-controller-manager "${kubeconfigs[@]}" --service-account-private-key-file="$PKI/sa.key" \
  --root-ca-file="$PKI/ca.crt" --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
  --use-service-account-credentials --leader-elect=false
start scheduler kube-scheduler "${kubeconfigs[@]}" --leader-elect=false
start proxy kube-proxy --config="$STATE/proxy.yaml"
start coredns coredns -conf "$STATE/Corefile"
until [ -S "$CONTAINERD" ]; do sleep 0.1; done
start kubelet kubelet --config="$STATE/kubelet.yaml" --kubeconfig="$STATE/kubeconfig" --hostname-override=minikube --node-ip="$NODE_IP"

# Any part that ends is the end of the node.
wait -n
echo 'A part of the node ended; its log says why.' >&2
