# Deltawire. `make` or `make help` lists what there is to do.
#
# All that is needed is python3 (3.11 or newer) and make; everything else goes into .venv.

PYTHON ?= python3
HOME_DIR ?= var
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

.DEFAULT_GOAL := help
.PHONY: help run test check format bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.run ## set up if need be, then collect, read, extract, reconcile and write the digest
	@status=0; $(BIN)/deltawire --home $(HOME_DIR) run $(ARGS) || status=$$?; \
	if [ $$status -eq 3 ]; then echo "Done in part: some sources could not be reached (listed above); all else is stored. A later run tries them again."; \
	elif [ $$status -ne 0 ]; then exit $$status; fi

test: $(VENV)/.dev check ## every check and test that can run on this machine
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report= $(ARGS)
	@$(BIN)/python -m coverage report --skip-covered --sort=cover | tail -n 15

check: $(VENV)/.dev ## style, types and the rules of the house, without running tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## put the code into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.dev ## each hot path against a peer or a floor, as ratios
	@for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

lock: $(VENV)/.dev ## renew both locks from pyproject.toml
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group build -o requirements.lock
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra llm --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## remove the environment and all caches; the data under var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov *.egg-info

# Hashes but no addresses: any index may serve the files. One lock for all platforms and Pythons.
LOCK := pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Deltawire needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Name another with: make PYTHON=python3.12 ..." >&2; exit 2; }
	@echo "Setting up $(VENV) (once; a minute or two) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not make $(VENV). On Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked requirements ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked requirements and the tools ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run
