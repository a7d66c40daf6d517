go build -ldflags "-s -w" -o "$OUT/" github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs
