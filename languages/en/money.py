"""Turns amounts of money into values: £5, £1.5m, US$20, 50p, £850pcm, £5/hr, and the £000 of a table's header."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, Literal

from languages.en.grammar import FIGURES, MONEY_SIGNS, SCALE_WORDS, SPACE, decimal, minus, scale
from languages.en.patterns import later
from languages.en.scene import Scene
from languages.en.units import per
from model.inlines import Ambiguous, Money, Unit

CURRENCIES: Final[
    dict[str, Literal["GBP", "EUR", "USD", "CAD", "AUD", "JPY", "INR", "NGN", "THB", "TRY", "KRW", "RUB"]]
] = {
    **{"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD"},
    **{"¥": "JPY", "₹": "INR", "₦": "NGN", "฿": "THB", "₺": "TRY", "₩": "KRW", "₽": "RUB"},
    **{"GBP": "GBP", "EUR": "EUR", "USD": "USD"},
}
VULGAR: Final = {"¼": Decimal("0.25"), "½": Decimal("0.5"), "¾": Decimal("0.75")}
SCALE: Final = rf"{SPACE}?(?i:{SCALE_WORDS}|bn|mn|tn|mln|mill?|trn)\b|(?:k|K)\b|[mM]\b|{SPACE}[mM]\b(?![&'’])"
MONEY: Final = later(
    rf"(?P<currency>(?:US|CA|AU|C|A)?[$]|[{MONEY_SIGNS}]|(?:GBP|EUR|USD)(?=[ \u00a0]?\d))"
    r"(?P<sign>[-−–])?(?:[ \u00a0](?!(?:19|20)\d\d(?!\d)))?"
    rf"(?P<amount>\d{{1,3}}(?:[ \u00a0]\d{{3}})+(?!\d)|{FIGURES})(?P<part>[¼½¾])?"
    rf"(?P<scale>{SCALE})?(?:(?<=\.\d\d)p\b)?"
)
LOSS: Final = later(rf"([£€$])\(({FIGURES})(m|bn|k)?\)(?(3)|(m|bn|k)(?!\w))?")
"""A loss, as accounts have it: £(250)."""
NOT_CENTS: Final = later(r"\d{2,3}\.000(?![\d.])")
"""An amount that is perhaps thousands, written with a stop."""
THOUSANDS: Final = later(r"[’']?000s?(?=\))")
SEVERAL: Final = later(r"000s(?!\w)|(?<=['’])000(?![\w.,])")
HEADING: Final = later(r"[£€$][’']?000s?(?![\w.,]|[ \u00a0]?\d)")
HEADED: Final = frozenset("0’'")
"""What follows the sign of a currency in "£000" and "£’000"."""
BROKEN: Final = later(r"[,.]\d")
GLUED: Final = later(r"[A-Za-z\d]")
PENCE: Final = later(r"(?P<figures>\d{1,2})p(?!\w|\.[mM]\b)")
PLURAL: Final = later(r"s\b")


def money(scene: Scene, at: int) -> Money | Unit | Ambiguous | None:
    """An amount with the sign of its currency before it. Ambiguous where its commas or letters cannot be read."""
    text = scene.text
    currency = text[at] in "£€$"
    if currency and text[at + 1 : at + 2] in HEADED and (match := HEADING.match(text, at, scene.end)):
        return Unit(text=match[0], unit=match[0][0])
    if text[max(0, at - 1) : at] == "(" and (match := THOUSANDS.match(text, at, scene.end)):
        return Unit(text=match[0], unit="000")
    if (
        text[at] == "0"
        and (match := SEVERAL.match(text, at, scene.end))
        and not re.search(r"[\d.,]\Z", text[max(0, at - 1) : at])
    ):
        return Unit(text=match[0], unit="000")
    if currency and text.startswith("(", at + 1) and (loss := LOSS.match(text, at, scene.end)):
        sign, figures, within, behind = loss.groups()
        size = within or behind
        return Money(text=loss[0], amount=-decimal(figures), currency=CURRENCIES[sign], scale=scale(size))
    begin = minus(scene, at)
    match = None if text[begin] == "." or text[begin].isdecimal() else MONEY.match(text, begin, scene.end)
    if match is None:
        return None
    if match["currency"][0].isalpha() and re.search(r"\w\Z", text[max(0, begin - 1) : begin]):
        return None
    end = match.end()
    whole = text[at:end]
    if BROKEN.match(text, end) and not re.match(r",\d{1,3}(?:[ ,]|\Z)(?=.*£)", text[end : end + 5]):
        broken = re.compile(r"[,.\d]*\d").match(text, end)
        return Ambiguous(text=whole + (broken[0] if broken else ""), kind="amount", readings=())
    if not match["scale"] and NOT_CENTS.fullmatch(match["amount"]):
        return Ambiguous(text=whole, kind="amount", readings=())
    if glued := GLUED.match(text, end):
        each = per(text, end, money=True)
        if each is None:
            rest = re.compile(r"\w+").match(text, end)
            return Ambiguous(text=whole + (rest[0] if rest else glued[0]), kind="amount", readings=())
    amount = decimal(match["amount"]) + VULGAR.get(match["part"] or "", Decimal(0))
    if begin > at or match["sign"]:
        amount = -amount
    each = per(text, end, money=True)
    return Money(
        text=text[at : each[1] if each else end],
        amount=amount,
        currency=CURRENCIES[match["currency"]],
        scale=scale(match["scale"]),
        per=each[0] if each else "",
    )


def pence(scene: Scene, at: int) -> Money | None:
    """An amount below a pound: 50p."""
    if scene.behind(at) != "p" or re.search(r"[\w.,]\Z", scene.text[max(0, at - 1) : at]):
        return None
    match = PENCE.match(scene.text, at, scene.end)
    if match is None:
        return None
    each = per(scene.text, match.end(), money=True)
    text = scene.text[at : each[1] if each else match.end()]
    return Money(text=text, amount=Decimal(match["figures"]) / 100, currency="GBP", per=each[0] if each else "")
