"""Turns what an edition leaves out into words that say so and that name the edition which has the rest."""

from __future__ import annotations

from languages.edition_names import called
from model.document import Document


def left_out_in_words(document: Document, address: str) -> str:
    """One or two sentences for the end of an edition that lacks a part of its document; "" where it lacks nothing.
    `address` is the address of the page as it is to be written, or "" where it is not known."""
    if (left := document.left_out) is None:
        return ""
    words = document.words
    titles = [f"“{title}”" for title in left.titles]
    listed = words["audio_list"].format(most=", ".join(titles[:-1]), last=titles[-1]) if titles[1:] else "".join(titles)
    said = words["left_out"].format(parts=listed) if titles else words["left_out_some"]
    if "page" in left.found_in and address:
        return f"{said} {words['left_out_address'].format(address=address)}"
    names = called(left.found_in, words)
    return f"{said} {words['left_out_edition'].format(edition=names[0])}" if names else said
