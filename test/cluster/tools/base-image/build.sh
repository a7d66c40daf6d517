# What stands in for the public image node:22-bookworm-slim, which builds begin with: Debian by debootstrap, with this machine's Node, npm and certificates.
set -euo pipefail
root=$PWD/root
debootstrap --variant=minbase --include=ca-certificates,libstdc++6 bookworm "$root" >"$PWD/debootstrap.log" || { tail "$PWD/debootstrap.log"; exit 1; }
node=$(node -p process.execPath)
npm=$(dirname "$(dirname "$(readlink -f "$(command -v npm)")")")
install "$node" "$root/usr/local/bin/node"
mkdir -p "$root/usr/local/lib/node_modules"
cp -rL "$npm" "$root/usr/local/lib/node_modules/npm"
ln -s ../lib/node_modules/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
ln -s ../lib/node_modules/npm/bin/npx-cli.js "$root/usr/local/bin/npx"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/usr/share/{doc,man,locale}
chroot "$root" useradd --uid 1000 --create-home node
chroot "$root" node --version
chroot "$root" npm --version
tar -C "$root" -cf "$OUT/node-image.tar" .
