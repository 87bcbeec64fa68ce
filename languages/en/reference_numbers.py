"""What leads to figures that nobody counts: a reference, an account, the number of a text message."""

from __future__ import annotations

import re
from typing import Final

GAP: Final = "[ \u00a0]"
ONE_BY_ONE: Final = re.compile(
    rf"\b(?:codes?|PINs?|refs?|references?|ext|extn|extension|dial)\b(?: (?:is|number|no))?[.:]?{GAP}?\Z", re.IGNORECASE
)
"""Before these digits nobody counts, however few they are."""
CODED: Final = re.compile(
    r"\b(?:codes?|refs?|references?|numbers?|nos?|account|PIN|ID|UTR|serial|reg|registration|dial)\b"
    rf"(?: (?:is|no|number|code|to|(?-i:[A-Z]{{1,4}})))*[.:]?{GAP}?\Z",
    re.IGNORECASE,
)
CALLED: Final = re.compile(
    r"\b(?:order|form|case|claim|charity|company|licence|policy|invoice|permit|model|text|texting|sms|call|ring|box"
    r"|batch"
    rf"|ticket|quote|quoting|customer|patient|membership|item|lot)\b(?: (?:is|to|it|us|your|word))*[.:]?{GAP}?\Z"
    r"|\btext(?:ing)?\b[^.!?]{0,40} to \Z",
    re.IGNORECASE,
)
"""What leads to a code; the second unless what follows is counted: "text 60066", "text 12500 people"."""
MORE: Final = re.compile(rf"(?:{GAP}|[–-])\d")
"""More figures of the same code, which figures.py puts together."""
PLURAL: Final = re.compile(rf"{GAP}(?:people|men|women|children|[a-z]{{2,}}[a-rtv-z]s)\b")
COUNTED: Final = re.compile(
    rf"(?:{GAP}?(?:[–-]|to|and|or){GAP}?\d[\d,.]*)*{GAP}(?!(?:to|if|when|in|or|and|by|for|with|at|as|now|from|on"
    rf"|then|before|after|until|is|will|can|may|which|that"
    r"|but|so|free|today|via|first)\b)[a-z]{2,}"
)
"""What follows a number and no code: a word that is counted, or a verb."""
AMOUNT: Final = re.compile(
    rf"\b(?:costs?|was|were|totals?|totalled|about|around|over|under|nearly|almost|than|least|some|only){GAP}\Z",
    re.IGNORECASE,
)


def is_code(figures: str, before: str, after: str) -> bool:
    """Whether a run of digits is read digit by digit because of the words around it."""
    if MORE.match(after):
        return False
    if len(figures) < 5:
        return len(figures) > 1 and ONE_BY_ONE.search(before) is not None
    return leads_to_code(before) or (CALLED.search(before) is not None and not PLURAL.match(after))


def leads_to_code(before: str) -> bool:
    """Whether the words before a figure say that it is a code."""
    return CODED.search(before) is not None


def is_counted(figures: str, before: str, after: str) -> bool:
    """Whether a long run of digits is an amount because of the words around it."""
    counted = COUNTED.match(after) is not None or AMOUNT.search(before) is not None
    return len(figures) > 4 and figures[0] != "0" and counted
