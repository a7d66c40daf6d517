#!/usr/bin/env bash
# Lists every object of a cluster, one a line, but those that come and go by themselves: objects.sh [CONTEXT [pods]]
# To compare before and after; with pods, which systems of other clusters than this folder's replace by themselves.
set -euo pipefail
kubectl=(kubectl ${1:+--context "$1"})
passing='^(events|leases|endpoints|componentstatuses|controllerrevisions)(\.|$)|^endpointslices\.|\.metrics\.k8s\.io$|\.projectcalico\.org$'
[ "${2:-}" = pods ] || passing+='|^pods$'

kinds=$("${kubectl[@]}" api-resources --verbs=list --output name | grep --invert-match --extended-regexp "$passing" | paste -sd,)
"${kubectl[@]}" get "$kinds" --all-namespaces --ignore-not-found \
  --output 'jsonpath={range .items[*]}{.kind} {.metadata.namespace} {.metadata.name}{"\n"}{end}' | sort
