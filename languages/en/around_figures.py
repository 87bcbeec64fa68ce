"""Turns the words directly before, between and after figures into spoken words: per, or, by, to, number."""

from __future__ import annotations

import re
from typing import Final

from languages.en.letters import spell
from languages.en.patterns import later
from languages.en.units import kinds, words
from languages.en.wording import Place
from model.inlines import (
    Ambiguous,
    Code,
    Date,
    Day,
    Fraction,
    Inline,
    Joined,
    Money,
    Number,
    Percentage,
    Phone,
    Quantity,
    Range,
    Reference,
    Time,
    Unit,
    Year,
)

NUMBER: Final = later("(?<![\\w'’])([Nn][oº])(s?)(\\.?)[ \u00a0]?([A-Z]{0,4})\\Z")
NUMBERED: Final = later(
    "\\b(?:forms?|bus|buses|route|house|flat|room|refs?|invoice|licence|charity|company|account|registration|reg|policy|order"
    "|NI|VAT|NHS|phone|telephone|tel|fax|mobile|serial|case|platform|gate|lot|plot|SI|S\\.I\\.|WSI|\\)) \\Z",
    re.IGNORECASE,
)
"""Things that have a number. "No" after one of them is short for "number"."""
VERB: Final = later(
    "[ \u00a0](?:is|was|are|were|has|had|will|can|said|says|must|in|on|at|of|to|for|and|or|from|stops?|needs?)\\b"
)
THINGS: Final = later("[ \u00a0](?:[a-z]|[A-Z]{2})|-")
MANY_THINGS: Final = later(
    "[ \u00a0](?:(?:tonne|metre|mile|hour|day|week|month|year|bed|bedroom|minute|inch|foot|litre)[ \u00a0]"
    "(?:[a-z]{2,15}[ \u00a0]){0,2})?"
    "(?:people|men|women|children|[a-z]+[a-rtv-z]s)\\b|-"
)
DOSE: Final = later("(?<!\\w)([mµμn]?g|mcg|kg|mmol|IU|units?|(?:micro|milli)?grams?)/\\Z")
MANY: Final = later(r"\d{1,3}(?:,000)+|10{2,}")
IMPERIAL: Final = later(
    r"\b(?:miles?|inch(?:es)?|feet|foot|pints?|gallons?|yards?|acres?|stones?|pounds?|ounces?|metres?|kilometres?|litres?)/\Z"
)
BY: Final = later("(?<=[a-z)²³])[ \u00a0][x×][ \u00a0]\\Z")
CHOSEN: Final = later(
    r"\b(?:[Yy]ears?|[Tt]ypes?|[Gg]rades?|[Cc]lass(?:es)?|[Bb]ands?|[Tt]iers?|[Gg]roups?|[Ss]tages?) \w{1,4}\Z"
)
RECEPTION: Final = later("\\b(?:[Yy](?:ea)?rs? R ?[-–] ?\\Z|(?:Reception|Nursery) ?[-–] ?(?=(?:(?:Year|Yr|Y) ?)?\\Z))")
"""The first year of a school: "Years R-2", "Reception – Year 2"."""
SECTION: Final = later(r"[1-9]\d{0,3}[A-Z]{1,2}")
CHAPTER: Final = later(r"(?<!\d)(?:1[2-9]|20)\d\d,? \(?\Z")
OF_AN_ACT: Final = later(r"[);,]|[ \u00a0]of[ \u00a0]the[ \u00a0](?:Act|[0-9])|\.?\Z")
TIMES_TO: Final = later("[x×][-–]")
"""The sign and dash of "5x–10x"."""
LESS: Final = later("(?<![A-Za-z])([xyzn])[-–−]\\Z")
"""A letter of algebra from which a number is taken: "2x-3"."""
COUNTDOWN: Final = later("(?<!\\w)T[-–−]\\Z")
TIME_LEFT: Final = later(
    r"\d+[ \u00a0-]?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|months?|years?)\b|0\b"
)
"""The time before a start: "T-10 minutes". "T-20 cricket" is a name."""
DECADES: Final = later("[-–]['’‘]")
"""The dash of "'60s–'70s"."""
TENS: Final = 20
PARTS: Final = later(r"[-–]\(")
"""Stands within 4(1)–(3)."""
TO_CODE: Final = later(r"(?<![\w-])[A-Z]{2,5}–\Z")
"""The first end of "EYFS–Y6"."""
EACH: Final = later(r"[a-z]{3}/\Z")
ZONE: Final = later("(?<!\\w)(?:UTC|GMT)([ \u00a0]?[-–−])\\Z")
CENTURIES: Final = 1000
MEASURES: Final = (Number, Quantity, Money, Percentage, Time)
THERE: Final = later(
    r"\b(?:is|are|was|were|be|been|has|have|had|with|get|there['’]s|find|see|need)[ \u00a0]\Z", re.IGNORECASE
)
JUNCTION: Final = later(r"[A-Za-z]{0,3}(\d{1,9})[A-Z]?")
RAISED: Final = frozenset("-−–")
THERE_IS: Final = later(r"\b[Tt]here(?:['’]s| is| are| was| were| will be| has been| have been)[ \u00a0]\Z")
DASH: Final = later("[ \u00a0]?[-–−][ \u00a0]?")


def leading(text: str, figures_before: bool, after: Inline | None, place: Place) -> str:
    """A text before figures, with a sign at its end put into words: "mg/100ml", "deaths/1,000", "1 mile/1.6km",
    "high x 480mm"."""
    if RECEPTION.search(text):
        return RECEPTION.sub(lambda match: f"{match[0].rstrip('-– ')} to ", text)
    if text[-1:] in RAISED and (match := LESS.search(text)):
        return f"{text[: match.start()]}{spell(match[1])} minus "
    if text[-1:] in RAISED and COUNTDOWN.search(text) and TIME_LEFT.match(place.after):
        return f"{text[:-1]} minus "
    if isinstance(after, Unit) and EACH.search(text):
        return f"{text[:-1]} per "
    if isinstance(after, Unit | Quantity) and (sign := _unit_before(text)) and not figures_before:
        return f"{text[: -1 - len(sign)]}{words(sign, 'many')} per "
    if text[-1:] in RAISED and isinstance(after, Number | Quantity | Joined | Code) and (zone := ZONE.search(text)):
        return f"{text[: zone.start(1)]} minus "
    if text[-1:] == "–" and isinstance(after, Code) and after.kind == "name" and TO_CODE.search(text):
        return f"{text[:-1]} to "
    if text.endswith("#") and isinstance(after, Number):
        return f"{text[:-1]}number "
    if not text.endswith(("/", " ")):
        return text
    if isinstance(after, Quantity) and kinds().get(after.unit) == "volume" and DOSE.search(text):
        return f"{text[:-1]} per "
    if isinstance(after, Number) and MANY.fullmatch(after.text) and text.endswith("s/"):
        return f"{text[:-1]} per "
    if figures_before and isinstance(after, Quantity) and IMPERIAL.search(text):
        return f"{text[:-1]} or "
    return BY.sub(" by ", text) if figures_before else text


def _unit_before(text: str) -> str:
    """The unit that ends in a slash: the "mg" of "mg/m3", the "L" of "L/100km"."""
    sign = text[:-1].rpartition(" ")[2].lstrip("(") if text.endswith("/") else ""
    return sign if sign in kinds() else ""


def between(text: str, before: Inline | None, after: Inline | None, place: Place) -> str:
    """The words for a dash or a slash alone between two figures that were not recognised as one value."""
    if text in ("'", "’", "^") and isinstance(before, Code | Joined | Number) and isinstance(after, Number | Year):
        return " to the power " if text == "^" else " "
    if TIMES_TO.fullmatch(text) and place.after[len(getattr(after, "text", "")) :][:1] in ("x", "×"):
        return " to "
    if text == "~" and isinstance(before, MEASURES) and isinstance(after, MEASURES):
        return " to "
    if text in ("–v", "-v"):
        return " to version "
    if DECADES.fullmatch(text) and isinstance(after, Number):
        return " to "
    if (isinstance(before, Reference) and PARTS.fullmatch(text)) or text in ("]–[", "]-["):
        return " to "
    if text.strip(" \u00a0") in ("x", "×") and isinstance(before, Percentage | Fraction):
        return " times "
    if text == "T" and isinstance(before, Date) and isinstance(after, Time):
        return " at "
    if text in RAISED and isinstance(before, Joined) and isinstance(after, Number | Quantity) and ends_in_ten(before):
        return " to the power minus "
    if text == "—" and type(before) is type(after) and isinstance(before, Number | Money | Percentage | Time):
        return " to "
    if isinstance(before, Phone) and text.strip(" \u00a0") == "x":
        return ", extension "
    if text.strip(" \u00a0") == "/":
        if isinstance(before, Phone) and isinstance(after, Phone):
            return " or "
        return " or " if CHOSEN.search(place.before) else " slash "
    if text == " " and _runs_on(before, after):
        return ", "
    if isinstance(before, Ambiguous) or isinstance(after, Ambiguous):
        return ""
    alike = type(before) is type(after) and isinstance(before, Time | Money | Percentage)
    bare = DASH.fullmatch(text) is not None
    if bare and isinstance(before, Code) and isinstance(after, Number) and _goes_up(before, after):
        return " to "
    codes = isinstance(before, Code) or isinstance(after, Code)
    names = isinstance(before, Code) and isinstance(after, Code) and "digits" not in (before.kind, after.kind)
    if bare and isinstance(before, Code) and isinstance(after, Code) and names and before.text[0] == after.text[0]:
        return " to "
    if bare and isinstance(before, Number) and before.value < CENTURIES and isinstance(after, Year):
        return ", "
    if bare and isinstance(before, Number) and isinstance(after, Code) and SECTION.fullmatch(after.text):
        return " to "
    if codes and not names:
        return ", " if bare else ""
    return " to " if bare and (alike or text in ("–", "-")) else ""


def short_c(before: str, after: str) -> str:
    """The words for "c." before a number: "chapter" for an Act of that year, else "about"."""
    if CHAPTER.search(before) and OF_AN_ACT.match(after):
        return "chapter"
    return "about" if THINGS.match(after) and not after.startswith(" of the Act") else ""


def _goes_up(before: Code, after: Number) -> bool:
    """True for "J47–49", "SW4–5" and "11A–12": a name with few letters, and a larger number."""
    match = JUNCTION.fullmatch(before.text)
    return before.kind == "name" and match is not None and int(match[1]) < after.value


def ends_in_ten(before: Inline) -> bool:
    """True for the 10 of a power of ten, alone or multiplied: "10⁶", "3.2 x 10⁶"."""
    if isinstance(before, Joined):
        return before.joint == "times" and before.values[-1].text == "10"
    return isinstance(before, Number) and before.text == "10"


def _runs_on(before: Inline | None, after: Inline | None) -> bool:
    """True if two figures would be heard as one: "in 2020 3 people", "20 5p coins"."""
    if isinstance(before, Year | Date):
        return isinstance(after, Number | Quantity | Percentage | Money | Code | Time | Range)
    if isinstance(before, Number) and isinstance(after, Number | Year):
        return True
    if isinstance(before, Money) and isinstance(after, Money):
        return True
    tens = isinstance(before, Number) and not before.ordinal and (before.value >= TENS and before.value % 10 == 0)
    return tens and isinstance(after, Quantity | Money | Percentage)


def is_number(match: re.Match[str], before: str, figures: Inline | None, after: str) -> bool:
    """True if "no" before a figure means "number": "No. 5", "No 10 said", but not "no 26 week limit"."""
    if isinstance(figures, Money | Percentage | Date | Day | Time | Fraction):
        return False
    if match[1].endswith("º") or match[2] or match[3]:
        return True
    if match[1] == "no" and isinstance(figures, Code) and figures.kind != "digits" and THERE.search(before):
        return False
    if match[1] == "no" and THERE_IS.search(before):
        return False
    if NUMBERED.search(before) or match[4] or isinstance(figures, Code):
        return True
    if isinstance(figures, Quantity):
        return False
    if match[1] == "No":
        return not MANY_THINGS.match(after)
    return not THINGS.match(after) or VERB.match(after) is not None
