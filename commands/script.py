"""`script`: turns sources into what a recording of each says, in the words that a voice gets, and what no voice can
say."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from channels.base import Entry, Settings
from commands.arguments import chosen_in
from commands.build import reading
from commands.check import read_all
from languages.base import language_of
from model import diagnostics
from model.parting import for_edition
from narration.script import cannot_be_said, script
from narration.script_faults import check_script
from narration.utterance import show
from reader.sources import find_sources


def run_script(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path) -> int:
    """`script`: 0 if all can be said, 1 if a source or its words have errors."""
    chosen = chosen_in(options, registry)
    documents, at_fault = read_all(find_sources(options.sources, home), reading(registry))
    for document in documents:
        if language_of(document.language).verbalise is None:
            sys.stderr.write(f"{document.id}/{document.language}: {cannot_be_said(document.language)}\n")
            continue
        settings = Settings(chosen=chosen).of(document)
        recorded = for_edition(document, "recording")
        spoken = script(recorded, settings)
        sys.stdout.write(show(spoken).rstrip() + "\n")
        found = check_script(recorded, spoken, settings)
        sys.stderr.write("".join(f"{diagnostics.show(fault)}\n" for fault in found))
        at_fault = at_fault or diagnostics.has_errors(found)
    return 1 if at_fault else 0
