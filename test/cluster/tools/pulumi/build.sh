go build -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.274.1" -o "$OUT/" github.com/pulumi/pulumi/pkg/v3/cmd/pulumi
