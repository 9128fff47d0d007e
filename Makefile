# Two commands: `make run` serves the demo college, `make test` passes the tests. Both set up everything first.
PYTHON ?= python3
PY := .venv/bin/python
PORT ?= 8000
DEMO ?= 1
WORKERS ?= 2

.PHONY: run test bench check format clean

run: .venv/runtime var/env
	PORT=$(PORT) DEMO=$(DEMO) exec bin/serve

test: .venv/dev var/env
	bin/need chromium fonts-noto-cjk fonts-liberation libreoffice-writer
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)

bench: .venv/dev var/env
	bin/need libreoffice-calc
	$(PY) -m benchmarks $(ARGS)

check: .venv/dev
	bin/check

format: .venv/dev
	$(PY) -m ruff check --fix-only -q . && $(PY) -m ruff format -q .

.venv/bin/python:
	bin/need python3-venv
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt constraints.txt | .venv/bin/python
	$(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements-dev.txt requirements.txt constraints.txt | .venv/bin/python
	$(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/runtime

var/env: | .venv/runtime
	$(PY) config/environment.py

clean:
	rm -rf .venv var/static var/test.sqlite3*
