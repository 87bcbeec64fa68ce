"""Tells whether the m of "6.3m" means million: in "6.3m homes" it does, in "6.3m high" and "6.3m at noon" perhaps not.

It means million only before things that are counted in millions. Elsewhere it stays a number and an m, which the
recording says as metres where that is certain and refuses where it is not.
"""

from __future__ import annotations

import re
from typing import Final

from languages.en.patterns import later

MORE: Final = later("[ \u00a0]?(?:to|or|and|[–-])[ \u00a0]?[\\d.,]{1,15}m\\b")
"""Another such figure. What follows "1.2m to 1.5m homes" decides for both."""
STRONG: Final = later(r"-strong\b")
PEOPLED: Final = later(r"\b(?:pop\b\.?|(?:population|membership|turnover|audience)\b)[^.!?\d]{0,20} \Z", re.IGNORECASE)
"""Words before a number of people or of pounds, which has no length."""
MONEY_TO: Final = later(r"[£€$][\d.,]{1,15}(?:m|mn|bn)?[ ]?[–-][ ]?\Z")
ONE_OF: Final = later(r"\b(?:an?|one|two|three|four|five|six)[ \u00a0]\Z", re.IGNORECASE)
"""Words before a thing that is 2m long: "a 2m shelf", "two 2m shelves"."""
NO_ADJECTIVE: Final = (
    r"(?:a|across|am|an|and|apart|are|as|at|away|back|before|behind|below|but|by|can|could|deep|did|do|down|for"
    r"|from|had"
    r"|has|have|high|in|into|is|lie|live|long|of|off|on|or|out|over|per|should|since|square|tall|than|that|the|then"
    r"|thick"
    r"|to|under|until|up|was|were|when|which|while|who|wide|will|with|would|x|\w+ly|\w+wards?)"
)
SOLID: Final = (
    r"(?:banks|beams|blocks|boards|boats|cables|contours|cubes|distances|drops|fences|gaps|gates|hedges|hoses|intervals"
    r"|dives|heats|hurdles|jumps|legs|races|relays|runs|sprints|swells|swims|ladders|lanes|lengths|lines|masts"
    r"|panels|paths|pieces|pipes|planks|poles|pools|posts|ramps|rods|rolls|ropes|sections"
    r"|sheets|squares|steps|strips|tanks|tides|towers|trenches|tunnels|walls|waves|widths|zones"
    r")"
)
"""Things that may be 2m long or high."""
NO_PLURAL: Final = r"(?:always|does|perhaps|sometimes|this|towards)"
SURELY: Final = (
    r"(?:people|children|adults|women|men|staff|cattle|sheep|fish|poultry|appointments|businesses|calls|cases|claimants"
    r"|customers|deaths|doses|families|homes|households|jobs|journeys|patients|pensioners|properties|pupils|residents"
    r"|students|tests|users|vehicles|visits|voters|workers)"
)
"""Things that are counted in millions, whatever words stand before them."""
OFTEN: Final = (
    r"(?:additional|other|different|disabled|extra|fewer|more|new|old|older|online|paper|private|public|rented|school"
    r"|separate|single|social|unique|web|working|young|younger|[A-Z][A-Za-z]+)"
)
MANY: Final = later(
    rf"[ \u00a0](?:(?!{NO_ADJECTIVE}[ \u00a0])[A-Za-z-]{{2,20}}[ \u00a0]){{0,2}}?{SURELY}\b"
    rf"|[ \u00a0](?:{OFTEN}[ \u00a0]){{0,2}}(?!(?:{SOLID}|{NO_PLURAL})\b)[a-z]{{2,20}}[a-rtv-z]s\b"
    "|-(?:strong|plus)\\b|[ \u00a0]of[ \u00a0](?:them|us|these|those|whom)\\b"
)


def is_million(before: str, after: str) -> bool:
    """True if the "m" between `before` and `after` means million: counted things follow ("2m new cases"), or it ends
    an amount of money ("£5–10m")."""
    if MONEY_TO.search(before[-20:]):
        return True
    if STRONG.match(after):
        return True
    if ONE_OF.search(before[-10:]):
        return False
    if PEOPLED.search(before[-40:]):
        return True
    at = 0
    for _ in range(4):
        if not (more := MORE.match(after, at)):
            break
        at = more.end()
    return MANY.match(after, at) is not None
