"""Written forms are spoken as a careful reader would speak them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from languages.base import language_of, lexicon_of
from languages.en.letters import spell
from languages.en.lexicon import make, read_lexicon
from languages.en.recognise import values
from languages.en.verbalise import English, english
from languages.en.wording import Place, value
from model.inlines import Abbreviation, Foreign, Inline, Link, Money, Number, Strong, Term, Text
from reader.inline import Known, inlines
from reader.terms import NONE

LEXICON, FAULTS = read_lexicon(lexicon_of("en"))
SPEECH = English(LEXICON)


def said(written: str) -> str:
    return SPEECH.words(values(written))


def test_words_are_remembered_for_one_lexicon_alone() -> None:
    sentence = values("The Dept of Works")
    first, second = (english(make({"say": {"Dept": said}})) for said in ("Department", "Deputy"))
    for _ in range(2):
        assert first.words(sentence) == "The Department of Works."
        assert second.words(sentence) == "The Deputy of Works."


def test_the_lexicon_has_no_faults() -> None:
    assert FAULTS == ()


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("£1", "one pound."),
        ("£9.50", "nine pounds fifty."),
        ("£165 million", "one hundred and sixty-five million pounds."),
        ("£1.2bn", "one point two billion pounds."),
        ("£9.05", "nine pounds and five pence."),
        ("£0.50", "fifty pence."),
        ("50p", "fifty pence."),
        ("1p", "one penny."),
        ("£20,000", "twenty thousand pounds."),
        ("€1", "one euro."),
        ("$3.99", "three dollars ninety-nine."),
        ("55%", "fifty-five per cent."),
        ("2.5%", "two point five per cent."),
        ("0.5%", "nought point five per cent."),
        ("1,900", "one thousand nine hundred."),
        ("1,234,567", "one million two hundred and thirty-four thousand five hundred and sixty-seven."),
        ("3.50", "three point five nought."),
        ("-5", "minus five."),
        ("2 million", "two million."),
        ("the 1st and the 22nd", "the first and the twenty-second."),
        ("in 1997", "in nineteen ninety-seven."),
        ("by 2007", "by two thousand and seven."),
        ("in 2000", "in two thousand."),
        ("in 2026", "in twenty twenty-six."),
        ("in 1900", "in nineteen hundred."),
        ("in 1905", "in nineteen oh five."),
        ("the 1990s", "the nineteen nineties."),
        ("1997–2007", "nineteen ninety-seven to two thousand and seven."),
        ("2007–08", "two thousand and seven to two thousand and eight."),
        ("aged 18–24", "aged eighteen to twenty-four."),
        ("between 18–24", "between eighteen and twenty-four."),
        ("£5–£10", "five to ten pounds."),
        ("5–10%", "five to ten per cent."),
        ("9am–5pm", "nine ay M to five P M."),
        ("9–11am", "nine to eleven ay M."),
        ("9am", "nine ay M."),
        ("5.30pm", "five thirty P M."),
        ("17:30", "seventeen thirty."),
        ("9:00 or 11:00", "nine o'clock or eleven o'clock."),
        ("9:00 or 14:00", "oh nine hundred hours or fourteen hundred hours."),
        ("at 9:00–17:00", "at oh nine hundred to seventeen hundred hours."),
        ("09:05", "nine oh five."),
        ("12 March 2007", "the twelfth of March two thousand and seven."),
        ("on the 12 March 2007", "on the twelfth of March two thousand and seven."),
        ("1–7 May 2024", "the first to the seventh of May twenty twenty-four."),
        ("-£10", "minus ten pounds."),
        ("£500–£1 million", "five hundred pounds to one million pounds."),
        ("£1–2 million", "one to two million pounds."),
        ("£500–1 million", "five hundred pounds to one million pounds."),
        ("£10 000 or 10 000", "ten thousand pounds or ten thousand."),
        ("the 90s and the 1990's", "the nineties and the nineteen nineties."),
        ("in his 40s", "in his forties."),
        ("1:1, 50:50, 50/50", "one to one, fifty fifty, fifty fifty."),
        ("24/7", "twenty-four seven."),
        ("3/4 of 1/2 a day", "three quarters of half a day."),
        ("½ a day, ¼, ¾, ⅓ and ⅔", "half a day, a quarter, three quarters, a third and two thirds."),
        ("2½ hours or 2 1/2 hours", "two and a half hours or two and a half hours."),
        ("≥18, ≤5, ±2", "at least eighteen, at most five, plus or minus two."),
        ("4x4", "four by four."),
        ("2x a day", "two times a day."),
        ("under-16s and over 65s", "under-sixteens and over sixty-fives."),
        ("blood pressure of 140/90", "blood pressure of one hundred and forty over ninety."),
        ("33⅓%", "thirty-three and a third per cent."),
        ("1st/2nd or 9am/10am", "first or second or nine ay M or ten ay M."),
        ("a £50 fine, a £1m fund", "a fifty pound fine, a one million pound fund."),
        ("a 10kg bag, a 20mph limit", "a ten kilogram bag, a twenty mile an hour limit."),
        ("500mg–1g", "five hundred milligrams to one gram."),
        ("2 x 500mg", "two times five hundred milligrams."),
        ("3ft x 2ft", "three feet by two feet."),
        ("2025/2026", "twenty twenty-five to twenty twenty-six."),
        ("1999/00", "nineteen ninety-nine to two thousand."),
        ("8am - 6pm or noon–2pm", "eight ay M to six P M or noon to two P M."),
        ("7.30 p.m. or 9.30–10.30 a.m.", "seven thirty P M or nine thirty to ten thirty ay M."),
    ],
)
def test_values_are_said_in_words(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("12345678", "one two three four, five six seven eight."),
        ("Text to 85258", "Text to eight five two five eight."),
        ("sort code 12-34-56", "sort code one two, three four, five six."),
        ("943 476 5919", "nine four three, four seven six, five nine one nine."),
        ("ABC-123-456", "ay B C, one two three, four five six."),
        ("QQ 12 34 56 C", "Q Q one two, three four, five six C."),
        ("QQ123456C", "Q Q one two three, four five six C."),
        ("H1N1", "H one N one."),
        ("A3–A4", "ay three to ay four."),
        ("para. 3.1.2", "paragraph three point one point two."),
        ("10000 people", "ten thousand people."),
        ("12500km", "twelve thousand five hundred kilometres."),
    ],
)
def test_a_code_is_read_digit_by_digit_and_an_amount_is_not(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("a 24hr helpline", "a twenty-four hour helpline."),
        ("2hrs 30mins", "two hours thirty minutes."),
        ("£20pcm, £5pp, £5 p.w.", "twenty pounds per calendar month, five pounds per person, five pounds per week."),
        ("£5/week", "five pounds per week."),
        ("15 mg/day", "fifteen milligrams per day."),
        ("2mg/kg", "two milligrams per kilogram."),
        ("9am–12noon", "nine ay M to twelve noon."),
        ("5ft 10in, 10st 5lb", "five feet ten inches, ten stone five pounds."),
        ("1 in 3 or 5 in 10", "one in three or five in ten."),
        ("5m2 or 20 m²", "five square metres or twenty square metres."),
        ("100p", "one hundred pence."),
        ("10GB", "ten gigabytes."),
        ("1 kWh", "one kilowatt hour."),
        ("1–2 hrs", "one to two hours."),
        ("a 5 min. walk, 10 mins.", "a five minute walk, ten minutes."),
        ("Two 500mg tablets, or 500mg twice", "Two five hundred milligram tablets, or five hundred milligrams twice."),
        ("one £5 note", "one five pound note."),
    ],
)
def test_units_are_said_in_full_also_directly_after_figures(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Mon–Fri, 9am–5pm", "Monday to Friday, nine ay M to five P M."),
        ("Tues. to Thurs.", "Tuesday to Thursday."),
        ("Monday - Friday", "Monday to Friday."),
        ("closed Sat and Sun", "closed Saturday and Sunday."),
        ("Sun 5 May or Sat: closed", "Sunday the fifth of May or Saturday: closed."),
        ("Sat", "Saturday."),
        ("Oct 2025–Mar 2026", "October twenty twenty-five to March twenty twenty-six."),
        ("Jan–Mar", "January to March."),
        ("The Sun said so", "The Sun said so."),
        ("Sat in the sun, Jan Smith read", "Sat in the sun, Jan Smith read."),
        ("Mr. Brown, Mrs. White, Ms. Gray and Dr. Green", "Mister Brown, Missus White, Miz Gray and Doctor Green."),
        ("Turn into Elm St. Then go on", "Turn into Elm Street Then go on."),
        ("Bury St. Edmunds and St. Helens", "Bury Saint Edmunds and Saint Helens."),
        ("12 High St., St. John's Rd.", "twelve High Street, Saint John's Road."),
        ("approx. 5, incl. VAT", "approximately five, including V ay T."),
        ("pp. 4-6, paras 2–3, s.21", "pages four to six, paragraphs two to three, section twenty-one."),
        (
            "p. 1997, tel. 0300 123 6600",
            "page nineteen ninety-seven, telephone oh three hundred, one two three, double six double oh.",
        ),
        ("n/a", "not applicable."),
        ("U.K. and J.K. Rowling", "U K and J K Rowling."),
        ("• one → two", "one to two."),
        ("x²", "x squared."),
        ("a\u2066b\u2069c\u061c, \u2714\ufe0f", "abc, yes."),
    ],
)
def test_what_is_written_short_is_said_in_full(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    "written",
    [
        "-1st",
        "9" * 400,
        f"{'9' * 15}.{'9' * 15}",
        f"£{'9' * 15}.99",
        "1,000,000,000,000,000,000",
        "£.5",
        "1e400",
        "9" * 400 + "%",
    ],
)
def test_no_figures_are_too_many(written: str) -> None:
    assert said(written)


def test_digits_beyond_what_is_counted_are_read_singly() -> None:
    many = Decimal("1" * 400)
    assert value(Number(text="x", value=many), Place()).split() == ["one"] * 400
    assert value(Money(text="x", amount=many, currency="GBP"), Place()).split() == [*["one"] * 400, "pounds"]
    assert value(Number(text="x", value=-many, ordinal=True), Place()).startswith("number minus")


def test_the_number_of_a_footnote_is_left_out_and_remarked_on() -> None:
    words, remarks = SPEECH.said((Text(text="crime² fell"),))
    assert words == "crime fell."
    assert [(remark.code, remark.written) for remark in remarks] == [("sign-left-out", "²")]


def test_a_number_to_call_is_one_also_in_strong() -> None:
    found = inlines("Call **999** or **101**", Known.of(language_of("en"), NONE, {}), lambda *_: None)
    assert SPEECH.words(found) == "Call nine nine nine or one oh one."


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0800 77 66 00", "oh eight hundred, double seven, double six, double oh."),
        ("0300 123 6600", "oh three hundred, one two three, double six double oh."),
        ("020 7946 0018", "oh two oh, seven nine four six, double oh one eight."),
        ("0345 600 0723", "oh three four five, six double oh, oh seven two three."),
        ("+44 20 7946 0000", "plus four four, two oh, seven nine four six, double oh double oh."),
        ("+44 (0)20 7946 0018", "plus four four, two oh, seven nine four six, double oh one eight."),
        ("08001111234", "oh eight hundred, one one one, one two three four."),
        (
            "18001 0800 328 5644",
            "one eight double oh one, oh eight hundred, three two eight, five six double four.",
        ),
        ("call 101", "call one oh one."),
        ("call 999", "call nine nine nine."),
        ("call 111", "call one one one."),
    ],
)
def test_telephone_numbers_are_read_in_their_groups(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("drugs.gov.uk", "drugs dot gov dot U K."),
        ("www.nhs.uk/help-2", "W W W dot N H S dot U K slash help hyphen two."),
        ("https://www.example.org/", "W W W dot example dot org."),
        ("help@example.gov.uk", "help at example dot gov dot U K."),
        ("the NHS and the UK", "the N H S and the U K."),
        ("two MPs", "two M P's."),
        ("Dept of Health", "Department of Health."),
        ("Dept. of Health", "Department of Health."),
        ("A or B, bands A–H", "ay or B, bands ay to H."),
        ("A levels and an A*", "ay levels and an ay star."),
        ("Class A drugs", "Class ay drugs."),
        ("A drug of Class B", "A drug of Class B."),
        ("e.g. crack", "for example crack."),
        ("crack, etc.", "crack, et cetera."),
        ("Fish & chips", "Fish and chips."),
        ("SW1P 4DF", "S W one P four D F."),
        ("the M25 and form A4", "the M twenty-five and form ay four."),
        ("10kg or 1 km", "ten kilograms or one kilometre."),
        ("c. 1990, not (c. 38)", "circa nineteen ninety, not, c. thirty-eight."),
        ("No. 10, p. 5, v3.0", "number ten, page five, version three point nought."),
        ("© Crown copyright 2024", "Crown copyright twenty twenty-four."),
        ("15-year-olds", "fifteen-year-olds."),
        ("pre- and post-war", "pre and post-war."),
    ],
)
def test_words_are_said_as_the_lexicon_and_the_house_style_have_them(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("three-quarters – such as – this", "three-quarters – such as – this."),
        ("one—two", "one – two."),
        ("(Source: recorded crime figures)", "Source: recorded crime figures."),
        ("the Programme (all of it), now", "the Programme, all of it, now."),
        ("“Is it enough?” he asked", "Is it enough? he asked."),
        ("We’re the ‘offenders’ families’", "We're the offenders families."),
        ("four strands:", "four strands:"),
        ("Wait… what", "Wait, what."),
        ("[[x]]", "x."),
        ("-x --help", "x help."),
        ("Nguyễn Thị Ọlá Ṣadé, Łódź, Tŷ", "Nguyen Thi Olá Sadé, Łódź, Tŷ."),
        ("x\u0302 and e\u0301", "x and é."),
        ("..", ""),
    ],
)
def test_punctuation_is_what_every_voice_understands(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_terms_and_abbreviations_are_said_as_their_author_says() -> None:
    found: tuple[Inline, ...] = (
        Text(text="The "),
        Abbreviation(text="DIP", expansion="Drug Interventions Programme"),
        Text(text=", "),
        Abbreviation(text="NTORS", expansion="National Treatment Outcome Research Study"),
        Text(text=", "),
        Abbreviation(text="NICE", expansion="National Institute", say="nice"),
        Text(text=", "),
        Abbreviation(text="approx", expansion="approximately"),
        Text(text=", "),
        Term(text="24/7", say="day and night"),
        Text(text=" and "),
        Foreign(text="Croeso", language="cy", say="kroy so"),
    )
    assert SPEECH.words(found) == "The D I P, en tors, nice, approximately, day and night and kroy so."


def test_markup_is_not_heard() -> None:
    found: tuple[Inline, ...] = (
        Text(text="a "),
        Strong(children=(Text(text="strong "), Link(target=None, children=(Text(text="place"),)))),
        Text(text=" here"),
    )
    assert SPEECH.words(found) == "a strong place here."


def test_letters_are_spelt_so_that_a_is_not_the_article() -> None:
    assert [spell(word) for word in ("DIP", "SAD", "GPs")] == ["D I P", "S ay D", "G P's"]
