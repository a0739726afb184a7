# shellcheck shell=bash
# What deploy/run and tests/run share: the packages, a Node that is new enough, and the two builds.
# Sourced from the top of the checkout. `set -e` does not reach into a function that is called in a
# condition, so steps that must not be passed over are chained with && or return. Everything here may
# be repeated and is quick when done.
# shellcheck disable=SC2034  # the lists are used by those who source this

# The lists of packages stand here and nowhere else.
packages_to_build=(
  ca-certificates g++ cmake ninja-build pkg-config protobuf-compiler libprotobuf-dev
  libboost1.81-dev libboost-url1.81-dev libboost-json1.81-dev libsqlite3-dev libjwt-dev
  libssl-dev libspdlog-dev libcli11-dev prometheus-cpp-dev
)
packages_to_test=(
  libgtest-dev libgmock-dev ccache mold clang-format chromium fonts-dejavu-core procps
)
packages_to_fuzz=(clang-19 libclang-rt-19-dev)  # libFuzzer; Clang 14 fails at std::expected

say() { printf '%s\n' "· $*"; }
stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    stop "Installing packages needs root or sudo. Run as root once: apt-get install -y $missing"
  fi
}

# need_packages NAME...: installs those that are not there.
need_packages() {
  local name status update_log
  missing=""
  for name in "$@"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)
    [ "$status" = installed ] || missing+="$name "
  done
  missing=${missing% }
  [ -n "$missing" ] || return 0
  say "installing Debian packages: $missing"
  mkdir -p build/logs
  update_log=build/logs/apt.log
  if [ -z "${packages_listed:-}" ]; then
    as_root apt-get update -qq >"$update_log" 2>&1 ||
      stop "apt-get update failed; is there a network? See $update_log."
    packages_listed=yes
  fi
  # shellcheck disable=SC2086  # a list of words on purpose
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing >>"$update_log" 2>&1 ||
    stop "apt-get could not install all of: $missing. See $update_log."
}

# Vite 8 wants Node 20.19 or 22.12 and up; the Node of Debian 12 is 18.
node_suffices() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
      process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

# need_node: puts a new enough node and npm on PATH, from npm itself where the machine's is too old.
need_node() {
  # npm asks the certificates that Node brings along; a network may have its own in the system's.
  local bundle=/etc/ssl/certs/ca-certificates.crt
  [ ! -r "$bundle" ] || export NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$bundle}
  local own=$PWD/build/node/node_modules
  ! [ -x "$own/.bin/npm" ] || PATH=$own/.bin:$PATH
  ! node_suffices || return 0
  need_packages nodejs npm
  local machine
  case $(uname -m) in
    x86_64) machine=x64 ;;
    aarch64) machine=arm64 ;;
    *) stop "Node 22.12 or newer is needed, and npm has none for $(uname -m): install it by hand." ;;
  esac
  say "fetching Node 24 into build/node (this machine has $(node --version))"
  mkdir -p build/node build/logs
  # Its own npm too: Debian's runs on Debian's Node only.
  npm install --prefix build/node --no-audit --no-fund --loglevel=error \
    "node-linux-$machine@24" npm@11 >build/logs/node.log 2>&1 ||
    stop "Node could not be fetched from npm; is there a network? See build/logs/node.log."
  mkdir -p "$own/.bin"
  ln -sf "../node-linux-$machine/bin/node" "$own/.bin/node"
  PATH=$own/.bin:$PATH
  hash -r
  node_suffices || stop "The fetched Node does not run. See build/logs/node.log."
}

# As many compilers as there are cores, but no more than memory takes (Beast needs 1.5 GB).
jobs_here() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ {print int($2 / 1500000)}' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# build_preset PRESET CONFIGURE_OPTION... -- TARGET...: one at a time per folder, others wait.
build_preset() {
  local preset=$1 options=()
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  mkdir -p build
  (
    flock 9
    cmake --preset "$preset" "${options[@]}" >"build/$preset-configure.log" 2>&1 || {
      cat "build/$preset-configure.log"
      exit 1
    }
    nice cmake --build "build/$preset" -j "$(jobs_here)" ${1:+--target "$@"}
  ) 9>"build/$preset.lock"
}

# digest PATH...: one word for the contents of all files below, less what is built or fetched.
digest() {
  find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' \
    -not -path '*/generated/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum |
    sha256sum | cut -d' ' -f1
}

# need_modules FOLDER: npm ci, unless the lock file is the one that was installed last.
need_modules() {
  local stamp=$1/node_modules/.plenary-stamp lock
  [ -f "$1/package-lock.json" ] || stop "$1/package-lock.json is missing."
  lock="$(digest "$1/package-lock.json") $(node --version)"
  [ "$(cat "$stamp" 2>/dev/null)" != "$lock" ] || return 0
  say "npm ci in $1"
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error) && echo "$lock" >"$stamp"
}

# build_client: client-web/dist, unless nothing it is made from has changed.
build_client() {
  local stamp=build/client.stamp inputs
  need_modules client-web || return
  inputs=$(digest client-web proto/plenary)
  if [ -f client-web/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$inputs" ]; then
    return 0
  fi
  say "building the pages"
  (cd client-web && npm run build) && echo "$inputs" >"$stamp"
}
