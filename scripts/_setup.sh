# Sourced by the other scripts: goes to the root of the tree and offers `set_up LIST`, after which .venv has what
# the hash-locked LIST names. Never touches anything outside the tree, except Debian packages that are missing, and
# those only where it may (root or sudo). A second start finds its stamp and needs no network.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
venv_python=.venv/bin/python

say() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; }

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
makes_venvs() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }
has_pip_for_others() { "$1" -c 'import venv' 2>/dev/null && "$1" -m pip --python "$1" --version >/dev/null 2>&1; }

# Prints the first Python of at least 3.11 for which the question "$1" is answered with yes. PYTHON, if set, goes first.
find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if is_new_enough "$candidate" && "$1" "$candidate"; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

apt() {
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        as_root=(sudo)
        [ -t 0 ] || as_root=(sudo -n)
    fi
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 "$@" >/dev/null
}

may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null || return 1
    [ -t 0 ] || sudo -n true 2>/dev/null
}

# Installs Debian packages. Where that fails it says which are missing and what for, and the caller goes on without.
need_packages() {
    local purpose=$1
    shift
    if may_install; then
        say "installing the system packages $* ($purpose)"
        apt update && apt install --no-install-recommends "$@" && return 0
    fi
    say "the system packages $* are missing ($purpose); install them with: apt-get install $*"
    return 1
}

make_venv() {
    local python
    rm -rf .venv
    find_python makes_venvs >/dev/null || need_packages "to make .venv" python3 python3-venv
    if python=$(find_python makes_venvs); then
        "$python" -m venv .venv
    elif python=$(find_python has_pip_for_others); then
        "$python" -m venv --without-pip .venv
    else
        say "stopped: no Python of at least 3.11 that can make a virtual environment (set PYTHON to one)"
        return 1
    fi
}

install_list() {
    local python=$venv_python
    if ! "$venv_python" -m pip --version >/dev/null 2>&1; then
        python=$(find_python has_pip_for_others) || return 1
    fi
    "$python" -m pip --python "$venv_python" install -qq --no-input --disable-pip-version-check \
        --no-deps --only-binary :all: --require-hashes --requirement "$1"
}

# The project itself runs from the source tree: a path file makes its packages importable, and two commands start them.
link_tree() {
    local site command
    site=$("$venv_python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))') || return 1
    pwd -P >"$site/transferslip.pth"
    for command in kiosk central; do
        printf '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m %s "$@"\n' "$command" >".venv/bin/$command"
        chmod +x ".venv/bin/$command"
    done
}

# What .venv must have been made from: this list, in this place, and by a Python that is still there.
expected_stamp() { printf '%s\n%s\n' "$(sha256sum <"$1")" "$(pwd -P)"; }
is_stamped() { [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$(expected_stamp "$1")" ] && is_new_enough "$venv_python"; }

# The list of the tests holds the list of the program: whoever has it needs nothing more.
is_set_up() { is_stamped "$1" || { [ "$1" = requirements.txt ] && is_stamped requirements-dev.txt; }; }

install_into_venv() {
    local list=$1
    say "setting up .venv from $list (once; some 300 MB)"
    is_new_enough "$venv_python" && [ -d .venv/bin ] || make_venv || return 1
    rm -f .venv/stamp-*
    install_list "$list" || { say "stopped: $list could not be installed"; return 1; }
    link_tree || return 1
    "$venv_python" -c 'import ctypes.util, sys; sys.exit(ctypes.util.find_library("zbar") is None)' \
        || need_packages "second reader of printed codes; without it only zxing reads them" libzbar0 \
        || true
    expected_stamp "$list" >".venv/stamp-$list"
}

set_up() {
    is_set_up "$1" && return 0
    # Two scripts started together must not build the same .venv: the second waits, and then finds it done.
    (
        command -v flock >/dev/null && flock 9
        is_set_up "$1" || install_into_venv "$1"
    ) 9>.venv.lock || exit 1
}

# What the tests print labels of ZPL on: an npm package of a fixed version and digest, below .venv. Without it the
# tests that need it take no part, and say so.
label_printer=.venv/label-printer
has_label_printer() { sha256sum --status --check "$label_printer/stamp" 2>/dev/null && command -v node >/dev/null; }

install_label_printer() {
    command -v npm >/dev/null || need_packages "a label printer for the tests" nodejs npm || return 0
    mkdir -p "$label_printer"
    cp tests/label_printer/package.json tests/label_printer/package-lock.json "$label_printer"
    if npm ci --prefix "$label_printer" --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null; then
        sha256sum tests/label_printer/package-lock.json >"$label_printer/stamp"
    else
        say "the label printer of the tests could not be installed from npm; its tests take no part"
    fi
}

set_up_label_printer() {
    has_label_printer && return 0
    (
        command -v flock >/dev/null && flock 9
        has_label_printer || install_label_printer
    ) 9>.venv.lock || true
}

has_print_system() { command -v cupsd && command -v ippeveprinter && command -v dbus-daemon && command -v avahi-daemon; } >/dev/null

# A print system of their own for the tests of CUPS and IPP, which only root may start; without it they take no part.
set_up_print_system() {
    [ "$(id -u)" = 0 ] || return 0
    has_print_system || need_packages "tests of CUPS and of an IPP printer; without it they take no part" \
        cups cups-client cups-ipp-utils cups-filters dbus avahi-daemon || true
}
