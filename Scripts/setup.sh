# Sourced by the scripts beside it: what a machine must have before Trivsel can be built or tested.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# What the libraries that Trivsel links are called in Debian and Ubuntu.
build_packages=(libzmq3-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libqrencode-dev libpng-dev zlib1g-dev pkg-config)
# What it starts: previews of pictures.
run_packages=(libvips-tools)

# need_swift: a Swift toolchain new enough, or one line on how to get it.
need_swift() {
    local version
    version=$({ swift --version || true; } 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p')
    [[ -n $version && $(printf '%s\n' 6.2 "$version" | sort -V | head -1) == 6.2 ]] ||
        fail "Trivsel needs Swift 6.2 or newer${version:+, this is $version}. How to get it: https://www.swift.org/install/linux"
}

# need_packages NAME…: installs those that are missing, as root or with sudo; else prints the command that does.
need_packages() {
    local name installed missing=()
    command -v apt-get >/dev/null || { say "No apt-get here. Make sure that this machine has: $*"; return; }
    installed=" $({ dpkg-query -W -f '${Package}:${db:Status-Status} ' "$@" || true; } 2>/dev/null)"
    for name in "$@"; do
        [[ $installed == *" $name:installed "* ]] || missing+=("$name")
    done
    ((${#missing[@]})) || return 0
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            fail "System packages are missing. As root: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "Installing ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build_release PRODUCT: as it is installed, with Swift's libraries within: some per cent faster, and in less memory.
build_release() { swift build -c release --product "$1" --static-swift-stdlib; }
