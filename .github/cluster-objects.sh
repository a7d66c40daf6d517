#!/usr/bin/env bash
# Lists every object of the cluster, one a line, but those that come and go by themselves: to compare before and after.
set -euo pipefail

kubectl api-resources --verbs=list --output name |
  grep --invert-match --extended-regexp '^(events|leases|endpoints|pods|componentstatuses|controllerrevisions)(\.|$)|^endpointslices|\.metrics\.k8s\.io$' |
  sort |
  while read -r resource; do
    kubectl get "$resource" --all-namespaces --ignore-not-found --no-headers \
      --output "custom-columns=KIND:.kind,NAMESPACE:.metadata.namespace,NAME:.metadata.name" </dev/null | sort --unique
  done
