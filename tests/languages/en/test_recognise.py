"""Values are recognised once, and keep the characters that were written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages.en.recognise import value, values
from model.inlines import (
    Ambiguous,
    Code,
    Date,
    Day,
    Fraction,
    Inline,
    Joined,
    Money,
    Number,
    Percentage,
    Phone,
    Quantity,
    Range,
    Reference,
    Text,
    Time,
    Unit,
    WebAddress,
    Year,
)
from model.traverse import text_of


def money(text: str, amount: str, scale: str = "") -> Money:
    return Money(text=text, amount=Decimal(amount), currency="GBP", scale=scale)


def number(text: str, figures: str) -> Number:
    return Number(text=text, value=Decimal(figures))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("£1", money("£1", "1")),
        ("£9.50", money("£9.50", "9.50")),
        ("£1,900", money("£1,900", "1900")),
        ("£165 million", money("£165 million", "165", "million")),
        ("£1.2bn", money("£1.2bn", "1.2", "billion")),
        ("50p", money("50p", "0.5")),
        ("€20", Money(text="€20", amount=Decimal(20), currency="EUR")),
        ("55%", Percentage(text="55%", value=Decimal(55))),
        ("2.5 %", Percentage(text="2.5 %", value=Decimal("2.5"))),
        ("1,900", number("1,900", "1900")),
        ("−5", number("−5", "-5")),
        ("22nd", Number(text="22nd", value=Decimal(22), ordinal=True)),
        ("2 million", Number(text="2 million", value=Decimal(2), scale="million")),
        ("1997", Year(text="1997", value=1997)),
        ("1990s", Year(text="1990s", value=1990)),
        ("12 March 2007", Date(text="12 March 2007", value=date(2007, 3, 12))),
        ("2024-02-29", Date(text="2024-02-29", value=date(2024, 2, 29))),
        ("3rd May 2024", Date(text="3rd May 2024", value=date(2024, 5, 3))),
        ("3 Sept 2024", Date(text="3 Sept 2024", value=date(2024, 9, 3))),
        ("6 April", Day(text="6 April", day=6, month=4)),
        (
            "1–7 May 2024",
            Range(
                text="1–7 May 2024",
                start=Day(text="1", day=1, month=5),
                end=Date(text="7 May 2024", value=date(2024, 5, 7)),
            ),
        ),
        (
            "1 May – 7 June",
            Range(
                text="1 May – 7 June",
                start=Day(text="1 May", day=1, month=5),
                end=Day(text="7 June", day=7, month=6),
            ),
        ),
        ("2023/24", Range(text="2023/24", start=Year(text="2023", value=2023), end=Year(text="24", value=2024))),
        ("-£10", money("-£10", "-10")),
        ("£0.50p", money("£0.50p", "0.50")),
        ("–£10", money("–£10", "-10")),
        ("£3 m", money("£3 m", "3", "million")),
        ("3 bn", Number(text="3 bn", value=Decimal(3), scale="billion")),
        ("18001 111", Phone(text="18001 111", number="18001111")),
        ("18001 0800 77 66 00", Phone(text="18001 0800 77 66 00", number="180010800776600")),
        ("10k", Number(text="10k", value=Decimal(10), scale="thousand")),
        (
            "10%-20%",
            Range(
                text="10%-20%",
                start=Percentage(text="10%", value=Decimal(10)),
                end=Percentage(text="20%", value=Decimal(20)),
            ),
        ),
        (
            "8.30-10am",
            Range(
                text="8.30-10am",
                start=Time(text="8.30", hour=8, minute=30),
                end=Time(text="10am", hour=10, minute=0),
            ),
        ),
        ("5.30pm", Time(text="5.30pm", hour=17, minute=30)),
        ("12am", Time(text="12am", hour=0, minute=0)),
        ("17:30", Time(text="17:30", hour=17, minute=30)),
        ("0800 77 66 00", Phone(text="0800 77 66 00", number="0800776600")),
        ("0300 123 6600", Phone(text="0300 123 6600", number="03001236600")),
        ("0800 1111", Phone(text="0800 1111", number="08001111")),
        ("116 123", Phone(text="116 123", number="116123")),
        ("(020) 7946 0000", Phone(text="(020) 7946 0000", number="02079460000")),
        ("+44 (0)20 7946 0000", Phone(text="+44 (0)20 7946 0000", number="+442079460000")),
        ("drugs.gov.uk", WebAddress(text="drugs.gov.uk", target="https://drugs.gov.uk")),
        ("help@example.gov.uk", WebAddress(text="help@example.gov.uk", target="mailto:help@example.gov.uk")),
        (
            "1997–2007",
            Range(text="1997–2007", start=Year(text="1997", value=1997), end=Year(text="2007", value=2007)),
        ),
        ("2007–08", Range(text="2007–08", start=Year(text="2007", value=2007), end=Year(text="08", value=2008))),
        ("18–24", Range(text="18–24", start=number("18", "18"), end=number("24", "24"))),
        ("£5–10", Range(text="£5–10", start=money("£5", "5"), end=money("10", "10"))),
        (
            "5–10%",
            Range(
                text="5–10%",
                start=Percentage(text="5", value=Decimal(5)),
                end=Percentage(text="10%", value=Decimal(10)),
            ),
        ),
        (
            "9–5pm",
            Range(text="9–5pm", start=Time(text="9", hour=9, minute=0), end=Time(text="5pm", hour=17, minute=0)),
        ),
    ],
)
def test_a_value_is_recognised(text: str, expected: Inline) -> None:
    assert value(text) == expected
    assert value(text.rstrip()) == expected


@pytest.mark.parametrize("text", ["three-quarters", "Dept. of Health", "e.g. this", "and so on...", "Mr.Smith"])
def test_words_are_left_alone(text: str) -> None:
    assert values(text) == (Text(text=text),)


@pytest.mark.parametrize("text", ["call 101", "Ring 999", "dial 111"])
def test_short_numbers_are_telephone_numbers_where_someone_calls(text: str) -> None:
    assert isinstance(values(text)[-1], Phone)


def test_a_short_number_elsewhere_is_a_number() -> None:
    assert values("101 people")[0] == number("101", "101")


@pytest.mark.parametrize(
    "text",
    [
        "between 90 and 101 people",
        "500 staff or 111 managers",
        "rely on 159 volunteers",
        "Account 00123456",
        "0000-00-00",
    ],
)
def test_what_nobody_calls_is_no_telephone_number(text: str) -> None:
    assert not any(isinstance(found, Phone) for found in values(text))


@pytest.mark.parametrize("text", ["Call us on 101.", "NHS 111 can help", "the 101 number", "call 18001 first"])
def test_what_somebody_calls_is(text: str) -> None:
    assert any(isinstance(found, Phone) for found in values(text))


@pytest.mark.parametrize("text", ["12-34-56", "ABC-123-456", "1-2-1", "978-0-14-143951-8"])
def test_codes_are_no_ranges(text: str) -> None:
    assert not any(isinstance(found, Range) for found in values(text))


@pytest.mark.parametrize(("text", "kind"), [("10st", Quantity), ("13pm", Ambiguous), ("the 3 may differ", Text)])
def test_letters_that_only_look_like_an_ending(text: str, kind: type) -> None:
    assert isinstance(values(text)[-1], kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 kg", Quantity(text="10 kg", amount=number("10", "10"), unit="kg")),
        ("20mg/L", Quantity(text="20mg/L", amount=number("20", "20"), unit="mg", per="L")),
        ("2½ tsp", Quantity(text="2½ tsp", amount=Fraction(text="2½", top=1, bottom=2, whole=2), unit="tsp")),
        ("£850pcm", Money(text="£850pcm", amount=Decimal(850), currency="GBP", per="pcm")),
        ("US$50", Money(text="US$50", amount=Decimal(50), currency="USD")),
        ("£000", Unit(text="£000", unit="£")),
        ("3/4", Fraction(text="3/4", top=3, bottom=4)),
        ("8(1)(b)", Reference(text="8(1)(b)", parts=("8", "1", "b"))),
        ("SW1A 2AA", Code(text="SW1A 2AA", kind="postcode")),
        ("M25", Code(text="M25", kind="road")),
        ("P45", Code(text="P45", kind="name")),
        ("20-45-53", Code(text="20-45-53", kind="digits")),
        ("1:50,000", Joined(text="1:50,000", values=(number("1", "1"), number("50000", "50000")), joint="to")),
        ("6.3m", Ambiguous(text="6.3m", kind="metres", readings=("6.3 million", "6.3 m"))),
        ("3/5/2024", Date(text="3/5/2024", value=date(2024, 5, 3), assumed=True)),
        ("31/3/17", Date(text="31/3/17", value=date(2017, 3, 31))),
        ("01/07/98", Date(text="01/07/98", value=date(1998, 7, 1), assumed=True)),
        ("2016/07/03", Date(text="2016/07/03", value=date(2016, 7, 3))),
        ("1:45:30", Time(text="1:45:30", hour=1, minute=45, second=30)),
        ("12 - 17", Range(text="12 - 17", start=number("12", "12"), end=number("17", "17"))),
    ],
)
def test_a_value_has_the_type_of_what_it_is(text: str, expected: Inline | None) -> None:
    assert value(text) == expected


@pytest.mark.parametrize("text", ["Text 999 if you cannot speak", "text STOP to 60777", "text 'register' to 999"])
def test_what_is_texted_is_no_call(text: str) -> None:
    assert [one.texted for one in values(text) if isinstance(one, Phone)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        *("Ref 12/3456", "UTR 0123456789", "account 0987654321", "ISBN 0 7115 0435 7", "Case 2024-0123"),
        *("policy number is 01234 567 890", "NHS number 943 476 5919", "Dial 1471"),
    ],
)
def test_a_code_is_no_number_to_call(text: str) -> None:
    assert [type(one) for one in values(text) if not isinstance(one, Text)] == [Code]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("jane&john@example.org", "mailto:jane&john@example.org"),
        ("o'neill@example.org", "mailto:o'neill@example.org"),
        ("https://en.wikipedia.org/wiki/Mercury_(planet)", "https://en.wikipedia.org/wiki/Mercury_(planet)"),
        ("(see https://example.org/a)", "https://example.org/a"),
        ("“https://example.org/a”.", "https://example.org/a"),
    ],
)
def test_an_address_is_whole(text: str, target: str) -> None:
    assert [one.target for one in values(text) if isinstance(one, WebAddress)] == [target]


def test_what_stands_around_a_text_decides_what_it_is() -> None:
    assert isinstance(values("999", before="Call ")[0], Phone)
    assert values("6.05m", about="River level (m)")[0] == Quantity(
        text="6.05m", amount=number("6.05", "6.05"), unit="m"
    )


@pytest.mark.parametrize("text", ["9" * 5000, "-1st", "£" + "9" * 40, "a." * 20_000, "a-" * 20_000, "w" * 50_000])
def test_absurd_text_is_read_at_once(text: str) -> None:
    assert text_of(values(text)) == text


def test_one_call_with_two_numbers() -> None:
    assert [type(found) for found in values("call 101 or 999")] == [Text, Phone, Text, Phone]


@pytest.mark.parametrize("text", ["In 1066", "in 1415", "c.1850", "c. 1850"])
def test_years_long_ago(text: str) -> None:
    assert isinstance(values(text)[-1], Year)


@pytest.mark.parametrize(
    "text",
    [
        "6.3m homes",
        "2m older people",
        "2m UK adults",
        "1.2m to 1.5m claims",
        "2m of them",
        "2.2m web chats",
        "2m very vulnerable children",
        "2.5m tonnes",
        "12m doses",
    ],
)
def test_an_m_is_million_before_what_is_counted(text: str) -> None:
    found = values(text)[0]
    assert isinstance(found, Number) and found.scale == "million" and found.text.endswith("m")


@pytest.mark.parametrize(
    "text",
    [
        *("2m high", "2m of snow", "a 2m gap", "2m fences", "2m across", "2m in two places", "2m", "2m, then less"),
        *("2m x 3m", "2m a year", "2m towards", "25m swimming badges", "10m/s", "5m2", "two 2m shelves"),
    ],
)
def test_any_other_m_is_left_to_be_metres_or_refused(text: str) -> None:
    assert all(found.scale == "" for found in values(text) if isinstance(found, Number))


def test_an_m_at_the_end_of_money_is_million() -> None:
    found = value("£5–10m")
    assert isinstance(found, Range) and isinstance(found.end, Money) and found.end.scale == "million"
    assert values("£10 M&S voucher")[0] == money("£10", "10")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("25 and 26 December", ["25", "26 December"]),
        ("24, 25 & 26 December 2026", ["24", "25", "26 December 2026"]),
        ("between 27 and 31 December", ["27", "31 December"]),
        ("25th or 26th December", ["25th", "26th December"]),
        ("Mon 24 and Tue 25 December", ["24", "25 December"]),
        ("5 and 3 May", ["3 May"]),
        ("40 and 41 people on 5 May", ["5 May"]),
        ("1,200 and 3 May", ["3 May"]),
        ("25 homes, 26 December", ["26 December"]),
    ],
)
def test_days_before_one_month_are_days_of_it(text: str, days: list[str]) -> None:
    found = [one for one in values(text) if isinstance(one, Day | Date)]
    assert [one.text for one in found] == days
    assert {one.month if isinstance(one, Day) else one.value.month for one in found} <= {5, 12}


def test_days_with_endings_make_a_range() -> None:
    assert isinstance(value("7th–9th May"), Range)


def test_a_day_that_does_not_exist_is_not_a_date() -> None:
    assert not any(isinstance(found, Date) for found in values("on 31 February 2007"))


def test_the_full_stop_after_an_address_is_not_part_of_it() -> None:
    assert values("see drugs.gov.uk.") == (
        Text(text="see "),
        WebAddress(text="drugs.gov.uk", target="https://drugs.gov.uk"),
        Text(text="."),
    )


@given(st.text(alphabet="0123456789£%.,–- :/apmkMarch2007()+@ukgov\u00a0", max_size=40))
def test_nothing_is_lost_and_no_digit_is_left_as_text(text: str) -> None:
    found = values(text)
    assert text_of(found) == text
    assert not any(c.isdigit() for part in found if isinstance(part, Text) for c in part.text)


@given(st.text(max_size=80))
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    assert text_of(values(text)) == text


@pytest.mark.parametrize(
    ("written", "header", "amount"),
    [("(2,669)", "", -2669), ("(12)", "2016-17; £000", -12), ("(0.5)", "£m", Decimal("-0.5"))],
)
def test_figures_in_brackets_in_a_column_of_accounts_are_a_loss(written: str, header: str, amount: Decimal) -> None:
    assert values(written, about=header) == (Number(text=written, value=Decimal(amount)),)


@pytest.mark.parametrize(("written", "header"), [("(12)", "Note"), ("(53)", ""), ("(1,234) people", "£")])
def test_other_figures_in_brackets_are_none(written: str, header: str) -> None:
    numbers = [one for one in values(written, about=header) if isinstance(one, Number)]
    assert len(numbers) == 1
    assert numbers[0].value > 0


@pytest.mark.parametrize(
    ("written", "header", "kind"),
    [
        ("3/5", "Date", Day),
        ("9.30", "Time", Time),
        ("9.30-10.15", "Opening times", Range),
        ("4/5", "Score", Joined),
        ("7/8", "Year group", Joined),
        ("5m", "Distance", Quantity),
        ("3/5", "Share", Fraction),
        ("9.30", "Time (minutes)", Number),
    ],
)
def test_a_header_tells_what_the_figures_below_it_are(written: str, header: str, kind: type[Inline]) -> None:
    assert [type(one) for one in values(written, about=header)] == [kind]


@pytest.mark.parametrize(
    "written", ["SW1A\u20092AA", "10\u2003kg", "9am\u20105pm", "0300\u2011123\u20111100", "5\u201310\u202fkg"]
)
def test_signs_that_are_read_alike_are_kept_as_written(written: str) -> None:
    found = values(f"See {written} \u2010 or not.")
    assert "".join(text_of((one,)) for one in found) == f"See {written} \u2010 or not."
    assert written in [text_of((one,)) for one in found]
