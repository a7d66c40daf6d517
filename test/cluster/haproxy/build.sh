#!/usr/bin/env bash
# Writes what an image of this machine's HAProxy is made of, which stands in for the public one: build.sh FOLDER
set -euo pipefail
PATH=$PATH:/usr/sbin:/usr/local/sbin
programs=("$(command -v haproxy)" "$(command -v sleep)")
# Each program, the loader and the libraries that it names.
mapfile -t files < <({ printf '%s\n' "${programs[@]}"; ldd "${programs[@]}" | grep -oE '/[^ :]+'; } | sort -u)
tar --dereference --absolute-names --create --file "$1/root.tar" "${files[@]}"
cat >"$1/Dockerfile" <<'DOCKERFILE'
FROM scratch
ADD root.tar /
ENV PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin
STOPSIGNAL SIGUSR1
CMD ["haproxy"]
DOCKERFILE
