"""A language's answers are remembered, with all that they depend on."""

from __future__ import annotations

import pytest

from languages.base import SHORT, language_of
from languages.en import language as english
from model.inlines import Inline, Text


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The texts that English was asked to recognise, each with the header above it."""
    asked: list[tuple[str, str]] = []

    def recognise(text: str, before: str = "", after: str = "", about: str = "") -> tuple[Inline, ...]:
        asked.append((text, about))
        return (Text(text=f"{text} {about}"),)

    monkeypatch.setattr(english, "recognise", recognise)
    return asked


def test_the_same_text_is_recognised_once_and_under_another_header_anew(asked: list[tuple[str, str]]) -> None:
    recognise = language_of.__wrapped__("en").recognise
    for about in ("Cost", "Age", "Cost"):
        assert recognise("12", about=about) == (Text(text=f"12 {about}"),)
    assert asked == [("12", "Cost"), ("12", "Age")]


def test_a_long_text_is_not_remembered(asked: list[tuple[str, str]]) -> None:
    recognise = language_of.__wrapped__("en").recognise
    for _ in range(2):
        recognise("1" * (SHORT + 1))
    assert len(asked) == 2
