#!/usr/bin/env bash
# Makes the cluster's certificates and its kubeconfig. They are for this cluster alone and go with it.
set -euo pipefail
. "$(dirname "$0")/names.sh"
mkdir -p "$PKI" && cd "$PKI"

certificate() { # NAME SUBJECT EXTENSIONS
  openssl genrsa -out "$1.key" 2048
  openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out "$1.crt" -extfile <(printf '%s' "$3")
}

{
  openssl genrsa -out ca.key 2048
  openssl req -x509 -new -nodes -key ca.key -subj /CN=faceoff-cluster -days 30 -out ca.crt
  openssl genrsa -out sa.key 2048
  both='extendedKeyUsage=serverAuth,clientAuth'
  names="DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:localhost,IP:127.0.0.1,IP:$API_SERVICE,IP:$NODE_IP"
  certificate apiserver /CN=kube-apiserver "subjectAltName=$names"$'\n'"$both"
  certificate admin /O=system:masters/CN=admin extendedKeyUsage=clientAuth
  certificate front-proxy /CN=front-proxy-client extendedKeyUsage=clientAuth
  certificate node /O=system:nodes/CN=system:node:minikube "subjectAltName=DNS:minikube,IP:127.0.0.1,IP:$NODE_IP"$'\n'"$both"
} 2>"$STATE/log/certificates.log"

# The context has the name that the project's stacks expect.
cat >"$STATE/kubeconfig" <<YAML
apiVersion: v1
kind: Config
clusters: [{name: minikube, cluster: {server: "https://127.0.0.1:6443", certificate-authority: $PKI/ca.crt}}]
users: [{name: minikube, user: {client-certificate: $PKI/admin.crt, client-key: $PKI/admin.key}}]
contexts: [{name: minikube, context: {cluster: minikube, user: minikube}}]
current-context: minikube
YAML
