"""A contact's website that is no web address to what an author types instead."""

from __future__ import annotations

import re
from typing import Final

PLACE: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")


def website_instead(text: str) -> str:
    """What to type for a web address that readers would not type so."""
    place = re.sub(r"\A(?:http:)?//", "", text, flags=re.IGNORECASE).rstrip("/.")
    if not PLACE.fullmatch(place):
        return "Write it as in: `website: drugs.gov.uk`."
    if place != text:
        return f"Write it as people type it: `website: {place}`."
    return f"Write the whole address: `website: https://{place}`."
