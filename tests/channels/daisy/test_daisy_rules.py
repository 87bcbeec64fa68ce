"""Every rule of DAISY 2.02 has mutations of a good book that break it, and that no other rule notices."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Final

import pytest

from channels.daisy.check import RULES, broken, faults_of
from channels.elements.archive import contents
from tests.channels.silent import FRAME, bound
from tests.channels.talking import document

Files = dict[str, bytes]
Mutation = Callable[[Files], None]

STEREO: Final = FRAME[:3] + b"\x04" + FRAME[4:]
FASTER: Final = b"\xff\xf3\x94\xc4" + bytes(236)
LOWER: Final = b"\xff\xf3\x80\xc4" + bytes(204)
"""Frames of silence as the others, but of two channels, of 80 kbit/s, of 22.05 kHz."""

LAYER_2: Final = b"\xff\xf5\x84\xc4" + bytes(188)
PAR: Final = r'<par [^>]*id="{}">.*?</par>\n'


@cache
def good() -> Files:
    """The book of the page with all blocks, by the names of its files."""
    return {path.partition("/")[2]: data for path, data in contents(bound(document("blocks"), "daisy").data).items()}


def change(name: str, *pairs: tuple[str, str]) -> Mutation:
    """In a file, or in all with "", the first place of each pattern becomes what stands beside it."""

    def mutate(files: Files) -> None:
        for before, after in pairs:
            names = [name] if name else [name for name in files if name.endswith((".html", ".smil"))]
            made = [re.subn(before, after, files[own].decode(), count=bool(name), flags=re.DOTALL) for own in names]
            assert any(count for _, count in made), before
            files.update({own: text.encode() for own, (text, _) in zip(names, made, strict=True)})

    return mutate


def told(name: str, value: str) -> Mutation:
    """Another value of a `meta` element of ncc.html."""
    return change("ncc.html", (f'(name="{name}" content=")[^"]*', rf"\g<1>{value}"))


def untold(name: str, file: str = "ncc.html") -> Mutation:
    """A `meta` element less."""
    return change(file, (f'<meta name="{name}"[^>]*>', ""))


def both(*mutations: Mutation) -> Mutation:
    """One mutation after the other."""

    def mutate(files: Files) -> None:
        for mutation in mutations:
            mutation(files)

    return mutate


def without(name: str) -> Mutation:
    def mutate(files: Files) -> None:
        del files[name]

    return mutate


def added(name: str) -> Mutation:
    def mutate(files: Files) -> None:
        files[name] = b""

    return mutate


def renamed(before: str, after: str) -> Mutation:
    """A file under another name, by which all others know it."""

    def mutate(files: Files) -> None:
        files[after] = files.pop(before)

    return both(mutate, change("", (re.escape(before), after)))


def sound(name: str, *frames: bytes) -> Mutation:
    """As many frames as a track has, of these kinds in turn."""

    def mutate(files: Files) -> None:
        count = len(files[name]) // len(FRAME)
        files[name] = b"".join(frames[n % len(frames)] for n in range(count))

    return mutate


def cut(name: str, seconds: float) -> Mutation:
    """A track without its last seconds."""

    def mutate(files: Files) -> None:
        files[name] = files[name][: -round(seconds * 24_000 / 576) * len(FRAME)]

    return mutate


def swapped(name: str, first: str, second: str) -> Mutation:
    """Two pieces of a file in each other's place. Each pattern has one group, which is the piece."""

    def mutate(files: Files) -> None:
        text = files[name].decode()
        (one, other) = (re.search(pattern, text, flags=re.DOTALL) for pattern in (first, second))
        assert one and other and one.end(1) <= other.start(1), (first, second)
        parts = text[: one.start(1)], other[1], text[one.end(1) : other.start(1)], one[1], text[other.end(1) :]
        files[name] = "".join(parts).encode()

    return mutate


def shrunk(name: str) -> Mutation:
    """The second clip of a file without length, and the third longer by as much."""

    def mutate(files: Files) -> None:
        text = files[name].decode()
        times = re.findall(r'clip-begin="npt=([\d.]+)s" clip-end="npt=([\d.]+)s"', text)
        (begin, end), (later, _) = times[1], times[2]
        text = text.replace(f'clip-end="npt={end}s"', f'clip-end="npt={begin}s"')
        earlier = f"{float(later) - float(end) + float(begin):.3f}"
        files[name] = text.replace(f'clip-begin="npt={later}s"', f'clip-begin="npt={earlier}s"').encode()

    return mutate


MUTATIONS: Final[dict[str, list[Mutation]]] = {
    # ------------------------------------------------------------------------------------------------ files
    "folder": [added("more/a.mp3")],
    "xml": [change("text.html", ("</body>", "")), change("s0003.smil", ("</seq>", "</sequence>"))],
    "present": [
        without("ncc.html"),
        without("text.html"),
        without("master.smil"),
        both(*(without(f"s{n:04d}.smil") for n in range(1, 16))),
    ],
    "names": [renamed("a0003.mp3", "Track 3.mp3"), renamed("i0001.png", "pictureone.png")],
    "doctypes": [
        change("text.html", ("Transitional", "Strict")),
        change("s0002.smil", ("SMIL 1.0", "SMIL 2.0")),
        change("ncc.html", ("<!DOCTYPE.*?>\n", "")),
    ],
    "encoding": [
        told("ncc:charset", "utf-16"),
        change("master.smil", ("utf-8", "iso-8859-1")),
        change("text.html", ("charset=utf-8", "charset=windows-1252")),
    ],
    "referenced": [
        change("", ("i0001.png", "i0002.png")),
        both(change("", ("i0001.png", "i0009.png")), without("i0001.png")),
        added("spare.png"),
    ],
    "counted": [told("ncc:files", "31"), told("ncc:files", "many")],
    "size": [told("ncc:kByteSize", "1"), told("ncc:kByteSize", "much")],
    # ------------------------------------------------------------------------------------------------ ncc: head
    "titles": [
        change("ncc.html", ("<title>.*?</title>", "<title> </title>")),
        change("text.html", ("<title>.*?</title>\n", "")),
    ],
    "required": [untold("dc:language"), untold("ncc:pageFront"), untold("ncc:totalTime"), told("dc:publisher", "")],
    "once": [change("ncc.html", ('<meta name="ncc:producer"[^>]*>', r"\g<0>\g<0>"))],
    "known": [
        change("ncc.html", ("ncc:producer", "ncc:made-by")),
        change("ncc.html", ("dc:description", "description")),
    ],
    "date": [told("dc:date", day) for day in ("1 March 2024", "2024-02-30", "2024", "")],
    "format": [
        told("dc:format", "Daisy 3"),
        change("s0002.smil", ("Daisy 2.02", "Daisy 2.0")),
        untold("dc:format", "master.smil"),
    ],
    "identifier": [
        change("s0002.smil", ('content="blocks-en', 'content="other')),
        untold("dc:identifier", "master.smil"),
        told("dc:identifier", "other"),
    ],
    "language": [
        told("dc:language", "cy"),
        change("text.html", (' lang="en"', ' lang="cy"')),
        both(change("", ('html" lang="en" xml:lang="en"', 'html" lang="e!" xml:lang="e!"')), told("dc:language", "e!")),
    ],
    "set": [told("ncc:setInfo", "2 of 1"), told("ncc:setInfo", "1/1")],
    "kind": [told("ncc:multimediaType", "audioNcc")],
    "depth": [told("ncc:depth", "3")],
    "items": [told("ncc:tocItems", "15")],
    "pages": [told("ncc:pageNormal", "4"), told("ncc:pageSpecial", "1"), told("ncc:maxPageNormal", "9")],
    "notes": [told("ncc:footnotes", "3"), told("ncc:sidebars", "1"), untold("ncc:footnotes")],
    "total-time": [told("ncc:totalTime", "9:00:00"), told("ncc:totalTime", "83s")],
    "named": [
        change("s0003.smil", ('(name="dc:title" content=")', r"\1Other ")),
        untold("dc:title", "master.smil"),
        both(
            change("s0002.smil", ('(name="title" content=")Lists', r"\1Other")),
            change("master.smil", ('title="Lists"', 'title="Other"')),
        ),
    ],
    # ------------------------------------------------------------------------------------------------ ncc: body
    "attributes": [
        change("ncc.html", ('xml:lang="en"', 'xml:lang="en" dir="ltr"')),
        change("ncc.html", ('id="n3"', 'id="n3" title="Three"')),
        change("ncc.html", ('href="s0003', 'target="new" href="s0003')),
    ],
    "entries": [both(change("ncc.html", ("<span( [^>]*f1.*?)</span>", r"<em\1</em>")), told("ncc:footnotes", "3"))],
    "begins": [
        change("ncc.html", ('class="title"', 'class="section"')),
        change("ncc.html", ('class="section"', 'class="title"')),
    ],
    "levels": [
        both(
            change("ncc.html", ("<h2( [^>]*n10.*?)</h2>", r"<h3\1</h3>")),
            told("ncc:depth", "3"),
            change("text.html", ('<h2( [^>]*"on-the-web-title".*?)</h2>', r"<h3\1</h3>")),
        )
    ],
    "ids": [
        change("ncc.html", ('id="n3"', 'id="n2"')),
        change("ncc.html", (' id="n3"', "")),
        change("s0002.smil", ('id="c2_2"', 'id="c2_1"')),
        change("text.html", ('id="lists-3"', 'id="lists-2"')),
        change("text.html", ('id="lists-3"', 'id="3-lists"')),
    ],
    "anchors": [
        change("ncc.html", (">Money</a>", "></a>Money")),
        change("ncc.html", ('(id="f2">)<a.*?>(.*?)</a>', r"\1\2")),
    ],
    "classes": [
        both(change("ncc.html", ('class="noteref" id="f1"', 'class="note" id="f1"')), told("ncc:footnotes", "3")),
        both(
            change("ncc.html", ("<span( [^>]*f1.*?)</span>", r"<div\1</div>")),
            told("ncc:footnotes", "3"),
        ),
    ],
    "leads": [
        change("ncc.html", ("s0003.smil#p3_1", "s0003.smil#nowhere")),
        change("ncc.html", ("s0003.smil#p3_1", "s0003.smil#c3_1")),
    ],
    "order": [
        swapped("ncc.html", "(<span[^\n]*f1[^\n]*)", "(<span[^\n]*f2[^\n]*)"),
        swapped("ncc.html", "(<span[^\n]*f1[^\n]*\n)", '<h1 [^\n]*id="n3"[^\n]*\n()'),
    ],
    "every-smil": [both(change("ncc.html", ("<h1 [^>]*n15.*?</h1>\n", "")), told("ncc:tocItems", "18"))],
    "same-heading": [change("text.html", ('<h2( [^>]*"health-title".*?)</h2>', r"<h1\1</h1>"))],
    "note-entries": [change("ncc.html", ("s0002.smil#p2_2", "s0002.smil#p2_1"))],
    # ------------------------------------------------------------------------------------------------ text
    "xhtml": [
        change("text.html", ('<p id="lists-2">(.*?)</p>', r'<section id="lists-2">\1</section>')),
        change("text.html", ('<p id="lists-2">(.*?)</p>', r'<p id="lists-2"><p>\1</p></p>')),
        change("text.html", ('<p id="lists-2">(.*?)</p>', r'<span id="lists-2"><p>\1</p></span>')),
        change("text.html", ('<p id="lists-2">(.*?)</p>', r'<li id="lists-2">\1</li>')),
        change("text.html", ('<div id="lists"', '<div role="note" id="lists"')),
        change("text.html", ('<p id="lists-2"', '<p start="2" id="lists-2"')),
        change("text.html", ('<ul id="lists-3">', '<ul id="lists-3">Bring')),
        change("text.html", ("<tbody>", "<tfoot>"), ("</tbody>", "</tfoot>")),
        change("text.html", ("<td ", "<p "), ("</td>", "</p>")),
        change("text.html", (' alt="[^"]*"', "")),
        change("text.html", (r'(href="#note-free">)(\[note 1\])', r'\1<a href="#lists">\2</a>')),
    ],
    "links": [change("text.html", ('href="#note-free"', 'href="#nowhere"'))],
    "played": [change("s0002.smil", ("#lists-3-1-list-1-s1", "#lists-3-1-list-1"))],
    # ------------------------------------------------------------------------------------------------ SMIL
    "grammar": [
        change("s0003.smil", ('<audio [^>]*id="c3_1"/>', r'\g<0>\n<img src="i0001.png" id="x"/>')),
        change("s0003.smil", (' id="t3_1"', "")),
        change("s0003.smil", ("<audio ", '<audio region="txtView" ')),
        change("s0003.smil", (r"(<text [^>]*>\n)(<seq>.*?</seq>\n)(?=</par>)", r"\2\1")),
        change("s0003.smil", ("</seq>\n</body>", '</seq>\n<seq dur="0.000s"/>\n</body>')),
        change("master.smil", (' id="m3"', "")),
    ],
    "heads": [
        change("s0003.smil", ("ncc:generator", "ncc:charset")),
        change("s0003.smil", ('<meta name="ncc:generator"[^>]*>', r"\g<0>\g<0>")),
    ],
    "region": [change("s0003.smil", ('<region id="txtView"/>', ""))],
    "dur": [
        change("s0003.smil", ('dur="[^"]*"', 'dur="99.000s"')),
        change("s0003.smil", (' dur="[^"]*"', "")),
        change("s0003.smil", ('(dur="[^"]*)s"', r'\1"')),
    ],
    "endsync": [change("s0003.smil", ('"last"', '"first"')), change("s0003.smil", (' endsync="last"', ""))],
    "optional": [
        change("s0003.smil", ('( id="p3_2")', r' system-required="all"\1')),
        change("s0002.smil", (' system-required="footnote-on"( id="p2_5")', r"\1")),
    ],
    "pairs": [
        change("s0002.smil", (r"<seq>\n(<par[^\n]*p2_2.*?</par>\n<par[^\n]*p2_3.*?</par>\n)</seq>\n", r"\1")),
        change("s0003.smil", (PAR.format("p3_2") + PAR.format("p3_3"), r"<seq>\n\g<0></seq>\n")),
    ],
    "speaks": [
        change("s0003.smil", ("</seq>\n</body>", rf'<par endsync="last"><text src="{src}" id="x"/></par>\n\g<0>'))
        for src in ("text.html#nowhere", "ncc.html#n3")
    ],
    "heading-first": [change("text.html", ('<h2( [^>]*"health-title".*?)</h2>', r"<p\1</p>"))],
    "reading-order": [swapped("s0003.smil", 'src="text.html#([^"]*)" id="t3_2"', 'src="text.html#([^"]*)" id="t3_3"')],
    "times": [
        change("s0003.smil", (r"npt=(\d+\.\d)00s", r"npt=\1s")),
        change("s0003.smil", (r"npt=([\d.]+)s", r"\1s")),
        change("s0003.smil", (r"npt=([\d.]+)s", r"npt=\1")),
    ],
    "clips": [
        swapped("s0003.smil", '(clip-begin[^/]*)id="c3_2"', '(clip-begin[^/]*)id="c3_3"'),
        shrunk("s0003.smil"),
    ],
    "within": [cut("a0003.mp3", 2)],
    "time": [change("s0003.smil", ('(timeInThisSmil" content=")[^"]*', r"\g<1>0:09:09"))],
    "elapsed": [change("s0003.smil", ('(totalElapsedTime" content=")[^"]*', r"\g<1>0:09:09"))],
    "master": [
        change("master.smil", ("<ref [^>]*s0004[^>]*>", "")),
        swapped("master.smil", "(<ref [^>]*s0004[^>]*>)", "(<ref [^>]*s0005[^>]*>)"),
        change("master.smil", ('title="Lists"', 'title="Other"')),
    ],
    "master-time": [change("master.smil", ('(timeInThisSmil" content=")[^"]*', r"\g<1>0:09:09"))],
    "sound": [
        sound("a0003.mp3", STEREO),
        sound("a0003.mp3", FASTER),
        sound("a0003.mp3", FRAME, FASTER),
        sound("a0003.mp3", LOWER),
        sound("a0003.mp3", LAYER_2),
        sound("a0003.mp3", b"RIFF"),
    ],
}
CASES: Final = [(name, number) for name, mutations in MUTATIONS.items() for number in range(len(mutations))]


def rules_of(files: Files) -> set[str]:
    return {rule.name for rule, _ in broken({f"book/{name}": data for name, data in files.items()})}


@pytest.mark.parametrize(("name", "number"), CASES, ids=str)
def test_a_mutation_is_caught_by_its_rule_and_by_no_other(name: str, number: int) -> None:
    files = dict(good())
    MUTATIONS[name][number](files)
    assert files != good()
    if "ncc.html" in files:  # what counts and weighs the files stays true, but where that is the mutation
        if name != "counted":
            told("ncc:files", str(len(files)))(files)
        if name != "size":
            told("ncc:kByteSize", str(round(sum(map(len, files.values())) / 1024)))(files)
    assert rules_of(files) == {name}


def test_a_good_book_breaks_no_rule_and_every_rule_has_a_mutation() -> None:
    assert rules_of(good()) == set()
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names)) and set(names) == {name for name, mutations in MUTATIONS.items() if mutations}


def test_a_fault_names_the_file_and_the_clause() -> None:
    files = dict(good())
    told("ncc:depth", "5")(files)
    (fault,) = faults_of("page-daisy.zip", {f"book/{name}": data for name, data in files.items()})
    assert fault.code == "daisy-rule" and fault.severity == "error"
    assert fault.message == "page-daisy.zip: ncc:depth is 5, not 2 (DAISY 2.02, 2.1.3 ncc:depth)"
