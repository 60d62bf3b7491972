# shellcheck shell=bash
# Sourced: finds the kontor binary and a Python environment for HTTP. Sets KONTOR and PYTHON.
http_d=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=/dev/null
source "$http_d/../interop.d/environment.sh"
export PYTHONPATH=$http_d/../interop.d

# find_http_python: the environment of find_python, with what reads OpenAPI and metrics as well.
find_http_python() {
    find_python
    local packages=(schemathesis==4.32.5 openapi-spec-validator==0.9.0 'PyYAML>=6' 'jsonschema>=4'
        prometheus-client==0.26.0)
    if ! "$PYTHON" -c 'import schemathesis, openapi_spec_validator, yaml, jsonschema, prometheus_client' 2>/dev/null; then
        printf 'adding to .venv %s\n' "${packages[*]}" >&2
        if ! "$PYTHON" -m pip install --quiet --disable-pip-version-check "${packages[@]}"; then
            printf '.venv could not be completed; check the network\n' >&2
            exit 1
        fi
    fi
}
