"""Words become the same markup as MarkupSafe makes of them, and markup stays as it is."""

from __future__ import annotations

import markupsafe
from markupsafe import Markup

from channels.elements.escape import escape, fill, join

WORDS = ("", "plain", "a & b", "<b>'bold'</b> \"said\"", "&amp;", "£5 – é", 5, 2.5)


def test_words_are_escaped_as_markupsafe_does() -> None:
    for words in WORDS:
        assert (type(escape(words)), escape(words)) == (Markup, markupsafe.escape(words))


def test_only_markup_is_put_in_as_it_is() -> None:
    assert fill("<p>{}{name}</p>", "<i>", name=Markup("<i>")) == "<p>&lt;i&gt;<i></p>"
    assert join(Markup("<br>"), ["<i>", Markup("<i>")]) == "&lt;i&gt;<br><i>"
