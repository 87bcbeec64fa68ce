"""Each sign of Markdown and govspeak becomes what GOV.UK publishes for it, and no word is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from importer.command import import_file
from model.diagnostics import has_errors
from reader.read import read
from tests.conftest import ROOT
from tests.importer.oracle import words_of, words_of_source


def imported(folder: Path, text: str) -> dict:  # type: ignore[type-arg]
    """The data of the source of a govspeak text, which has passed `check`."""
    (folder / "refund.md").write_text(f"# Claim a refund\n\n{text}\n\nThe end.\n", encoding="utf-8")
    place, _ = import_file(folder / "refund.md", folder / "to", "en", ROOT / "schema.yaml")
    result = read(place)
    assert not has_errors(result.diagnostics), result.diagnostics
    return yaml.load(place.read_text(), Loader=yaml.BaseLoader)  # type: ignore[no-any-return] # noqa: S506


def blocks(folder: Path, text: str) -> list:  # type: ignore[type-arg]
    """The blocks of a govspeak text."""
    (section,) = imported(folder, f"## How\n\n{text}")["sections"]
    assert section["blocks"][-1] == "The end."
    return section["blocks"][:-1]  # type: ignore[no-any-return]


NOTICES = [
    ("^Bring the letter.^", {"type": "notice", "text": "Bring the letter."}),
    ("^Bring the letter.", {"type": "notice", "text": "Bring the letter."}),
    ("%You can be fined.%", {"type": "notice", "kind": "warning", "text": "You can be fined."}),
    ("$CTA\nApply now.\n$CTA", {"type": "notice", "kind": "call-to-action", "text": "Apply now."}),
    ("$E\nAnn has two homes.\n$E", {"type": "notice", "kind": "example", "text": "Ann has two homes."}),
]


@pytest.mark.parametrize(("text", "block"), NOTICES, ids=[text[:4] for text, _ in NOTICES])
def test_a_call_out_is_a_notice_of_its_kind(text: str, block: dict[str, str], tmp_path: Path) -> None:
    assert blocks(tmp_path, text) == [block]


def test_a_call_out_holds_what_stands_in_it(tmp_path: Path) -> None:
    (notice,) = blocks(tmp_path, "$CTA\nYou need:\n\n- a letter\n- a photo\n$CTA")
    assert notice["text"] == "You need:"
    assert notice["blocks"] == [{"type": "list", "items": ["a letter", "a photo"]}]


def test_steps_are_steps_and_numbers_are_numbers(tmp_path: Path) -> None:
    steps, numbered = blocks(tmp_path, "s1. Get the form.\ns2. Send it.\n\n1. first\n2. second")
    assert steps == {"type": "steps", "items": ["Get the form.", "Send it."]}
    assert numbered == {"type": "numbered", "items": ["first", "second"]}


def test_lists_within_lists_stay_within_them(tmp_path: Path) -> None:
    (found,) = blocks(tmp_path, "- one of:\n  - a passport\n  - a licence\n\n    It may be provisional.\n- a photo")
    licence = {"text": "a licence", "blocks": ["It may be provisional."]}
    assert found["items"] == [{"text": "one of:", "items": ["a passport", licence]}, "a photo"]


def test_a_contact_gives_what_is_known_to_its_fields(tmp_path: Path) -> None:
    text = (
        "$C\n**Student Finance England**\nTelephone: 0300 100 0607\nTextphone: 0300 100 0622\n<help@example.gov.uk>\n"
    )
    (contact,) = blocks(tmp_path, f"{text}Monday to Friday, 8am to 6pm\n$C")
    assert contact == {
        "type": "contact",
        "name": "Student Finance England",
        "phone": "0300 100 0607",
        "textphone": "0300 100 0622",
        "email": "help@example.gov.uk",
        "hours": "Monday to Friday, 8am to 6pm",
    }


def test_an_address_is_an_address(tmp_path: Path) -> None:
    (address,) = blocks(tmp_path, "$A\nHM Revenue and Customs\nBX9 1AS\n$A")
    assert address == {"type": "address", "lines": ["HM Revenue and Customs", "BX9 1AS"]}


def test_an_abbreviation_is_a_term_where_it_is_used(tmp_path: Path) -> None:
    data = imported(tmp_path, "HMRC pays.\n\n*[HMRC]: HM Revenue and Customs\n*[DVLA]: Nobody here")
    assert data["terms"] == {"HMRC": {"expansion": "HM Revenue and Customs"}}


def test_a_table_of_kramdown_has_its_row_headers(tmp_path: Path) -> None:
    (table,) = blocks(tmp_path, "| Band | 2020 |\n|-|-|\n|# A | £1 |\n|-|-|\n|# B | £2 |\n{: .compact}")
    assert (table["headers"], table["rows"]) == (["Band", "2020"], [["A", "£1"], ["B", "£2"]])
    assert table["row_headers"] == "true"


def test_a_link_within_the_text_leads_to_its_heading(tmp_path: Path) -> None:
    text = "See [the end](#at-the-end) and [how](#todo).\n\n## How {#todo}\n\nSo.\n\n## At the end\n\nx[Out](https://example.org)x"
    data = imported(tmp_path, text)
    assert data["introduction"] == ["See [the end](#at-the-end) and [how](#todo)."]
    assert [section["id"] for section in data["sections"]] == ["todo", "at-the-end"]
    assert data["sections"][1]["blocks"][0] == "[Out](https://example.org)"


def test_what_the_publishing_system_puts_in_is_listed_and_not_published(tmp_path: Path) -> None:
    data = imported(tmp_path, "See this.\n\n[Contact:0a1b]\n\n[Attachment: fees.pdf]\n\n[Image: map.png]")
    source = (tmp_path / "to" / "refund" / "en.yaml").read_text()
    assert "Attachment" not in str(data)
    assert "“[Attachment: fees.pdf]” – something that the publishing system puts there" in source
    assert "#   image: images/map.png" in source


def test_what_stands_between_dashes_at_the_head_is_about_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: The fee\ndescription: What it costs.\npublisher: Ministry\n---\nIt is £5.\n"
    )
    place, _ = import_file(tmp_path / "a.md", tmp_path / "to", "en", ROOT / "schema.yaml")
    data = yaml.load(place.read_text(), Loader=yaml.BaseLoader)  # noqa: S506
    assert (data["title"], data["summary"], data["publisher"]) == ("The fee", "What it costs.", {"name": "Ministry"})


def test_every_sign_at_once_loses_no_word(tmp_path: Path) -> None:
    text = "\n\n".join(
        [
            *(text for text, _ in NOTICES),
            "{::highlight-answer}\nThe rate is *20%*\n{:/highlight-answer}",
            "{stat-headline}*13.8bn* years{/stat-headline}",
            "{button start}[Start now](https://www.example.gov.uk){/button}",
            ":england:Only in England.:england:",
            "$P\n**Shop**\nHigh Street\n$P",
            "$LegislativeList\n* 1. Interpretation\n* 2. Extent\n$EndLegislativeList",
            "Note[^1] it.\n\n[^1]: The note.",
            "term\n: meaning",
            "> Somebody said so.",
            "```\n^code^ stays\n```",
        ]
    )
    data = imported(tmp_path, text)
    assert data
    kept = words_of_source((tmp_path / "to" / "refund" / "en.yaml").read_text())
    plain = re.sub(r"\{[^}]*\}|\$(?:CTA|E|P|C)\b|\$(?:End)?LegislativeList|:england:|\(https\S+?\)", " ", text)
    missing = {word for word in words_of(plain).split() if f" {word} " not in kept}
    assert missing == set()
