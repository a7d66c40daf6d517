# An ingress that serves Knative's.
go build -ldflags "-s -w" -o "$OUT/traefik" github.com/traefik/traefik/v3/cmd/traefik
