"""Turns a statistic into a picture: bars or marks in inline SVG, drawn to scale with presentation attributes only.

Words stand beside the bars as HTML, so that they wrap and grow with the reader's type size. The SVG holds shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup

from channels.elements.dialect import Context
from channels.elements.escape import NOTHING, fill, join
from model.blocks import Statistic
from model.figures import amount
from model.inlines import Inline, Money, Percentage, Range, Value, Year
from model.traverse import walk

WIDTH = 1000
HEIGHT = 40
MARKS_IN_A_ROW = 10
MOST_MARKS = 30
BEFORE = re.compile(r"[^\d.]+(?=[\d.])")
SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}


def picture(statistic: Statistic, context: Context) -> Markup:
    """The value in large type with its label and period, then the drawing for its kind. The caller adds the
    description."""
    space, text = context.dialect.space, context.dialect.text
    period = fill('{}<span class="period">{}</span>', space, text(statistic.period)) if statistic.period else ""
    value, label = text(statistic.value.text), context.dialect.ending_together(text(statistic.label))
    look = context.dialect.figure(statistic.value.text)
    headline = fill('<p class="value"><strong{}>{}</strong>{}{}{}</p>', look, value, space, label, period)
    drawing = _drawing(statistic, context)
    return join("\n", (headline, drawing)) if drawing else headline


def _drawing(statistic: Statistic, context: Context) -> Markup | None:
    value = amount(statistic.value)
    if value is None or value <= 0:
        return None
    if statistic.compared_with is not None:
        return _comparison(statistic, value, statistic.compared_with, context)
    if isinstance(statistic.value, Percentage):
        return _change(statistic, value, context)
    return _marks(statistic.value, value, context)


def _comparison(statistic: Statistic, value: Decimal, compared: Value, context: Context) -> Markup | None:
    """The bar of the value, which the large type above names, and the other bar below it with its own name. So
    nothing is printed twice."""
    other = amount(compared)
    if other is None or other <= 0 or type(compared) is not type(statistic.value):
        return None
    largest = max(value, other)
    name = _label(compared.text, statistic.compared_label, context)
    before, after = _bar(other / largest, "before", context), _bar(value / largest, "after", context)
    return _bars((NOTHING, after), (name, before))


def _change(statistic: Statistic, value: Decimal, context: Context) -> Markup:
    """A percentage: as a part of a whole, or as a bar before and after a fall or rise."""
    part = value / 100
    if statistic.direction not in ("down", "up"):
        share = _bar(min(part, Decimal(1)), "after", context)
        return _bars((NOTHING, share))
    before, after = _ends(statistic, context)
    change = 1 - part if statistic.direction == "down" else 1 + part
    longest = max(Decimal(1), change)
    return _bars(
        (context.dialect.text(before), _bar(1 / longest, "before", context)),
        (context.dialect.text(after), _bar(max(change, Decimal(0)) / longest, "after", context)),
    )


def _ends(statistic: Statistic, context: Context) -> tuple[str, str]:
    """The names of the two bars: the first and the last time in the sentences, if they name two different times."""
    times = [time for sentence in statistic.sentences for time in _times(sentence.inlines)]
    if len(times) >= 2 and times[0] != times[-1]:
        return times[0], times[-1]
    return context.words["before"], context.words["after"]


def _times(inlines: tuple[Inline, ...]) -> Iterator[str]:
    """The years in a sentence. 2007–2010 are two of them, and 2007/08 is one, since it is how a financial year is
    written."""
    for node in walk(inlines):
        match node:
            case Range(start=Year() as first, end=Year() as last):
                one = len(last.text) < len(first.text) and last.value == first.value + 1
                yield from (node.text,) if one else (first.text, str(last.value))
            case Year():
                yield node.text
            case _:
                pass


def _marks(counted: Value, value: Decimal, context: Context) -> Markup:
    """A count as marks of one, ten, a hundred … each. The last mark is cut where the count is not whole."""
    each = Decimal(1)
    while value / each > MOST_MARKS:
        each *= 10
    count = value / each
    marks = []
    for index in range(int(count) + (1 if count % 1 else 0)):
        width = 10 * min(Decimal(1), count - index)
        row, column = divmod(index, MARKS_IN_A_ROW)
        marks.append(fill('<rect x="{}" y="{}" width="{}" height="10"/>', column * 12, row * 12, _short(width)))
    rows = (len(marks) + MARKS_IN_A_ROW - 1) // MARKS_IN_A_ROW
    drawing = fill(
        '<svg{} {} viewBox="0 0 {} {}">{}</svg>',
        context.dialect.svg,
        context.dialect.paint("marks"),
        MARKS_IN_A_ROW * 12 - 2,
        rows * 12 - 2,
        join("", marks),
    )
    sign = _sign(counted) if isinstance(counted, Money) else ""
    key = context.words["each_mark"].format(number=f"{sign}{int(each):,}")
    return drawing + fill('\n<p class="key">{}</p>', context.dialect.text(key))


def _sign(counted: Money) -> str:
    """The sign before an amount of a currency: as the author writes it or, without one, the usual sign."""
    written = BEFORE.match(counted.text)
    return written[0] if written else SIGNS.get(counted.currency, f"{counted.currency} ")


def _label(value: str, label: str, context: Context) -> Markup:
    text = context.dialect.text
    named = context.dialect.space + text(label) if label else ""
    return fill("<b>{}</b>{}", text(value), named)


def _bars(*rows: tuple[Markup, Markup]) -> Markup:
    """Bars, each with its label if it has one."""
    named = ((fill("<span>{}</span>", label) if label else NOTHING, bar) for label, bar in rows)
    lines = (fill('<div class="row">{}{}</div>', label, bar) for label, bar in named)
    return fill('<div class="bars">\n{}\n</div>', join("\n", lines))


def _bar(share: Decimal, kind: str, context: Context) -> Markup:
    """A bar over its background. `share` is the fraction of the background that it covers."""
    dialect = context.dialect
    return fill(
        '<svg{svg} class="bar {kind}" aria-hidden="true" viewBox="0 0 {width} {height}" preserveAspectRatio="none">'
        '<rect {ground} width="{width}" height="{height}"/><rect {length} width="{share}" height="{height}"/></svg>',
        svg=dialect.svg,
        kind=kind,
        width=WIDTH,
        height=HEIGHT,
        ground=dialect.paint("ground"),
        length=dialect.paint("length"),
        share=_short(share * WIDTH),
    )


def _short(number: Decimal) -> str:
    """A length with at most two decimals and no trailing zeros."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
