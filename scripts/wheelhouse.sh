#!/bin/sh
# Everything that a machine without internet needs beside Python: Lianze and its pinned, hashed packages as wheels.
# Argument: the folder (default build/wheelhouse). Run it under the same system and Python version as the target's.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-build/wheelhouse}
pip=".venv/bin/python -m pip --disable-pip-version-check --quiet"
rm -rf "$folder" build/lib build/bdist.* # setuptools would put modules into the wheel that are long gone
mkdir -p "$folder"
$pip wheel --require-hashes -r requirements.txt --wheel-dir "$folder"
$pip wheel --no-deps --no-build-isolation . --wheel-dir "$folder"
(cd "$folder" && sha256sum -- *.whl >SHA256SUMS)
echo "$folder: $(ls "$folder"/*.whl | wc -l) 个文件 / files"
