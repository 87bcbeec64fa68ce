"""Captions can be read in time: they have two lines of 42 characters for at most seven seconds, are cut at clauses,
and lose nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from channels.audio.captions import captions, read_captions
from channels.audio.cues import LINE, LINES, LONGEST, Cue, cues
from narration.timeline import Place, Timeline
from narration.utterance import Utterance
from tests.growth import MOST, growth


def fits(cue: Cue) -> bool:
    return len(cue.lines) <= LINES and max(map(len, cue.lines)) <= LINE and cue.end - cue.begin <= LONGEST + 1e-6


def shown(text: str, seconds: float) -> list[str]:
    return [" / ".join(cue.lines) for cue in cues("s", text, 0, seconds)]


def test_a_short_sentence_is_one_cue() -> None:
    assert cues("s1", "Wait here.", 1.5, 3.0) == (Cue(id="s1", begin=1.5, end=3.0, lines=("Wait here.",)),)


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    text = (
        "Acquisitive crime – such as shoplifting, burglary, vehicle crime and robbery – to which drug-related crime "
        "makes a significant contribution, fell by 55% between 1997 and 2007."
    )
    assert shown(text, 16) == [
        "Acquisitive crime – such as shoplifting, / burglary, vehicle crime and robbery –",
        "to which drug-related crime / makes a significant contribution,",
        "fell by 55% between 1997 and 2007.",
    ]


def test_all_cues_of_a_sentence_have_its_id_and_follow_one_another() -> None:
    made = cues("one-p2-s3", "Words that go on and on, " * 20, 10.0, 60.0)
    assert len(made) > 5 and {cue.id for cue in made} == {"one-p2-s3"}
    assert made[0].begin == 10.0 and made[-1].end == 60.0
    assert all(before.end == after.begin for before, after in pairwise(made))


@pytest.mark.parametrize("figure", ["£1.2 million", "0800 77 66 00", "1,900.50", "£9.50", "12.5 per cent"])
def test_a_figure_is_parted_neither_by_a_line_nor_by_a_cue(figure: str) -> None:
    start = figure.rpartition(" ")[0] or figure
    for lead in range(20, 90, 3):
        text = f"{'word ' * (lead // 5)}{figure} and what comes after it, which goes on for quite a while"
        assert any(start in line for cue in cues("s", text, 0, len(text) / 15) for line in cue.lines), text


def test_an_address_that_is_too_long_for_a_line_is_cut_at_its_signs() -> None:
    address = "www.gov.uk/government/publications/drug-interventions-programme-operational-handbook"
    made = cues("s", f"Read it at {address}.", 0, 12)
    assert all(map(fits, made))
    assert "".join(line for cue in made for line in cue.lines) == f"Read it at{address}."
    assert all(line[-1] in "./- atg" or line.endswith("-") for cue in made for line in cue.lines)


def test_no_words_are_lost_and_every_cue_fits_whatever_is_said() -> None:
    random.seed(7)
    words = ["a", "the", "interventions,", "£9.50", "(see", "below)", "£1.2", "million", "–", "no.", "www.a.gov.uk/b"]
    for _ in range(300):
        text = " ".join(random.choices(words, k=random.randint(1, 80)))
        made = cues("s", text, 0, len(text) / random.choice((13, 15, 18)))
        assert all(map(fits, made)), text
        assert "".join("".join(cue.lines) for cue in made).replace(" ", "") == text.replace(" ", "")


def test_captions_are_read_as_they_were_written() -> None:
    texts = ["Crack & heroin <users> --&gt;", "It is long, " * 12, "See also"]
    places = tuple(
        Place(
            utterance=Utterance(id=own, language="en", words=text, shown=text, pause=0, section="one"),
            begin=at * 20_000,
            end=at * 20_000 + len(text) * 70,
            sound="",
        )
        for at, (own, text) in enumerate(zip(["s1", "", "s3"], texts, strict=True))
    )
    timeline = Timeline(language="en", rate=1000, length=60_000, places=places, tracks=())
    made = list(read_captions(captions(timeline)))
    assert [cue.id for cue in made if "long" not in cue.lines[0]] == ["s1", "s3"]
    said = " ".join(" ".join(cue.lines) for cue in made)
    assert said == " ".join(text.strip() for text in texts)


@pytest.mark.parametrize("part", ["word ", "a ", ".", "12 ", "a/", "1"])
def test_time_grows_with_the_length_of_a_text(part: str) -> None:
    def cutting(size: int) -> Callable[[], object]:
        text = (part * size)[:size]
        return lambda: cues("s", text, 0, size / 15)

    assert growth(cutting, 4_000) < MOST
