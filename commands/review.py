"""`review`: turns sources into a list of the publications whose review is due, and when; for editors and for CI."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from channels.base import Entry
from commands.build import reading
from commands.check import read_all
from commands.report import OUTCOMES, counted, named
from model.counted import number_of
from model.document import Document
from model.traverse import text_of
from reader.sources import find_sources


def run_review(options: argparse.Namespace, registry: Mapping[str, Entry], home: Path, today: date) -> int:
    """`review`: shows the publications whose review date is no later than `today`, or within so many days of it, the
    earliest first. Returns 1 if a source cannot be read, and with --fail-when-due if a review is due."""
    documents, unread = read_all(find_sources(options.sources, home), reading(registry), warn=False)
    horizon = today + timedelta(days=options.within)
    current = [document for document in documents if document.status == "current"]
    dated = [(document.dates.review_by, document) for document in current]
    due = sorted((day, document.id, document.language, document) for day, document in dated if day and day <= horizon)
    for day, _, _, document in due:
        sys.stdout.write(_as_json(day, document, today) if options.json else _in_words(day, document, today))
    undated = sum(day is None for day, _ in dated)
    if not options.json:
        sys.stdout.write(_closing(len(due), len(current), undated, horizon, today))
    overdue = any(day <= today for day, *_ in due)
    return OUTCOMES["content" if unread or (options.fail_when_due and overdue) else "made"]


def _in_words(day: date, document: Document, today: date) -> str:
    """A line: the day, how far off it is, the publication, and its source."""
    off = (day - today).days
    days = number_of(abs(off), "day")
    when = "today" if off == 0 else f"in {days}" if off > 0 else f"{days} ago"
    place = f"{document.id}/{document.language}"
    return f"{day.isoformat()}  {when:<14}  {place}  {text_of(document.title.inlines)} ({named(_file(document))})\n"


def _as_json(day: date, document: Document, today: date) -> str:
    said = {
        "event": "due" if day <= today else "soon",
        "publication": document.id,
        "language": document.language,
        "title": text_of(document.title.inlines),
        "review_by": day.isoformat(),
        "days": (day - today).days,
        "source": str(_file(document)),
    }
    return json.dumps(said, ensure_ascii=False) + "\n"


def _file(document: Document) -> Path:
    return Path(document.mark.file)


def _closing(due: int, current: int, undated: int, horizon: date, today: date) -> str:
    until = "today" if horizon == today else horizon.isoformat()
    said = f"{due or 'none'} to be reviewed by {until}"
    without = f"; {undated} without a `review_by:`" if undated else ""
    return f"{counted(current)} in force: {said}{without}.\n"
