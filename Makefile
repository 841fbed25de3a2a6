# Everything a developer, an operator who tries it, and CI need. Only Python >= 3.11 and make are
# assumed. `make` alone lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
DATA := $(or $(PINGYI_DATA_DIR),var)
SOURCES := src/pingyi scripts tests
# The files a change of which means building the assets anew.
ASSET_SOURCES := $(wildcard package.json package-lock.json) scripts/build-assets \
	$(shell find assets src/pingyi/ui -not -path '*/static/ui/build/*' -type f \
		\( -name '*.ts' -o -name '*.js' -o -name '*.css' -o -name '*.scss' -o -name '*.mjs' -o -name '*.svg' -o -name '*.json' -o -name '*.py' \) 2>/dev/null) \
	$(shell find src/pingyi tests/ui -name '*.html' 2>/dev/null)
STATIC_SOURCES := $(shell find src/pingyi -path '*/static/*' -type f -not -path '*/static/ui/build/*' 2>/dev/null)
TEST_SETTINGS := DJANGO_SETTINGS_MODULE=pingyi.config.settings.test
# Only there so that production settings load; nothing is served with them.
PRODUCTION := DJANGO_SETTINGS_MODULE=pingyi.config.settings.production PINGYI_HOSTS=pingyi.example \
	PINGYI_SECRET_KEY=8d1f5c0e7ba94f63a2c7d5e98b10f4463c7a95e2d8f1460bb7 \
	PINGYI_IDENTITY_KEY=f3b8e1a06c5d4972b8e0f1a3c6d95e7284b0a1f6c3d7e9582a
PYTEST := $(BIN)/python -m pytest -q
# Kept byte code is read in half the time that compiling takes: each of four runs of the tests has
# two processes which read all of it. Some containers forbid to keep it.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

# ---- setting up ---------------------------------------------------------------------------------

setup: $(STAMPS)/run $(STAMPS)/messages $(DATA)/static/.collected  ## set up everything needed to run
	$(BIN)/pingyi migrate --verbosity 0

$(STAMPS)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pingyi needs Python 3.11 or newer; say which with: make PYTHON=python3.11 ...")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "Python lacks venv; on Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: $(STAMPS)/venv requirements/install.txt requirements/run.txt requirements/build.txt pyproject.toml scripts/install.py
	$(BIN)/python scripts/install.py run build
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements/dev.txt
	$(BIN)/python scripts/install.py run build dev
	@touch $@

$(STAMPS)/assets: $(STAMPS)/venv requirements/build.txt $(ASSET_SOURCES) | $(STAMPS)/run
	scripts/build-assets
	@touch $@

$(STAMPS)/messages: $(wildcard src/pingyi/locale/*/LC_MESSAGES/*.po) scripts/messages.py | $(STAMPS)/run
	$(BIN)/python scripts/messages.py compile
	@touch $@

$(DATA)/static/.collected: $(STAMPS)/assets $(STATIC_SOURCES)
	$(BIN)/pingyi collectstatic --noinput --clear --verbosity 0
	@touch $@

# ---- running ------------------------------------------------------------------------------------

demo: setup  ## set up, build the fictitious county where there is none yet, and serve it
	$(BIN)/pingyi demo --keep
	$(BIN)/pingyi serve

serve: setup  ## serve what is in the database at 127.0.0.1:8000
	$(BIN)/pingyi serve

assets: $(STAMPS)/assets $(DATA)/static/.collected  ## build styles and scripts

# ---- checking -----------------------------------------------------------------------------------

# Two at a time, what takes longest first; each of them uses one core.
CHECKS := check-types check-layers check-templates check-django check-python check-messages check-docs

check: $(STAMPS)/dev $(STAMPS)/messages  ## everything that can be checked without running tests
	@$(MAKE) --no-print-directory --jobs=2 $(CHECKS)

check-python: $(STAMPS)/dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

check-types: $(STAMPS)/dev
	$(BIN)/mypy

check-layers: $(STAMPS)/dev
	$(BIN)/lint-imports --no-logo
	$(BIN)/lint-imports --no-logo --config importlinter-tables.toml

check-templates: $(STAMPS)/dev
	$(BIN)/djlint --lint --quiet src/pingyi

check-django: $(STAMPS)/dev $(STAMPS)/messages
	$(TEST_SETTINGS) $(BIN)/pingyi makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/pingyi check --program --deploy --fail-level WARNING

check-messages: $(STAMPS)/dev
	$(BIN)/python scripts/messages.py check

check-docs: $(STAMPS)/dev
	$(BIN)/python scripts/docs.py check

# ---- testing ------------------------------------------------------------------------------------

test: check test-sqlite test-postgres journeys  ## check, all tests on SQLite, those of the database on PostgreSQL too, browser journeys

test-sqlite: $(STAMPS)/dev $(STAMPS)/messages $(STAMPS)/assets  ## tests on SQLite, with the coverage that is promised
	rm -f .coverage .coverage.*
	$(PYTEST) -n 2 -m "not journey" --cov --cov-report=
	$(BIN)/coverage report --fail-under=100 --skip-covered --show-missing

test-postgres: $(STAMPS)/dev $(STAMPS)/messages $(STAMPS)/assets  ## all tests that touch a database on a PostgreSQL of their own
	scripts/with-postgres $(PYTEST) -n 2 -m "not journey" --database-only

journeys: $(STAMPS)/dev $(STAMPS)/messages $(STAMPS)/assets  ## drive a real browser through the main jobs
	scripts/need-chromium
	$(PYTEST) -n 2 --dist worksteal -m journey tests/journeys

mutants: $(STAMPS)/dev $(STAMPS)/messages $(STAMPS)/assets  ## plant faults in rules and permissions, say which no test finds (ROOM=reviews, ALL=1, SINCE=commit)
	$(BIN)/python -m tests.mutants $(if $(ROOM),--room $(ROOM)) $(if $(ALL),--all) $(if $(SINCE),--since $(SINCE))

# ---- measuring ----------------------------------------------------------------------------------

COUNTIES := $(addprefix $(DATA)/bench/,1 10)

bench: $(STAMPS)/dev $(STAMPS)/messages $(STAMPS)/assets $(addsuffix /.built,$(COUNTIES))  ## time pages and deeds in the demo's county and in one ten times as large
	$(BIN)/python scripts/bench-county $(COUNTIES)

$(DATA)/bench/%/.built: | $(STAMPS)/run
	rm -rf $(@D) && mkdir -p $(@D)
	PINGYI_DATA_DIR=$(@D) $(BIN)/python scripts/county --times $*
	PINGYI_DATA_DIR=$(@D) $(BIN)/pingyi collectstatic --noinput --verbosity 0
	touch $@

bench-ballots: $(STAMPS)/dev  ## cast ballots over HTTP: how many a second, at what cost, what is lost
	$(BIN)/python scripts/bench-ballots

bench-paper: $(STAMPS)/dev  ## measure the reading of generated ballots against its targets (CELLS=30000: quickly)
	$(BIN)/python -m tests.simulate.bench --workers 2 $(if $(CELLS),--cells $(CELLS))

# ---- keeping ------------------------------------------------------------------------------------

format: $(STAMPS)/dev  ## format code, mend what can be mended
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

messages: $(STAMPS)/dev  ## take new messages into the .po files
	$(BIN)/python scripts/messages.py update

docs: $(STAMPS)/dev  ## write the generated parts of the documentation
	$(BIN)/python scripts/docs.py write

lock: $(STAMPS)/dev  ## compile requirements/*.in into pinned files with hashes
	scripts/lock-requirements

clean:  ## remove everything that was built or installed here, but not the data in var/
	rm -rf $(VENV) node_modules src/pingyi/ui/static/ui/build $(DATA)/static
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup demo serve assets check check-python check-types check-layers check-templates \
	check-django check-messages check-docs test test-sqlite test-postgres journeys format messages \
	docs lock clean bench bench-ballots bench-paper mutants
