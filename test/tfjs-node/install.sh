#!/usr/bin/env bash
# Puts a working @tensorflow/tfjs-node into node_modules, its native library built here: the package's own install script
# fetches that from a site which CI does not reach. TensorFlow comes from its Python wheel, which exports the same C API.
# What is built is kept outside the checkout, under a name made of the pins below, so that a second run takes seconds.
# Needs Linux on x64 or arm64, python3 with venv, a C++17 compiler, make, and Node's headers.
set -euo pipefail

tensorflow=2.21.0
tfjs_node=4.22.0

root=$(cd "$(dirname "$0")/../.." && pwd)
package=$root/node_modules/@tensorflow/tfjs-node
node_abi=$(node -p 'process.versions.modules')
kept=${FACEOFF_CACHE:-$HOME/.cache/faceoff-tools}/tfjs-node-$tfjs_node-tensorflow-$tensorflow-node-$node_abi-$(uname -m)

main() {
  install_package
  [ -e "$kept/tfjs_binding.node" ] || build
  link
  (cd "$root" && node -e "import('@tensorflow/tfjs-node').then(({ default: tf }) => tf.ready()).then(() => console.log('tfjs-node loads.'))")
}

fail() {
  echo "install.sh: $*" >&2
  exit 1
}

# The package as the lockfile has it, without its install script. npm leaves what else is installed as it is.
install_package() {
  if [ "$(node -p "require('$package/package.json').version" 2>/dev/null)" != "$tfjs_node" ]; then
    echo "Installing @tensorflow/tfjs-node $tfjs_node without its install script …"
    (cd "$root" && npm install --no-save --ignore-scripts --no-audit --no-fund --include=optional)
  fi
  [ -d "$package" ] || fail "npm left out @tensorflow/tfjs-node. It must be an optional dependency of app/package.json."
}

build() {
  local headers building
  headers=$(node_headers)
  building=$kept.building.$$
  trap 'rm -rf "$building"' EXIT
  mkdir -p "$building/package/deps/lib"

  echo "Fetching TensorFlow $tensorflow …"
  python3 -m venv "$building/venv" || fail "python3 cannot make a virtual environment (Debian: apt-get install python3-venv)."
  "$building/venv/bin/pip" download --quiet --no-deps --dest "$building" "tensorflow-cpu==$tensorflow"
  python3 - "$building" <<'PYTHON'
import glob, sys, zipfile
folder = sys.argv[1]
with zipfile.ZipFile(glob.glob(folder + '/*.whl')[0]) as wheel:
    wanted = ('tensorflow/include/', 'tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')
    wheel.extractall(folder, [name for name in wheel.namelist() if name.startswith(wanted)])
PYTHON

  echo "Building the binding for Node $(node --version) …"
  cp -r "$package/binding" "$package/binding.gyp" "$package/package.json" "$building/package/"
  ln -s "$building/tensorflow/include" "$building/package/deps/include"
  link_libraries "$building/tensorflow" "$building/package/deps/lib"
  (cd "$building/package" && CXXFLAGS=-std=c++17 node "$(node_gyp)" configure build --nodedir="$headers" \
    --napi_build_version=8 --module_name=tfjs_binding --module_path="$PWD/lib/napi-v8") >"$building/build.log" 2>&1 ||
    { tail -n 40 "$building/build.log" >&2; fail "the binding does not build: see above."; }

  mv "$building/tensorflow/libtensorflow_cc.so.2" "$building/tensorflow/libtensorflow_framework.so.2" "$building"
  cp "$building/package/lib/napi-v8/tfjs_binding.node" "$building"
  rm -rf "$building"/{package,tensorflow,venv,build.log} "$building"/*.whl
  rm -rf "$kept"
  mv "$building" "$kept"
  trap - EXIT
}

# Where include/node/node_api.h lies: beside this Node, else where Debian puts it.
node_headers() {
  local prefix
  for prefix in "$(node -p 'path.dirname(path.dirname(fs.realpathSync(process.execPath)))')" \
    "$(node -p 'process.config.variables.node_prefix')" /usr /usr/local; do
    if [ -e "$prefix/include/node/node_api.h" ]; then
      echo "$prefix"
      return
    fi
  done
  fail "no headers of Node $(node --version): there is no include/node/node_api.h beside $(node -p process.execPath) or under /usr. Install them (Debian: apt-get install libnode-dev), or use a Node from an archive, which has them."
}

# The node-gyp that comes with npm.
node_gyp() {
  local npm
  npm=$(dirname "$(dirname "$(realpath "$(command -v npm)")")")
  [ -e "$npm/node_modules/node-gyp/bin/node-gyp.js" ] || fail "npm at $npm has no node-gyp."
  echo "$npm/node_modules/node-gyp/bin/node-gyp.js"
}

link_libraries() {
  local from=$1 to=$2
  ln -sf "$from/libtensorflow_cc.so.2" "$to/libtensorflow.so"
  ln -sf "$from/libtensorflow_cc.so.2" "$to/libtensorflow_cc.so.2"
  ln -sf "$from/libtensorflow_framework.so.2" "$to/libtensorflow_framework.so"
  ln -sf "$from/libtensorflow_framework.so.2" "$to/libtensorflow_framework.so.2"
}

link() {
  mkdir -p "$package/deps/lib" "$package/lib/napi-v8"
  link_libraries "$kept" "$package/deps/lib"
  cp "$kept/tfjs_binding.node" "$package/lib/napi-v8/"
}

main
