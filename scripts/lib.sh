# SPDX-License-Identifier: Apache-2.0 OR ISC OR MIT
# Copyright the patina authors
#
# What the scripts share: where things lie, installing with apt, and programs of a newer Debian that
# run in place, unpacked beside the system instead of installed over it. Sourced, never run; needs
# nothing but a POSIX shell and, for the last part, apt and dpkg-deb.

: "${PATINA_ROOT:?the script that sources lib.sh sets PATINA_ROOT}"
PATINA_CACHE=${PATINA_CACHE:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/patina}
JOBS=${JOBS:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)}
export LC_ALL=C

say() { printf '%s\n' "$*"; }
note() { printf '%s\n' "-- $*" >&2; }
die() {
    printf '%s\n' "$*" >&2
    exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# version_at_least FOUND WANTED: compares dotted numbers.
version_at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

# ---- installing -------------------------------------------------------------------------------

is_debian() { have apt-get && have dpkg-query; }

# The packages of the list that are not installed.
missing_packages() {
    for package in "$@"; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=
        [ "$status" = installed ] || printf '%s ' "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        sudo "$@"
    else
        return 1
    fi
}

# apt_install WHAT PACKAGE...: installs what is missing; says what is missing if it may not.
apt_install() {
    what=$1
    shift
    if ! is_debian; then
        note "for $what this machine needs (names as in Debian): $*"
        return 1
    fi
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "${PATINA_NO_INSTALL:-}" = 1 ]; then
        note "missing for $what (PATINA_NO_INSTALL is set): $missing"
        return 1
    fi
    note "installing for $what: $missing"
    log=$(mktemp)
    # shellcheck disable=SC2086  # a list of words
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 \
        install -y --no-install-recommends $missing >"$log" 2>&1 ||
        { as_root apt-get -q -o DPkg::Lock::Timeout=600 update >>"$log" 2>&1 &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 \
                install -y --no-install-recommends $missing >>"$log" 2>&1; }; then
        rm -f "$log"
        return 0
    fi
    tail -n 4 "$log" >&2
    rm -f "$log"
    note "could not install for $what; as root: apt-get install --no-install-recommends $missing"
    return 1
}

BUILD_PACKAGES="gcc libc6-dev make cmake ninja-build libssl-dev pkg-config"
TEST_PACKAGES="libcmocka-dev libjansson-dev libgnutls28-dev openssl curl gnutls-bin iproute2 python3 nodejs libnss3-tools chromium-headless-shell"
LINT_PACKAGES="clang-19 clang-tidy-19 clang-format-19 clang-tools-19 libclang-rt-19-dev llvm-19"

ensure_build_tools() {
    if have cmake && have ninja && have pkg-config && { have cc || have gcc; } && ! is_debian; then
        :
    else
        # shellcheck disable=SC2086
        apt_install "the build" $BUILD_PACKAGES || die "the build cannot go on without these"
    fi
    ensure_cargo || note "no cargo 1.71 or newer: AWS-LC is left out unless one is installed"
}

# cargo builds AWS-LC. Debian 12's own is too old; its cargo-web (security suite) is not.
ensure_cargo() {
    if have cargo; then
        found=$(cargo --version 2>/dev/null | awk '{print $2; exit}')
        version_at_least "${found:-0}" 1.71.0 && return 0
    fi
    is_debian || return 1
    [ "${PATINA_AWSLC:-auto}" != off ] || return 0
    apt_install "AWS-LC" ca-certificates cargo-web
}

# Each missing test tool costs its suites, which then say skip; only cmocka cannot be done without.
ensure_test_tools() {
    apt_install "the unit tests" libcmocka-dev || die "the unit tests cannot go on without cmocka"
    for package in $TEST_PACKAGES; do
        [ -z "$(missing_packages "$package")" ] || absent=1
    done
    [ "${absent:-0}" = 1 ] || return 0
    # shellcheck disable=SC2086
    apt_install "the interop suites" $TEST_PACKAGES && return 0
    for package in $TEST_PACKAGES; do
        apt_install "the interop suites" "$package" || note "suites that need $package are skipped"
    done
}

ensure_lint_tools() {
    have clang-19 && have clang-tidy-19 && have clang-format-19 && have clang-query-19 && return 0
    # shellcheck disable=SC2086
    apt_install "clang 19 (lint, sanitizers, fuzzing)" $LINT_PACKAGES
}

# ---- programs of a newer Debian, run in place ---------------------------------------------------

# The mirror this machine's own apt uses; nothing is written down here.
apt_mirror() {
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
        awk -v suite="$codename" '$2 == suite { print $1; exit }'
}

# apt_root DIR TYPE: makes an apt of its own under DIR for Debian 13 (TYPE is deb or deb-src). No
# root needed, the system's apt is not touched. Afterwards: APT_CONFIG=DIR/apt.conf apt-get ...
apt_root() {
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(apt_mirror)
    if [ -z "$mirror" ] || [ ! -r "$keys" ]; then
        note "no Debian mirror or no archive keyring on this machine"
        return 1
    fi
    mkdir -p "$1/parts" "$1/none.d" "$1/lists/partial" "$1/cache/archives/partial" "$1/state"
    : >"$1/state/status"
    printf 'Types: %s\nURIs: %s\nSuites: trixie\nComponents: main\nSigned-By: %s\n' \
        "$2" "$mirror" "$keys" >"$1/parts/patina.sources"
    cat >"$1/apt.conf" <<EOF
Dir::Etc::sourcelist "$1/none.list";
Dir::Etc::sourceparts "$1/parts";
Dir::Etc::main "$1/none.conf";
Dir::Etc::parts "$1/none.d";
Dir::State "$1/state";
Dir::State::lists "$1/lists";
Dir::State::status "$1/state/status";
Dir::Cache "$1/cache";
Acquire::Languages "none";
Acquire::Retries "3";
APT::Sandbox::User "";
EOF
    APT_CONFIG="$1/apt.conf" apt-get -q update >"$1/update.log" 2>&1 || {
        tail -n 3 "$1/update.log" >&2
        return 1
    }
}

# fetch_debs NAME PACKAGE...: unpacks packages of Debian 13 into PATINA_CACHE/NAME-<key>/root, once,
# and prints that folder. Two callers at once: the second waits for the first.
fetch_debs() {
    name=$1
    shift
    key=$(printf '%s ' "$@" | cksum | awk '{print $1}')
    place=$PATINA_CACHE/$name-$key
    if [ ! -e "$place/ok" ]; then
        is_debian || return 1
        mkdir -p "$place"
        (
            flock 9
            [ ! -e "$place/ok" ] || exit 0
            note "fetching $name (packages of Debian 13, unpacked in place)"
            rm -rf "$place/apt" "$place/debs" "$place/root"
            mkdir -p "$place/debs" "$place/root"
            apt_root "$place/apt" deb || exit 1
            cd "$place/debs" || exit 1
            APT_CONFIG="$place/apt/apt.conf" apt-get -q download "$@" >"$place/log" 2>&1 || {
                tail -n 3 "$place/log" >&2
                exit 1
            }
            for deb in *.deb; do
                dpkg-deb -x "$deb" "$place/root" || exit 1
            done
            rm -rf "$place/apt" "$place/debs"
            : >"$place/ok"
        ) 9>"$place/lock" || return 1
    fi
    printf '%s\n' "$place/root"
}

# exec_in_place ROOT PROGRAM ARG...: becomes a program under the unpacked loader and libraries.
exec_in_place() {
    place_root=$1
    program=$2
    shift 2
    loader=$(find "$place_root/usr/lib64" "$place_root/usr/lib" -maxdepth 1 -name 'ld-linux-*.so.*' \
        2>/dev/null | head -n 1)
    triplet=$(dirname "$(find "$place_root/usr/lib" -name libc.so.6 | head -n 1)")
    exec "$loader" --library-path "$triplet:$place_root/usr/lib" --argv0 "$program" "$program" "$@"
}

cbmc_root() { fetch_debs cbmc cbmc minisat cadical libc6 libstdc++6 libgcc-s1 zlib1g; }
openssl35_root() {
    fetch_debs openssl35 libssl3t64 openssl libzstd1 zlib1g libc6 libgcc-s1 libstdc++6
}

# go_command: prints the path of a Go of at least 1.24: the machine's own, else Debian 13's in place.
go_command() {
    if have go; then
        found=$(go env GOVERSION 2>/dev/null | sed 's/^go//')
        if version_at_least "${found:-0}" 1.24; then
            command -v go
            return 0
        fi
    fi
    go_root=$(fetch_debs go124 golang-1.24-go golang-1.24-src) || return 1
    go_wrapper=$(dirname "$go_root")/go
    if [ ! -x "$go_wrapper" ]; then
        {
            echo '#!/bin/sh'
            echo "GOROOT='$go_root/usr/lib/go-1.24' GOTOOLCHAIN=local exec '$go_root/usr/lib/go-1.24/bin/go' \"\$@\""
        } >"$go_wrapper.$$"
        chmod +x "$go_wrapper.$$"
        mv "$go_wrapper.$$" "$go_wrapper"
    fi
    printf '%s\n' "$go_wrapper"
}

# BoringSSL's test runner, compiled. BOGO_RUNNER names one of another version.
BOGO_VERSION=14.0.0+r45-2
BOGO_SHA256=f9223e8c15ad5d9e3f1cd50861f4c272658864661e2332bea5d60952aa0930cd
bogo_runner() {
    if [ -n "${BOGO_RUNNER:-}" ]; then
        printf '%s\n' "$BOGO_RUNNER"
        return 0
    fi
    place=$PATINA_CACHE/bogo-$(printf '%s' "$BOGO_SHA256" | cut -c1-16)
    if [ ! -e "$place/ok" ]; then
        is_debian || return 1
        go=$(go_command) || return 1
        have xz || apt_install "the BoGo runner" xz-utils || return 1
        mkdir -p "$place"
        (
            flock 9
            [ ! -e "$place/ok" ] || exit 0
            note "fetching and building the BoGo runner (Debian source package, pinned)"
            rm -rf "$place/apt" "$place/src"
            mkdir -p "$place/src"
            apt_root "$place/apt" deb-src || exit 1
            cd "$place/src" || exit 1
            APT_CONFIG="$place/apt/apt.conf" apt-get -q source --download-only --tar-only \
                "android-platform-external-boringssl=$BOGO_VERSION" >"$place/log" 2>&1 || {
                tail -n 3 "$place/log" >&2
                exit 1
            }
            tarball=$(ls ./*.orig.tar.xz)
            echo "$BOGO_SHA256  $tarball" | sha256sum -c - >/dev/null || exit 1
            tar xJf "$tarball"
            mv ./*boringssl*/ boringssl
            cd boringssl/src 2>/dev/null || cd boringssl || exit 1
            "$go" test -c -o "$place/bogo-runner" ./ssl/test/runner >>"$place/log" 2>&1 || {
                tail -n 3 "$place/log" >&2
                exit 1
            }
            rm -rf "$place/resources"
            cp -r ssl/test/runner "$place/resources"
            rm -rf "$place/apt" "$place/src"
            : >"$place/ok"
        ) 9>"$place/lock" || return 1
    fi
    printf '%s\n' "$place/bogo-runner"
}

# Where the runner finds its .pem files.
bogo_resources() {
    if [ -n "${BOGO_RESOURCES:-}" ]; then
        printf '%s\n' "$BOGO_RESOURCES"
    elif [ -n "${BOGO_RUNNER:-}" ]; then
        dirname "$BOGO_RUNNER"
    else
        printf '%s\n' "$PATINA_CACHE/bogo-$(printf '%s' "$BOGO_SHA256" | cut -c1-16)/resources"
    fi
}

# Wine for 64-bit programs; Debian's lies outside of PATH.
wine_command() {
    for candidate in wine64 /usr/lib/wine/wine64 wine; do
        command -v "$candidate" && return 0
    done
    return 1
}

# ---- building and counting ----------------------------------------------------------------------

# build_preset PRESET [CMake option...]: configures and builds build/PRESET; BUILD_NAME names another
# folder, BUILD_TARGET the one target wanted.
build_preset() {
    preset=$1
    shift
    build_dir=$PATINA_ROOT/build/${BUILD_NAME:-$preset}
    build_log=$build_dir.log
    mkdir -p "$PATINA_ROOT/build"
    note "building $preset into build/${BUILD_NAME:-$preset}"
    started=$(date +%s)
    if ! (cd "$PATINA_ROOT" && cmake --preset "$preset" -B "$build_dir" "$@") >"$build_log" 2>&1; then
        tail -n 30 "$build_log" >&2
        return 1
    fi
    grep -E '^-- patina: (OpenSSL|AWS-LC):' "$build_log" >&2
    if ! cmake --build "$build_dir" --target "${BUILD_TARGET:-all}" -- -k 0 -j "$JOBS" >>"$build_log" 2>&1; then
        grep -E -A 5 'error|FAILED|warning' "$build_log" | head -n 60 >&2
        return 1
    fi
    note "built $preset in $(($(date +%s) - started)) s"
}

# link_command: build/patina is the release build's command.
link_command() {
    [ -x "$PATINA_ROOT/build/release/tools/patina" ] || return 1
    ln -sf release/tools/patina "$PATINA_ROOT/build/patina"
}

# closing PASSED FAILED SKIPPED: the last line of every script here, and its exit status.
closing() {
    printf '%d passed, %d failed, %d skipped\n' "$1" "$2" "$3"
    [ "$2" -eq 0 ] && [ "$1" -gt 0 ]
}
