"""Names are found among the words that readers have met."""

from __future__ import annotations

import pytest

from reader.met import Met


@pytest.mark.parametrize(
    ("texts", "name", "found"),
    [
        (["The Drug Interventions Programme’s aim."], "drug interventions programme", True),
        (["(drug interventions programme)"], "Drug Interventions Programme", True),
        (["Drug interventions programmes."], "Drug Interventions Programme", False),
        (["Drug. Interventions programme."], "Drug Interventions Programme", False),
        (["Drug", "Interventions Programme"], "Drug Interventions Programme", True),
        (["The general practice."], "general practitioner", False),
        (["A general general practitioner."], "general practitioner", True),
        (["A general practitioner’s surgery."], "general practitioner’s surgery", True),
        ([], "general practitioner", False),
        (["Words."], "…", False),
    ],
)
def test_a_name_is_met_once_all_its_words_stand_in_the_texts(texts: list[str], name: str, found: bool) -> None:
    met = Met(["general", "general practitioner", name, "general practitioner’s"])
    for text in texts:
        met.add(text)
    assert met.has(name) is found


def test_a_name_is_met_from_the_text_on_that_holds_its_last_word() -> None:
    met = Met(["home office", "the home office", "office block"])
    met.add("The home")
    assert not met.has("home office")
    met.add("office")
    assert met.has("home office")
    assert met.has("the home office")
    assert not met.has("office block")
    met.add("block")
    assert met.has("office block")
