"""Turns figures that nobody counts into codes: references, accounts, postcodes, roads, number plates, numbers of forms.

The words before them show it ("reference", "account number"), or their form does (12-34-56, SW1A 2AA, AB123456).
"""

from __future__ import annotations

import functools
import re
from typing import Final

from languages.en.grammar import SPACE
from languages.en.lists import words
from languages.en.patterns import either, later
from languages.en.phones import SHORT
from languages.en.scene import Scene
from model.inlines import Ambiguous, Code

NUMBERED: Final = (
    rf"(?:{SPACE}(?:is|are|was|will be|number|numbers|no|nos|code|id|in|with|of|to|at)\b\.?|{SPACE}?[.:]"
    rf"|{SPACE}(?-i:[A-Z]{{2,4}})(?=\Z|{SPACE}))"
)
BY_NUMBER: Final = rf"(?:{either(words('coded_by_number'))}){SPACE}(?:number|no|ref|id)\b\.?"
ONE_BY_ONE: Final = later(
    rf"\b(?:(?:{either(words('code_nouns'))})s?|{BY_NUMBER})(?:{NUMBERED}){{0,3}}{SPACE}?\Z", re.IGNORECASE
)
"""Words after which figures are read one by one, however few there are."""
HEADED: Final = later(
    rf"\b(?:(?:{either(words('code_nouns'))}|licence|invoice|postcode)(?: (?:number|no\.?|id))?|{BY_NUMBER})\s?\Z",
    re.IGNORECASE,
)
"""The header of a column of codes."""
CODED: Final = later(
    r"\b(?:codes?|refs?|references?|numbers?|nos?|account|PIN|ID|UTR|serial|reg|registration|dial)\b"
    rf"(?:{SPACE}(?:is|no|number|code|to|(?-i:[A-Z]{{1,4}})))*[.:]?{SPACE}?\Z",
    re.IGNORECASE,
)
CALLED: Final = later(
    r"\b(?:order|form|case|claim|charity|company|licence|policy|invoice|permit|model|text|texting|sms|call|ring|box"
    r"|batch|dial"
    rf"|ticket|quote|quoting|customer|patient|membership|item|lot)\b(?:{SPACE}(?:is|to|it|us|your|word))*[.:]?{SPACE}?\Z"
    r"|\btext(?:ing)?\b[^.!?]{0,40} to \Z",
    re.IGNORECASE,
)
"""Words that announce a code of five digits or more, unless what follows is counted."""
OFFICER: Final = later(rf"\b(?:{either(words('officers'))}){SPACE}\Z")
OF_OFFICER: Final = later(rf"\d{{3,5}}(?={SPACE}[A-Z][a-z])")
"""The collar number of a police officer: "PC 4567 Jones"."""
OF_A_YEAR: Final = later(rf"\b(?:accounts|references){SPACE}\Z", re.IGNORECASE)
YEAR: Final = later(r"(?:19|20)\d\d")
"""Accounts are those of a year: "annual report and accounts 2016 to 2017"."""
MASKED: Final = later(r"(?:\bx{4}|[*•])[ \u00a0-]?\Z", re.IGNORECASE)
"""The hidden digits of a card, before those that are shown."""
DIALLED: Final = later(rf"\bdial(?:ling)?{SPACE}(?:\d{{1,4}},?{SPACE}(?:then|and|or){SPACE})?\Z", re.IGNORECASE)
PLURAL: Final = later(rf"{SPACE}(?:people|men|women|children|[a-z]{{2,}}[a-rtv-z]s)\b")
NO_MORE: Final = (
    rf"(?!\d)(?!{SPACE}?(?:[ap]\.?m\b|%|[°º]|thousand|million|billion|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    rf"|{SPACE}[a-z]{{2,}}[a-rtv-z]s\b)"
)
FIGURE_OF: Final = str.maketrans({**dict.fromkeys("OoОоΟο", "0"), **dict.fromkeys("lIІӏ", "1")})
LOOK_ALIKES: Final = frozenset("OoIl")
"""Letters that look like a nought or a one."""
OF_OTHER_SCRIPTS: Final = "ОоΟοІӏ"
"""Cyrillic and Greek letters that look like them."""
DISGUISED: Final = later(r"(?<!\w)\d[\dOoIl]*(?!\w)")
OTHER_SCRIPT: Final = later(
    rf"(?<!\w)[£€$]?(?=[\w.,]{{0,40}}?(?:\d[.,]?[{OF_OTHER_SCRIPTS}]|[{OF_OTHER_SCRIPTS}]\d))[\w.,]{{0,40}}\w"
)
"""Figures with such a letter: "1О2", "£5О", "5,ООО". A voice would say "five pounds"."""
WITHIN: Final = later(r"\d[OoIl]+\d|\dO+\Z")
PROVISION: Final = later(
    rf"(?<![\w'’])(?:{either(words('provisions'))})\.?{SPACE}?"
    r"(?:\d{1,4}[A-Z]{0,3}(?:\(\w{1,4}\)){0,3}(?:, ?|–|-| (?:and|or|to) )){0,6}\(?\Z",
    re.IGNORECASE,
)
"""Words before the number of a part of a law, which may end in an O: section 63O, sections 63D to 63O."""
TOKEN: Final = later(
    r"[A-Z]{0,5}[-/]?\d[\dA-Z]{0,39}(?:[-–/.](?=[\dA-Z]{0,12}\d|[A-Z]{1,4}(?![\w]))[\dA-Z]{1,39}){0,8}"
    rf"(?:{SPACE}\d{{2,12}}[\dA-Z]{{0,3}}(?:[-–/]\d{{1,9}}){{0,3}}{NO_MORE}){{0,8}}(?:{SPACE}[A-Z](?![\w.]))?"
)
ISBN: Final = later(r"\d(?:[ \u00a0–-]?\d){8,11}[ \u00a0–-]?[\dXx](?!\w)")
ISBN_BEFORE: Final = later(r"\bISBN(?:-1[03])?[:.]?\s?(?:number |no\.? )?\Z", re.IGNORECASE)

POSTCODE: Final = r"(?P<postcode>(?:[A-Z]{1,2}\d[\dA-Z]?)[ \u00a0]?\d[A-Z]{2})(?![\w-])"
INSURANCE: Final = r"(?P<insurance>[A-Z]{2} ?\d\d ?\d\d ?\d\d(?: ?[A-D])?)(?!\w)(?! ?\d)"
VAT: Final = r"(?P<vat>GB ?\d{3} ?\d{4} ?\d{2})(?! ?\d)"
PLATE: Final = r"(?P<plate>(?:[A-Z]{2}\d\d|[A-Z]\d{1,3})[ \u00a0]?[A-Z]{3})(?!\w)"
ROAD: Final = r"(?P<road>[ABM]\d{1,4}(?:\(M\)|(?![\w(])))(?![-.]\d)"
GRID: Final = (
    r"(?P<grid>[HJNOST][A-HJ-Z][ \u00a0]?(?:\d{3}[ \u00a0]\d{3}|\d{4}[ \u00a0]\d{4}|\d{5}[ \u00a0]\d{5}))"
    r"(?!\w|[ \u00a0]?\d)"
)
ALIKE: Final = (
    r"(?P<long>[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){3,7}(?: ?[A-Z\d]{1,3})?(?!\w)|[A-Z]{1,5}\d{4,}[A-Z\d]*(?![\w-])"
    r"|[A-Z]{1,5}(?:[-/]\d+[A-Z]*){2,}(?!\w)|[A-Z]{1,5}[-/]\d{3,}[A-Z]?(?!\w)"
    r"|[A-Z]{1,3}\d{1,3}[A-Z]\d[\dA-Z]*(?!\w))"
)
ATOM: Final = r"(?:Ag|Al|Br|Ca|Cl|Cu|Fe|Hg|Mg|Mn|Na|Pb|Si|Ti|Zn|[CFHIKNOPS])"
FORMULA: Final = rf"(?P<formula>(?=(?:{ATOM}){{1,8}}\d)(?:{ATOM}(?:[2-9]|1\d|2[0-4])?){{2,9}})(?![\w-])"
"""What a substance is made of: H2SO4, CaCO3."""
FISCAL: Final = r"(?P<fiscal>(?:FY|AY|HY|CY|SY)(?:19|20)\d\d)(?!\d)"
POINTED: Final = r"(?P<point>[A-Z](?:\.\d{1,3}){1,5})(?![\w]|\.\d)"
NAMED: Final = r"(?P<name>[A-Z]{1,5}\d{1,3}(?:[A-Z]{1,3}|[a-rt-z])?(?![\w]))(?![-.]\d)"
LETTERED: Final = later(
    rf"(?<![\w.])(?<![^\d]-)(?:{POSTCODE}|{INSURANCE}|{VAT}|{GRID}|{PLATE}|{ROAD}|{FORMULA}|{FISCAL}|{ALIKE}|{POINTED}|{NAMED})"
)
KINDS: Final = {
    "postcode": "postcode",
    "formula": "name",
    "road": "road",
    "name": "name",
    "point": "name",
    "fiscal": "name",
}

YEAR_GOES_ON: Final = later(r"[/–-]\d")
"""More of a financial year: FY2024/25 is a range, after its letters."""
SHAPES: Final = later(
    r"\d{2}-\d{2}-\d{2}(?![\d-])|\d+(?:[-–]\d+){2,}(?!\d)|97[89][ –-]?\d(?:[ –-]?\d){9}(?!\d)"
    r"|\d{3} \d{3} \d{4}(?! ?\d)|\d{4}(?:[ -]\d{4}){2,}(?!\d)|\d{16,}"
)
DASHES: Final = frozenset("-–")
ISBN_DIGITS: Final = 13
YEAR_CASE: Final = later(r"(?!\d\d00-[1-9]\d00(?!\d))(?:19|20)\d\d-(?!(?:19|20)\d\d(?!\d))\d{3,6}(?![\d-])")
FORM: Final = later(r"\bform[ \u00a0]\Z", re.IGNORECASE)
FORM_NAME: Final = later(r"\d{2,3}-\d{1,2}(?![\d-])")
UNIT_LETTERS: Final = later(r"(?:st|nd|rd|th|am|pm|s|m|x|k)(?!\w)")
FIGURE_LETTERS: Final = later(r"\d{1,4}(?:[A-Z]{1,4}|[a-oq-rt-wyz])(?![\w])")
WIRELESS: Final = later(r"802\.1[15x][a-z]{0,2}(?!\w)")
"""A standard of networks: 802.11ac."""
NO_LETTERS: Final = frozenset({"k", "m", "st", "nd", "rd", "th"})
"""Letters right after a figure that make it a scale or an ordinal."""


@functools.cache
def _leads() -> frozenset[str]:
    """Words of which at least one stands before every code that its context announces: the longest of each noun."""
    nouns = {max(reversed(re.findall(r"\w+", noun.lower())), key=len) for noun in words("code_nouns")}
    others = ("number", "no", "ref", "id", "dial", "dialling", "xxxx", *words("officers"))
    return frozenset({*nouns, *(f"{noun}s" for noun in nouns), *map(str.lower, others)})


def by_context(scene: Scene, at: int) -> Code | None:
    """A code that the words before it or the header above it announce."""
    headed = at == scene.begin and scene.about != "" and HEADED.search(scene.about) is not None
    if not headed and _leads().isdisjoint(scene.words_before(at)):
        return None
    match = TOKEN.match(scene.text, at, scene.end)
    if match is None or sum(character.isdigit() for character in match[0]) < 2:
        return None
    before = scene.near(at)
    if (isbn := ISBN.match(scene.text, at, scene.end)) and ISBN_BEFORE.search(before):
        return Code(text=isbn[0], kind="digits")
    if OF_A_YEAR.search(before) and YEAR.fullmatch(match[0][:4]) and scene.digits_end(at) - at == len("2016"):
        return None
    officer = OFFICER.search(before) and OF_OFFICER.match(scene.text, at, scene.end)
    if officer:
        return Code(text=officer[0], kind="digits")
    if not (headed or ONE_BY_ONE.search(before) or DIALLED.search(before) or MASKED.search(before)):
        return None
    text = match[0]
    if text in SHORT and DIALLED.search(before):
        return None
    if DIALLED.search(before) and sum(character.isdigit() for character in text) > 5:
        return None
    if not text.isdecimal() and text[0].isdigit() and UNIT_LETTERS.search(scene.text, match.end() - 2, match.end() + 2):
        return None
    if re.match(r"[a-z]", scene.text[match.end() : match.end() + 1]) or re.match(
        r"[,.]\d|%|:\d", scene.after(match.end())
    ):
        return None
    if len(text) < 4 and PLURAL.match(scene.text, match.end()):
        return None
    return Code(text=text, kind="digits")


def disguised(scene: Scene, at: int) -> Ambiguous | None:
    """Figures with a letter that looks like one: "2O24", "1l1". "5l" are litres. Codes and parts of laws may have an
    O: "reference 12O45", "section 63O"."""
    if scene.behind(at) not in LOOK_ALIKES:
        return None
    match = DISGUISED.match(scene.text, at, scene.end)
    if match is None or not WITHIN.search(match[0]) or by_context(scene, at):
        return None
    if match[0][:-1].isdecimal() and PROVISION.search(scene.led(at)):
        return None
    return undecided(match)


def undecided(match: re.Match[str]) -> Ambiguous:
    """Figures with a letter that looks like one, and the figures that they look like."""
    return Ambiguous(text=match[0], kind="letter", readings=(match[0].translate(FIGURE_OF),))


def lettered(scene: Scene, at: int) -> Code | None:
    """A code that begins with capitals and that its form shows: a postcode, a road, P45."""
    match = LETTERED.match(scene.text, at, scene.end)
    if match is None:
        return None
    kind = match.lastgroup or "long"
    if kind in ("insurance", "grid") and re.match(r"[ \u00a0]?\d", scene.text[match.end() : match.end() + 2]):
        return None
    text = match[kind]
    if kind == "fiscal" and YEAR_GOES_ON.match(scene.text, match.end(), scene.end):
        return None
    match KINDS.get(kind):
        case "postcode":
            return Code(text=text, kind="postcode")
        case "road":
            return Code(text=text, kind="road")
        case "name":
            return Code(text=text, kind="name")
        case _:
            return Code(text=text, kind="digits")


def shaped(scene: Scene, at: int) -> Code | None:
    """A code of figures that its form shows: 12-34-56, 943 476 5919, 978-0-14-103614-4."""
    short = scene.digits_end(at) - at < ISBN_DIGITS
    if scene.follows(at, ".,£€$-") or (short and not (scene.behind(at) in DASHES or scene.beyond(at).isdecimal())):
        return None
    match = SHAPES.match(scene.text, at, scene.end) or YEAR_CASE.match(scene.text, at, scene.end)
    if match is None and FORM.search(scene.before(at)) and (named := FORM_NAME.match(scene.text, at, scene.end)):
        return Code(text=named[0], kind="name")
    return Code(text=match[0], kind="digits") if match else None


def figure_and_letters(scene: Scene, at: int) -> Code | None:
    """A figure directly followed by letters that are not a unit: 3D, Flat 3C, 221b."""
    if not scene.behind(at).isalpha():
        wireless = scene.behind(at) == "." and WIRELESS.match(scene.text, at, scene.end)
        return Code(text=wireless[0], kind="digits") if wireless else None
    match = FIGURE_LETTERS.match(scene.text, at, scene.end)
    letters = match[0].lstrip("0123456789").lower() if match else ""
    if match is None or letters in NO_LETTERS:
        return None
    return Code(text=match[0], kind="digits" if match[0].startswith("0") else "name")


def leads_to_code(before: str) -> bool:
    """True if the words before a long figure say that it is a code."""
    return CODED.search(before) is not None


def is_long_code(figures: str, before: str, after: str) -> bool:
    """True if five digits or more are read one by one because of the words around them."""
    return len(figures) > 4 and (
        leads_to_code(before) or (CALLED.search(before) is not None and not PLURAL.match(after))
    )
