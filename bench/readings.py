"""Turns a table of forms in context into a count of how many are spoken right: `python -m bench.readings FILE.tsv`.

Each line of the file is a form. Tabs part its columns: an id, the text in its context, the readings that are
allowed, with " | " between and the best first, and for a table's cell the header above it. `REFUSE` among the readings
allows an error that says what to write instead. A first line that begins with `id` is a heading, a line that begins
with `#` a remark. A reading matches if its words occur in the spoken words, whatever the capitals and punctuation. The
letter A may be written `a` or `ay`.

The result of a form is `right` for the first reading, `acceptable` for another, and `refused` for an allowed error
that says what to do. Everything else is `wrong`, also an error that was not allowed. The exit code is 1 if any form
is wrong.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from languages.base import Speech, language_of, lexicon_of, nowhere
from model.inlines import Ambiguous
from model.traverse import walk
from reader.inline import Known, inlines
from reader.terms import NONE
from yaml_source.letters import folded

REFUSE = "REFUSE"
Verdict = Literal["right", "acceptable", "refused", "wrong"]
VERDICTS: tuple[Verdict, ...] = ("right", "acceptable", "refused", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form in its context, and the words that may be spoken for it."""

    id: str
    text: str
    allowed: tuple[str, ...]
    about: str = ""
    """The header of the table cell that the text is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result for a form: the words that were spoken, or the error that refused it."""

    form: Form
    verdict: Verdict
    said: str


def read_table(path: Path) -> Iterator[Form]:
    """The forms of a table, in order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith(("#", "id\t")):
            continue
        own, text, allowed, *about = line.split("\t")[:4]
        readings = tuple(one.strip() for one in allowed.split(" | "))
        yield Form(id=own, text=text, allowed=readings, about="".join(about))


def judge(form: Form) -> Outcome:
    """The result of one form, spoken as the recording speaks it."""
    language = language_of("en")
    speech = _speech()
    found = inlines(folded(form.text)[0], Known.of(language, NONE, {}), lambda *_: None, form.about)
    words = speech.words(found)
    unclear = tuple(one for one in walk(found) if isinstance(one, Ambiguous))
    faults = speech.faults(words, nowhere, form.text, unclear)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        useful = all(fault.hint for fault in errors)
        verdict: Verdict = "refused" if useful and REFUSE in form.allowed else "wrong"
        return Outcome(form=form, verdict=verdict, said=f"{words} ✗ {errors[0].message} → {errors[0].hint}")
    matches = [reading != REFUSE and f" {plain(reading)} " in f" {plain(words)} " for reading in form.allowed]
    verdict = "right" if matches[0] else "acceptable" if any(matches) else "wrong"
    return Outcome(form=form, verdict=verdict, said=words)


@cache
def _speech() -> Speech:
    verbalise = language_of("en").verbalise
    if verbalise is None:
        raise SystemExit("English has no words for speech.")
    return verbalise(lexicon_of("en"))


def plain(words: str) -> str:
    """The words without capitals and punctuation, for comparison."""
    return " ".join("a" if word == "ay" else word for word in re.findall(r"[\w']+", words.lower()))


def report(outcomes: Iterable[Outcome]) -> tuple[str, int]:
    """The wrong forms and the counts as text, and the number of wrong ones."""
    found = list(outcomes)
    counts = Counter(outcome.verdict for outcome in found)
    lines = [
        f"{one.form.id}: {one.form.text}\n    said:  {one.said}\n    right: {' | '.join(one.form.allowed)}"
        for one in found
        if one.verdict == "wrong"
    ]
    lines.append(f"{len(found)} forms: " + ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS))
    return "\n".join(lines), counts["wrong"]


def main(arguments: list[str]) -> int:
    text, wrong = report(judge(form) for path in arguments for form in read_table(Path(path)))
    print(text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
