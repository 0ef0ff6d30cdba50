# `make demo` and `make test` do all their own set-up; `make help` names the rest.

VENV := .venv
BIN := $(VENV)/bin
# The tests' processes: one a core, four at most, since each holds the parser's model.
# A file goes to one process, which keeps what it has loaded; those that take longest first.
JOBS ?= auto
PYTEST_OPTIONS := -n $(JOBS) --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# What is locked is installed, and nothing else: neither Parley's dependencies nor the
# tools that build it are looked up anew.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --require-hashes --only-binary :all:
INSTALL_PARLEY := $(PIP) install --no-deps --no-build-isolation --editable .
LOCKS := requirements/build.txt requirements/run.txt

.DEFAULT_GOAL := help
.PHONY: help demo test check style types layers evals bench train web lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: $(VENV)/run.stamp ## Read the sample reports and print what happened when
	@$(BIN)/parley demo

test: check $(VENV)/spark.stamp ## Everything that must hold: style, types, layers, tests, accuracy
	@.ci/have-postgresql
	@.ci/get-browser
	@.ci/have-java
	$(BIN)/pytest $(PYTEST_OPTIONS)

check: style types layers ## All but the tests

style: $(VENV)/dev.stamp ## Lint, and see that all is formatted
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/dev.stamp ## Check the types
	$(BIN)/mypy

layers: $(VENV)/dev.stamp ## Check which package imports which
	$(BIN)/lint-imports

evals: $(VENV)/dev.stamp ## Measure the accuracy on every set, and print it
	$(BIN)/python -m evals

train: $(VENV)/dev.stamp ## Make the learnt components anew from the corpus (some ten minutes)
	OMP_NUM_THREADS=1 $(BIN)/python -m training train

bench: $(VENV)/dev.stamp ## Measure how fast it is, as ratios in one table (LONG=--long for all)
	$(BIN)/python -m benchmarks $(LONG)

web: $(VENV)/run.stamp ## Fetch the web app's third-party parts, where they changed
	@$(BIN)/python hatch_build.py

$(VENV)/made.stamp:
	.ci/make-venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/made.stamp $(LOCKS) pyproject.toml hatch_build.py $(wildcard web/*)
	$(INSTALL) $(LOCKS:%=-r %)
	$(INSTALL_PARLEY)
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements/dev.txt
	$(INSTALL) -r requirements/dev.txt
	@$(PIP) uninstall --yes sqlalchemy2-stubs  # followthemoney's; they hide SQLAlchemy's own types
	@touch $@

$(VENV)/spark.stamp: $(VENV)/dev.stamp requirements/spark.txt
	@.ci/get-spark $(VENV)
	@touch $@

# The locks are made from the registry's own files (or those of PIP_INDEX_URL), whatever
# mirrors and wheels this machine keeps: their hashes must hold everywhere.  On Python
# 3.11, the oldest that Parley runs on; the same packages serve the newer ones.
LOCK_VENV := build/lock
PIP_COMPILE := env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL -u PIP_CONSTRAINT PIP_CONFIG_FILE=/dev/null \
	CUSTOM_COMPILE_COMMAND='make lock' $(LOCK_VENV)/bin/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --pip-args='--only-binary :all:' --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: $(LOCK_VENV)/bin/pip-compile ## Make requirements/*.txt anew from pyproject.toml (UPGRADE=--upgrade for the newest)
	$(PIP_COMPILE) $(UPGRADE) --only-build-deps --build-deps-for editable --build-deps-for wheel \
		--output-file requirements/build.txt pyproject.toml
	$(PIP_COMPILE) $(UPGRADE) --constraint requirements/build.txt \
		--extra web --output-file requirements/run.txt pyproject.toml
	$(PIP_COMPILE) $(UPGRADE) --constraint requirements/build.txt --constraint requirements/run.txt \
		--extra dev --output-file requirements/dev.txt pyproject.toml

$(LOCK_VENV)/bin/pip-compile:
	PYTHON=python3.11 .ci/make-venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip --disable-pip-version-check --quiet install pip-tools==7.6.2

clean: ## Remove the environment and all caches
	rm -rf $(VENV) build dist src/parley/web/static/lib .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
