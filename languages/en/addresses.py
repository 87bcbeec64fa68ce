"""Turns web and e-mail addresses in a text into values: each one whole, or left as words, and never a piece of one."""

from __future__ import annotations

import re
from typing import Final

from languages.en.patterns import later
from model.inlines import WebAddress

DOMAIN: Final = (
    r"(?a:(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}"
    r"(?:uk|wales|cymru|scot|london|com|org|net|info|eu|int|gov|edu|ie|io|tv))"
)
LOCAL: Final = r"\w(?:[\w.!#$%&'’*+/=?^`{|}~-]{0,63}[\w+-])?"
"""The part of an e-mail address before the @, with every sign that a mailbox may have. It does not end in a sign
that ends a sentence or quotation."""
PATH: Final = r"(?:[^\s<>\"“”()\[\]’']|\([^\s<>\"“”()]{0,200}\)|['’](?=\w))"
ADDRESS: Final = later(
    rf"(?P<email>(?<![\w.+'’&-]){LOCAL}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}})"
    rf"|(?P<url>(?a:https?)://{PATH}{{1,2000}}(?<![.,;:!?’']))"
    rf"|(?P<domain>(?<![\w@./-]){DOMAIN}(?![\w-]|\.\w)(?:/(?:[\w./%#?=&+~-]|\([\w-]{{1,80}}\)){{0,500}}(?<=[\w/)]))?)",
    re.IGNORECASE,
)
MAILBOX: Final = re.compile("’")


def address(match: re.Match[str]) -> WebAddress:
    """The address that ADDRESS matched, with the place that it leads to."""
    text = match[0]
    match match.lastgroup:
        case "email":
            return WebAddress(text=text, target=f"mailto:{MAILBOX.sub(chr(39), text)}")
        case "url":
            scheme, _, rest = text.partition("://")
            return WebAddress(text=text, target=f"{scheme.lower()}://{rest}")
        case _:
            return WebAddress(text=text, target=f"https://{text}")
