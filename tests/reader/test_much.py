"""A page that is far too long is refused at once, at the place where it becomes too long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bench import dense
from reader import prose
from reader.read import MOST_FAULTS, read


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_megabyte_of_markup_is_refused_within_seconds(tmp_path: Path) -> None:
    path = written(tmp_path / "en.yaml", dense.page("**strong** "))
    begin = time.process_time()
    (fault,) = read(path).diagnostics
    assert time.process_time() - begin < 4
    assert fault.code == "too-many"
    assert fault.mark.line > 100
    assert fault.hint


def test_one_text_of_a_megabyte_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "en.yaml", dense.FRAME + "      - Words. " + "**strong** " * 10_000 + "\n")
    (fault,) = read(path).diagnostics
    assert (fault.code, fault.mark.line, fault.mark.column) == ("too-long", dense.FRAME.count("\n") + 1, 9)


def test_what_is_read_may_be_as_much_as_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "en.yaml", dense.page("Ask **them** now. ", 4000))
    assert read(path).document is not None
    monkeypatch.setattr(prose, "MOST_PARTS", 50)
    result = read(path)
    assert result.document is None
    assert [fault.code for fault in result.diagnostics] == ["too-many"]  # nothing is reported about what was not read


@pytest.mark.parametrize(
    "kind", ["brackets that close nothing", "marks that begin nothing", "markers of footnotes that are not there"]
)
def test_marks_count_also_where_they_begin_nothing(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path / "en.yaml", dense.KINDS[kind](980_000)["en.yaml"])
    begin = time.process_time()
    assert "too-many" in {fault.code for fault in read(path).diagnostics}
    assert time.process_time() - begin < 8  # without a limit 26 for brackets


def test_the_words_that_explain_terms_count_as_well(tmp_path: Path) -> None:
    path = written(tmp_path / "en.yaml", dense.KINDS["explained words"](980_000)["en.yaml"])
    fault, *_ = read(path).diagnostics
    assert (fault.code, fault.severity) == ("too-many", "error")


def test_a_page_full_of_faults_is_read_no_further_than_is_shown(tmp_path: Path) -> None:
    files = dense.KINDS["references that are not there"](200_000)
    *shown, last = read(written(tmp_path / "en.yaml", files["en.yaml"])).diagnostics
    assert {fault.code for fault in shown} == {"bad-reference"}
    assert len(shown) == MOST_FAULTS
    assert last.message == "the file has at least 702 more faults than the 300 above"
    assert last.mark.line < 1100


def test_a_heading_that_is_a_whole_text_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "en.yaml", dense.FRAME.replace("One", "Word " * 300) + "      - Words.\n")
    (fault,) = read(path).diagnostics
    assert (fault.code, fault.severity, fault.mark.column) == ("too-long", "error", 12)
    assert read(path).draft is None, "it is not laid out"
