# make demo: everything from nothing to the sample year's report. make test: everything from nothing to green tests.
PYTHON ?= python3.11
SERVE ?= 1
BIN := .venv/bin
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: setup demo test check docs bench lock packages wheelhouse clean

setup: .venv/.ready

.venv/.ready: requirements-dev.txt pyproject.toml
	@sh scripts/setup.sh "$(PYTHON)"
	@touch $@

packages:
	@bash scripts/debian-packages.sh

wheelhouse: setup
	@sh scripts/wheelhouse.sh

demo: setup
	@LIANZE_DATA=demo-data $(BIN)/lianze demo $(if $(filter 0,$(SERVE)),--no-serve,)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup packages
	@bash scripts/test.sh

docs: setup
	$(BIN)/python -m scripts.docs

bench: setup packages
	$(BIN)/python -m bench

lock:
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python -m uv pip compile -q pyproject.toml -o requirements.txt --generate-hashes --python-version 3.11 --no-header
	$(BIN)/python -m uv pip compile -q pyproject.toml --extra dev -o requirements-dev.txt --generate-hashes --python-version 3.11 --no-header -c requirements.txt

clean:
	rm -rf .venv demo-data build
