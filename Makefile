# Everything there is to set up, run and check. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: help demo test check bench opinion clean
.DEFAULT_GOAL := help

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

# The environment is made once and again when what it should hold has changed.
.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@[ -x $(BIN)/python ] || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[postgres,dev]'
	@touch $@

demo: .venv/ready  ## start the playground: a village group chat in the browser (ARGS=--headless: in the terminal)
	@$(BIN)/python -m bot demo $(ARGS)

test: .venv/ready  ## run all tests (REQUIRE_ALL=1: a skipped one is a failure)
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: .venv/ready  ## lint, format of imports, types and the walls between rooms
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/ready  ## measure, and print ratios taken in one run
	@$(BIN)/python -m tests.bench $(ARGS)

opinion: .venv/ready  ## learn the second opinion's weights anew from the labelled messages
	@$(BIN)/python -m tests.text.train_opinion

docs: .venv/ready  ## draw the life of a matter anew, from the table that the program runs by
	@$(BIN)/python -m tests.domain.draw_matters

clean:  ## remove the environment and what tools have left
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
