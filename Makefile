# The command list; every target sets up what it needs. `make help` prints it.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
SOURCES := $(shell git ls-files '*.py')

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready ## the environment, fonts and translations
.venv/.ready: pyproject.toml uv.lock tools/setup.sh tools/debian-packages.txt
	@tools/setup.sh
	@touch $@

run: setup ## central and kiosk on embedded defaults; the tour where there is no display
	@$(PY) -m tools.run

test: setup ## every test, central's on SQLite and on PostgreSQL
	@$(OFFSCREEN) $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)
	@tools/with_postgres.sh $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder tests/central tests/contract $(ARGS)

tour: setup ## the day by clicks, with no display: build/tour/
	@$(OFFSCREEN) $(PY) -m tools.tour

gallery: setup ## every control and page as pictures: build/gallery/
	@$(OFFSCREEN) $(PY) -m tools.gallery

check: setup ## lint, types, QML lint, import rules, checked-in generated files
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY:python=lint-imports)
	@tools/qmllint.sh
	@$(PY) -m tools.check_tree && $(PY) -m tools.make_vectors

check-oldest: setup ## the interface on the oldest Qt we promise (6.9.3)
	@tools/with_python.sh 3.11 pyside6-essentials==6.9.3 tests/ui tests/journeys

check-pythons: setup ## every test on Python 3.11, 3.12 and 3.13, as far as they are here
	@for v in 3.11 3.12 3.13; do tools/with_python.sh $$v "" tests || exit 1; done

bench: setup ## figures beside their limits: build/bench.json
	@$(OFFSCREEN) $(PY) -m tests.bench

proof: setup ## nothing lost, nothing doubled: MINUTES=10, SEED=N; build/proof.html
	@$(PY) -m tests.proof --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

build: setup ## the packaged application: dist/yizhan
	@tools/build.sh

pg: setup ## central on a throw-away PostgreSQL
	@tools/with_postgres.sh $(PY) -m tools.run --central-only

clean: ## everything generated; the demo's data in .run stays
	rm -rf build dist .venv .tools

.PHONY: help setup run test tour gallery check check-oldest check-pythons bench proof build pg clean
