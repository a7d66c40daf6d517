go build -ldflags "-s -w" -o "$OUT/etcd" go.etcd.io/etcd/server/v3
