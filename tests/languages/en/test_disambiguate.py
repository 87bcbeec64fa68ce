"""The words around a short sign or a figure decide what it means. If they do not, it is refused."""

from __future__ import annotations

import re

import pytest

from languages.base import lexicon_of, nowhere
from languages.en.lexicon import read_lexicon
from languages.en.recognise import ambiguous, values
from languages.en.unspeakable import faults
from languages.en.verbalise import English
from model.diagnostics import Diagnostic
from model.inlines import Text

LEXICON = read_lexicon(lexicon_of("en"))[0]
SPEECH = English(LEXICON)


def said(written: str) -> str:
    return SPEECH.words(values(written))


def found_in(written: str) -> tuple[Diagnostic, ...]:
    return faults(said(written), nowhere, written, ambiguous(values(written)))


def codes(written: str) -> list[str]:
    return [fault.code for fault in found_in(written)]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("About 6.3m homes are at risk", "About six point three million homes are at risk."),
        ("2m new cases and 1.1m UK patients", "two million new cases and one point one million U K patients."),
        ("from 1.2m to 1.5m claims", "from one point two million to one point five million claims."),
        ("£5–10m", "five to ten million pounds."),
        ("5–10m people", "five to ten million people."),
        ("3.9 deaths per bn miles", "three point nine deaths per billion miles."),
        ("The wall is 2m high, 3m wide", "The wall is two metres high, three metres wide."),
        ("2m of snow fell", "two metres of snow fell."),
        ("a 2m gap, a 5m-high wall", "a two metre gap, a five metre-high wall."),
        ("the 100m sprint and 100m races", "the one hundred metre sprint and one hundred metre races."),
        ("£1.2-1.5m", "one point two to one point five million pounds."),
        ("30cm of water, then 2m in an hour", "thirty centimetres of water, then two metres in an hour."),
        ("within 25m of a road", "within twenty-five metres of a road."),
        ("it is 6 m", "it is six metres."),
        ("10m x 5m", "ten metres by five metres."),
    ],
)
def test_an_m_is_million_or_metres(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    "written",
    ["It rose from 1.2m to 1.5m", "Some 2m a year", "1m complained", "Homes: 6.3m", "Our wide reach, in-depth: 2.1m"],
)
def test_an_m_that_may_be_either_is_refused_and_both_ways_out_work(written: str) -> None:
    found = found_in(written)
    assert {fault.code for fault in found} == {"unspoken-figure"}
    assert "million, or" in found[0].hint
    for instead in ("million", "m"):
        mended = re.sub(r"(?<=\d)m\b", f" {instead}", written)
        assert codes(mended) == [] and ("million" if instead == "million" else "metre") in said(mended)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("120mg/5ml", "one hundred and twenty milligrams per five millilitres."),
        ("35 µg/100 ml", "thirty-five micrograms per one hundred millilitres."),
        ("80mg/100ml of blood", "eighty milligrams per one hundred millilitres of blood."),
        ("mg/100ml of urine", "milligrams per one hundred millilitres of urine."),
        ("10mg/kg, 5mg/ml", "ten milligrams per kilogram, five milligrams per millilitre."),
        ("10p/kWh", "ten pence per kilowatt hour."),
        ("500mg/1g", "five hundred milligrams slash one gram."),
        ("5kg/11lb, 1 mile/1.6km", "five kilograms or eleven pounds, one mile or one point six kilometres."),
        ("30mph/48km/h", "thirty miles an hour or forty-eight kilometres an hour."),
        ("Years 5A/6B", "Years five ay or six B."),
        ("5 deaths/1,000 people", "five deaths per one thousand people."),
        ("4 cases/100,000", "four cases per one hundred thousand."),
        ("12.5/100,000", "twelve point five in one hundred thousand."),
        ("30 miles/hr", "thirty miles per hour."),
        ("10 people/km²", "ten people per square kilometre."),
        ("£3.50 per kg", "three pounds fifty per kilogram."),
        ("Hib/MenC and Td/IPV", "hib men C and T D I P V."),
        ("evenings/weekends, his/her", "evenings or weekends, his or her."),
        ("9am/10am or £5/£10", "nine ay M or ten ay M or five pounds or ten pounds."),
    ],
)
def test_a_slash_between_amounts_is_per_and_between_choices_or(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ('6" of water, 8" deep', "six inches of water, eight inches deep."),
        (
            "At 70 mph it's 96m or 315'.",
            "At seventy miles an hour it's ninety-six metres or three hundred and fifteen feet.",
        ),
        ("A 6' fence, 12'", "A six foot fence, twelve feet."),
        ("5'10\" tall", "five feet ten inches tall."),
        ("1.5 in of rain, 6 ft 2 in tall", "one point five inches of rain, six feet two inches tall."),
        ("1 in 5, 2 in the north", "one in five, two in the north."),
        ("'born in 1997' and \"room 12\"", "born in nineteen ninety-seven and room twelve."),
        ("the ‘class of 12’ and “page 6”", "the class of twelve and page six."),
        ("the over-65s' club", "the over-sixty-fives club."),
    ],
)
def test_a_prime_is_feet_or_inches_and_no_quotation_mark(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize("written", ['Now we have 6".', "Then 5'.", "the rest of it, and 12”"])
def test_a_sign_that_may_end_a_quotation_begun_before_is_refused(written: str) -> None:
    (fault,) = found_in(written)
    assert "feet or inches" in fault.message and "in words" in fault.hint
    assert codes("Now we have six”. Then 5 feet.") == []


@pytest.mark.parametrize("written", ["250mg/4 hours", "2 tablets/4 hours", "2 adults/3 children", "10ml/2 hrs"])
def test_a_slash_between_two_amounts_stays_a_slash_where_nothing_tells_what_it_is(written: str) -> None:
    assert codes(written) == []
    assert " slash " in said(written)


def test_a_quotation_may_be_long() -> None:
    assert codes(f"He said “{'it is so and ' * 40} we have 6”") == []


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("25 and 26 December", "the twenty-fifth and twenty-sixth of December."),
        (
            "on 24, 25 & 26 December 2026",
            "on the twenty-fourth, twenty-fifth and twenty-sixth of December twenty twenty-six.",
        ),
        ("between 27 and 31 December", "between the twenty-seventh and thirty-first of December."),
        ("25th or 26th December", "the twenty-fifth or twenty-sixth of December."),
        ("Mon 24 and Tue 25 May", "Monday the twenty-fourth and Tuesday the twenty-fifth of May."),
        ("every month, 5 May", "every month, the fifth of May."),
        ("5 people and 3 May", "five people and the third of May."),
    ],
)
def test_days_before_one_month_are_said_as_days(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("from 10.15 until further notice", "from ten fifteen until further notice."),
        ("leave at 10.15 and 14.30", "leave at ten fifteen and fourteen thirty."),
        ("Mon 9.30–17.30", "Monday nine thirty to seventeen thirty."),
        ("Open 10.00-16.00 daily", "Open ten hundred to sixteen hundred hours daily."),
        ("Open 9.30-4.30", "Open nine thirty to four thirty."),
        ("9.30am–4.30", "nine thirty ay M to four thirty."),
        ("23.59 on Monday", "twenty-three fifty-nine on Monday."),
        ("14.00hrs or 0900hrs", "fourteen hundred hours or oh nine hundred hours."),
        ("at 1400 hours", "at fourteen hundred hours."),
        ("by 7.00 on Monday", "by seven o'clock on Monday."),
        ("9:00 - 16:00", "oh nine hundred to sixteen hundred hours."),
        ("08:00 to 18:30", "oh eight hundred hours to eighteen thirty."),
        ("00:30, 00:00, 00:01", "half past midnight, midnight, one minute past midnight."),
        ("rose from 10.15 to 12.20", "rose from ten point one five to twelve point two nought."),
        ("an average of 9.30", "an average of nine point three nought."),
        ("at 2.50 metres", "at two point five nought metres."),
        ("1400 hours of training", "one thousand four hundred hours of training."),
        ("1.50 hours", "one point five nought hours."),
        ("from 2.5 to 3.5", "from two point five to three point five."),
        (
            "Lunch 12.30–1.30, Mon-Fri 9-5.30",
            "Lunch twelve thirty to one thirty, Monday to Friday nine to five thirty.",
        ),
        ("between 10.00 and 11.30", "between ten o'clock and eleven thirty."),
        ("the 07.15 and 08.15 trains", "the seven fifteen and eight fifteen trains."),
        ("at 12.00 noon, at 3.50 each", "at twelve noon, at three point five nought each."),
        ("from 1.50 to 2.50 pounds", "from one point five nought to two point five nought pounds."),
        ("between 2.50 and 3.50", "between two point five nought and three point five nought."),
        ("from 8.30 until 12.15 and 14.00hrs", "from eight thirty until twelve fifteen and fourteen hundred hours."),
        ("9.00–11.30 (Mon–Fri)", "nine o'clock to eleven thirty, Monday to Friday."),
        ("it was at 2.05 in May", "it was at two point nought five in May."),
        ("multiplied by 2.50", "multiplied by two point five nought."),
        ("5 times 1.50", "five times one point five nought."),
        ("open 10.15 hectares", "open ten point one five hectares."),
        ("9.30am–4.30 (last entry 4.15)", "nine thirty ay M to four thirty, last entry four fifteen."),
        ("section 10.15", "section ten point one five."),
    ],
)
def test_a_figure_with_a_stop_is_a_time_only_beside_what_says_so(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("12500 collisions", "twelve thousand five hundred collisions."),
        ("27865 people were hurt", "twenty-seven thousand eight hundred and sixty-five people were hurt."),
        ("12500 pounds", "twelve thousand five hundred pounds."),
        ("12500-15000 people", "twelve thousand five hundred to fifteen thousand people."),
        ("10500 and 11500 people", "ten thousand five hundred and eleven thousand five hundred people."),
        ("it was 12500", "it was twelve thousand five hundred."),
        ("18750 were fined", "eighteen thousand seven hundred and fifty were fined."),
        ("Text BINS to 60066 to join", "Text bins to six oh oh six six to join."),
        ("quote reference 12345 when you call", "quote reference one two three four five when you call."),
        ("account number 12345678 is closed", "account number one two three four, five six seven eight is closed."),
        ("code 1250, PIN 1234", "code one two five oh, pin one two three four."),
        ("ext 214 or extn. 4567", "extension two one four or, extension four five six seven."),
        ("item 12345-67", "item one two three four five, six seven."),
        ("sort code 20-45-53", "sort code two oh, four five, five three."),
        ("PIN 5 people", "pin five people."),
    ],
)
def test_a_long_number_is_a_code_where_a_word_says_so(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("B33 8TH, LS1 3RD", "B thirty-three eight T H, L S one three R D."),
        ("E1 4GB and W1A 1AA", "E one four G B and W one ay one ay ay."),
        ("the A134, A303 and M25", "the ay one three four, ay three oh three and M twenty-five."),
        ("the A1(M) (north)", "the ay one M, north."),
        ("A3–A4", "ay three to ay four."),
        ("SO 851 407", "S O eight five one, four oh seven."),
        ("the 8TH and the 2ND", "the eighth and the second."),
        ("EX160, N244", "E X one hundred and sixty, N two hundred and forty-four."),
    ],
)
def test_postcodes_roads_and_grid_references_are_names(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("-2C to 3C", "minus two degrees Celsius to three degrees Celsius."),
        ("a temp of 38C or more", "a temp of thirty-eight degrees Celsius or more."),
        ("38ºC", "thirty-eight degrees Celsius."),
        ("England 2 V Wales 1, Plan E: free", "England two V Wales one, Plan E: free."),
        ("3 t-shirts, 2 L-shaped rooms", "three t-shirts, two L-shaped rooms."),
        ("Cardiff West (L)", "Cardiff West, L."),
        ("state-of-the-art 3D", "state-of-the-art three D."),
        ("Flat 3C, house 38C", "Flat three C, house thirty-eight C."),
        ("3.5t, a 240L bin, 9V", "three point five tonnes, a two hundred and forty litre bin, nine volts."),
        ("533 m³/s, 10 m/s", "five hundred and thirty-three cubic metres a second, ten metres a second."),
        ("a temp of 38C in Class 3C", "a temp of thirty-eight degrees Celsius in Class three C."),
        (
            "£50/MWh, a 12V battery, 12V bulbs",
            "fifty pounds per megawatt hour, a twelve volt battery, twelve volt bulbs.",
        ),
        ("48h, 24-hr, a 20-mph zone", "forty-eight hours, twenty-four hour, a twenty mile an hour zone."),
    ],
)
def test_units_are_known_by_the_words_around_them(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("min £26, max £2,000", "minimum twenty-six pounds, maximum two thousand pounds."),
        ("No 10 Downing Street, Nos 1-5", "number ten Downing Street, numbers one to five."),
        ("NI no. QQ123456C", "N I number Q Q one two three, four five six C."),
        ("No 2 people agree", "No two people agree."),
        ("inc. VAT, exc fees", "including V ay T, excluding fees."),
        ("Sch 2, s 51(3), Art 6, reg 4", "Schedule two, section fifty-one, three, Article six, regulation four."),
        ("the council's 5 offices", "the council's five offices."),
        ("c. 5,500 or c.40%", "about five thousand five hundred or about forty per cent."),
        ("c. 1990, not (c. 38)", "circa nineteen ninety, not, c. thirty-eight."),
        ("Tel: 0300 123 6600", "telephone: oh three hundred, one two three, double six double oh."),
        ("12 Station Dr, ask Dr Smith", "twelve Station Drive, ask Doctor Smith."),
        ("Your Dr. will call", "Your Doctor will call."),
        (
            "1070mm high x 480mm wide",
            "one thousand and seventy millimetres high by four hundred and eighty millimetres wide.",
        ),
    ],
)
def test_short_forms_are_said_in_full(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("World War I and World War II", "World War one and World War two."),
        ("Parts I and II, Chapter V, Annex IV", "Parts one and two, Chapter five, Annex four."),
        ("Type I diabetes, Grade II listed", "Type one diabetes, Grade two listed."),
        (
            "Elizabeth II, Henry V's, King Charles III",
            "Elizabeth the second, Henry the fifth's, King Charles the third.",
        ),
        ("Class C, Vitamin C, Part C, Malcolm X", "Class C, Vitamin C, Part C, Malcolm X."),
        ("the Book I read, the Class I joined", "the Book I read, the Class I joined."),
        ("George V. Smith", "George V. Smith."),
    ],
)
def test_a_roman_numeral_is_one_where_the_word_before_says_so(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_any_other_roman_numeral_is_a_number_and_remarked_on() -> None:
    text = (Text(text="Rocky III"),)
    assert SPEECH.words(text) == "Rocky three."
    assert [(remark.code, remark.written, remark.said) for remark in SPEECH.said(text)[1]] == [
        ("roman-numeral", "III", "three")
    ]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("1:50,000 and 1 : 1,000,000", "one to fifty thousand and one to one million."),
        ("at 1:50, or 16:9", "at one fifty, or sixteen to nine."),
        (
            "1\u00a0000\u00a0000 or 12 345 or 100 000",
            "one million or twelve thousand three hundred and forty-five or one hundred thousand.",
        ),
        ("123 456 people", "one hundred and twenty-three thousand four hundred and fifty-six people."),
        ("buses 332 331", "buses three hundred and thirty-two, three hundred and thirty-one."),
        ("Rooms 10 102", "Rooms ten, one hundred and two."),
        ("case number 1234 5678", "case number one two three four, five six seven eight."),
        ("account 0123 4567", "account oh one two three, four five six seven."),
        ("use 18001 111", "use one eight double oh one, one one one."),
        ("S.I. 2008/1053", "S I two thousand and eight number one thousand and fifty-three."),
        ("pages 1,2,3", "pages one, two, three."),
        ("call 999/112", "call nine nine nine or one one two."),
    ],
)
def test_figures_in_groups_are_one_number_only_where_they_can_be(written: str, spoken: str) -> None:
    assert said(written) == spoken


@pytest.mark.parametrize("written", ["£1,00", "£12,50", "£5mm"])
def test_an_amount_with_a_comma_or_a_letter_too_many_is_refused(written: str) -> None:
    assert codes(written) == ["unspoken-figure"]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("it was 123 456", "it was one two three, four five six."),
        ("it was 1/2/3", "it was one slash two slash three."),
        ("43 /50", "forty-three slash fifty."),
        ("scored 43/50", "scored forty-three out of fifty."),
    ],
)
def test_figures_that_may_be_one_or_several_are_said_so_that_either_is_heard(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_a_telephone_number_with_a_digit_too_many_is_refused() -> None:
    (fault,) = found_in("ring 01787 555 0123")
    assert (fault.code, "12 digits" in fault.message) == ("unspoken-figure", True)
    assert codes("ring 01787 555 012") == []


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("1/2 mile, ½ hour, 3/4 mile", "half a mile, half an hour, three quarters of a mile."),
        ("a ½ mile walk, ½ price, 1½ miles", "a half mile walk, half price, one and a half miles."),
        ("Years 5/6, Type 1/2 diabetes", "Years five or six, Type one or two diabetes."),
        ("1/2 day, zones 1/2/3", "half day, zones one or two or three."),
        ("dial 1471", "dial one four seven one."),
        ("1/100 of it, ⅓ of it", "one hundredth of it, a third of it."),
        ("20mph zones, 3 kg bags, 5 kg of it", "twenty mile an hour zones, three kilogram bags, five kilograms of it."),
        ("£10 gift card, a £20 million fund", "ten pound gift card, a twenty million pound fund."),
        ("pay £10 by cash", "pay ten pounds by cash."),
        (
            "wait 30s, in the 30s, in her 20s and 30s",
            "wait thirty seconds, in the thirties, in her twenties and thirties.",
        ),
        ("£5 +/- 1, +/-5", "five pounds plus or minus one, plus or minus five."),
        ("18s and under", "eighteens and under."),
        ("see mysociety.org, .gov.uk or .pdf files", "see mysociety dot org, dot gov dot U K or dot P D F files."),
        ("Level (m)", "Level, metres."),
        ("Cost (£)", "Cost in pounds."),
        ("under paragraph (m)", "under paragraph, M."),
        ("Mon-Sat; Sun & Bank Holidays", "Monday to Saturday; Sunday and Bank Holidays."),
    ],
)
def test_small_things_are_said_as_people_say_them(written: str, spoken: str) -> None:
    assert said(written) == spoken


def test_an_s_that_may_be_seconds_or_years_is_refused_and_both_ways_out_work() -> None:
    (fault,) = found_in("30s rinse")
    assert "30 seconds, or the 30s" in fault.hint
    assert codes("30 seconds") == codes("the 30s") == []
