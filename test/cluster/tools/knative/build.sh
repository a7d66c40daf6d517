# Knative Serving's programs, and its manifests in two files as its releases have them. Images are named so that the
# cluster takes them as they are, without asking a registry.
for program in activator autoscaler controller queue webhook; do
  go build -ldflags "-s -w" -o "$OUT/$program" "knative.dev/serving/cmd/$program"
done

folder() { go list -m -f '{{.Dir}}' "$1"; }
serving=$(folder knative.dev/serving)/config/core
networking=$(folder knative.dev/networking)/config
caching=$(folder knative.dev/caching)/config

joined() { # FILE …: as documents of one stream
  for file in "$@"; do
    echo ---
    sed 's#ko://knative.dev/serving/cmd/\([a-z]*\)#dev.local/knative/\1:v0.46.0#' "$file"
  done
}
resources=("$serving"/300-resources/*.yaml "$networking"/{certificate,domain-claim,ingress,serverlessservice}.yaml "$caching/image.yaml")
joined "${resources[@]}" >"$OUT/serving-crds.yaml"
# Autoscalers of Knative's own programs need a metrics server; the certificate is made by one that is not there.
core=("$serving"/*-namespace.yaml "$serving"/200-*.yaml "$serving"/200-roles/*.yaml "$serving"/configmaps/*.yaml
  "$networking/config-network.yaml" "$serving"/deployments/{activator,autoscaler,controller,webhook}.yaml
  "$serving"/webhooks/*.yaml "$serving"/999-cache.yaml)
joined "${core[@]}" >"$OUT/serving-core.yaml"
