"""A contact's detail that is not what its key says to what an author types instead."""

from __future__ import annotations

import re
from typing import Final

from languages.en.recognise import values
from model.document import Phone

NUMBER: Final = "Write it as in: `phone: 0800 77 66 00`. What else there is to say goes in `about:` or `hours:`."
TIMES: Final = re.compile(r"\d\s*(?:am|pm|hours?|hrs)\b|\d:\d\d|\bday|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)", re.IGNORECASE)
PLACE: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")


def phone_instead(key: str, text: str) -> str:
    """What to type for a telephone number with other words around it, or for two of them."""
    found = values(text)
    phones = [inline for inline in found if isinstance(inline, Phone)]
    if not phones:
        return NUMBER.replace("phone", key)
    first = phones[0].text
    if len(phones) > 1:
        return f"Write one number here, `{key}: {first}`, and the other in `about:` or in a contact of its own."
    rest = " ".join(text.replace(first, " ").split()).strip(" ()-–,;:")
    other = "hours" if TIMES.search(rest) else "about"
    return f"Write the number alone, `{key}: {first}`, and the rest in a line of its own, `{other}: {rest}`."


def website_instead(text: str) -> str:
    """What to type for a web address that readers would not type so."""
    place = re.sub(r"\A(?:http:)?//", "", text, flags=re.IGNORECASE).rstrip("/.")
    if not PLACE.fullmatch(place):
        return "Write it as in: `website: drugs.gov.uk`."
    if place != text:
        return f"Write it as people type it: `website: {place}`."
    return f"Write the whole address: `website: https://{place}`."
