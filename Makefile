# make run: try it, or run it for real. make test: everything that must hold. make bench, make soak: the figures.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test browser bench soak pictures lint lock clean

run: .venv/ready
	@if env | grep -qE '^SLACK_(BOT|APP)_TOKEN=.' || grep -qsE '^ *(export +)?SLACK_(BOT|APP)_TOKEN=.' .env; \
	then $(BIN)/python -m bot migrate && exec $(BIN)/python -m bot run; \
	else exec $(BIN)/python -m bot demo; fi

test: .venv/ready-dev lint
	$(BIN)/python -m pytest -n 2 --ignore tests/browser
	@echo "The sandbox's page was not tried: make browser tries it, in Chromium (apt-get install chromium)."

lint: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-dev
	$(BIN)/python -m tests.bench

# The sandbox's page in a real browser: it wants Chromium on this machine, and says so.
browser: .venv/ready-dev
	@$(BIN)/python -m tests.chromium
	$(BIN)/python -m pytest -n 2 tests/browser

# The pictures that README shows, as they look now.
pictures: .venv/ready-dev
	@$(BIN)/python -m tests.chromium
	PICTURES=docs/pictures $(BIN)/python -m pytest tests/browser/test_pictures.py

soak: .venv/ready-dev
	$(BIN)/python -m tests.soak

.venv/ready: requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Crosswalk needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/ready-dev: requirements-dev.lock .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The lock files name versions and hashes, never an address, which uv leaves out by itself.
lock:
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements-dev.lock

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
