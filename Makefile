# Everything runs in .venv; a second call does not install again (the stamps know pyproject.toml and constraints.txt).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
DATA ?= data
SITES ?=
WORLDS ?=

.PHONY: run test lint check quality wheel clean

run: $(VENV)/.base
ifeq ($(strip $(SITES)),)
	$(BIN)/samehand demo --data $(DATA)
else
	$(BIN)/samehand run $(SITES) --data $(DATA)
endif

test: $(VENV)/.test
	$(BIN)/python -m pytest -q -rs -n 2 --dist loadfile

lint: $(VENV)/.check
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

quality: $(VENV)/.base
	$(BIN)/python -m benchmarks.quality $(WORLDS)

wheel: $(VENV)/.check
	$(BIN)/python -m build --wheel

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.base: $(VENV)/bin/python pyproject.toml constraints.txt
	$(PIP) --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.base
	$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.check: $(VENV)/.test
	$(PIP) --editable '.[test,check,build]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache *.egg-info
