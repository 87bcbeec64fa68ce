"""Turns a contact's website that is not a web address into a hint of what to type."""

from __future__ import annotations

import re
from typing import Final

PLACE: Final = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?")


def website_instead(text: str) -> str:
    """A hint for a web address in a form that readers would not type."""
    place = re.sub(r"\A(?:http:)?//", "", text, flags=re.IGNORECASE).rstrip("/.")
    if not PLACE.fullmatch(place):
        return "Write it as in: `website: drugs.gov.uk`."
    if place != text:
        return f"Write it as people type it: `website: {place}`."
    return f"Write the whole address: `website: https://{place}`."
