"""Turns a statistic into the faults of its figures: can they be drawn, and do the sentences say the same?"""

from __future__ import annotations

from collections.abc import Iterator

from model.blocks import Statistic
from model.diagnostics import Diagnostic
from model.figures import amount, values_in
from model.inlines import Mark, Money, Number, Percentage, Value


def check_statistic(block: Statistic, at: Mark) -> Iterator[Diagnostic]:
    """Faults of the figures of a statistic whose `value` stands at `at`."""

    def fault(code: str, message: str, hint: str) -> Diagnostic:
        return Diagnostic(severity="error", code=code, message=message, mark=at, hint=hint)

    value, other = block.value, block.compared_with
    if isinstance(value, Percentage) and block.direction is None:
        yield fault("no-direction", "a percentage without a direction", "Add `direction:` down, up or share.")
    if isinstance(value, Percentage) and block.direction in ("down", "share") and not 0 <= value.value <= 100:
        yield fault("bad-value", f"{value.text} is more than there can be", "Check the figure and its direction.")
    if any((amount(figure) or 0) <= 0 for figure in (value, other) if figure is not None):
        yield fault("bad-value", "a figure of nothing, or less, cannot be drawn", "Say it in a paragraph instead.")
    if other is not None and type(other) is not type(value):
        yield fault("bad-value", f"{value.text} and {other.text} are not of one kind", "Compare money with money.")
    if isinstance(other, Money) and isinstance(value, Money) and other.currency != value.currency:
        yield fault("bad-value", f"{value.text} and {other.text} are two currencies", "Compare like with like.")
    for figure in (value, other):
        if figure is not None and (said := _said_otherwise(figure, block)):
            message = f"the picture shows {figure.text}, and the sentence says {' and '.join(said)}"
            yield fault("contradiction", message, "Write the same figure in the sentence and for the picture.")


def _said_otherwise(figure: Value, block: Statistic) -> list[str]:
    """The figures in the sentences that contradict `figure`: all of its kind, if none of them equals it. Empty where
    the sentences have no figure of the kind, since they may say it in words."""
    found = [value for sentence in block.sentences for value in values_in(sentence.inlines)]
    alike = [value for value in found if type(value) is type(figure)]
    return [] if any(_same(value, figure) for value in alike) else [value.text for value in alike]


def _same(one: Value, other: Value) -> bool:
    """True if two figures of one kind are equal. A missing scale is ignored: in "**6.7m** people" it is outside the
    strong words."""
    if isinstance(one, Number) and isinstance(other, Number) and "" in {one.scale, other.scale}:
        return one.value == other.value or amount(one) == amount(other)
    return amount(one) == amount(other)
