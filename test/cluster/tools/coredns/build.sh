go build -ldflags "-s -w" -o "$OUT/" github.com/coredns/coredns
