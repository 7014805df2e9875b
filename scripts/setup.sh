#!/bin/sh
# Makes .venv from pinned, hashed packages. Argument: the Python to use; falls back to python3 where it is 3.11 or newer.
set -eu
python=$1
command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新 / Python 3.11 or newer is needed" >&2; exit 2; }
if [ ! -x .venv/bin/python ]; then
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        # Debian keeps venv's pip in a package of its own.
        rm -rf .venv
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo -n"
        echo "安装 python${version}-venv / installing it" >&2
        { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends "python${version}-venv"; } >/dev/null \
            || { echo "请先安装：apt install python${version}-venv / please install it" >&2; exit 2; }
        "$python" -m venv .venv
    fi
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
PYTHONWARNINGS=ignore .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
