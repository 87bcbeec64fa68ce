"""A statistic as a picture: bars or marks in inline SVG, drawn to scale with presentation attributes only.

Words stand beside the bars as HTML, so that they wrap and grow with the reader's type size; the SVG holds shapes.
"""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup, escape

from channels.html.escape import fill, join
from model.document import (
    Percentage,
    Statistic,
    Value,
    Words,
    Year,
)
from reader.statistics import amount, values_in

WIDTH = 1000
HEIGHT = 40
MARKS_IN_A_ROW = 10
MOST_MARKS = 30


def picture(statistic: Statistic, words: Words) -> Markup:
    """The value in large type with its label and period, then the drawing that its kind allows."""
    period = fill(' <span class="period">{}</span>', statistic.period) if statistic.period else ""
    headline = fill('<p class="value"><strong>{}</strong> {}{}</p>', statistic.value.text, statistic.label, period)
    drawing = _drawing(statistic, words)
    return headline + Markup("\n") + drawing if drawing else headline


def _drawing(statistic: Statistic, words: Words) -> Markup | None:
    value = amount(statistic.value)
    if value is None or value <= 0:
        return None
    if statistic.compared_with is not None:
        return _comparison(statistic, value, statistic.compared_with)
    if isinstance(statistic.value, Percentage):
        return _change(statistic, value, words)
    return _marks(statistic, value, words)


def _comparison(statistic: Statistic, value: Decimal, compared: Value) -> Markup | None:
    """The smaller amount's bar above the larger one's."""
    other = amount(compared)
    if other is None or other <= 0 or type(compared) is not type(statistic.value):
        return None
    largest = max(value, other)
    first = _label(compared.text, statistic.compared_label)
    second = _label(statistic.value.text, statistic.label)
    return _bars(statistic, (first, _bar(other / largest, "before")), (second, _bar(value / largest, "after")))


def _change(statistic: Statistic, value: Decimal, words: Words) -> Markup:
    """A percentage: of a whole, or the length of a bar before and after it fell or rose."""
    part = value / 100
    if statistic.direction not in ("down", "up"):
        return _bars(statistic, (escape(statistic.value.text), _bar(min(part, Decimal(1)), "after")))
    before, after = _ends(statistic, words)
    change = 1 - part if statistic.direction == "down" else 1 + part
    longest = max(Decimal(1), change)
    return _bars(
        statistic,
        (escape(before), _bar(1 / longest, "before")),
        (escape(after), _bar(max(change, Decimal(0)) / longest, "after")),
    )


def _ends(statistic: Statistic, words: Words) -> tuple[str, str]:
    """What the two bars are called: the first and the last year that the sentences name, where they name two."""
    found = [value for sentence in statistic.sentences for value in values_in(sentence.inlines)]
    years = [value for value in found if isinstance(value, Year)]
    if len(years) >= 2:
        return str(years[0].value), str(years[-1].value)
    return words["before"], words["after"]


def _marks(statistic: Statistic, value: Decimal, words: Words) -> Markup:
    """A count as marks of one, ten, a hundred … each; the last one is cut where the count is not whole."""
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
        '<svg class="marks" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>',
        statistic.alternative,
        MARKS_IN_A_ROW * 12 - 2,
        rows * 12 - 2,
        join("", marks),
    )
    key = words["each_mark"].format(number=f"{int(each):,}")
    return drawing + fill('\n<p class="key">{}</p>', key)


def _label(value: str, label: str) -> Markup:
    return fill("<b>{}</b> {}", value, label) if label else fill("<b>{}</b>", value)


def _bars(statistic: Statistic, *rows: tuple[Markup, Markup]) -> Markup:
    """Bars with their labels: one picture, which its alternative tells whole."""
    lines = (fill('<div class="row"><span>{}</span>{}</div>', label, bar) for label, bar in rows)
    return fill('<div class="bars" role="img" aria-label="{}">\n{}\n</div>', statistic.alternative, join("\n", lines))


def _bar(share: Decimal, kind: str) -> Markup:
    """A bar over its ground, as wide as `share` of it."""
    return fill(
        '<svg class="bar {}" aria-hidden="true" viewBox="0 0 {} {}" preserveAspectRatio="none">'
        '<rect class="ground" width="{}" height="{}"/><rect class="length" width="{}" height="{}"/></svg>',
        kind,
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT,
        _short(share * WIDTH),
        HEIGHT,
    )


def _short(number: Decimal) -> str:
    """A length with at most two decimals and no trailing noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
