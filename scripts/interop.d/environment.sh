# shellcheck shell=bash
# Sourced: finds the kontor binary and a Python environment. Sets KONTOR and PYTHON.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# find_kontor debug|release: the binary that KONTOR names, else that of a build.
find_kontor() {
    if [ -n "${KONTOR:-}" ]; then
        if ! [ -x "$KONTOR" ]; then
            printf 'KONTOR is %s, which cannot be run\n' "$KONTOR" >&2
            exit 2
        fi
    elif [ "$1" = debug ] && [ -x "$root/.build/debug/kontor" ]; then
        KONTOR=$root/.build/debug/kontor
    else
        KONTOR=$("$root/scripts/kontor-build" kontor)
    fi
    KONTOR=$(realpath "$KONTOR")
    export KONTOR
}

# find_python: an environment in .venv with the two packages, made when it is missing.
find_python() {
    PYTHON=$root/.venv/bin/python
    local packages=(joserfc==1.6.5 'cryptography>=45')
    if ! "$PYTHON" -c 'import joserfc, cryptography' 2>/dev/null; then
        printf 'making .venv with %s\n' "${packages[*]}" >&2
        if ! python3 -m venv "$root/.venv" ||
            ! "$PYTHON" -m pip install --quiet --disable-pip-version-check "${packages[@]}"; then
            printf '.venv could not be made; check the network, then remove .venv\n' >&2
            exit 1
        fi
    fi
    export PYTHON PYTHONDONTWRITEBYTECODE=1
}
