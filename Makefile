# Kuulolla's commands. `make` alone lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup sandbox test faults mutants check texts pictures migration lock bench

VENV := .venv
PYTHON := $(VENV)/bin/python
READY := $(VENV)/ready
PIP := $(PYTHON) -m pip --quiet --disable-pip-version-check install
WORKERS ?= 2
# A file's tests share what they have made; tests/lengths.py says which files come first.
SPREAD := -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# What `make check` runs of the tests: those that need no conversation, picture or browser.
QUICK := $(wildcard tests/messages tests/locales tests/test_*.py)

help:  ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

setup: $(READY)  ## make the environment .venv/ and install what is locked
	@echo 'The environment is in $(VENV)/'

sandbox: $(READY)  ## try the whole bot on a page of phones, without Telegram
	@exec $(PYTHON) -m bot sandbox

test: $(READY)  ## run every test
	@chromium=$$(sh tests/browser/chromium.sh) && strace=$$(sh tests/faults/disk/strace.sh) && \
		export CHROMIUM="$$chromium" STRACE="$$strace" && exec $(PYTHON) -m pytest $(SPREAD)

faults: $(READY)  ## kills, power cuts and other faults in their long form: hours; seed=1 repeats one
	@strace=$$(sh tests/faults/disk/strace.sh) && export STRACE="$$strace" && exec $(PYTHON) -m pytest --long $(if $(seed),--seed $(seed)) $(SPREAD) tests/faults

mutants: $(READY)  ## change the rules in one place at a time, and see that a test notices: three quarters of an hour
	@exec $(PYTHON) -m tests.mutants

check: $(READY)  ## format, rules, types, directions, texts, migrations and the quick tests
	@echo 'Format and rules'
	@$(PYTHON) -m ruff format --quiet --check . || { echo 'Run: .venv/bin/ruff format .' >&2; exit 1; }
	@$(PYTHON) -m ruff check --quiet .
	@echo 'Types'
	@$(PYTHON) -m mypy --no-error-summary
	@echo 'Directions of imports'
	@$(VENV)/bin/lint-imports --no-logo > $(VENV)/directions || { cat $(VENV)/directions >&2; exit 1; }
	@echo 'Texts'
	@$(PYTHON) -m locales.texts --check
	@echo 'Migrations'
	@$(PYTHON) -m storage.migrations check
	@echo 'The rules, every branch'
	@$(PYTHON) -m pytest -n $(WORKERS) tests/domain --cov=bot.domain --cov-branch --cov-fail-under=100 --cov-report=term-missing:skip-covered
	@echo 'Quick tests'
	@$(PYTHON) -m pytest $(SPREAD) $(QUICK)

bench: $(READY)  ## measure us beside our peers, on a machine that does nothing else
	@$(PYTHON) -m bench.load
	@exec $(PYTHON) -m bench.charts

texts: $(READY)  ## bring the catalogues in step with what the code says
	@$(PYTHON) -m locales.texts

pictures: $(READY)  ## draw docs/pictures.md anew
	@$(PYTHON) -m tests.charts.gallery

migration: $(READY)  ## write a migration to today's schema: make migration what="what it does"
	@$(PYTHON) -m storage.migrations new "$(what)"

lock: $(READY)  ## lock the newest fitting versions of all that pyproject.toml names (needs uv)
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --output-file requirements.txt
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra test pyproject.toml --output-file requirements-test.txt

# An environment that already has a fitting Python is kept; the stamp is older than a changed lock, which installs anew.
$(READY): requirements-test.txt pyproject.toml
	@fits='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'; \
	$(PYTHON) -c "$$fits" 2>/dev/null || for python in python3.11 python3 python3.12 python3.13; do \
		if $$python -c "$$fits" 2>/dev/null; then $$python -m venv --clear $(VENV) && break; fi; \
	done; \
	$(PYTHON) -c "$$fits" 2>/dev/null || { \
		echo 'Kuulolla needs Python 3.11 or newer with venv (on Debian: apt-get install python3 python3-venv).' >&2; exit 1; }
	@echo 'Installing what is locked into $(VENV)/'
	@$(PIP) --require-hashes --requirement requirements-test.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@
