version=k8s.io/component-base/version
go build -ldflags "-s -w -X $version.gitVersion=v1.34.4 -X $version.gitMajor=1 -X $version.gitMinor=34" -o "$OUT/kubernetes" .
for name in kube-apiserver kube-controller-manager kube-scheduler kube-proxy kubelet kubectl; do ln -s kubernetes "$OUT/$name"; done
