# Two commands: `make report` publishes the example, `make test` checks it all; `make everything` leaves no sample out.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: report test check everything golden clean

report: $(VENV)/.run-ready
	$(BIN)/ilacs-audit run 2024-11 --as-of 2024-11-21 --audience internal --audience board --audience public

test: $(VENV)/.dev-ready check
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m tests.intake.install
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --doctest-modules

check: $(VENV)/.dev-ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -q tests/house/test_rooms.py
	$(BIN)/nbstripout --verify --keep-id --extra-keys "metadata.papermill cell.metadata.papermill" notebooks/*.ipynb

everything: $(VENV)/.dev-ready
	$(BIN)/python -m tests.browser.install
	$(BIN)/python -m tests.intake.install
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --doctest-modules --everything

golden: $(VENV)/.dev-ready
	$(BIN)/python -m pytest tests/golden tests/house tests/publishing/first/test_schemas.py --rewrite-golden

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) install -r requirements/run.txt
	$(PIP) install --no-deps -e .
	touch $@

$(VENV)/.dev-ready: requirements/dev.txt $(VENV)/.run-ready
	$(PIP) install -r requirements/dev.txt
	touch $@

clean:
	rm -rf $(VENV) outputs
