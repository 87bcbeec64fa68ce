"""Turns an author's text into inlines: strong, emphasis, links and references of Markdown; terms and values recognised.

Then cuts inlines into sentences, but never within a value, an address or an abbreviation.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from types import MappingProxyType
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from languages.base import Language
from model.inlines import Emphasis, FootnoteMark, Inline, Link, Strong, Term, Text
from model.traverse import is_text, text_of
from reader.suggestions import Suggestions
from reader.terms import Terms

LINK: Final = re.compile(
    r"((?i:https?)://[^\s/?#]+\.[^\s]+|mailto:[^\s@]+@[^\s@]+|(?:tel|sms):\+?\d+|#[a-z][a-z0-9-]*)\Z"
)
INSECURE: Final = re.compile(r"http:", re.IGNORECASE)
SAFER: Final = "The link is kept as it is. Write https: if the place has that too: most have."
REFERENCE: Final = re.compile(r"(?<!\\)\[((?!\^)(?:[^\[\]\\]|\\.)+)\]\[((?:[^\[\]\\]|\\.)*)\]")
MARKER: Final = re.compile(r"\[\^([^\s\[\]^]{1,60})\]")
"""Matches the marker of a footnote: `[^rates]`."""
MARK: Final = "footnote_mark"
MARKED_LINK: Final = re.compile(r"(?<!\\)\[([^\[\]]*)\[\^[^\s\[\]^]{1,60}\]([^\[\]]*\](?:\(|\[))")
"""Matches a link with a footnote's marker among its words."""
MOST_DEPTH: Final = 8
"""Of marks within marks. The time for brackets that are never closed grows with it."""
MARKS: Final = re.compile(r"[*_\[`\\<&]+")
"""Matches what may begin markup."""
AROUND: Final = 1000
"""How many characters beside a piece of text may decide what its figures are. Many, since a quotation may be long."""
LINE_END: Final = re.compile(r"[\r\n\u0085\u2028\u2029]")
SPACES: Final = re.compile(r"[ \r\n\u0085\u2028\u2029]+")
LINES: Final = re.compile(r"\S\s*\n\s*(\S+)")
"""Matches a line break that YAML kept: a blank line, or a text below `|`."""
SAY: Final = re.compile(r"\[([^\[\]]+)\]\{say:([^{}]*[^{}\s][^{}]*)\}")
"""Matches words that are said so in this one place only: `[lead]{say: led}`."""
LOOSE_SAY: Final = re.compile(r"\{\s*say\b[^{}]*\}?|\]\s*\{")
CLOSE_SAY: Final = "Write the words in brackets, and directly behind them how they are said: [lead]{say: led}."
LOOSE_MARKUP: Final = re.compile(r"\*\*|\*(?=\w)|(?<=\w)\*(?!\s*$)|\[[^\[\]]+\]\(")
CLOSE: Final = {
    "**": "Close it with another **, or leave it out.",
    "*": "Close it with another *. If it stands for a note, write the note in brackets behind the words it belongs to."
    " To show a star, write \\* (in single quotes or in none).",
}
CLOSE_LINK: Final = "Close the link with a ) behind its address."
MARKUP: Final = re.compile(r"[*_\[\]\\`<&{]")
OTHER_MARKUP: Final = re.compile(r"(?<!\\)(!\[|`|</?[a-zA-Z][^<>]{0,80}>|&[a-z]{2,8};)")

Report = Callable[[str, str, str, str], None]
"""Called as report(code, message, hint, words). `words` are those at fault in the text that is being read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The document's facts about words. `terms` are by the word as written. `references` lead from a name to a link
    target, None for a place that is named and not linked."""

    language: Language
    terms: Terms
    references: Mapping[str, str | None]
    pattern: re.Pattern[str] | None
    places: Mapping[str, Mapping[str, str]]
    footnotes: Collection[str]
    """The names of the footnotes in the source."""
    renamed: Mapping[str, str]
    """Section ids as the author wrote them, and the ids that they became."""
    suggestions: Suggestions

    @staticmethod
    def of(
        language: Language,
        terms: Terms,
        references: Mapping[str, str | None],
        renamed: Mapping[str, str] = MappingProxyType({}),
        footnotes: Collection[str] = (),
    ) -> Known:
        pattern = re.compile(rf"(?<![\w.,£€$]){one_of(terms.known)}(?!\w|[.,]\d)") if terms.known else None
        places = {normalizeReference(name): {"title": "", "href": f"ref:{name}"} for name in references}
        return Known(
            language=language,
            terms=terms,
            references=references,
            pattern=pattern,
            places=places,
            footnotes=footnotes,
            renamed=renamed,
            suggestions=Suggestions(references),
        )


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` that stands at a place. It goes by their beginnings, so that it takes no
    longer where there are many words."""
    ends, branches = set(words), []
    for _, group in groupby(sorted(ends - {""}), key=lambda word: word[0]):
        alike = list(group)
        first = alike[0]
        shared = next((n for n in range(len(first)) if not alike[-1].startswith(first[: n + 1])), len(first))
        branches.append(re.escape(first[:shared]) + one_of(word[shared:] for word in alike))
    either = f"(?:{'|'.join(branches)})" if branches else ""
    return f"{either}?" if branches and "" in ends else either


@functools.cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"maxNesting": MOST_DEPTH})
    markdown.enable(["escape", "emphasis", "link"]).disable("text_join")
    markdown.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005  (judged in _link, aloud)
    markdown.normalizeLink = lambda url: url  # type: ignore[method-assign]
    markdown.inline.ruler.before("link", MARK, _marker)
    return markdown


def _marker(state: StateInline, silent: bool) -> bool:
    """A rule for markdown-it: matches the marker of a footnote that exists. Any other `[^` stays text."""
    found = MARKER.match(state.src, state.pos, state.posMax)
    if found is None or found[1] not in state.env["footnotes"]:
        return False
    if not silent:
        state.push(MARK, "", 0).content = found[1]
    state.pos = found.end()
    return True


def fold(text: str) -> str:
    """A text with each run of white space as one space, as in a paragraph. No-break spaces stay."""
    if "  " in text or (not text.isprintable() and LINE_END.search(text)):
        text = SPACES.sub(" ", text)
    return text.strip(" ")


def inlines(text: str, known: Known, report: Report, about: str = "") -> tuple[Inline, ...]:
    """The inlines of an author's `text`. Faults go to `report`. `about` is the header of the table cell that the
    text stands in."""
    found = _marked_up(text, known, report)
    return tuple(_valued(found, text_of(found), 0, known.language, about))


def marks(text: str) -> int:
    """How often markup may begin in a text. Each takes time, also where it begins nothing."""
    return sum(1 for _ in MARKS.finditer(text))


def recognised(text: str, known: Known) -> tuple[Inline, ...]:
    """The terms and values of a text, which is taken to have no markup."""
    return tuple(_valued(tuple(_leaves(text, known)), text, 0, known.language, ""))


def _marked_up(text: str, known: Known, report: Report) -> tuple[Inline, ...]:
    """Inlines with markup and terms. All other words are still plain text."""
    if "\n" in text and (lines := LINES.search(text)):
        hint = (
            "Here all lines are one paragraph. Write each paragraph as an entry of its own, and a list as `type: list`."
        )
        report("lines", "a new line within one text", hint, lines[1])
    text = fold(text)
    if not MARKUP.search(text):
        return tuple(_leaves(text, known))
    env = {"references": known.places, "footnotes": known.footnotes}
    for match in MARKED_LINK.finditer(text) if known.footnotes else ():
        hint = "Write the marker of the footnote behind the link: [words](https://…)[^name]."
        report("markup-in-link", "a link holds no footnote", hint, match[0])
        text = text.replace(match[0], f"[{match[1]}{match[2]}")
    tokens = _markdown().parseInline(text, env)[0].children or []
    for match in REFERENCE.finditer(text):
        name = match[2] or match[1]
        if normalizeReference(name) not in known.places:
            close = known.suggestions.near(name.lower())
            hint = (
                f"did you mean `{close}`?" if close else "Add it under `references:`, with a url, a section or a name."
            )
            report("bad-reference", f"no reference is called `{name}`", hint, match[0])
    for match in MARKER.finditer(text):
        if match[1] not in known.footnotes and text[max(0, match.start() - 1) : match.start()] != "\\":
            code = "unknown-footnote" if known.footnotes else "no-footnotes"
            close = known.suggestions.near(match[1], known.footnotes)
            hint = f"did you mean `[^{close}]`?" if close else f"Add `{match[1]}:` under `footnotes:`, with its words."
            report(code, f"no footnote is called `{match[1]}`", hint, match[0])
    for other in {found[0]: found for found in OTHER_MARKUP.finditer(text)}.values():
        hint = "Only **strong**, *emphasis* and [links](https://…) are understood; this will be shown as it is written."
        report("markup", f"{other[0]!r} is not understood as markup", hint, other[0])
    left_over = "".join(token.content if token.type == "text" else "\0" for token in tokens)
    for loose in LOOSE_SAY.finditer(SAY.sub("", left_over)):
        report("unclosed-markup", f"{loose[0]!r} is no `say` of words in brackets", CLOSE_SAY, loose[0])
    for loose in LOOSE_MARKUP.finditer(left_over):
        report("unclosed-markup", f"{loose[0]!r} begins or ends nothing", CLOSE.get(loose[0], CLOSE_LINK), loose[0])
    deepest = max(accumulate((token.nesting for token in tokens), initial=0))
    if deepest > MOST_DEPTH:
        report("too-deep", f"strong and emphasis are {deepest} deep here", "Use one of the two, once.", "")
        return (Text(text=text),)
    return tuple(_tree(iter(tokens), known, report))


def _tree(tokens: Iterator[Token], known: Known, report: Report) -> Iterator[Inline]:
    """The inlines up to the token that closes this level."""
    pending = ""
    for token in tokens:
        if token.type in ("text", "text_special"):
            pending += token.content
            continue
        yield from _leaves(pending.rstrip(" ") if token.type == MARK else pending, known)
        pending = ""
        if token.type.endswith("_close"):
            return
        if token.type == MARK:
            yield FootnoteMark(text="", id="", note=token.content, number=0)
            continue
        children = tuple(_tree(tokens, known, report))
        match token.type:
            case "strong_open":
                yield Strong(children=children)
            case "em_open":
                yield Emphasis(children=children)
            case "link_open":
                yield _link(str(token.attrs["href"]), children, known, report)
            case _:
                raise AssertionError(token.type)
    yield from _leaves(pending, known)


def _link(href: str, children: tuple[Inline, ...], known: Known, report: Report) -> Link:
    words = text_of(children)
    if not words.strip():
        report("empty-link", "a link without words", "Write the words of the link between [ and ].", href)
    if words.strip().lower() in known.language.vague_links():
        report("vague-link", f"the words “{words}” do not say where the link leads", "Name the place.", words)
    if any(isinstance(child, Strong | Emphasis) for child in children):
        report("markup-in-link", "a link holds plain words only", "Put the ** or * around the whole link.", words)
        children = (Text(text=words),)
    if href.startswith("ref:"):
        return Link(target=known.references[href.removeprefix("ref:")], children=children)
    if not LINK.match(href):
        report(
            *("bad-link", f"a link cannot lead to {href[:60]!r}"),
            *("Write a whole address (https://…), mailto:, tel:, sms:, or #section-id.", href or words),
        )
    if INSECURE.match(href):
        report("insecure-link", f"{href[:60]!r} is not a safe address", SAFER, href)
    if href.startswith("#"):
        href = f"#{known.renamed.get(href[1:], href[1:])}"
    return Link(target=href, children=children)


def _leaves(text: str, known: Known) -> Iterator[Inline]:
    """Turns plain words into leaves: words with their own `{say: …}`, and terms."""
    at = 0
    for match in SAY.finditer(text) if "{say:" in text else ():
        yield from _known(text[at : match.start()], known)
        yield Term(text=match[1], say=match[2].strip())
        at = match.end()
    yield from _known(text[at:], known)


def _known(text: str, known: Known) -> Iterator[Inline]:
    at = 0
    for match in known.pattern.finditer(text) if known.pattern else ():
        if match.start() > at:
            yield Text(text=text[at : match.start()])
        yield known.terms.known[match[0]]
        at = match.end()
    if at < len(text):
        yield Text(text=text[at:])


def _valued(found: tuple[Inline, ...], whole: str, at: int, language: Language, about: str) -> Iterator[Inline]:
    """The inlines with the values in their plain words recognised. Each is recognised with the text of `whole`
    around it, even where parts of that are strong or a link. `at` is where the inlines begin in `whole`."""
    for inline in found:
        end = at + len(text_of((inline,)))
        match inline:
            case Text():
                yield from language.recognise(
                    inline.text, before=whole[max(0, at - AROUND) : at], after=whole[end : end + AROUND], about=about
                )
            case Strong() | Emphasis() | Link():
                yield replace(inline, children=tuple(_valued(inline.children, whole, at, language, about)))
            case _:
                yield inline
        at = end


def sentences(found: tuple[Inline, ...], language: Language) -> list[tuple[Inline, ...]]:
    """Inlines cut into sentences. The words of the sentences, joined with one space, are the words that went in."""
    places = language.sentence_ends(text_of(found))
    if not places:
        return [piece] if (piece := _trimmed(found)) else []
    whole = {at for start, end in _leaf_spans(found, 0) for at in range(start + 1, end)}
    cuts = [place for place in places if place not in whole]
    return [piece for part in _cut(found, cuts) if (piece := _trimmed(part))]


def _cut(found: tuple[Inline, ...], cuts: list[int]) -> list[tuple[Inline, ...]]:
    """The inlines cut at places of their text. A leaf is never cut. The work grows with the inlines, not with
    inlines times cuts."""
    pieces: list[list[Inline]] = [[]]
    at = 0
    for inline in found:
        size = len(text_of((inline,)))
        # An inline without words, such as the marker of a footnote, belongs to the sentence before it.
        first, last = (bisect_right if size else bisect_left)(cuts, at), bisect_left(cuts, at + size)
        inside = [cut - at for cut in cuts[first:last]]
        pieces += [[] for _ in range(first + 1 - len(pieces))]
        for n, part in enumerate(_parts(inline, inside)):
            if n:
                pieces.append([])
            pieces[-1] += part
        at += size
    return [tuple(piece) for piece in pieces]


def _parts(inline: Inline, cuts: list[int]) -> list[tuple[Inline, ...]]:
    """One inline cut at places of its text."""
    if not cuts:
        return [(inline,)]
    match inline:
        case Text():
            bounds = pairwise([0, *cuts, len(inline.text)])
            return [(Text(text=inline.text[start:end]),) for start, end in bounds]
        case Strong() | Emphasis():
            return [(replace(inline, children=part),) if part else () for part in _cut(inline.children, cuts)]
        case _:
            return [(inline,)]


def _leaf_spans(found: tuple[Inline, ...], at: int) -> Iterator[tuple[int, int]]:
    """The places in the text where the leaves that must stay whole begin and end."""
    for inline in found:
        size = len(text_of((inline,)))
        match inline:
            case Strong() | Emphasis():
                yield from _leaf_spans(inline.children, at)
            case Text():
                pass
            case _:
                yield (at, at + size)
        at += size


def _slice(found: tuple[Inline, ...], start: int, end: int) -> tuple[Inline, ...]:
    """The inlines between two places of their text. A leaf is never cut."""
    taken: list[Inline] = []
    at = 0
    for inline in found:
        size = len(text_of((inline,)))
        low, high = max(start - at, 0), min(end - at, size)
        if not size and low <= high:
            taken.append(inline)
        elif low < high:
            match inline:
                case Text():
                    taken.append(Text(text=inline.text[low:high]))
                case Strong() | Emphasis():
                    taken.append(replace(inline, children=_slice(inline.children, low, high)))
                case _:
                    taken.append(inline)
        at += size
    return tuple(taken)


def _trimmed(piece: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The inlines without the spaces at either end, which stand between sentences and belong to none."""
    text = text_of(piece)
    if (bare := text.strip(" ")) == text:
        return piece
    if bare and is_text(piece):
        return (Text(text=bare),)
    return _slice(piece, len(text) - len(text.lstrip(" ")), len(text.rstrip(" ")))
