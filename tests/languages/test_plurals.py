"""Fixed words with a number take the form that CLDR requires."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from languages import base
from languages.base import language_of
from languages.fixed_words import read_words
from languages.plain import plural_category
from languages.plurals import counted
from model.document import Words


def test_english_has_the_categories_of_cldr_without_loading_them() -> None:
    english = language_of("en").plural_category
    assert [english(number) for number in range(200)] == [plural_category("en", number) for number in range(200)]
    probe = "import sys; from languages.plurals import counted; from languages.fixed_words import read_words;"
    probe += "assert counted(read_words('en')[0], 'pages', 2); sys.exit('babel' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", probe], check=False).returncode == 0


def test_other_languages_have_those_of_cldr() -> None:
    welsh = [language_of("cy").plural_category(number) for number in range(8)]
    assert welsh == ["zero", "one", "two", "few", "other", "other", "many", "other"]
    assert language_of("pl").plural_category(22) == "few"
    assert language_of("xx").plural_category(1) == "other"


def test_a_category_that_is_left_out_is_other() -> None:
    words = Words(entries=(("pages.one", "{number} dudalen"), ("pages.other", "{number} o dudalennau")), language="cy")
    assert [counted(words, "pages", number) for number in (1, 2, 9)] == [
        *("{number} dudalen", "{number} o dudalennau", "{number} o dudalennau")
    ]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (('  one: "{number} page"\n', '  single: "{number} page"\n'), "wrong-value", "no plural categories"),
        (('  other: "{number} pages"\n', ""), "missing-key", "there are no words for `pages.other`"),
        (('  other: "{number} pages"\n', '  other: "pages"\n'), "wrong-value", "`pages.other` has nothing to fill in"),
        (("contents: Contents\n", "contents:\n  other: Contents\n"), "wrong-value", "`contents` goes with no number"),
    ],
)
def test_forms_that_cannot_be_used_are_faults(
    change: tuple[str, str], code: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = (base.FOLDER / "en" / "words.yaml").read_text(encoding="utf-8")
    assert change[0] in english
    for language, text in (("en", english), ("cy", english.replace(*change))):
        (tmp_path / language).mkdir()
        (tmp_path / language / "words.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(base, "FOLDER", tmp_path)
    (fault,) = read_words("cy")[1]
    assert fault.code == code and message in fault.message
