version=4.34.2 # of @pulumi/kubernetes in package.json
# The schema and the mapping are embedded, and lie in the module.
go mod download github.com/pulumi/pulumi-kubernetes/provider/v4
module=$(go list -m -f '{{.Dir}}' github.com/pulumi/pulumi-kubernetes/provider/v4)/cmd/pulumi-resource-kubernetes
cp --no-preserve=mode "$module/terraform-mapping.json" .
node -e 'const fs = require("fs"); const schema = JSON.parse(fs.readFileSync(process.argv[1])); schema.version = process.argv[2]; fs.writeFileSync("schema.json", JSON.stringify(schema))' "$module/schema.json" "$version"
go build -ldflags "-s -w -X github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version=$version" -o "$OUT/" .
