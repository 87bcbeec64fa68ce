"""One run finds all faults of a source: a fault of one place hides none of another, and brings none with it."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from channels import CHANNELS
from channels.base import Settings
from commands.build import reading
from commands.check import checked, inspection
from model.diagnostics import Diagnostic
from publish.config import BuildConfig
from publish.worker import Worker, understood
from reader.read import read

PAGE = """\
title: Help with your council tax bill
summary: Who can get a lower council tax bill, how to ask for it, and what to do if you are refused.
language: en
publisher: { name: Anytown Council }
status: current
published: 2024-03-01
terms:
  CTR: { expansion: Council Tax Reduction }
references:
  apply: { url: https://www.example.gov.uk/apply }
introduction:
  - You can pay less if you have little money. See [apply][].
sections:
  - title: Who can ask
    blocks:
      - Anybody with CTR may ask. It costs £5.
      - type: list
        items:
          - A bill
          - A letter
  - title: How much
    blocks:
      - type: table
        caption: Rates of help
        headers: [Band, Amount]
        rows:
          - [A, £100]
          - [B, £200]
      - type: statistic
        value: 50%
        direction: share
        text: Half of all people, 50%, get help.
        label: get help
        alternative: A bar of which half is filled.
        unsourced: true
  - title: Where to go
    blocks:
      - type: contact
        name: Council
        phone: 0300 123 4567
        email: help@example.gov.uk
      - type: quotation
        text: It helped me.
        speaker: A tenant
      - A last paragraph with a [link to the office](https://www.example.org/).
changes:
  - day: 2024-04-01
    text: New rates.
"""
SLIPS = {
    "a key that nobody knows": ("status: current\n", "status: current\ncolour: red\n"),
    "a date that is none": ("published: 2024-03-01", "published: 2024-06-31"),
    "a change before the page": ("day: 2024-04-01", "day: 2023-04-01"),
    "a term that is a list": ("CTR: { expansion: Council Tax Reduction }", "CTR: [Council Tax Reduction]"),
    "a reference that is a text": ("apply: { url: https://www.example.gov.uk/apply }", "apply: https://example.org"),
    "a text in the place of a list": ("introduction:\n  - You", "introduction: You"),
    "a name that nobody knows": ("[apply][]", "[aply][]"),
    "strong words without an end": ("It costs £5", "It costs **£5"),
    "a key misspelt": ("    blocks:\n      - Anybody", "    block:\n      - Anybody"),
    "a colon in an item": ("- A bill\n", "- A bill: the newest\n"),
    "a type misspelt": ("type: table", "type: tabel"),
    "a short row": ("[A, £100]", "[A]"),
    "no caption": ("        caption: Rates of help\n", ""),
    "no value": ("        value: 50%\n", ""),
    "no source": ("        unsourced: true\n", ""),
    "a direction that nobody knows": ("direction: share", "direction: sideways"),
    "a list in the place of a text": ("phone: 0300 123 4567", "phone: [0300 123 4567]"),
    "an address that is none": ("help@example.gov.uk", "help at example"),
    "a title that is missing": ("  - title: Where to go\n", "  - id: where\n"),
    "a colon in a paragraph with a bad link": ("A last paragraph with", "A last: paragraph with"),
    "a link that leads nowhere": ("https://www.example.org/", "www.example.org"),
}
UNKNOWABLE = {("a date that is none", "a change before the page")}
"""Nobody knows whether a change comes before a date that is none."""


def told(found: tuple[Diagnostic, ...]) -> set[tuple[str, str]]:
    return {(fault.code, fault.message) for fault in found if fault.severity == "error"}


def with_slips(*names: str) -> str:
    text = PAGE
    for name in names:
        right, wrong = SLIPS[name]
        assert text.count(right) == 1, name
        text = text.replace(right, wrong)
    return text


def test_no_slip_hides_another_and_none_follows_from_two(tmp_path: Path) -> None:
    source = tmp_path / "page.yaml"

    def faults(*names: str) -> set[tuple[str, str]]:
        source.write_text(with_slips(*names))
        return told(read(source).diagnostics)

    alone = {name: faults(name) for name in SLIPS}
    assert all(len(found) == 1 for found in alone.values()), alone
    for one, other in combinations(SLIPS, 2):
        if (one, other) not in UNKNOWABLE:
            assert faults(one, other) == alone[one] | alone[other], (one, other)


def test_what_a_voice_cannot_say_is_found_beside_a_short_row_in_check_and_build_alike(tmp_path: Path) -> None:
    source = tmp_path / "help" / "en.yaml"
    source.parent.mkdir()
    source.write_text(with_slips("a short row").replace("- A bill\n", '- "["\n'))
    channels = {"narration": CHANNELS["narration"]}
    (edition,) = checked([source], reading(channels), inspection(channels))
    config = BuildConfig(
        channels=channels,
        settings=Settings(),
        output=tmp_path / "dist",
        cache=tmp_path / "cache",
        read=reading(channels),
        at_end=lambda _output, _flush: None,
    )
    subject, parsed = understood(Worker(config), source)
    assert subject is None
    assert [fault.code for fault in parsed.diagnostics] == ["row-length", "nothing-to-say"]
    assert list(parsed.diagnostics) == edition.diagnostics
