"""`pipeline.py import` turns a page into a source that passes `check`. No word is lost or invented."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from importer.command import found, import_file, name_of
from importer.faults import Refused
from importer.files import read_file
from importer.write_yaml import write
from model.diagnostics import has_errors
from model.errors import UsageError
from pipeline import main
from reader.read import read
from tests.conftest import ROOT
from tests.importer.oracle import lost

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Bin days - Example Council</title>
<meta name="description" content="When the bins are collected in each street, and what goes into which bin.">
<link rel="canonical" href="https://www.example.gov.uk/bins"></head>
<body><header><nav><a href="/">Menu of the site</a></nav></header>
<main><h1>Bin days</h1>{}</main><footer>Foot of the site</footer></body></html>"""


def imported(folder: Path, name: str, data: str | bytes) -> tuple[str, Path]:
    """The source of the page in `data`, which has passed `check`, and its place."""
    (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    place, _ = import_file(folder / name, folder / "to", None, ROOT / "schema.yaml")
    result = read(place)
    assert not has_errors(result.diagnostics), result.diagnostics
    return place.read_text(), place


def body(folder: Path, html: str) -> dict:  # type: ignore[type-arg]
    """The data of the source of a page with `html` in its main part. No word is lost."""
    page = PAGE.format(html)
    source, _ = imported(folder, "bins.html", page)
    assert lost(page.encode(), source) == []
    data: dict = yaml.load(source, Loader=yaml.BaseLoader)  # type: ignore[type-arg] # noqa: S506
    return data


def blocks(folder: Path, html: str) -> list:  # type: ignore[type-arg]
    """The blocks of a page with one section."""
    found: list = body(folder, f"<h2>Streets</h2>{html}")["sections"][0]["blocks"]  # type: ignore[type-arg]
    return found


def test_what_a_page_says_of_itself_is_what_the_source_says(tmp_path: Path) -> None:
    data = body(tmp_path, "<p>Words.</p>")
    assert data["title"] == "Bin days"
    assert data["summary"] == "When the bins are collected in each street, and what goes into which bin."
    assert (data["language"], data["url"]) == ("en", "https://www.example.gov.uk/bins")
    assert data["publisher"] == {"name": "Example Council"}


def test_what_frames_a_page_is_no_part_of_it(tmp_path: Path) -> None:
    source, _ = imported(tmp_path, "bins.html", PAGE.format("<p>Words.</p>"))
    assert "Menu of the site" not in source
    assert "Foot of the site" not in source


def test_furniture_within_the_main_part_is_listed_with_its_reason(tmp_path: Path) -> None:
    source, _ = imported(tmp_path, "bins.html", PAGE.format("<p>Words.</p><form><label>Postcode</label></form>"))
    assert "# - “Postcode” – a form that works on the web only" in source


def test_links_are_whole_and_keep_their_words(tmp_path: Path) -> None:
    found = blocks(tmp_path, '<p>See <a href="/paper"><b>paper</b> bins</a> and <a href="javascript:x()">tins</a>.</p>')
    assert found == ["See [paper bins](https://www.example.gov.uk/paper) and tins."]


def test_a_link_within_the_page_leads_to_the_section_that_its_place_is_in(tmp_path: Path) -> None:
    data = body(
        tmp_path, '<h2 id="x_1">Glass</h2><p><a id="here"></a>One.</p><h2>Tins</h2><p><a href="#here">Glass</a></p>'
    )
    assert data["sections"][0]["id"] == "glass"
    assert data["sections"][1]["blocks"] == ["[Glass](#glass)"]


def test_strong_words_lose_their_strength_before_their_letters(tmp_path: Path) -> None:
    html = (
        "<p><strong>Not </strong>on <b>“</b>Sundays<i>”</i>, 5*3 = 15_ and [see] a_b_c &amp;amp; &lt;b> `x` \\* end</p>"
    )
    (text,) = blocks(tmp_path, html)
    assert text.startswith("**Not** on ")


def test_lines_that_the_page_breaks_do_not_run_together(tmp_path: Path) -> None:
    html = "<p>Ann Lee<br>Mayor</p><table><tr><th>Drug<th>Dose<tr><td>A<td>10mg/1ml<br>3ml</table>"
    ann, mayor, table = blocks(tmp_path, html)
    assert (ann, mayor) == ("Ann Lee", "Mayor")
    assert table["rows"] == [["A", "10mg/1ml; 3ml"]]


def test_a_power_stays_a_power(tmp_path: Path) -> None:
    assert blocks(tmp_path, "<p>An area of 10<sup>6</sup> m<sup>2</sup>.</p>") == ["An area of 10⁶ m²."]


def test_struck_out_words_are_not_published(tmp_path: Path) -> None:
    source, _ = imported(tmp_path, "bins.html", PAGE.format("<p>It costs <del>£5</del> £6.</p>"))
    assert "- It costs £6." in source
    assert "“£5” – struck out" in source


def test_an_abbreviation_is_a_term(tmp_path: Path) -> None:
    data = body(tmp_path, '<p>Ask <abbr title="Waste Advice Line">WAL</abbr>.</p>')
    assert data["terms"] == {"WAL": {"expansion": "Waste Advice Line"}}


def test_a_cell_is_never_empty_and_a_column_without_words_goes(tmp_path: Path) -> None:
    html = "<table><tr><th>Street<th>Day<th></th><tr><td>High Street<td>&nbsp;<td></table>"
    (table,) = blocks(tmp_path, html)
    assert (table["headers"], table["rows"]) == (["Street", "Day"], [["High Street", "–"]])


def test_a_heading_with_nothing_under_it_keeps_its_words(tmp_path: Path) -> None:
    data = body(tmp_path, "<h2>Streets</h2><p>Words.</p><h2>Nothing</h2>")
    assert data["sections"][0]["blocks"] == ["Words.", "**Nothing**"]


PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)


def test_a_picture_comes_along_with_the_words_that_the_page_has_for_it(tmp_path: Path) -> None:
    (tmp_path / "bins_files").mkdir()
    (tmp_path / "bins_files" / "a bin.png").write_bytes(PNG)
    html = '<figure><img src="bins_files/a%20bin.png" alt="A blue bin"><figcaption>Paper</figcaption></figure>'
    (figure,) = blocks(tmp_path, html)
    assert figure == {"type": "figure", "image": "images/a-bin.png", "alternative": "A blue bin", "caption": "Paper"}
    assert (tmp_path / "to" / "bins" / "images" / "a-bin.png").read_bytes() == PNG


@pytest.mark.parametrize(
    "attributes", ['src="bins.png"', 'src="https://example.org/x.png" alt="A bin"', 'src="../up.png"']
)
def test_a_picture_that_lacks_words_or_a_file_waits_for_a_person(tmp_path: Path, attributes: str) -> None:
    (tmp_path / "bins.png").write_bytes(PNG)
    source, _ = imported(tmp_path, "bins.html", PAGE.format(f"<p>Words.</p><img {attributes}>"))
    assert "# - type: figure" in source
    assert "# look: " in source


@pytest.mark.parametrize("attributes", ['alt=""', 'alt="" src="missing.png"'])
def test_a_picture_that_says_nothing_says_nothing(tmp_path: Path, attributes: str) -> None:
    source, _ = imported(tmp_path, "bins.html", PAGE.format(f"<p>Words.</p><img {attributes}>"))
    assert "figure" not in source


def test_a_source_is_not_written_over(tmp_path: Path) -> None:
    _, place = imported(tmp_path, "bins.html", PAGE.format("<p>Words.</p>"))
    place.write_text(place.read_text() + "# edited\n")
    with pytest.raises(Refused, match="there is a source at"):
        import_file(tmp_path / "bins.html", tmp_path / "to", None, ROOT / "schema.yaml")
    assert place.read_text().endswith("# edited\n")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"%PDF-1.7", "not-a-page"),
        ("a.html", b"", "empty-file"),
        ("a.html", b"just words", "not-a-page"),
        ("a.html", b'<meta charset="shift_jis"><p>caf\xe9', "bad-encoding"),
        ("a.html", b'<meta charset="klingon"><p>x', "bad-encoding"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "encrypted-file"),
        ("a.docx", b"PK\x03\x04 no archive", "not-a-page"),
        ("a.html", b"<p>" + b"x" * 20_000_000, "too-large"),
    ],
)
def test_what_cannot_be_imported_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused) as refused:
        read_file(tmp_path / name, None)
    assert refused.value.diagnostic.code == code
    assert refused.value.diagnostic.hint


def test_a_web_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="an address on the web"):
        import_file(Path("https://www.example.gov.uk/bins"), tmp_path, None, ROOT / "schema.yaml")


def test_a_folder_is_all_the_pages_in_it(tmp_path: Path) -> None:
    for name in ("one.html", "two.md", "one_files/ad.html", ".hidden.md", "picture.png", "inner/three.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in found([tmp_path])] == ["three.txt", "one.html", "two.md"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        list(found([tmp_path / "empty"]))


@pytest.mark.parametrize(
    ("path", "name"),
    [("Bin Days 2024.html", "bin-days-2024"), ("dist/bins/en/index.html", "bins"), ("bins/index.html", "bins")],
)
def test_a_publication_is_called_as_its_file_or_folder(path: str, name: str) -> None:
    assert name_of(Path(path)) == name


def test_what_is_written_is_read_back_as_it_was(tmp_path: Path) -> None:
    """Texts that YAML would take for something else, in every place of a text."""
    texts = [
        "- x",
        "a: b",
        "# no",
        "x #y",
        "true",
        "null",
        "'x'",
        '"x" y',
        "@x",
        "%x",
        "£1,000",
        "[x], {y}",
        "5*",
        "\\x",
        "~",
    ]
    rows = "".join(f"<tr><td>{text}</td><td>{text}</td></tr>" for text in texts)
    html = "".join(f"<p>{text}</p>" for text in texts) + f"<table><tr><th>A</th><th>B</th></tr>{rows}</table>"
    found = blocks(tmp_path, html)
    plain = [text.replace("\\\\", "\\").replace("\\*", "*") for text in found[:-1]]
    assert plain == texts


def test_import_says_what_it_did_and_what_is_left_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bins.html").write_text(PAGE.format("<p>Words.</p><form>Postcode</form>"))
    (tmp_path / "bad.pdf").write_bytes(b"%PDF")
    code = main(["import", str(tmp_path / "bins.html"), str(tmp_path / "bad.pdf"), "--to", str(tmp_path / "to")])
    said = capsys.readouterr()
    assert code == 1
    assert "passes check" in said.out
    assert "left out: “Postcode” – a form that works on the web only" in said.out
    assert "1 page imported" in said.out
    assert "bad.pdf:1:1: error not-a-page: files of this kind cannot be imported" in said.err


def test_one_page_gives_one_source(tmp_path: Path) -> None:
    (tmp_path / "bins.html").write_text(PAGE.format("<p>Words.</p>"))
    made = [write(read_file(tmp_path / "bins.html", None), "bins.html") for _ in range(2)]
    assert made[0] == made[1]


BANNER = """<section class="gem-c-notice govuk-notification-banner" aria-label="Notice"><div>
<h2 class="gem-c-notice__title">This guidance was withdrawn on 5 May 2021</h2>
<div><p>It is out of date.</p><p>See <a href="/guidance/new">the new rates</a>.</p></div></div></section>
<p>Old rates.</p>"""


def test_the_banner_of_a_withdrawn_page_is_its_notice(tmp_path: Path) -> None:
    data = body(tmp_path, BANNER)
    assert data["status"] == "archived"
    assert data["notice"] == {
        "title": "This guidance was withdrawn on 5 May 2021",
        "text": "It is out of date. See [the new rates](https://www.example.gov.uk/guidance/new).",
    }
    assert data["as_of"] == data["notice"]["title"]  # with a remark, because the page names no other time
    assert data["sections"][0]["blocks"] == ["Old rates."]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="notice"><p>A form can be withdrawn from use.</p></div><p>Text.</p>',
        '<div class="archive-list"><p>Older letters are listed here.</p></div><p>Text.</p>',
    ],
)
def test_a_notice_of_something_else_archives_no_page(tmp_path: Path, html: str) -> None:
    assert body(tmp_path, html)["status"] == "current"


@pytest.mark.parametrize(
    ("name", "kept"),
    [("Example Council", False), ("EXAMPLE COUNCIL", False), ("Another Council", True)],
)
def test_what_publisher_yaml_gives_is_not_written_again(tmp_path: Path, name: str, kept: bool) -> None:
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "publisher.yaml").write_text(f"name: {name}\n")
    source, place = imported(tmp_path, "bins.html", PAGE.format("<p>Bins.</p>"))
    assert ("publisher:" in source) is False  # the page names only its web site
    meta = '<meta name="author" content="Example Council"><meta name="description"'
    source, _ = imported(tmp_path, "bins2.html", PAGE.format("<p>Bins.</p>").replace('<meta name="description"', meta))
    assert ("publisher:" in source) is kept
    assert ("# look: publisher.yaml says" in source) is kept
    document = read(place).document
    assert document is not None and document.publisher.name.inlines


def test_links_from_the_root_of_a_site_need_the_pages_address(tmp_path: Path) -> None:
    html = '<p>See <a href="/guidance/x">the guidance</a>.</p>'
    source, _ = imported(tmp_path, "bins.html", PAGE.format(html))
    assert "[the guidance](https://www.example.gov.uk/guidance/x)" in source
    source, _ = imported(tmp_path, "bins2.html", PAGE.format(html).replace('rel="canonical"', 'rel="x"'))
    assert "See the guidance." in source
    assert "the address /guidance/x of the link “the guidance”” – the page does not say its own address" in source
    source, _ = imported(
        tmp_path, "third.md", "---\ntitle: Bins\nurl: https://www.example.gov.uk/b\n---\nSee [x](/y).\n"
    )
    assert "https://www.example.gov.uk/y" in source


def test_without_checking_the_source_is_read_and_nothing_laid_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bins.html").write_text(PAGE.format("<p>Bins.</p>"))
    assert main(["import", "--no-check", str(tmp_path / "bins.html"), "--to", str(tmp_path / "to")]) == 0
    assert "can be read." in capsys.readouterr().out


def test_many_pages_are_checked_side_by_side_and_told_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ["a", "b", "c"]
    for name in names:
        (tmp_path / f"{name}.html").write_text(PAGE.format(f"<p>Bins {name}.</p>"))
    assert main(["import", str(tmp_path), "--to", str(tmp_path / "to")]) == 0
    out = capsys.readouterr().out
    assert [out.index(f"{name}/en.yaml") for name in names] == sorted(out.index(f"{name}/en.yaml") for name in names)
    assert out.count("passes check") == 3
