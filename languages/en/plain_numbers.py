"""Turns figures that are nothing else into numbers or codes: 1,900, 10 000, 22nd, 2 million, the 16s of "under-16s"."""

from __future__ import annotations

import re
from typing import Final

from languages.en.codes import ONE_BY_ONE, PLURAL, is_long_code, leads_to_code
from languages.en.grammar import NUMBER, SCALE_WORDS, SPACE, THIN, decimal, minus, scale
from languages.en.magnitude import is_million
from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import Ambiguous, Code, Number

ORDINAL: Final = later(r"(?:st|nd|rd|th|ST|ND|RD|TH)(?P<several>s)?(?!\w)")
RIGHT_ENDING: Final = later(r"(?:1[123]th|(?:^|[^1])1st|(?:^|[^1])2nd|(?:^|[^1])3rd|[04-9]th)$", re.IGNORECASE)
SCALE: Final = later(
    rf"{SPACE}?(?a:{SCALE_WORDS}|bn|tn|mn|mln|trn)(?!\w)|(?-i:[kK])(?!\w)|(?-i:[mM])(?!\w)", re.IGNORECASE
)
SEVERAL: Final = later(
    "\\b(?:rooms?|bus(?:es)?|routes?|flats?|units?|services?|lines?|numbers?|houses?|platforms?|pages?)[ \u00a0]\\Z",
    re.IGNORECASE,
)
"""Things that have numbers. Several numbers may be written after such a word."""
SQUARE: Final = later("(?<!\\w)[A-Z]{2}[ \u00a0]\\Z")
DOSED: Final = later(r"[A-Za-zµμ]|[ \u00a0](?:mg|g|mcg|µg|μg|ml|mL|milligrams?|micrograms?)\b")
"""A unit or letters that belong only to the last figures: "1 or 2 500mg tablets"."""
GROUPS: Final = later(r"\d{1,16}(?:[ \u00a0]\d{1,16}){1,8}(?!\d|[.,]\d|[:/%]|[ap]m)")
IN_TWOS: Final = later(
    rf"\d{{1,2}}(?:,\d\d){{1,6}},\d{{3}}(?![\d,])|\d{{1,3}}(?:['’]\d{{3}}){{1,4}}(?!\d)"
    rf"|\d{{1,3}}(?:{SPACE}\d{{3}}){{1,4}},\d\d?(?!\d)"
    r"|\d{1,3}\.\d{1,6}[eE][-−+]\d{1,2}(?!\w)"
    rf"|(?<![\d,.])\d{{1,3}},\d\d?(?=%|{SPACE}?(?:kg|g|mg|ml|l|km|m|cm|mm|°C)(?!\w))"
)
"""Signs where no number has them in English: 1,23,456, 1'000, 1 000,50, 12,5%."""
LEADING: Final = later(r"0\d+(?!\d|[.,]\d)")
LONG: Final = later(r"(?!\d{1,4}000(?!\d))\d{5,}")
GLUED: Final = later(r"[^\W\d_]{2}\Z")
FOUR: Final = later(r"\d{4,}(?![%\d]|[.,]\d)")
MORE: Final = later(r"(?:[-–/]\d+)+(?![\w%]|[.,]\d)")
"""More figures of the same code."""
PLURALS: Final = later(r"['’]?s(?!\w)")
AGED: Final = later(r"(?:\b(?:under|over|year|the|in)(?:s|his|her|their)?[ \u00a0-]|\bU|['’]|[–-])\Z", re.IGNORECASE)
AND_MORE: Final = later(
    r"['’]?s (?:and|or) (?:over|under|older|younger|above|below)\b|['’]?s(?: (?:and|or|to) ['’]?\d)"
)
TENS: Final = later(r"10+|[2-9]0")
COUNTED: Final = later(
    rf"(?:{SPACE}?(?:[–-]|to|and|or){SPACE}?\d[\d,.]*){{0,4}}{SPACE}(?!(?:to|if|when|in|or|and|by|for|with|at|as|now|from|on"
    rf"|then|before|after|until|is|will|can|may|which|that"
    r"|but|so|free|today|via|first)\b)[a-z]{2,}"
)
"""Words after a number that is not a code: something counted, or a verb."""
AMOUNT: Final = later(
    rf"\b(?:costs?|was|were|totals?|totalled|about|around|over|under|nearly|almost|than|least|some|only){SPACE}\Z",
    re.IGNORECASE,
)


def number(scene: Scene, at: int) -> Number | Code | Ambiguous | None:
    """Figures at `at` that no other rule knows: a number, or digits that nobody counts."""
    text = scene.text
    if grouped := IN_TWOS.match(text, at, scene.end):
        return Ambiguous(text=grouped[0], kind="amount", readings=())
    begin = minus(scene, at)
    if found := _in_groups(scene, at) or _uncounted(scene, at):
        return found
    match = NUMBER.match(text, begin, scene.end)
    if match is None:
        return None
    end = match.end()
    figures = text[at:end]
    if match[0][0] == "." and re.search(r"[\w.]\Z", text[max(0, begin - 1) : begin]):
        return None
    behind = text[end : end + 2].lstrip()[:1]
    if not behind.isalpha() and behind not in ("'", "’"):
        return Number(text=figures, value=decimal(figures))
    if (
        (ending := ORDINAL.match(text, end, scene.end))
        and RIGHT_ENDING.search(match[0] + ending[0].rstrip("s"))
        and match[0].replace(",", "").isdigit()
    ):
        plural = bool(ending["several"])
        return Number(text=text[at : ending.end()], value=decimal(figures), ordinal=True, plural=plural)
    if (scaled := SCALE.match(text, end, scene.end)) and _is_scale(scene, at, scaled):
        return Number(text=text[at : scaled.end()], value=decimal(figures), scale=scale(scaled[0]))
    if (several := PLURALS.match(text, end, scene.end)) and _is_plural(scene, at, match[0], end):
        return Number(text=text[at : several.end()], value=decimal(figures), plural=True)
    return Number(text=figures, value=decimal(figures))


def _is_scale(scene: Scene, at: int, scaled: re.Match[str]) -> bool:
    """True if the letters after figures are a scale. An m is one only before things that are counted in millions."""
    return scaled[0] not in ("m", "M") or is_million(scene.led(at), scene.after(scaled.end()))


def _is_plural(scene: Scene, at: int, figures: str, end: int) -> bool:
    """True if an s after figures makes a plural: decades, ages, "100s of people"."""
    before, after = scene.before(at)[-12:], scene.after(end)
    return TENS.fullmatch(figures) is not None or AGED.search(before) is not None or AND_MORE.match(after) is not None


def _in_groups(scene: Scene, at: int) -> Number | Code | None:
    """Groups of figures with spaces between them: a large number, or a code. None for several numbers ("buses 332
    331")."""
    if not scene.beyond(at).isdecimal() or scene.follows(at, ".,£€$-"):
        return None
    match = GROUPS.match(scene.text, at, scene.end)
    if match is None:
        return None
    text, before = match[0], scene.before(at)
    groups = text.split()
    digits = "".join(groups)
    if (leads_to_code(before) and len(digits) > 5) or digits[0] == "0":
        return Code(text=text, kind="digits")
    large = THIN.match(scene.text, at, scene.end)
    if large is None or large[0] != text or SEVERAL.search(before):
        return None
    if SQUARE.search(before):
        return Code(text=text, kind="digits")
    if " " in text and not digits.endswith("000") and DOSED.match(scene.text, match.end()):
        return None
    sure = " " not in text or digits.endswith("000") or len(groups[0]) < 3 or PLURAL.match(scene.text, match.end())
    return Number(text=text, value=decimal(digits)) if sure else Code(text=text, kind="digits")


def _uncounted(scene: Scene, at: int) -> Code | None:
    """Digits that nobody counts: those that begin with 0, and long ones without commas."""
    text = scene.text
    if (scene.digits_end(at) - at < 4 and text[at] != "0") or scene.follows(at, ".,£€$"):
        return None
    if GLUED.search(text, max(0, at - 2), at) and (match := FOUR.match(text, at, scene.end)):
        return Code(text=match[0], kind="digits")
    match = LEADING.match(text, at, scene.end) or LONG.match(text, at, scene.end)
    if match is None or re.match(r"[.,]\d|%|(?!s(?!\w))[A-Za-z]", text[match.end() : match.end() + 2]):
        return None
    figures, before, after = match[0], scene.before(at), scene.after(match.end())
    coded = figures[0] == "0" or is_long_code(figures, before, after) or ONE_BY_ONE.search(before)
    if not coded and (COUNTED.match(after) or AMOUNT.search(before)):
        return None
    more = MORE.match(text, match.end(), scene.end)
    return Code(text=figures + (more[0] if more else ""), kind="digits")
