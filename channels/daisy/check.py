"""Turns the files of a DAISY 2.02 book into the rules that they break (DAISY 2.02 Specification, Recommendation of
2001)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from channels.daisy.book import clock
from channels.daisy.text import ATTRIBUTES, HEADINGS, KEPT
from model.diagnostics import OURS, Diagnostic
from model.inlines import NOWHERE

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
NAMES: Final = re.compile(r"[a-z0-9_]{1,8}\.[a-z0-9]{1,4}")
"""Eight characters and three. The format itself prescribes .html and .smil."""

REQUIRED: Final = (
    *("dc:creator", "dc:format", "dc:identifier", "dc:language", "dc:publisher", "dc:title"),
    *(
        "ncc:charset",
        "ncc:pageFront",
        "ncc:pageNormal",
        "ncc:pageSpecial",
        "ncc:setInfo",
        "ncc:tocItems",
        "ncc:totalTime",
    ),
    *("ncc:depth", "ncc:files", "ncc:generator", "ncc:kByteSize", "ncc:multimediaType"),
)
BITS_A_SECOND: Final = 64_000


def faults_of(path: str, packed: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """A fault for every rule that the book breaks. `packed` are the files of its archive."""
    folders = {name.partition("/")[0] for name in packed}
    files = {name.partition("/")[2]: data for name, data in packed.items()}
    faults = [f"the archive has the folders {sorted(folders)}, not one"] if len(folders) != 1 else []
    faults += [f"{name} is no name for a disc" for name in files if not NAMES.fullmatch(name)]
    trees = {}
    for name, data in files.items():
        if name.endswith((".html", ".smil")):
            try:
                trees[name] = ElementTree.fromstring(data)  # noqa: S314 (of our own making)
            except ElementTree.ParseError as unreadable:
                faults.append(f"{name} is no XML: {unreadable}")
    if not faults and {"ncc.html", "master.smil", "text.html"} <= trees.keys():
        faults += _ncc(trees, files)
        faults += _text(trees["text.html"])
        faults += _smils(trees, files)
    elif not faults:
        faults.append("ncc.html, master.smil or text.html is missing")
    for fault in faults:
        yield Diagnostic(severity="error", code="daisy-rule", message=f"{path}: {fault}", mark=NOWHERE, hint=OURS)


def _metas(tree: Element) -> dict[str, str]:
    return {node.get("name", ""): node.get("content", "") for node in tree.iter() if node.tag.endswith("meta")}


def _ncc(trees: Mapping[str, Element], files: Mapping[str, bytes]) -> Iterator[str]:
    """2.1: what the navigation control centre must say, and where its headings lead."""
    ncc = trees["ncc.html"]
    metas = _metas(ncc)
    yield from (f"ncc.html does not tell {name}" for name in REQUIRED if not metas.get(name))
    items = [node for node in ncc.iter() if node.tag.removeprefix(XHTML) in HEADINGS]
    if not items or (items[0].tag, items[0].get("class")) != (f"{XHTML}h1", "title"):
        yield "ncc.html does not begin with the title"
    levels = [int(item.tag[-1]) for item in items]
    yield from (f"ncc.html goes from level {a} to {b}" for a, b in pairwise(levels) if b > a + 1)
    told = (("ncc:depth", max(levels, default=0)), ("ncc:tocItems", len(items)), ("ncc:files", len(files)))
    yield from (f"{name} is {metas.get(name)}, not {true}" for name, true in told if metas.get(name) != str(true))
    size = sum(map(len, files.values())) / 1024
    if abs(int(metas.get("ncc:kByteSize") or 0) - size) > max(4, size / 100):
        yield f"ncc:kByteSize is {metas.get('ncc:kByteSize')}, not {size:.0f}"
    reached = []
    for item in items:
        link = item.find(f"{XHTML}a")
        name, _, own = (link.get("href", "") if link is not None else "").partition("#")
        if name not in trees or own not in {node.get("id") for node in trees[name].iter("par")}:
            yield f"ncc.html leads to {name}#{own}, which is not there"
        reached.append(name)
    if reached != sorted(name for name in files if re.fullmatch(r"s\d+\.smil", name)):
        yield "ncc.html does not lead to each SMIL file, in order"
    if [node.get("src") for node in trees["master.smil"].iter("ref")] != reached:
        yield "master.smil does not list what ncc.html leads to"


def _text(text: Element) -> Iterator[str]:
    """XHTML 1.0: only its elements and attributes; each id once; every link within the text leads to a place in it."""
    body = text.find(f"{XHTML}body")
    ids: set[str] = set()
    nodes = list(body.iter())[1:] if body is not None else []
    for node in nodes:
        tag = node.tag.removeprefix(XHTML)
        if tag not in KEPT:
            yield f"text.html has the element {tag}"
        for name in node.attrib:
            if name.replace("{http://www.w3.org/XML/1998/namespace}", "xml:") not in ATTRIBUTES:
                yield f"text.html has the attribute {name}"
        own = node.get("id")
        if own is not None and own in ids:
            yield f"text.html has the id {own} twice"
        ids |= {own} if own is not None else set()
    for node in nodes:
        target = node.get("href", "")
        if target.startswith("#") and target[1:] not in ids:
            yield f"text.html links to {target}, which is not there"


def _smils(trees: Mapping[str, Element], files: Mapping[str, bytes]) -> Iterator[str]:
    """2.2: each par has a text that exists and a clip within its file, in order; the times add up."""
    ids = {node.get("id") for node in trees["text.html"].iter()}
    elapsed, at = 0.0, ("", 0.0)
    for name in sorted(name for name in trees if re.fullmatch(r"s\d+\.smil", name)):
        tree, spoken = trees[name], 0.0
        metas = _metas(tree)
        for par in tree.iter("par"):
            text, audio = par.find("text"), par.find("seq/audio")
            if text is None or audio is None:
                yield f"{name} has a par without text or sound"
                continue
            file, _, own = text.get("src", "").partition("#")
            if file != "text.html" or own not in ids:
                yield f"{name} speaks {file}#{own}, which is not there"
            track = audio.get("src", "")
            begin, end = (float(audio.get(key, "")[4:-1] or 0) for key in ("clip-begin", "clip-end"))
            lasts = len(files.get(track, b"")) * 8 / BITS_A_SECOND
            if not (at[1] if at[0] == track else 0.0) <= begin < end <= lasts:
                yield f"{name}: {own} is heard from {begin} to {end} s of {track}, out of order or after its end"
            at = (track, end)
            spoken += end - begin
        spoken = round(spoken, 3)
        if metas.get("ncc:timeInThisSmil") != clock(spoken):
            yield f"{name} says that it takes {metas.get('ncc:timeInThisSmil')}, not {clock(spoken)}"
        if metas.get("ncc:totalElapsedTime") != clock(elapsed):
            yield f"{name} says that it comes after {metas.get('ncc:totalElapsedTime')}, not {clock(elapsed)}"
        elapsed = round(elapsed + spoken, 3)
    if _metas(trees["ncc.html"]).get("ncc:totalTime") != clock(elapsed):
        yield f"ncc:totalTime is not {clock(elapsed)}"
