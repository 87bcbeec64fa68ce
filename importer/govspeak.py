"""Turns the signs of govspeak in a Markdown text into the HTML that GOV.UK publishes. Markdown inside them stays
Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from typing import Final

ABBREVIATION: Final = re.compile(r"^\*\[([^\]\n]+)\]:[ \t]*(\S.*)\n?", re.MULTILINE)
START: Final = r"(?:(?<=\n)|\A)"
CODE: Final = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
BLOCKS: Final = {
    "$CTA": "call-to-action",
    "$!": "summary",
    "$D": "form-download",
    "$C": "contact",
    "$P": "place",
    "$I": "information",
    "$AI": "additional-information",
    "$E": "example",
}
"""Signs that enclose several lines, with the class of the published element."""
LINES: Final = {
    "^": ("application-notice info-notice", "Information"),
    "%": ("application-notice help-notice", "Warning"),
    "@": ("advisory", "Advisory"),
}
"""Signs before a line, and optionally behind it, with the class of the published element and the label that screen
readers say."""
COUNTRIES: Final = {
    **{"scotland": "Scotland", "england": "England", "england-wales": "England and Wales", "wales": "Wales"},
    **{"northern-ireland": "Northern Ireland", "london": "London"},
}
STEPS: Final = re.compile(r"^[ \t]*s\d+\.[ \t].*(?:\n(?:[ \t]*s\d+\.[ \t]|[ \t]+\S).*)*", re.MULTILINE)
STEP: Final = re.compile(r"^[ \t]*s\d+\.[ \t]+", re.MULTILINE)
EMBEDDED: Final = re.compile(
    r"\[(?:Attachment|AttachmentLink|InlineAttachment|Contact|embed:[\w:]+):[^\]\n]*\]|^!(?:!|@)\d+"
    r"|\{%[^%\n]*%\}|\{\{[^{}\n]*\}\}",
    re.MULTILINE,
)
IMAGE: Final = re.compile(r"^\[Image:\s*([^\]\n]+?)\s*\]", re.MULTILINE)
ATTRIBUTES: Final = re.compile(r"^[ \t]*\{(?:barchart[^}\n]*|:[^}\n]*)\}[ \t]*$|(?<=[)\w*])\{:[^}\n#]*\}", re.MULTILINE)
PRIORITY: Final = re.compile(r"^\$PriorityList:\d+[ \t]*$|^\$(?:End)?LegislativeList[ \t]*$", re.MULTILINE)
WRAPPED: Final = re.compile(r"\{(/?)(?:stat-headline|::highlight-answer|:/highlight-answer)\}")
BUTTON: Final = re.compile(r"\{button[^}]*\}\s*(\[[^\]]+\]\([^)]+\))\s*\{/button\}")
EXTERNAL: Final = re.compile(r"\bx(\[[^\]\n]+\]\([^)\n]+\))x(?!\w)")
RULE: Final = re.compile(r"^\s*\|?\s*:?[-=]+:?\s*(?:[|+]\s*:?[-=]*:?\s*)*\|?\s*$")


def expansions(text: str) -> tuple[dict[str, str], str]:
    """What each abbreviation of a text stands for (`*[EU]: European Union`), and the text without those lines."""
    return {found[1]: found[2].strip() for found in ABBREVIATION.finditer(text)}, ABBREVIATION.sub("", text)


def as_html(text: str) -> str:
    """The text with HTML in place of the signs of govspeak. Code stays as it is."""
    pieces, at = [], 0
    for code in CODE.finditer(text):
        pieces += [_signs(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*pieces, _signs(text[at:])])


def _signs(text: str) -> str:
    for sign, kind in BLOCKS.items():
        broken = sign == "$C"
        text = _around(sign, text, lambda body, k=kind, b=broken: _div(k, _broken(body) if b else body))  # type: ignore[misc]
    text = _around("$A", text, lambda body: _div("address", _broken(body)))
    for sign, (kind, label) in LINES.items():
        mark, end = re.escape(sign), r"[ \t]*(?=\n|\Z)"
        whole, line = rf"((?:[^\n]|\n(?!\n))+?){mark}{end}", rf"([^\n]+?){mark}?{end}"
        called = f' role="note" aria-label="{label}"'
        for match in reversed(list(re.finditer(rf"{START}{mark}(?!\s)(?:{whole}|{line})", text))):
            text = text[: match.start()] + _div(kind, match[1] or match[2], called) + text[match.end() :]
    for country, name in COUNTRIES.items():
        parts = re.split(f":{country}:", text)
        for n in range(1, len(parts) - 1, 2):
            parts[n] = _div("devolved-content", f"**{name}**\n\n{parts[n]}")
        text = "".join(parts) if len(parts) % 2 else text
    text = STEPS.sub(_steps, text)
    text = IMAGE.sub(r'\n\n<figure><img src="\1"></figure>\n\n', text)
    text = EMBEDDED.sub(r'<span class="govspeak-embed">\g<0></span>', text)
    text = EXTERNAL.sub(r"\1", BUTTON.sub(r"\n\n\1\n\n", text))
    for left in (ATTRIBUTES, PRIORITY, WRAPPED):
        text = left.sub("", text)
    return _tables(text)


def _around(sign: str, text: str, made: Callable[[str], str]) -> str:
    """The text with each passage between two of the signs replaced by `made(passage)`."""
    mark = re.escape(sign)
    body = re.compile(rf"{START}{mark}(?![A-Za-z])(.*?){mark}[ \t]*(?=\n|\Z)", re.DOTALL)
    return body.sub(lambda found: made(found[1]), text)


def _div(kind: str, body: str, attributes: str = "") -> str:
    return f'\n\n<div class="{kind}"{attributes}>\n\n{body.strip()}\n\n</div>\n\n'


def _broken(body: str) -> str:
    """The text with a line break between its lines."""
    return "<br>".join(line.strip(" \t\\") for line in body.strip().split("\n"))


def _steps(found: re.Match[str]) -> str:
    entries = STEP.split(found[0])[1:]  # what stands further in under a step is a part of it
    inner = "".join(f"<li>\n\n{_dedented(entry)}\n\n</li>\n" for entry in entries)
    return f'\n\n<ol class="steps">\n{inner}</ol>\n\n'


def _dedented(entry: str) -> str:
    """The first line of a step, and those under it as they stand to each other."""
    own, _, below = entry.strip().partition("\n")
    return f"{own}\n\n{textwrap.dedent(below)}" if below else own


def _tables(text: str) -> str:
    """The text with kramdown's tables as CommonMark's: a table without a header row gets an empty one, and rules
    between rows are removed."""
    made: list[str] = []
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.lstrip().startswith("|"):
            rows.append(line)
            continue
        made += _table(rows)
        rows = []
        made.append(line)
    return "\n".join(made[:-1])


def _table(rows: list[str]) -> list[str]:
    if not rows:
        return []
    cells = [row for row in rows if not RULE.match(row)]
    if len(rows) > 1 and RULE.match(rows[1]) and not RULE.match(rows[0]):
        return [rows[0], rows[1].replace("=", "-").replace("+", "|"), *cells[1:]]
    if not cells:
        return rows
    columns = max(row.strip().strip("|").count("|") for row in cells) + 1
    return ["|" + "  |" * columns, "|" + " --- |" * columns, *cells]
