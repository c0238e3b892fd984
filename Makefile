# armstrack. A newcomer types `make run`; `make test` is what CI runs. It needs Python 3.11 to 3.13, git and make.

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
# The first of these that really runs (a pyenv shim may stand for a version that is not there). `make run PYTHON=...` names another.
PYTHON ?= $(shell for candidate in python3.12 python3.11 python3.13 python3; do \
	$$candidate -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1 \
	&& { echo $$candidate; break; }; done)
PYTEST := $(PY) -m pytest --quiet

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test lint catalogue pure services browser bench clean which-python

help:
	@echo 'make run     start armstrack at http://127.0.0.1:8000/ (Ctrl-C stops it; the data stays)'
	@echo 'make test    everything that CI checks'
	@echo 'make lint    style, types and the layers of the house alone'
	@echo 'make bench   the benchmarks'
	@echo 'make clean   remove what can be made again (the data in .data stays)'

run: $(VENV)/runs
	@exec $(PY) manage.py up

test: lint catalogue pure services browser
	@echo 'make test: everything passed'

lint: $(VENV)/develops
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())' --no-logo

catalogue: $(VENV)/develops
	$(PY) manage.py check_catalogue

# Without the servers and the browser: thousands of cases in seconds, on all cores.
pure: $(VENV)/develops
	$(PYTEST) -m 'not services and not browser' --numprocesses auto

# With a real PostgreSQL, Redis and worker for each of the processes, which mostly wait: for processes to start and end.
services: $(VENV)/develops
	$(PYTEST) -m services --numprocesses 3 --dist loadfile --ignore tests/armstrack
	$(PYTEST) -m services tests/armstrack

# In the Chrome or Chromium that is here; skipped by name without one, but not under CI=true.
browser: $(VENV)/develops
	$(PYTEST) -m browser

which-python:
	@echo '$(PYTHON)'

bench: $(VENV)/benches
	@set -e; for program in bench/*.py; do echo "== $$program"; PYTHONPATH=. $(PY) "$$program"; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis staticfiles artefacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made once; a stamp in it says that what a requirements file asks for is there.
$(PY):
	@test -n '$(PYTHON)' || { echo 'armstrack needs Python 3.11, 3.12 or 3.13 with venv (on Debian: apt-get install python3-venv)'; exit 1; }
	@echo 'Making a virtual environment with $(PYTHON)'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runs: requirements.txt | $(PY)
	@echo 'Installing what armstrack needs (once)'
	@$(PIP) install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/develops: requirements-dev.txt requirements.txt | $(PY)
	@echo 'Installing what armstrack and its tests need (once)'
	@$(PIP) install --quiet --requirement requirements-dev.txt
	@touch $@ $(VENV)/runs

$(VENV)/benches: bench/requirements.txt $(VENV)/develops
	@echo 'Installing what the benchmarks measure against (once)'
	@$(PIP) install --quiet --requirement bench/requirements.txt
	@touch $@
