# Two commands need nothing but Python 3.11 to 3.13, git and make: `make run` and `make test`.
# `make test PYTHON=python3.13 VENV=.venv313` takes another Python, in an environment of its own.
# `make run lang=en` chooses the language; else the locale does, and Chinese where it names none.
# Each makes the environment it needs in .venv first; uv is used where it is there, pip else.
PYTHON ?= python3
processes ?= 3
VENV   ?= .venv
BIN     = $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)
# Compiled at install time, because pip may be told not to and then every start recompiles.
ifdef UV
INSTALL = VIRTUAL_ENV=$(VENV) uv pip install --quiet --compile-bytecode
MAKE_VENV = uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)
else
INSTALL = $(BIN)/python -m pip install --quiet --compile --disable-pip-version-check
MAKE_VENV = $(PYTHON) -m venv $(VENV)
endif
# The part of the pinned packages that an extra needs, each file checked against its digest; then
# the package itself, which asks for nothing more.
PINS = awk -v extra=$(1) '/^\# for /{on = ($$0 " ") ~ " (" extra "|build) "} on' constraints-hashed.txt
# Whoever has `dev` has all other extras: nothing is installed twice.
HELD_BY_DEV = $(foreach extra,lab docs test,$(VENV)/.$(extra))
define INSTALLED
	$(call PINS,$(1)) > $(VENV)/pins-$(1).txt
	$(INSTALL) --require-hashes --no-deps --requirement $(VENV)/pins-$(1).txt
	$(INSTALL) --no-deps --no-build-isolation -e .
endef

# Else each of the many processes of the tests would compile our modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run lab test test-all unpacked lint build site datasets bench clean

help:  ## what there is to make
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.core  ## the 80/20 report on the sample shop, in reports/
	$(BIN)/crm-lessons report 05_pareto --out reports $(if $(lang),--language $(lang))

lab: $(VENV)/.lab  ## open the lessons in JupyterLab
	$(BIN)/crm-lessons lab $(if $(lang),--language $(lang))

test: $(VENV)/.test  ## every check of the project (tests=tests/test_pareto.py for some)
	$(BIN)/python -m pytest -n $(processes) --dist loadfile --no-loadscope-reorder $(tests)

test-all: $(VENV)/.dev unpacked test  ## the same with comparisons: other libraries, Dask and Spark

unpacked: $(VENV)/unpacked  ## what cannot be installed beside pandas 3: pycanon, FEBRL

lint: $(VENV)/.dev  ## style of the code
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

build: $(VENV)/.test  ## the editions from notebooks/lessons (lesson=05 for one)
	$(BIN)/crm-lessons build $(lesson)

site: $(VENV)/.docs  ## the manual in both languages as pages, in site/
	$(BIN)/python docs/pages.py site

datasets: $(VENV)/.test  ## the sample tables and their dictionary
	$(BIN)/python datasets/generate.py

bench: $(VENV)/.dev  ## time the street against other ways of doing it
	$(BIN)/python -m benchmarks.street

clean:  ## remove what was made here
	rm -rf $(VENV) reports lessons site artefacts

# Beside the environment, not in it: their own needs would bring an older pandas.
$(VENV)/unpacked: tests/records/unpacked.txt | $(VENV)/.made
	$(INSTALL) --no-deps --require-hashes --only-binary :all: --target $@ --requirement $<
	@touch $@

$(VENV)/.made:
	@echo "Making $(VENV); this is needed once."
	$(MAKE_VENV)
	@touch $@

$(VENV)/.core: $(VENV)/.made pyproject.toml constraints-hashed.txt
	$(call INSTALLED,core)
	@touch $@

$(VENV)/.lab $(VENV)/.docs $(VENV)/.test $(VENV)/.dev: $(VENV)/.%: $(VENV)/.made pyproject.toml constraints-hashed.txt
	$(call INSTALLED,$*)
	@touch $@ $(VENV)/.core $(if $(filter dev,$*),$(HELD_BY_DEV))
