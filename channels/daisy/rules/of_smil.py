"""The rules for the SMIL files: their grammar, what they speak, in which order, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from channels.daisy.about import clock
from channels.daisy.rules.parsed import MASTER, TEXT, Book, Rule, Smil, local
from channels.daisy.text import HEADINGS

CONTENT: Final = {
    "smil": "head body ",
    "head": "(?:meta )*(?:layout )?(?:meta )*",
    "layout": "(?:region )*",
    "body": "seq ",
    "body/seq": "(?:par |seq )*par (?:par |seq )*|(?:seq )+",
    "par/seq": "(?:audio )+",
    "seq/seq": "par par ",
    "par": "text (?:audio |seq )?",
    **dict.fromkeys(("meta", "region", "text", "audio"), ""),
}
"""The children of an element, each followed by a space. Those of a sequence depend on where it stands."""

MASTER_BODY: Final = "(?:ref )+"
REQUIRED: Final = {
    "meta": {"name", "content"},
    "region": {"id"},
    "text": {"id", "src"},
    "audio": {"id", "src", "clip-begin", "clip-end"},
    "ref": {"id", "src"},
}
"""All media objects have an id (2.3.3.8)."""

ALLOWED: Final = {
    **REQUIRED,
    "meta": {"name", "content", "skip-content"},
    "text": {"id", "src", "region"},
    "ref": {"id", "src", "title"},
    "seq": {"id", "dur"},
    "par": {"id", "endsync", "system-required"},
    **{name: {"id"} for name in ("smil", "head", "layout", "body")},
}
NOTHING: Final = frozenset[str]()
HEAD: Final = frozenset(
    ("ncc:generator", "dc:format", "dc:identifier", "dc:title", "title", "ncc:totalElapsedTime", "ncc:timeInThisSmil")
)
OPTIONAL: Final = frozenset({"sidebar-on", "prodnote-on", "footnote-on", "pagenumber-on"})
DUR: Final = re.compile(r"\d+\.\d+s")
NOTE: Final = "notebody"
"""The class of a footnote in the text."""

THOUSANDTH: Final = 0.0011


def _grammar(book: Book) -> Iterator[str]:
    for name in (*(smil.name for smil in book.smils), MASTER):
        content = {**CONTENT, "body": MASTER_BODY} if name == MASTER else CONTENT
        tree = book.trees[name]
        above = {child: node.tag for node in tree.iter() for child in node}
        for node in tree.iter():
            place = f"{above.get(node)}/seq" if node.tag == "seq" else node.tag
            children = "".join([f"{child.tag} " for child in node])
            if not _fits(content.get(place, ""), children):
                yield f"{name} has a {node.tag} with {children or 'nothing'}"
            if missing := REQUIRED.get(node.tag, NOTHING) - node.attrib.keys():
                yield f"{name} has a {node.tag} without {', '.join(sorted(missing))}"
            if extra := node.attrib.keys() - ALLOWED.get(node.tag, NOTHING):
                yield f"{name} has a {node.tag} with {', '.join(sorted(extra))}"


@cache
def _fits(due: str, children: str) -> bool:
    """True if an element may have these children. Most have the same."""
    return re.fullmatch(due, children) is not None


def _heads(book: Book) -> Iterator[str]:
    for smil in book.smils:
        for name, values in book.facts[smil.name].items():
            if name not in HEAD or len(values) > 1:
                yield f"{smil.name} tells {name} {len(values)} times"


def _region(book: Book) -> Iterator[str]:
    for name in (*(smil.name for smil in book.smils), MASTER):
        for layout in book.trees[name].iter("layout"):
            if layout.find("region") is None:
                yield f"{name} has a layout without a region"


def _endsync(book: Book) -> Iterator[str]:
    for smil in book.smils:
        ends = {node.get("endsync") for node in smil.tree.iter("par")}
        yield from (f"{smil.name} has a par that ends with {end}" for end in ends - {"last"})


def _optional(book: Book) -> Iterator[str]:
    """What may be turned off is of a kind that is known, and each footnote is."""
    for smil in book.smils:
        for par in smil.pars:
            if par.optional and par.optional not in OPTIONAL:
                yield f"{smil.name} has a par for {par.optional}"
            if (par.optional == "footnote-on") != _in_note(book, par.element):
                yield f"{smil.name}: {par.element} is a footnote, or may be turned off as one, and not both"


def _in_note(book: Book, element: str) -> bool:
    own = book.elements.get(element)
    while own is not None:
        if NOTE in (own.get("class") or "").split():
            return True
        own = book.parents.get(own)
    return False


def _pairs(book: Book) -> Iterator[str]:
    """A sequence within the main one holds what marks a footnote, then the footnote."""
    for smil in book.smils:
        for pair in smil.tree.findall("body/seq/seq"):
            kinds = [par.get("system-required", "") for par in pair]
            if kinds != ["", "footnote-on"]:
                yield f"{smil.name} has a sequence of {kinds}"
        for before, after in zip(smil.pars, smil.pars[1:], strict=False):
            if after.optional == "footnote-on" and not before.optional and not _paired(smil, after.id):
                yield f"{smil.name}: {after.id} does not stand in a sequence with what marks it"


def _paired(smil: Smil, own: str) -> bool:
    return any(pair.find(f"par[@id='{own}']") is not None for pair in smil.tree.findall("body/seq/seq"))


def _speaks(book: Book) -> Iterator[str]:
    for smil in book.smils:
        for par in smil.pars:
            if par.file and (par.file != TEXT or par.element not in book.elements):
                yield f"{smil.name} speaks {par.file}#{par.element}, which is not there"


def _heading_first(book: Book) -> Iterator[str]:
    for smil in book.smils:
        element = book.elements.get(smil.pars[0].element) if smil.pars else None
        if element is not None and local(element) not in HEADINGS:
            yield f"{smil.name} begins with a {local(element)}, not with a heading"


def _reading_order(book: Book) -> Iterator[str]:
    """The text is spoken in its order. So are the footnotes, which are spoken where they are marked."""
    places = {own: place for place, own in enumerate(book.elements)}
    at = {False: -1, True: -1}
    for smil in book.smils:
        for par in smil.pars:
            note = _in_note(book, par.element)
            place = places.get(par.element, at[note])
            if place < at[note]:
                yield f"{smil.name} speaks {par.element} after what follows it in the text"
            at[note] = max(at[note], place)


def _times(book: Book) -> Iterator[str]:
    for smil in book.smils:
        for audio in smil.tree.iter("audio"):
            for key in ("clip-begin", "clip-end"):
                if (told := audio.get(key)) is not None and not re.fullmatch(r"npt=\d+\.\d{3}s", told):
                    yield f"{smil.name} has the {key} {told}"


def _clips(book: Book) -> Iterator[str]:
    """Each clip begins before it ends, and not before the last one in its track has ended."""
    at: dict[str, float] = {}
    for smil in book.smils:
        for clip in (clip for par in smil.pars for clip in par.clips):
            if clip.times is None:
                continue
            begin, end = clip.times
            if not at.get(clip.track, 0.0) <= begin < end:
                yield f"{smil.name} plays {clip.track} from {begin} to {end} s, after {at.get(clip.track, 0.0)} s"
            at[clip.track] = end


def _within(book: Book) -> Iterator[str]:
    for smil in book.smils:
        for clip in (clip for par in smil.pars for clip in par.clips):
            track = book.tracks.get(clip.track)
            if clip.times and track is not None and not isinstance(track, str) and clip.times[1] > track.seconds:
                yield f"{smil.name} plays {clip.track} to {clip.times[1]} s, and it ends at {track.seconds:.3f} s"


def _dur(book: Book) -> Iterator[str]:
    for smil in book.smils:
        main = smil.tree.find("body/seq")
        told = main.get("dur", "") if main is not None else ""
        if not DUR.fullmatch(told) or abs(float(told[:-1]) - smil.seconds) > THOUSANDTH:
            yield f"{smil.name} has the dur {told}, not {smil.seconds:.3f}s"


def _time(book: Book) -> Iterator[str]:
    for smil in book.smils:
        for told in book.facts[smil.name].get("ncc:timeInThisSmil", ()):
            if told != clock(smil.seconds):
                yield f"{smil.name} takes {told}, not {clock(smil.seconds)}"


def _elapsed(book: Book) -> Iterator[str]:
    for smil in book.smils:
        for told in book.facts[smil.name].get("ncc:totalElapsedTime", ()):
            if told != clock(book.elapsed[smil.name]):
                yield f"{smil.name} comes after {told}, not {clock(book.elapsed[smil.name])}"


def _master(book: Book) -> Iterator[str]:
    refs = [(ref.get("src"), ref.get("title")) for ref in book.trees[MASTER].iter("ref")]
    due = [(smil.name, (book.facts[smil.name].get("title") or [""])[0]) for smil in book.smils]
    if refs != due:
        yield "master.smil does not list the SMIL files with their titles, in order"


def _master_time(book: Book) -> Iterator[str]:
    for told in book.facts[MASTER].get("ncc:timeInThisSmil", ()):
        if told != clock(book.seconds):
            yield f"master.smil takes {told}, not {clock(book.seconds)}"


def _sound(book: Book) -> Iterator[str]:
    """Each track is an MP3 of one bit rate, mono, and all have the same sampling frequency."""
    for name, track in book.tracks.items():
        if isinstance(track, str):
            yield f"{name}: {track}"
        elif track.channels != 1:
            yield f"{name} has {track.channels} channels"
    rates = {(t.rate, t.bits_a_second) for t in book.tracks.values() if not isinstance(t, str)}
    if len(rates) > 1:
        yield f"the tracks have several sampling frequencies and bit rates: {sorted(rates)}"


RULES: Final = (
    Rule(name="grammar", clause="2.3.3, SMIL 1.0", broken=_grammar),
    Rule(name="heads", clause="2.3.2.1", broken=_heads),
    Rule(name="region", clause="2.3.2.3", broken=_region),
    Rule(name="dur", clause="2.3.3.2", broken=_dur),
    Rule(name="endsync", clause="2.3.3.4", broken=_endsync),
    Rule(name="optional", clause="2.1.12.3", broken=_optional),
    Rule(name="pairs", clause="2.1.12.4, 2.3.3.1", broken=_pairs),
    Rule(name="speaks", clause="2.3.3.6", broken=_speaks),
    Rule(name="heading-first", clause="2.3.4.1", broken=_heading_first),
    Rule(name="reading-order", clause="2.1, 2.3", broken=_reading_order),
    Rule(name="times", clause="2.3.3.8", broken=_times),
    Rule(name="clips", clause="2.3.3.8", broken=_clips),
    Rule(name="within", clause="2.3.3.8", broken=_within),
    Rule(name="time", clause="2.3.2.1 ncc:timeInThisSmil", broken=_time),
    Rule(name="elapsed", clause="2.3.2.1 ncc:totalElapsedTime", broken=_elapsed),
    Rule(name="master", clause="2.4.3", broken=_master),
    Rule(name="master-time", clause="2.4.2 ncc:timeInThisSmil", broken=_master_time),
    Rule(name="sound", clause="2.5", broken=_sound),
)
