"""Turns what YAML reads as a comment, though it may be meant as words, into warnings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from model.diagnostics import Diagnostic
from yaml_source.load import Loaded
from yaml_source.node import walk
from yaml_source.quoting import entry, how_to_quote

OF_A_LIST: Final = "type"
"""A key whose value is one of a few names: nothing of it can be lost."""


def check_comments(loaded: Loaded) -> Iterator[Diagnostic]:
    """Warnings for what YAML reads as a comment after an unquoted text: `#tag`, or `£5 # a visit`, which loses
    words. A comment after a single word (`status: current # until May`) is a real comment. What comes from another
    file (publisher.yaml) is looked at when that is read, with its own lines."""
    nodes = walk(loaded.root)
    chosen = {id(node.entries[OF_A_LIST]) for node in nodes if OF_A_LIST in node}
    for node in nodes:
        if (mark := node.comment) is None or mark.file != loaded.root.mark.file or id(node) in chosen:
            continue
        comment = loaded.lines[mark.line - 1][mark.column - 1 :].rstrip()
        words = " " in str(node.value) or node.key is None
        if words or comment[1:2].isalnum():
            begin = node.mark.line
            instead = how_to_quote(entry(loaded.lines, begin).text, goes_on=begin != mark.line)
            message = f"`{comment}` is a comment to YAML, and not in the text"
            hint = f"{instead.rstrip('.')}. A comment goes on a line of its own."
            yield Diagnostic(severity="warning", code="comment", message=message, mark=mark, hint=hint)
