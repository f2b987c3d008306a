#!/bin/sh
# Writes constraints.txt anew: the newest versions that pyproject.toml allows, one for all of Linux, macOS,
# Windows and the Pythons of pyproject.toml. uv solves for all of them at once; it stays out of .venv, in .tools.
set -eu
cd "$(dirname "$0")/.."
. tools/supported.sh
UV_VERSION=0.13.9

.venv/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --target .tools "uv==$UV_VERSION"
.tools/bin/uv pip compile pyproject.toml --all-extras --universal --python-version "3.$oldest" \
    --fork-strategy fewest --upgrade --quiet \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --output-file constraints.txt
echo "constraints.txt is fresh; the next make target installs it."
