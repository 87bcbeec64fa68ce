"""Turns words between values into words that can be said: lone units, slashes, hyphened capitals, "name(s)", (iv).

Without this, a listener would hear a sign, or a voice would have to guess.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from languages.en import money, units
from languages.en.grammar import MONEY_SIGNS
from languages.en.letters import spell
from languages.en.lists import words
from languages.en.numbers import CURRENCIES, cardinal
from languages.en.patterns import either, later
from languages.en.wording import ROMAN, name

ONE: Final = later(r"\b(?:an?|one|each|every|another|per|half|level|heaped|single)[ -]\Z", re.IGNORECASE)
NEEDED: Final = frozenset(f"{MONEY_SIGNS}()/+%¢®™*†‡℠⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳-–−℃")
NO: Final = frozenset({"no", "No", "nos", "Nos"})
NEEDED_WORDS: Final = NO | {*ROMAN, "per", "HH", "hh", "MM"}
"""Signs and words of which one must be present for this module to have anything to do. Most texts have none."""
RAISED: Final = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED: Final = frozenset("₀₁₂₃₄₅₆₇₈₉")
COLUMNS: Final = (
    "(?:increase|decrease|profit|loss|gain|surplus|deficit|income|expenditure|charge|credit|debit|asset|liability"
    "|underspend|overspend|receipt|payment|inflow|outflow)s?"
)
NAME_Y: Final = later(r"\b([A-Za-z]{2,30})y\(ies\)")
EITHER: Final = later(rf"\(?(?<!\w)({COLUMNS})(\)?)/(\(?)({COLUMNS})\)?(?!\w)", re.IGNORECASE)
"""What an account gained or lost: "Surplus/(deficit)", "(Increase)/decrease"."""
NAME_S: Final = later(r"\b([A-Za-z]{2,})(?:\((e?s|ren)\)|/(e?s)\b)")
WORD: Final = later(r"\w+|℃")
IN_BRACKETS: Final = later(r"\(([^()]{1,12})\)")
BETWEEN_CAPITALS: Final = later(r"[A-Z] ?[-–] ?[A-Z]")
HYPHENED: Final = later(
    r"(?<![\w-])(?![IVX]+[-–][IVX]+(?!\w))(?=[A-Z]{2}|[A-Z][-–][A-Z]{2})([A-Z]{1,8})[-–](?=[A-Z]{1,8}(?![\w-]))"
)
STARRED: Final = later(r"(?<!\w)([A-D])(\*|\+)[-–]([A-H])(?!\w)")
BLOOD: Final = later(
    r"\b(?:blood|rhesus|Rh|donors?|grades?|rated|rating)\b|[ABO][+]|(?-i:AB[-−–](?!\w))", re.IGNORECASE
)
GROUPS: Final = tuple(f"{letter}{dash}" for letter in "ABCDOh" for dash in "-−–")
NEGATIVE: Final = later(r"(?<![\w-])(AB|[A-DO]|Rh)[-−–](?=\s(?!and [A-Z]-)|[.,;:)]|\Z)")
NOTE: Final = later("(?<=[^\\W\\d_]{3})[¹²³⁰⁴-⁹]+(?!\\w)|(?<=[.,;:)”’])[¹²³⁰⁴-⁹]+")
"""The number of a footnote, which is not spoken."""
MARKS: Final = frozenset("®™†‡℠*")
MARKED: Final = later(r"(?<=[\w.)])(?<!(?<!\w)[A-D])[®™†‡℠*]+(?=[\s.,;:)!?’'”]|\Z)")
NO_STAR_ITSELF: Final = (
    r"(?<!\bwith)(?<!\bmarked)(?<!\bshown)(?<!\bindicated)(?<!\bdenoted)(?<!\bby)(?<!\b[Aa])(?<!\b[Aa]n)(?<!\b[Tt]he)"
    r"(?<!\bhas)(?<!\bhave)(?<!\bsee)"
)
"""No words before a star that speak of the star: "fields marked with * must be filled in"."""
BULLETS: Final = later(rf"(?<=\w[\w.,:;)]){NO_STAR_ITSELF} \*(?= \w\w)")
"""A star before each thing of a list that stands within a paragraph."""
IN_BRACKETS_TOO: Final = later(
    rf"(?:{NO_STAR_ITSELF}[ \u00a0]|(?<![ \u00a0])(?!\(\*+\) (?:means|shows|indicates|denotes|marks)\b))\(\*{{1,3}}\)"
)
"""A star in brackets that is the mark of a note. One before "means" is what the note speaks of."""
PICTURE: Final = later(r"(?<!\w)(d{1,2}|D{1,2})([/.-])(m{1,2}|M{1,2})\2(y{2,4}|Y{2,4})(?!\w)")
AMERICAN: Final = later(r"(?<!\w)(m{1,2}|M{1,2})([/.-])(d{1,2}|D{1,2})\2(y{2,4}|Y{2,4})(?!\w)")
YEAR_FIRST: Final = later(r"(?<!\w)(?:yyyy|YYYY)([/.-])(?:mm|MM)\1(?:dd|DD)(?!\w)")
CLOCK: Final = later(r"(?<![\w:])(?:(hh?|HH?):)?(mm|MM)(:ss|:SS)?(?![\w:])")
"""Pictures of how a date or a time is to be written."""
NUMERAL: Final = later(r"(?<![\w'’.-])(ii|iii|iv|vi|vii|viii|ix|xi|xii|xiii|xiv|xv)(?![\w'’])")
PAGES: Final = later(r"(?<![\w.])pp?\.(?= [ivx]{1,5}\b)")
NUMERALS: Final = later(rf"(?<![\w'’.-])({'|'.join(ROMAN)})[–-]({'|'.join(ROMAN)})(?![\w'’-])")
GRADES: Final = later(r"(?<![\w*])(?=[A-E]{0,3}\*)(?:[A-E]\*?){2,4}(?![\w*])")
"""Grades of several subjects: A*AB."""
GRADES_TO: Final = later(r"(?<![\w*-])((?:[A-E]\*?){3})[-–]((?:[A-E]\*?){3})(?![\w*-])")
ASCII_ION: Final = later(r"(?<![\w-])(Cl|Br|OH)-(?=[\s.,;)]|\Z)")
ION: Final = later(r"(?<=[A-Za-z])[²³]?[⁺⁻](?![\w⁰¹²³⁴-⁹])")
CHARGES: Final = {"⁺": "plus", "⁻": "minus"}
CIRCLED: Final = later("[①-⑳]")
FORMULA: Final = later(r"(?<!\w)(?=\w?\w?\w?[₀-₉])(?:[A-Z][a-z]?(?:[₀-₉]{1,3}(?:\.[₀-₉])?)?){1,6}(?!\w)")
LISTED_BUILDING: Final = later(r"(?<=\bII)\*(?!\w)")
PATH: Final = later("(?<=[^\\W\\d_]{2})[ \u00a0]>[ \u00a0](?=[A-Z‘“])")
PATH_BEGINS: Final = later("\\A[ \u00a0]>[ \u00a0](?=[A-Z‘“]|\\Z)")
PATH_ENDS: Final = later("(?<=[^\\W\\d_]{2})[ \u00a0]>[ \u00a0]\\Z")
"""The way through some menus: "Settings > Privacy"."""
LETTER: Final = later(r"(?<!\w)\(([a-hj-uw-z])\)(?!\w)")
LISTED: Final = later(r"\((i|ii|iii|iv|v|vi|vii|viii|ix|xi|xii)\)(?!\w)")
LETTER_TO: Final = later(r"\(([a-z])\)[-–](?=\([a-z]\))")
LISTED_TO: Final = later(rf"\(({'|'.join(ROMAN)})\)[-–]\(({'|'.join(ROMAN)})\)(?!\w)")
STAGE: Final = later(
    r"\b(stages?|levels?|parts?|points?|types?|phases?|grades?|paragraphs?|sections?|items?|classes?)( )(i|v)"
    r"(?= to | and |[ –-]+[ivx]+\b|\Z|[.,;])"
)
NUMBERS: Final = later(r"\A(N|n)os\.?\Z")
COUNT: Final = later(r"(?<!\w)([Nn])o(s?)\.? of\b")
NUMBER_IS: Final = later(r"(?<=\w[ \u00a0])no(s?)\.(?=[ \u00a0](?:is|are|was|were|and|or|on|at)\b)")
LETTERS_TO: Final = later(r"(?<![\w&])([A-Z]) [-–] ([A-Z])(?!\w)")
ACCIDENT: Final = later(r"(?<!\w)A\+E(?!\w)")
POINTS: Final = later(r"%[ -]?(?:points?|pts?|pt)(?!\w)")
CHANGE: Final = later(r"%(?=[ \u00a0](?:change|increase|decrease|difference|rise|fall|point|reduction|growth)\b)")
PERCENT: Final = later(r"%")
SCALED: Final = later(r"[£€$](?P<gap> ?)(?P<scale>thousand|million|billion|trillion)s?\b")
CURRENCY: Final = {"£": "pounds", "€": "euros", "$": "dollars"}
MONEY: Final = later(rf"US\$|[{MONEY_SIGNS}](?!\d)|¢")
MONEY_WORDS: Final = {
    **{"US$": " U S dollars ", "¢": " cents "},
    **{sign: f" {CURRENCIES[money.CURRENCIES[sign]][0][1]} " for sign in MONEY_SIGNS},
}
CHOICE: Final = frozenset(words("choices"))
SLASHED: Final = later(r"(?<![\w/])[^\W\d_][\w’'-]{0,60}(?:/[^\W\d_][\w’'-]{0,60}){1,5}(?![\w/])")
SLASH: Final = later(r"\s*/(?!-)\s*")
DAY: Final = later(
    r"(?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October|November|December)s?"
)


def before_lexicon(text: str, present: frozenset[str]) -> str:
    """`text` with everything replaced that must be before single words are looked up. `present` are its words."""
    if NEEDED.isdisjoint(text) and NEEDED_WORDS.isdisjoint(present) and _first_words().isdisjoint(present):
        return text
    if not text.isascii():
        if "⁺" in text or "⁻" in text:
            text = ION.sub(lambda match: f" {CHARGES[match[0][-1]]}", text)
        if not LOWERED.isdisjoint(text):
            text = FORMULA.sub(_formula, text)
        text = CIRCLED.sub(_circled, text)
    if not text.isalpha():
        if "(" in text or "/" in text:
            text = _options(text)
        if "mm" in text or "MM" in text:
            text = CLOCK.sub(_clock, text)
        if "yy" in text or "YY" in text:
            text = AMERICAN.sub("month, day, year", text)
            text = PICTURE.sub("day, month, year", YEAR_FIRST.sub("year, month, day", text))
        if "+" in text:
            text = ACCIDENT.sub("A&E", text)
        if "-" in text or "–" in text or "−" in text:
            if "*" in text or "+" in text:
                text = STARRED.sub(r"\1\2 to \3", text)
            text = ASCII_ION.sub(r"\1 minus", text)
            if any(map(text.__contains__, GROUPS)) and NEGATIVE.search(text) and BLOOD.search(text):
                text = NEGATIVE.sub(r"\1 minus", text)
            if BETWEEN_CAPITALS.search(text):
                text = GRADES_TO.sub(r"\1 to \2", text)
                text = LETTERS_TO.sub(r"\1 to \2", HYPHENED.sub(r"\1 ", text))
        if "no." in text or "nos." in text:
            text = NUMBER_IS.sub(r"number\1", text)
        if " of" in text and not NO.isdisjoint(present):
            text = COUNT.sub(lambda match: f"{match[1]}umber{match[2]} of", text)
        if not RAISED.isdisjoint(text):
            text = NOTE.sub("", text)
        if len(text) < len("Nos. "):
            text = NUMBERS.sub(r"\1umbers", text)
        if "*" in text:
            text = GRADES.sub(lambda match: spell(match[0]).replace("*", "star"), LISTED_BUILDING.sub(" star", text))
        if "*" in text:
            text = BULLETS.sub(",", IN_BRACKETS_TOO.sub("", text) if any(map(str.isalpha, text)) else text)
        if not MARKS.isdisjoint(text):
            text = MARKED.sub(_mark, text)
        text = _signs(text)
    if not present.isdisjoint(ROMAN):
        text = _numerals(text)
    text = _units(text)
    return LETTER.sub(lambda match: f"({spell(match[1].upper())})", text) if "(" in text else text


def _options(text: str) -> str:
    """`text` with words for "name(s)", "copy(ies)", "surplus/(deficit)", and for the marks of a list: "(a)–(c)"."""
    text = NAME_Y.sub(r"\1y or \1ies", text) if "(ies)" in text else text
    text = EITHER.sub(r"\1 or \4", text) if "/(" in text or ")/" in text else text
    text = NAME_S.sub(lambda match: f"{match[1]} or {match[1]}{match[2] or match[3]}", text)
    if "(i" in text or "(v" in text or "(x" in text:
        text = LISTED.sub(lambda match: f"({cardinal(ROMAN[match[1]])})", LISTED_TO.sub(_listed_to, text))
    return LETTER_TO.sub(r"(\1) to ", text)


def _clock(match: re.Match[str]) -> str:
    """The parts of a time as it is to be written: "hh:mm"."""
    parts = [match[1] and "hours", match[2] and "minutes", match[3] and "seconds"]
    return ", ".join(filter(None, parts)) if match[1] or match[3] else match[0]


def has_note(text: str) -> bool:
    """True if a text may have the number of a footnote."""
    return not RAISED.isdisjoint(text)


def _listed_to(match: re.Match[str]) -> str:
    """Two marks of a list: "(i)–(iii)"."""
    return f"({cardinal(ROMAN[match[1]])}) to ({cardinal(ROMAN[match[2]])})"


def _numerals(text: str) -> str:
    """`text` with words for small Roman numerals: "ii", "stage iv"."""
    if "p. " in text:
        text = PAGES.sub(lambda match: "pages" if match[0] == "pp." else "page", text)
    text = NUMERALS.sub(lambda match: f"{cardinal(ROMAN[match[1]])} to {cardinal(ROMAN[match[2]])}", text)
    text = NUMERAL.sub(lambda match: cardinal(ROMAN[match[1]]), text)
    if " i" in text or " v" in text:
        text = STAGE.sub(lambda match: f"{match[1]}{match[2]}{cardinal(ROMAN[match[3]])}", text)
    return text


def _circled(match: re.Match[str]) -> str:
    """Signs that stand for a word: "one" for ①."""
    return f" {cardinal(int(unicodedata.normalize('NFKC', match[0])))} "


def _formula(match: re.Match[str]) -> str:
    """The letters and the small lowered figures of CO₂, PM₁₀ and PM₂.₅."""
    return " point ".join(name(part, {}) for part in unicodedata.normalize("NFKC", match[0]).split("."))


def path(text: str, before: str, after: str) -> str:
    """A text with "then" between the names of menus, which may be in bold before and after it."""
    if before[-2:].isalpha() and (text.strip(" \u00a0") != ">" or after[:1].isupper()):
        text = PATH_BEGINS.sub(", then ", text)
    if after[:1].isupper():
        text = PATH_ENDS.sub(", then ", text)
    return PATH.sub(", then ", text)


def after_lexicon(text: str) -> str:
    """The slashes that are left: "or" between choices, else "slash", which is never wrong."""
    if "/" not in text:
        return text
    return SLASH.sub(" slash ", SLASHED.sub(_choice, text))


def _mark(match: re.Match[str]) -> str:
    """The replacement of a footnote's mark: nothing, since it is not spoken. The second star of *this* is kept."""
    word = match.string[max(0, match.start() - 60) : match.start()].split(" ")[-1]
    return match[0] if word.startswith("*") else ""


def _choice(match: re.Match[str]) -> str:
    several = match[0].split("/")
    plural = all(one.islower() and one.endswith("s") for one in several)
    days = all(DAY.fullmatch(one) for one in several)
    chosen = match[0] in CHOICE or match[0].lower() in CHOICE
    return " or ".join(several) if plural or days or chosen else match[0]


@cache
def _each() -> re.Pattern[str]:
    """The pattern of a currency for each of something: "£/MWh"."""
    return re.compile(rf"([£€$])/({either(units.eaches())})(?!\w)")


def _signs(text: str) -> str:
    """`text` with words for signs of money and per cent that stand without a figure."""
    if "%" in text:
        text = PERCENT.sub(" per cent ", CHANGE.sub("percentage", POINTS.sub("percentage points", text)))
    if "£" in text or "€" in text or "$" in text:
        text = text.replace("in the £", "in the pound")
        text = _each().sub(lambda match: f"{CURRENCY[match[1]]} per {units.eaches()[match[2]]}", text)
        text = SCALED.sub(lambda match: f"{match['scale']}s of {CURRENCY[match[0][0]]}", text)
    return text


def money_signs(text: str) -> str:
    """`text` with words for the currency signs that are left after the lexicon was applied."""
    return MONEY.sub(lambda match: MONEY_WORDS[match[0]], text) if "$" in text or not text.isascii() else text


@cache
def _rates() -> re.Pattern[str]:
    """The pattern of a unit for each of another, without a figure: mmol/L."""
    each = either(units.eaches())
    return re.compile(rf"(?<![\w/])(?:(p/[hwamdp])|({either(units.forms())})/({each})((?:/(?:{each}))?))(?![\w/])")


@cache
def _alone() -> re.Pattern[str]:
    """The pattern of units that mean nothing else even without a figure."""
    return re.compile(rf"(?<![\w/£€$])({either(words('units_alone'))})(?![\w/])")


@cache
def _first_words() -> frozenset[str]:
    """The first pieces of these units, as WORD cuts a text."""
    return frozenset(WORD.findall(unit)[0] for unit in words("units_alone"))


def _has_unit(text: str) -> bool:
    """True if a text may have such a unit."""
    return not _first_words().isdisjoint(WORD.findall(text))


@cache
def _per() -> re.Pattern[str]:
    """The pattern of "per kg"."""
    known = [sign for sign in units.forms() if len(sign) > 1 and sign not in ("pt", "pts", "in", "st", "point")]
    return re.compile(rf"(?<!\w)per[ \u00a0]({either(known)}|h|m|g|l|L|t)(?![\w/])")


@cache
def _bracketed() -> re.Pattern[str]:
    """The pattern of "Level (m)" at the end of a header."""
    return re.compile(rf"{units.NO_CLAUSE}[ \u00a0]\(({either(_bracket_units())})\)(?=\Z|[:,.])")


@cache
def _bracket_units() -> frozenset[str]:
    """The units that may stand in brackets at the end of a header."""
    return frozenset({*words("units_alone"), *words("units_in_brackets")} & units.forms().keys())


def _units(text: str) -> str:
    """`text` with words for units that stand without a figure: mmol/L, per kg, area in sq m, Level (m)."""
    if "/" in text:
        text = _rates().sub(_rate, text)
    if "per " in text or "per\u00a0" in text:
        text = _per().sub(lambda match: f"per {units.words(match[1], 'one')}", text)
    if ")" in text and not _bracket_units().isdisjoint(IN_BRACKETS.findall(text)):
        text = _bracketed().sub(lambda match: f" ({units.words(match[1], 'many')})", text)
    return _alone().sub(_unit, text) if _has_unit(text) else text


def _unit(match: re.Match[str]) -> str:
    one = ONE.search(match.string, max(0, match.start() - 12), match.start())
    return units.words(match[1], "one" if one else "many")


def _rate(match: re.Match[str]) -> str:
    if match[1]:
        return units.per_words(match[1])
    if match[2] == match[3]:
        return match[0]
    more = "".join(f" {units.per_words(sign)}" for sign in match[4].split("/") if sign)
    return f"{units.words(match[2], 'many')} {units.per_words(match[3])}{more}"
