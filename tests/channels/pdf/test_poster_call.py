"""A poster gives the number that its author chose, and none where the program would have to choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.pdf.check import faults_of
from channels.pdf.poster import to_call
from channels.pdf.single_sheet import poster
from model.traverse import text_of
from tests.channels.pdf.made import from_text

PAGE = """\
title: Help
summary: A summary that is long enough to be one, of fifty characters or more.
language: en
publisher: {{ name: Tests }}
status: current
sections:
  - id: help
    title: Help
    blocks:
{contacts}
"""
DENTIST = "- { type: contact, name: Dentist, phone: 028 7186 1200 }"
DOCTOR = "- { type: contact, name: Doctor, main: true, numbers: [{ number: 028 7186 5195, for: Derry }, \
{ number: 028 6638 2000 }, { number: 18001 028 7186 5195, kind: textphone }] }"
OFFICE = "- { type: contact, name: Office, email: office@example.org }"


@pytest.mark.parametrize(
    ("contacts", "said"),
    [
        ([DENTIST, DOCTOR], ["Doctor", "Derry", "028 7186 5195", "028 6638 2000"]),
        ([OFFICE, DENTIST], ["Dentist", "028 7186 1200"]),
        ([DENTIST, DENTIST.replace("Dentist", "Other")], []),
        ([OFFICE], []),
    ],
)
def test_whom_to_call(tmp_path: Path, contacts: list[str], said: list[str]) -> None:
    text = PAGE.format(contacts="\n".join(f"      {contact}" for contact in contacts))
    call = to_call(from_text(tmp_path, text))
    assert [text_of(sentence.inlines) for sentence in (call.sentences() if call else ())] == said


def test_a_page_that_is_a_number_to_call_and_no_more_has_a_poster(tmp_path: Path) -> None:
    for file in poster(from_text(tmp_path, PAGE.format(contacts=f"      {DENTIST}"))).made().files:
        assert list(faults_of(file.data, file.path)) == []
