"""Turns amounts of a unit into values: 10 kg, 2½ tsp, 20mg/L, 38C, 5' 6".

The words of the sentence decide what a short sign means. "6.3m" is metres where the sentence is about lengths,
million where counted things follow, and left to the author where neither tells. 38C needs words about warmth; 5' 6"
must not end a quotation.
"""

from __future__ import annotations

import re
from typing import Final

from languages.en import units
from languages.en.fractions import fraction
from languages.en.grammar import number
from languages.en.magnitude import SOLID, SURELY, is_million
from languages.en.patterns import later
from languages.en.scene import Scene
from model.inlines import Ambiguous, Code, Fraction, Number, Quantity, Unit

DIMENSION: Final = (
    r"(?:high|higher|wide|wider|deep|deeper|tall|taller|long|longer|thick|low|lower|across|apart|away|above|below"
    r"|from|off"
    r"|back|ahead|behind|beyond|inland|offshore|upstream|downstream|underground|square|in (?:length|height|width|depth)"
    r"|of (?!the\b|our\b|its\b|them\b|these\b|those\b|us\b|whom\b)[a-z]+|x \d|by \d)"
)
LENGTHS: Final = later(
    rf"\dm {SOLID}\b|\dm(?:[ -]{DIMENSION}|²|³|/s)|\((?:m|metres)\)"
    r"|\d(?: ?(?:mm|cm|km|ft|feet|foot|metres?|inches|mph)| m)\b|\ddB(?:\(A\))?[^.!?]{0,12} at \d"
    r"|\b(?:ran|runs?|swims?|swam|swum|walks?|walked|digs?|dug|climbs?|climbed|jumps?|jumped|dives?|dived|drives?"
    r"|drove|visibility|left|right)\b"
    r"[^.!?\d]{0,20}\d[\d.,]{0,8}m\b|\dm (?:visibility|swell|surge)\b"
    r"|\A(?:Distance|Length|Depth|Range)\b"
    r"|\b(?:metres?|(?<!-)(?:heights?|widths?|depths?)|(?:stopping )?distance of|diameter|radius|tides?|floods?"
    r"|altitude|summit|high ground|snow|sea levels?|seas|waves|ht|HW|LW|(?:high|low) water"
    r"|butterfly|freestyle|backstroke|breaststroke"
    r"|river levels?|upstream|within \d+m of)\b",
    re.IGNORECASE,
)
"""Words in a sentence that show that it is about lengths. An m is then metres."""
ARTICLE: Final = later(
    "(?<!\\w)(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ \u00a0]\\Z", re.IGNORECASE
)
"""The text before figures that belong to a noun after them: a 5 kg bag, two 500mg tablets."""
ONE_THING: Final = later(r" [a-z-]*(?:[^\Ws]|ss)\b")
THE: Final = later(r"\b(?:the|this|that|each|every) \Z", re.IGNORECASE)
LETTERED: Final = later(
    r"\b(?:Flat|Unit|Room|Class|Year|Grade|Type|Group|Block|Zone|Route|Form|House|Number|Bus|Junction|Plot|Gate|Platform"
    r"|Section|Part|Table|Figure|Chapter|Rule|Regulation|Article|Annex|Appendix|Amendment|Clause|Col|Column|Schedule|Sch|reg|s|ss)"
    r"s?\.? (?:\d{1,4}[-–])?\Z",
    re.IGNORECASE,
)
"""Things that have numbers with a letter. The letter is no temperature and no unit."""
WARMTH: Final = later(
    r"\b(?:temps?\b|temperature|degrees|hot|cold|warm|heat|cool|freez|froz|fever|frost|weather|boil|oven|fridge|wash"
    r"|feel(?:s|ing)? like)|°"
    r"|[-−]\d+(?:\.\d+)? ?[CF]\b|\b(?:max|min|highs? of|lows? of)\.? \d+(?:\.\d+)? ?[CF]\b",
    re.IGNORECASE,
)
COMPARED: Final = frozenset("<>≥≤±")
DEGREES: Final = later("[ \u00a0]?([CF])(?!\\w)")
SHORT_SIGNS: Final = frozenset("mCFkKspy")
METRES: Final = later(r"m(?![\w²³/]|\.p)")
SIDES: Final = later(r"\d ?[x×] ?\Z")
FEET_AND: Final = later(r"\d{1,2}ft(?=1?\d(?![\d.]))")
RUN: Final = later(r"[kK](?!\w)")
RUNNING: Final = later(
    r"\b(?:runs?|runners?|running|races?|couch|parkrun|jog|walk|marathon|sprint|swim|ride)\b|5k/10k", re.I
)
RACE: Final = later(
    r" (?:race|run|sprint|relay|hurdles|swim|dash|track|pool|freestyle|final|walk"
    r"|fence|wall|hedge|strip|buffer|trench|ladder|pole|plank|shelf|hose|mast|board|boundary|radius)\b"
)
SCREEN: Final = later(r"[ \u00a0](?:TVs?|UHD|video|screens?|resolution|cameras?|monitors?)\b")
LINES: Final = frozenset({"480", "720", "1080", "1440", "2160"})
"""Lines of a picture on a screen: 1080p."""
NETWORK: Final = later(r"\b(?:broadband|speeds?|downloads?|uploads?|connections?|fibre|network)\b", re.IGNORECASE)
"""Words about what is sent. In such a sentence, Mb is megabits and not megabytes."""
AT_SEA: Final = later(r" (?:north|south|east|west|off|from|out)")
SAILED: Final = later(
    r"\b(?:winds?|gusts?|gusting|knots|vessels?|ships?|boats?|aircraft|airspeed|speed)\b", re.IGNORECASE
)
"""Words about sailing and flying. In such a sentence, kt is knots and not kilotonnes."""
NORTH: Final = later("\\d[ \u00a0]?°?[NS],?[ \u00a0]\\Z")
"""A latitude, after which W is west."""
SEA: Final = later(
    r"\b(?:[Vv]is(?:ibility)?|sea|seas|nautical|vessels?|ships?|coast|offshore|territorial|harbour|fishing|maritime)\b"
)
"""Words about the sea. In such a sentence, nm is nautical miles."""
PRESSURES: Final = range(850, 1100)
"""Pressures of the air in millibars. Of anything else, mb is megabytes."""
ANGLE: Final = later(r"[°º] ?\Z")
ANGLE_MINUTES: Final = later(r"[°º] ?\d{1,2}[′'’] ?\Z")
MILLIONS: Final = later(rf" {SURELY}\b")
POINTS: Final = later("[ \u00a0]?(?:pts?|points?)(?!\\w)")
PT: Final = later("[ \u00a0-]?(?P<pt>pts?)(?!\\w)")
PINT: Final = later(r"[ \u00a0](?:of|milk|water|stock|cream|beer|blood)\b")
TYPE: Final = later(
    r"[ \u00a0](?:type|font|text|size|bold|print|Arial|letters|minimum|lead|deficit"
    r"|gap|plan|scale|swing|difference|rise|fall|increase|penalty)\b"
)
PP: Final = later("[ \u00a0-]?pp(?![\\w.])")
SHARE: Final = later(r"(?:\bup|\bdown|\bby|\bof|\brise|\bfell|\brose|\+|±|-|−|–)[ \u00a0]?\Z|\d\Z", re.IGNORECASE)
PRIME_SIGNS: Final = frozenset("'′’\"″”")
PRIME: Final = later(r"(?:''|’’|[\"″”])(?!\w)|['′’](?=x\d|[^\w’']|\Z)")
INCH: Final = later(r"[\"″](?=[ \u00a0](?:[a-z]|[A-Z]{2})|\Z)")
DOUBLE: Final = later(r"''|’’|[\"″”]")
FEET: Final = later(r"(\d{1,2})['′’]\s?(?=(?:\d|1[01])(?:½)?(?:''|’’|[\"″”]))")
UNENDED: Final = later(r"(\d)['′’](\d{1,2})(?![\d'’\"″”])")
TALL: Final = later(r"[ \u00a0](?:tall|high|wide|long|deep)\b")
OPENED: Final = {
    '"': later(r'(?<![^\s(])"(?!\s)[^"]*\Z'),
    "'": later(r"(?<![^\s(])'(?!\s)(?:[^']|'(?=\w))*\Z"),
    "”": later(r"“[^”]*\Z"),
    "’": later(r"‘(?:[^’]|’(?=\w))*\Z"),
}
"""For each sign that can end a quotation, a pattern that finds the quotation still open."""
ON: Final = later(r" ?[a-z(x×]| ?\d")
MINUTES: Final = later(r"\b(?:min(?:ute)?s?|hours?|hrs?)\b", re.IGNORECASE)
PRIMES: Final = later(r"\d(?:''|[\"″”'′’])(?![^\Wx])[\s\S]*?\d(?:''|[\"″”'′’])(?!\w)")
WAIT: Final = later(
    r"\b(?:wait|for|takes?|lasts?|lasting|least|every|within|about|after|another|than)[ \u00a0]\Z", re.IGNORECASE
)
DECADE: Final = later(r"(?:1[5-9]|20)\d\d")
PADDED: Final = later(r"0\d+")
"""Figures with a nought before them, which nobody counts: 007s."""
SECONDS: Final = later(r"s(?!\w)")
DECADES: Final = later(
    "(?:['’‘<>]"
    "|\\b(?:the|her|his|their|my|our|your|early|late|mid|and|or|to|under|over|year)s?[ \u00a0-]|[–-]|\\bU|\\ds/)\\Z",
    re.IGNORECASE,
)
AND_MORE: Final = later(
    r"s(?:/| (?:and|or|to) )['’]?\d|s[-–]\d0s|s (?:and|or) (?:over|under|older|younger|above|below)\b|s of\b"
)
MONEYED: Final = later(
    r"\b(?:sales?|sold|revenues?|income|profits?|loss(?:es)?|spen[dt]\w*|costs?|budgets?|funding|investments?|debts?|tax)\b|[£€$]",
    re.I,
)
"""Words of a sentence about money, in which 1,085m may be millions."""
PAID: Final = later(
    r"[ \u00a0](?:[a-z]+[ \u00a0])?(?:loan|grant|budget|fund|funding|deal|investment|project|programme|population"
    r"|scheme|contract|shortfall|deficit|surplus|saving|overspend|walk|wait|delay|audience|turnover|profit|loss)\b"
)
"""Things that have no length: a "5m loan" is of millions, and a "5m walk" perhaps of minutes."""
TAX_CODE: Final = later(r"\d{3,4}L")
TAX: Final = later(r"\b(?:tax|PAYE|payslips?|emergency|allowance|BR|D0|0T|NT|W1|M1|X|P45|P60|P800)\b")
LASTING: Final = later(
    r"\b(?:journey|travel|waiting|response|running|drive|walking|cooking|run)[ \u00a0]times?\b(?:[^.!?\d]|c\.){0,20}\Z",
    re.I,
)
"""Words before a number of minutes: "journey time about 53m"."""
SECONDS_AFTER: Final = later(r"[ \u00a0]?[0-5]?\d[ \u00a0]?s(?:ecs?)?(?!\w)")
A_OLD: Final = later(r"\b[Aa]n? \Z")
OLD_THING: Final = later(r"[ \u00a0]([a-z]{3,20})\b")
BRIEF: Final = later(
    r"(?:adverts?|break|burst|clip|countdown|cycle|delay|exposure|film|gap|head|hold|interval|lead|limit|pause|penalty|period"
    r"|recording|rest|rinse|run|slot|spot|sprint|stop|timeout|timer|trailer|video|wait|walk|warning|wash|window)"
)
"""Things that last some seconds. "A 60s house" is of the sixties."""
BRIEFS: Final = later(r"[ \u00a0](?:bursts|intervals|pauses|rests|runs|sprints|walks)\b")
HOURS_BEFORE: Final = later(r"\dh(?:rs?)?[ \u00a0]?\Z")
YEARS_BEFORE: Final = later(r"(?<!\d)\d{1,2}y(?:rs?)?[ \u00a0]?\Z")
OF_MONTHS: Final = later(r"y(?=[ \u00a0]?\d{1,2}m(?!\w))")
"""The years of "3y 4m"."""
UP_TO: Final = later(r"(?<![\w.])\d{1,2}[-–]\Z")
"""The first end of "aged 6–8y"."""
NO_UNIT: Final = later(r"(?:(?<![\d'’′\"″])[A-Za-z]|(?<=\d)[A-WYZa-wyz]|tax code[ \u00a0](?:is[ \u00a0])?)\Z")
SHORT_NUMBER: Final = later(r"\d{1,3}(?:\.\d+)?")

CARBON: Final = later(
    r"(?:(?:(?:[kMGt]?g|t|Mt|kt)CO2(?:eq?)?|CO2eq?|CO2(?=/))(?:/(?:km|[kMGT]?[Ww]h|mile|person|year|t|ha|capita|household))?"
    r"|(?:[kcm]?m|ft)[23](?:/(?:day|year|yr|hour|hr|h|s|person|household))?)(?!\w)"
)

Found = Quantity | Number | Code | Ambiguous


def quantity(scene: Scene, at: int) -> Found | None:
    """A number or a fraction with its unit at `at`."""
    before = scene.before(at)[-20:]
    if (before[-1:].isalpha() or "tax code" in before) and NO_UNIT.search(before) and scene.text[at].isdigit():
        return None
    amount: Number | Fraction | None = fraction(scene, at) or number(scene, at)
    if amount is None:
        return None
    end = at + len(amount.text)
    if isinstance(amount, Number):
        special = _short_sign(scene, at, amount, end) or _prime(scene, at, amount, end)
        if special is not None:
            return special
    if isinstance(amount, Fraction) and (inch := INCH.match(scene.text, end, scene.end)):
        return Quantity(text=scene.text[at : inch.end()], amount=amount, unit="in")
    found = units.unit(scene.text, end)
    if found is None or found[1] > scene.end:
        return None
    sign, stop = found
    if sign == "s" and re.search(r"\d[x×]\Z", scene.text[max(0, at - 2) : at]):
        return None
    if sign == "s" and (stop == end + 1 or DECADE.fullmatch(amount.text) or PADDED.fullmatch(amount.text)):
        return None
    if sign == "L" and isinstance(amount, Number) and TAX_CODE.fullmatch(scene.text, at, stop) and _is_tax(scene, at):
        return Code(text=scene.text[at:stop], kind="digits")
    if sign == "p" and (amount.text in LINES or DECADE.fullmatch(amount.text)):
        return Code(text=scene.text[at:stop], kind="name")
    if sign == "st" and amount.text[-1] == "1" and amount.text[-2:] != "11" and stop == end + 2:
        return None
    if len(sign) == 1 and sign not in "%°º" and LETTERED.search(scene.before(at)):
        return None
    if sign == "m" and isinstance(amount, Number):
        if METRES.match(scene.text, end):
            return None
        if MILLIONS.match(scene.text, stop):
            return Number(text=scene.text[at:stop], value=amount.value, scale="million")
    if sign == "W" and NORTH.search(scene.before(at)[-8:]):
        return None
    sign = _meant(scene, at, sign, amount, stop)
    each = units.per(scene.text, stop, money=False)
    if each is not None and sign != "%" and each[1] <= scene.end:
        return Quantity(text=scene.text[at : each[1]], amount=amount, unit=sign, per=each[0])
    return Quantity(text=scene.text[at:stop], amount=amount, unit=sign)


def _meant(scene: Scene, at: int, sign: str, amount: Number | Fraction, stop: int) -> str:
    """The unit that a sign of several units means in its sentence: mb, Mb, kt, nm."""
    match sign:
        case "mb" if isinstance(amount, Number) and amount.value in PRESSURES:
            return "mbar"
        case "Mb" | "Gb" if scene.speaks_of(NETWORK, at):
            return f"{sign}it"
        case "kt" if scene.speaks_of(SAILED, at):
            return "kts"
        case "nm" if AT_SEA.match(scene.text, stop) or scene.speaks_of(SEA, at):
            return "nmi"
        case _:
            return sign


def carbon(scene: Scene, at: int) -> Unit | None:
    """A unit with a figure in it and none before it: the "(gCO2/km)" of a header, "per m3"."""
    match = CARBON.match(scene.text, at, scene.end)
    return Unit(text=match[0], unit=match[0]) if match else None


def fractional(scene: Scene, at: int) -> Found | Fraction | None:
    """A fraction, with its unit where it has one."""
    part = fraction(scene, at)
    return (quantity(scene, at) or part) if part is not None else None


def _short_sign(scene: Scene, at: int, amount: Number, end: int) -> Found | None:
    """A figure with a letter that may mean several things: m, C, K, s, pt, pp."""
    text = scene.text
    if text.startswith("ft", end) and (match := FEET_AND.match(text, at, scene.end)):
        return Quantity(text=match[0], amount=amount, unit="ft")
    if not SHORT_SIGNS.intersection(text[end : end + 2]):
        return None
    if text.startswith("y", end) and (OF_MONTHS.match(text, end) or _ends_in_years(scene, at, end)):
        return Quantity(text=text[at : end + 1], amount=amount, unit="yr")
    if METRES.match(text, end):
        return _metres(scene, at, amount, end)
    if (match := DEGREES.match(text, end)) and not LETTERED.search(scene.before(at)) and _is_warmth(scene, at, amount):
        return Quantity(text=text[at : match.end()], amount=amount, unit=f"°{match[1]}")
    if (
        RUN.match(text, end)
        and (SCREEN.match(text, end + 1) or scene.speaks_of(RUNNING, at))
        and SHORT_NUMBER.fullmatch(amount.text)
    ):
        return Code(text=text[at : end + 1], kind="name")
    if SECONDS.match(text, end):
        return _seconds(scene, at, amount, end)
    if match := PT.match(text, end):
        few = amount.value < 6 and not TYPE.match(text, match.end()) and not SHARE.search(scene.before(at))
        pint = PINT.match(text, match.end()) or few
        other = "pts" if match["pt"] == "pts" and not TYPE.match(text, match.end()) else "point"
        return Quantity(text=text[at : match.end()], amount=amount, unit="pt" if pint else other)
    if (match := PP.match(text, end)) and (match[0][0] == "-" or "." in amount.text or SHARE.search(scene.before(at))):
        return Quantity(text=text[at : match.end()], amount=amount, unit="ppt")
    return None


def _ends_in_years(scene: Scene, at: int, end: int) -> bool:
    """True for the second age of "aged 6–8y"."""
    return not scene.text[end + 1 : end + 2].isalnum() and UP_TO.search(scene.before(at)[-6:]) is not None


def _metres(scene: Scene, at: int, amount: Number, end: int) -> Found | None:
    """Metres, minutes after hours, or the name of a thing ("Flat 3m"). None for million, Ambiguous where nothing
    decides."""
    before, after = scene.before(at), scene.after(end + 1)
    if is_million(scene.led(at), after):
        return None
    whole = scene.text[at : end + 1]
    if YEARS_BEFORE.search(before):
        return Quantity(text=whole, amount=amount, unit="mth")
    if HOURS_BEFORE.search(before) or SECONDS_AFTER.match(after) or LASTING.search(before[-40:]):
        return Quantity(text=whole, amount=amount, unit="min")
    if SIDES.search(before[-6:]):
        return Quantity(text=whole, amount=amount, unit="m")
    the = ARTICLE.search(before) or THE.search(before)
    if PAID.match(after):
        return Ambiguous(text=whole, kind="metres", readings=(f"{amount.text} million", f"{amount.text} m"))
    if scene.speaks_of(LENGTHS, at) or (the and ONE_THING.match(after)):
        return Quantity(text=whole, amount=amount, unit="m")
    if RACE.match(after) or ("," in amount.text and not scene.speaks_of(MONEYED, at)):
        return Quantity(text=whole, amount=amount, unit="m")
    if LETTERED.search(before):
        return Code(text=whole, kind="name")
    return Ambiguous(text=whole, kind="metres", readings=(f"{amount.text} million", f"{amount.text} m"))


def _is_warmth(scene: Scene, at: int, amount: Number) -> bool:
    """True if the C or F behind a figure is a temperature: its sentence speaks of warmth, or it is compared."""
    compared = "." in amount.text and scene.text[at - 1 : at] in COMPARED
    return compared or scene.speaks_of(WARMTH, at)


def _is_tax(scene: Scene, at: int) -> bool:
    """True for the 1257L of a tax code. Litres are round, and a sentence about tax has none."""
    return scene.speaks_of(TAX, at) or scene.text[scene.digits_end(at) - 1] not in "05"


def _seconds(scene: Scene, at: int, amount: Number, end: int) -> Found | None:
    """Seconds after "wait", a plural ("the 30s") where words beside it say so, else Ambiguous."""
    text, before = scene.text, scene.before(at)
    figures = amount.text
    if DECADE.fullmatch(figures):
        return None
    if PADDED.fullmatch(figures):
        return Code(text=text[at : end + 1], kind="digits")
    ten = re.fullmatch(r"[1-9]\d*0", figures) is not None
    if DECADES.search(before) or AND_MORE.match(text, end) or re.fullmatch(r"1[0,]*00", figures):
        return Number(text=text[at : end + 1], value=amount.value, plural=True)
    if ten and A_OLD.search(before) and (match := OLD_THING.match(text, end + 1)):
        if not BRIEF.fullmatch(match[1]):
            return Number(text=text[at : end + 1], value=amount.value, plural=True)
        return Quantity(text=text[at : end + 1], amount=amount, unit="s")
    if WAIT.search(before) or (ten and BRIEFS.match(text, end + 1)) or not ten or "." in figures:
        return Quantity(text=text[at : end + 1], amount=amount, unit="s")
    return Ambiguous(text=text[at : end + 1], kind="seconds", readings=(f"{figures} seconds", f"the {figures}s"))


def _prime(scene: Scene, at: int, amount: Number, end: int) -> Found | None:
    """Feet and inches. None where the sign ends a quotation."""
    text = scene.text
    if text[end : end + 1] not in PRIME_SIGNS:
        return None
    if match := FEET.match(text, at, scene.end):
        return Quantity(text=match[0].rstrip(), amount=amount, unit="ft")
    if (match := UNENDED.match(text, at, scene.end)) and TALL.match(text, match.end()):
        return Quantity(text=text[at : end + 1], amount=amount, unit="ft")
    if match:
        return Ambiguous(text=match[0], kind="prime", readings=(f"{match[1]} feet {match[2]} inches",))
    if text[end : end + 1] in "′'’″\"”" and end < scene.end:
        before = scene.before(at)[-8:]
        if text[end] in "′'’" and ANGLE.search(before):
            return Quantity(text=text[at : end + 1], amount=amount, unit="min")
        if ANGLE_MINUTES.search(before):
            return Quantity(text=text[at : end + 1], amount=amount, unit="s")
    match = PRIME.match(text, end, scene.end)
    if match is None:
        return None
    sign = match[0]
    if sign[0] in OPENED and OPENED[sign[0]].search(scene.quoted(at)) and len(sign) == 1:
        return None
    if not DOUBLE.match(sign) and scene.speaks_of(MINUTES, at) and not scene.speaks_of(LENGTHS, at):
        return Ambiguous(text=text[at : match.end()], kind="prime", readings=(f"{amount.text} feet",))
    feet_before = re.search(r"\d['′’]\s?\Z", scene.before(at)) is not None
    unit = "in" if DOUBLE.match(sign) else "ft"
    if (
        feet_before
        or ON.match(text, match.end())
        or scene.speaks_of(PRIMES, at)
        or scene.speaks_of(LENGTHS, at)
        or sign[0] in "″′"
    ):
        return Quantity(text=text[at : match.end()], amount=amount, unit=unit)
    long = "inches" if unit == "in" else "feet"
    return Ambiguous(text=text[at : match.end()], kind="prime", readings=(f"{amount.text} {long}",))
