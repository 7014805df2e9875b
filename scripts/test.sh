#!/usr/bin/env bash
# The whole suite: linters and types, everything on SQLite, what touches the database again on PostgreSQL.
set -euo pipefail
bin=.venv/bin
"$bin/ruff" check .
"$bin/ruff" format --check -q .
"$bin/lint-imports"
"$bin/mypy"
workers=${PYTEST_WORKERS:-2}
# A test that needed a second try is told with the reason of the first.
set -- --rerun-show-tracebacks "$@"
LIANZE_TEST_DATABASE=sqlite "$bin/python" -m pytest -n "$workers" --dist worksteal "$@"
LIANZE_TEST_DATABASE=postgresql "$bin/python" -m pytest -n "$workers" --dist worksteal -m "database and not sweep" "$@"
