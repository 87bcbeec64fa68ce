"""Turns telephone numbers into values: those that people can call or text, and digits that only look like a number.

A number is one to call if its form says so and nothing before it says that it is an account or a reference, or if
words beside it say that somebody calls, rings or texts it.
"""

from __future__ import annotations

import re
from typing import Final

from languages.en.grammar import SPACE
from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import Ambiguous, Code, Phone

SHORT: Final = frozenset({"999", "112", "101", "111", "105", "119", "159", "18000", "18001"})
RELAYED: Final = "1800[12]"
"""The digits before another number for a call with text (text relay)."""
CALLS: Final = r"call|calling|dial|dialling|ring|ringing|phone|phoning|telephone|textphone|text|texting|contact|tel"
CALLING: Final = later(
    rf"\b(?:(?:(?:{CALLS})|(?:{CALLS}|helpline|number|report(?:ed|ing)?|reach|speak|police)\b[^.!?]{{0,80}} on)"
    rf"[.:]?{SPACE}|NHS{SPACE}?)\Z",
    re.I,
)
CALLED: Final = later(rf"{SPACE}(?:number|service|helpline|online|call|calls|line|(?:is|for)\b)")
SERVED: Final = later(
    r"\b(?:GP|A&E|NHS|police|ambulance|emergency|emergencies|non-emergency|helpline|fire|999|111|101|112)\b"
)
OF_PHONES: Final = later(r"\b(?:tel|telephone|phone|call|helpline|dial|textphone|contact number)\b", re.IGNORECASE)
"""The header of a column of telephone numbers."""
COUNTED: Final = later(rf"{SPACE}(?:people|men|women|children|staff|cases|[a-z]{{2,}}[a-rtv-z]s|per|pages?)\b")
TEXTED: Final = later(r"\btext(?:s|ing)?\b(?:[^.!?]{0,60}?\bto)?[:]?\s?[*_]*\Z|\b(?:SMS|text message) to \Z", re.I)
FEW: Final = later(r"\d{3,5}(?![ \u00a0]\d{3}[ \u00a0]\d{4})(?![\d%:]|[.,]\d|[A-Za-z])")
SMS: Final = later(r"(?:999|\d\d[ \u00a0]\d{3}|\d{5,6})(?!\d|[.,]\d|,\d)")

UK: Final = r"0[1-9](?:[ \u00a0.–-]?\d){8,9}"
BRACKETED: Final = (
    rf"\(0\){SPACE}?[1-9]\d{{1,3}}(?:[ \u00a0]?\d){{6,8}}"
    rf"|\(\+\d{{1,3}}\){SPACE}?(?:\(0\){SPACE}?)?\d(?:[ \u00a0.-]?\d){{6,11}}"
    rf"|\(0\d{{2,4}}\){SPACE}?\d(?:[ \u00a0-]?\d){{5,7}}"
)
ABROAD: Final = r"\+\d{1,3}[ \u00a0.-]?(?:\(0\)[ \u00a0.-]?)?\d(?:[ \u00a0./-]?\d){6,11}"
SPECIAL: Final = rf"0800{SPACE}?1111|0845{SPACE}?46{SPACE}?47|116{SPACE}?\d{{3}}|18[059]0{SPACE}\d{{3}}{SPACE}\d{{3}}"
PHONE: Final = later(
    rf"(?:{RELAYED}{SPACE}(?:999|101|105|111|112|119|159)"
    rf"|(?:\+?1[ \u00a0]?)?\(\d{{3}}\)[ \u00a0-]?\d{{3}}[ \u00a0.-]\d{{4}}"
    rf"|(?:{RELAYED}{SPACE})?(?:{ABROAD}|{BRACKETED}|{UK}|{SPECIAL}))(?!\d|,\d)"
)
DIALLED: Final = later(rf"00{SPACE}?[1-9]\d{{0,2}}(?:{SPACE}?\d){{7,11}}(?!\d)")
TOO_MANY: Final = later(
    rf"0[1-9]\d{{2,3}}{SPACE}\d{{3,4}}{SPACE}\d{{3,4}}(?:{SPACE}\d{{1,4}})?(?!\d)|0[1-9]\d{{10,11}}(?!\d)"
)
SECOND: Final = later(r"(?<![\d.,])[0+][\d() \u00a0-]{8,18}(?: (?:or|and) |/)\Z")
"""The text before another ending of the same number: "0117 496 0123 or 0124"."""
BEGINS: Final = ("0", "+", "(", "1800", "1850", "1890", "116", "1(", "1 (", "1\u00a0(")
"""What PHONE begins with."""
SEVERAL_SIGNS: Final = (" or ", " and ", "/")
SECOND_BEFORE: Final = later(r"\d(?: (?:or|and) |/)\Z")
ENDING: Final = later(r"\d{1,6}(?![\d:]|[.,]\d|[ap]m|%)")
SEVERAL: Final = later(r"(?:\b(?:or|and|,)|/) ?\Z")
AN_EXTENSION: Final = later(r"(?<![\d.,])[0+][\d() \u00a0-]{8,18}[ \u00a0]x ?\Z")
"""The text before an extension: "01622 745 000 x 4321"."""
LOCAL: Final = later(r"(?:[1-9]\d{2,3}[-–]\d{4}|1[45]71)(?![\w-]|[.,]\d)")
"""A number without the code of its place, or a service of the line: "Ring 102-8381", "Ring 1471"."""
RUNG: Final = later(rf"\b(?:{CALLS})[.:]?{SPACE}(?:1[45]71{SPACE}(?:or|and){SPACE})?\Z", re.IGNORECASE)


def phone(scene: Scene, at: int) -> Phone | Code | Ambiguous | None:
    """A number to call or text at `at`. Ambiguous where it looks like one and has a digit too many."""
    text = scene.text
    if scene.follows(at, "£€$") or (text[at - 1 : at] in (".", ",") and text[at - 2 : at - 1].isdecimal()):
        return None
    match = PHONE.match(text, at, scene.end) if text.startswith(BEGINS, at) else None
    if match is None and (found := _short(scene, at)):
        return found
    if match is None and text.startswith("00", at) and CALLING.search(scene.before(at)):
        match = DIALLED.match(text, at, scene.end)
    if match is not None and "/" in match[0] and not _is_whole(match[0], dialled_digits(match[0])):
        match = PHONE.match(text, at, at + match[0].index("/"))  # another ending of the same number follows
    if match is not None and (digits := dialled_digits(match[0])) and _is_whole(match[0], digits):
        texted = digits.startswith("07") and TEXTED.search(scene.before(at)) is not None
        return Phone(text=match[0], number=digits, texted=texted)
    if text[at] == "0" and (match := TOO_MANY.match(text, at, scene.end)):
        count = sum(character.isdigit() for character in match[0])
        return Ambiguous(text=match[0], kind="phone", readings=(str(count),)) if count > 11 else None
    if (
        text.endswith(SEVERAL_SIGNS, max(0, at - 5), at)
        and (match := ENDING.match(text, at, scene.end))
        and SECOND_BEFORE.search(text, max(0, at - 6), at)
        and SECOND.search(scene.near(at))
    ):
        return Code(text=match[0], kind="digits")
    if (
        text.endswith(("x", "x "), max(0, at - 2), at)
        and (match := ENDING.match(text, at, scene.end))
        and AN_EXTENSION.search(scene.near(at))
    ):
        return Code(text=match[0], kind="digits")
    called = scene.behind(at) in ("-", "–") or text.startswith(("1471", "1571"), at)
    if called and (match := LOCAL.match(text, at, scene.end)) and RUNG.search(scene.near(at)):
        return Code(text=match[0], kind="digits")
    return None


def _short(scene: Scene, at: int) -> Phone | Code | None:
    """A number of three to six digits, where words beside it say that it is called or texted."""
    text, before = scene.text, scene.before(at)
    texted = any(word in before.lower() for word in ("text", "sms"))
    sms = SMS.match(text, at, scene.end) if texted else None
    if sms and TEXTED.search(before) and not COUNTED.match(text, sms.end()):
        return Phone(text=sms[0], number=dialled_digits(sms[0]), texted=True)
    match = FEW.match(text, at, scene.end) if text[at] in "19" else None
    if match is None or match[0] not in SHORT:
        return None
    after = scene.after(match.end())
    headed = at == scene.begin and OF_PHONES.search(scene.about) is not None
    if headed or CALLING.search(before) or CALLED.match(after):
        return Phone(text=match[0], number=match[0])
    if SEVERAL.search(before) and re.search(rf"(?<!\d)(?:{'|'.join(SHORT)})[,]?(?: (?:or|and)|,|/) ?\Z", before):
        return _like_the_one_before(scene, at, match[0]) or _too(match[0], before, after)
    served = SERVED.search(before[-40:]) or SERVED.search(after[:40])
    if served and not COUNTED.match(after) and not re.search(r"\d\Z|[£€$]\Z", before[-1:]):
        return Phone(text=match[0], number=match[0])
    return (
        Code(text=match[0], kind="digits") if match[0] in ("999", "18000", "18001") and _is_alone(scene, at) else None
    )


def _like_the_one_before(scene: Scene, at: int, digits: str) -> Phone | None:
    """The second number of "call 101 or 999". It is called if the first one is."""
    before = scene.before(at)
    first = re.search(rf"({'|'.join(SHORT)})\D{{1,5}}\Z", before)
    if first is None:
        return None
    place = at - len(before) + first.start()
    called = CALLING.search(scene.before(place)) or SERVED.search(scene.after(at + len(digits))[:40])
    return Phone(text=digits, number=digits) if called else None


def _too(digits: str, before: str, after: str) -> Code | None:
    """A number of an emergency that is named beside another, and that nobody is told to call."""
    beside = before.endswith("/") and not COUNTED.match(after)
    return Code(text=digits, kind="digits") if beside or digits in ("999", "112", "111") else None


def _is_alone(scene: Scene, at: int) -> bool:
    """True if nothing after 999 is counted."""
    return (
        re.match(
            r"\d+(?:[ \u00a0]?(?:[.,;:!?)]|\Z)|[ \u00a0](?:if|in|when|or|and|is|first)\b)", scene.text[at : at + 40]
        )
        is not None
    )


def _is_whole(text: str, digits: str) -> bool:
    """True if a slash in a number stands only where it may: within a whole +44 number."""
    return "/" not in text or (digits.startswith("+44") and len(digits) == 13)


def dialled_digits(text: str) -> str:
    """The digits that are dialled for a number as it is written."""
    return re.sub(r"[^\d+]", "", text.replace("(0)", "") if text.startswith(("+", "(+")) else text)


def dialled(text: str) -> Phone | None:
    """The whole of `text` as a telephone number of any prefix or length ("111", "18001 0800 77 66 00"); None if it
    is not."""
    if not re.fullmatch(r"\+?[\d() \u00a0.-]{3,24}", text) or not re.search(r"\d", text):
        return None
    return Phone(text=text, number=dialled_digits(text))
