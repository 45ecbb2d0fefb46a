"""Amounts in real language, the widths of hedges, and laws over random numbers and hostile text."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.extract import quantities
from flows.extract.hedges import ABOUT, AT_LEAST, EXACT, JUST_OVER, NEARLY, OVER, UNDER, UP_TO, Hedge, interval
from flows.extract.spans import QuantityMention
from storage.values import Duration, Modifier, Money, Percent, Quantity, Ratio, decimal_text

DATA = Path(__file__).parents[2] / "data"
TABLE = yaml.safe_load((DATA / "quantities.yaml").read_text(encoding="utf-8"))
ROWS = [pytest.param(row[0], row[1:], id=f"{section}:{row[0][:60]}") for section, rows in TABLE.items() for row in rows]


def plain(number: Decimal | None) -> str:
    return "-" if number is None else decimal_text(round(number, 4))


def reading(mention: QuantityMention) -> str:
    """The mention in the notation of the table."""
    value = mention.value
    match value:
        case Money():
            unit = value.currency
        case Percent():
            unit = "pp" if mention.points else "%"
        case Ratio():
            unit = "x"
        case Quantity() | Duration():
            unit = value.unit
    if value.modifier is Modifier.RANGE:
        words = [f"{unit} {plain(value.low)}..{plain(value.high)}"]
    elif isinstance(value, Duration):
        number = value.high if value.low is None else value.low if value.high is None else (value.low + value.high) / 2
        words = [f"{unit} {plain(number)}"]
    else:
        words = [f"{unit} {plain(value.number)}"]
    if value.modifier not in {Modifier.EXACT, Modifier.RANGE}:
        words.insert(0, str(value.modifier))
    if mention.noun is not None:
        words.append(f"{{{mention.noun}}}")
    if mention.per is not None:
        words.append(f"per {mention.per}")
    if mention.converted is not None:
        hedge = "" if mention.converted.modifier is Modifier.EXACT else f"{mention.converted.modifier} "
        words.append(f"= {hedge}{mention.converted.currency} {plain(mention.converted.number)}")
    if mention.bare:
        words.append("?")
    if mention.after_from:
        words.append("<")
    if mention.word is not None:
        words.append(f"!{mention.word}")
    return " ".join(words)


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_reads_what_a_reader_would(text: str, expected: list[str]) -> None:
    assert [f"{text[found.start : found.end]} → {reading(found)}" for found in quantities.find(text)] == expected


@pytest.mark.parametrize(
    ("number", "step", "hedge", "low", "high"),
    [
        ("39280000000", "10000000", EXACT, "39275000000", "39285000000"),
        ("2000000000", "1000000000", EXACT, "1500000000", "2500000000"),
        ("72000", "1", ABOUT, "68400", "75600"),
        ("200000", "1", NEARLY, "188000", "200000"),
        ("1900", "1", NEARLY, "1800", "1900"),
        ("210", "1", NEARLY, "200", "210"),
        ("100000", "1", OVER, "100000", "112500"),
        ("25000000000", "1000000000", OVER, "25000000000", "28125000000"),
        ("2000000000", "1000000000", JUST_OVER, "2000000000", "2250000000"),
        ("1210000", "10000", JUST_OVER, "1210000", "1220000"),
        ("64", "1", UP_TO, None, "64"),
        ("500", "1", UNDER, None, "500"),
        ("999", "1", AT_LEAST, "999", None),
    ],
)
def test_widths(number: str, step: str, hedge: Hedge, low: str | None, high: str | None) -> None:
    ends = interval(Decimal(number), Decimal(step), hedge)
    assert ends == (low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("number", "step", "hedge", "low", "high"),
    [
        ("17.97", "0.01", EXACT, "17.965", "17.975"),
        ("31", "1", EXACT, "30.5", "31.5"),
        ("18", "1", NEARLY, "17", "18"),
        ("80", "1", NEARLY, "79", "80"),
        ("5", "1", NEARLY, "4.7", "5"),
        ("40", "1", OVER, "40", "45"),
        ("8", "1", JUST_OVER, "8", "9"),
        ("9", "1", ABOUT, "8.55", "9.45"),
    ],
)
def test_widths_of_percentages(number: str, step: str, hedge: Hedge, low: str, high: str) -> None:
    assert interval(Decimal(number), Decimal(step), hedge, percent=True) == (Decimal(low), Decimal(high))


def only(text: str) -> QuantityMention:
    found = quantities.find(text)
    assert len(found) == 1, found
    return found[0]


def test_a_tolerance_is_the_interval() -> None:
    value = only("revenue of $84.0 billion, plus or minus 2%").value
    assert isinstance(value, Money)
    assert (value.low, value.high, value.modifier) == (82320000000, 85680000000, Modifier.ABOUT)
    points = only("a margin of 75%, plus or minus 50 basis points").value
    assert (points.low, points.high) == (Decimal("74.5"), Decimal("75.5"))


def test_a_length_of_time_is_as_long_as_it_says() -> None:
    assert only("took nine days").value == Duration(low=Decimal(9), high=Decimal(9), unit="day")
    assert only("from weeks").value == Duration(low=None, high=None, unit="week")


def test_a_hedge_holds_for_the_conversion_too() -> None:
    converted = only("roughly HK$147 billion ($18.8 billion)").converted
    assert converted is not None
    assert (converted.low, converted.high) == (Decimal(17860000000), Decimal(19740000000))


# Notations a number can be written in; each must come back as the number it stands for.
CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "HK$": "HKD",
    "€": "EUR",
    "£": "GBP",
    "R$": "BRL",
    "RMB ": "CNY",
    "CHF ": "CHF",
    "₹": "INR",
}
SCALES = {"": 1, " thousand": 10**3, " million": 10**6, "m": 10**6, " billion": 10**9, "bn": 10**9, " trillion": 10**12}
amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(99999), places=2).filter(lambda number: number > 0)


@given(number=amounts, sign=st.sampled_from(sorted(CURRENCIES)), scale=st.sampled_from(sorted(SCALES)), grouped=st.booleans())
def test_money_written_is_money_read(number: Decimal, sign: str, scale: str, *, grouped: bool) -> None:
    written = f"{sign}{number:,}{scale}" if grouped else f"{sign}{number}{scale}"
    mention = only(f"It came to {written} in all.")
    value = mention.value
    assert isinstance(value, Money)
    assert (value.currency, value.number) == (CURRENCIES[sign], number * SCALES[scale])
    assert value.low is not None
    assert value.high is not None
    assert value.low < number * SCALES[scale] < value.high
    assert value.high - value.low == Decimal("0.01") * SCALES[scale]


@given(number=st.decimals(min_value=-999, max_value=999, places=1), sign=st.sampled_from(["%", " %", " percent", " per cent"]))
def test_a_percentage_written_is_one_read(number: Decimal, sign: str) -> None:
    value = only(f"a change of {number}{sign} on the year").value
    assert isinstance(value, Percent)
    assert value.number == number


@given(number=st.integers(min_value=2, max_value=999_999_999), noun=st.sampled_from(["GPUs", "employees", "racks", "sites"]))
def test_a_count_written_is_one_read(number: int, noun: str) -> None:
    mention = only(f"with {number:,} {noun} in place")
    assert isinstance(mention.value, Quantity)
    assert (mention.value.number, mention.noun) == (number, noun)


def in_words(number: int) -> str:
    small = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen"""
    tens = "- - twenty thirty forty fifty sixty seventy eighty ninety"
    if number < 20:
        return small.split()[number]
    if number < 100:
        return tens.split()[number // 10] + (f"-{in_words(number % 10)}" if number % 10 else "")
    rest = f" and {in_words(number % 100)}" if number % 100 else ""
    return f"{in_words(number // 100)} hundred{rest}"


@given(number=st.integers(min_value=2, max_value=999))
def test_a_count_in_words_is_one_read(number: int) -> None:
    mention = only(f"with {in_words(number)} racks in place")
    assert isinstance(mention.value, Quantity)
    assert mention.value.number == number


def lawful(text: str) -> None:
    """What holds for any text: mentions lie in it, in order, apart, and their intervals hold their numbers."""
    end = 0
    for mention in quantities.find(text):
        assert end <= mention.start < mention.end <= len(text)
        assert re.search(r"\w|%|\d", text[mention.start : mention.end])
        end = mention.end
        value = mention.value
        if value.low is not None and value.high is not None:
            assert value.low <= value.high
        if not isinstance(value, Duration) and value.number is not None:
            assert value.low is None or value.low <= value.number
            assert value.high is None or value.number <= value.high
        if mention.noun is not None:
            assert mention.noun_start is not None
            assert text[mention.noun_start : mention.noun_end] == mention.noun


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    lawful(text)


VOCABULARY = """
    $ € 5 12 1,000 3.5 % percent points million bn k to - – and between or about over more than just up plus minus 2 ( ) ± GPUs
    racks weeks months x times half a third of the first doubled dozens hundreds thousand 亿 元 百分之 三 No. ranked 2026 May per
    second kW TB/s °C " ' . , ; 's from RMB dollars cents basis fold in hundred and twenty one"""
PIECES = st.sampled_from([*VOCABULARY.split(), "\n", "\u00a0"])


@given(st.lists(PIECES, max_size=40), st.sampled_from(["", " "]))
@settings(max_examples=300)
def test_any_order_of_its_words_is_survived(pieces: list[str], glue: str) -> None:
    lawful(glue.join(pieces))


def test_the_naughty_strings_are_survived(shared: Path) -> None:
    for text in json.loads((shared / "corpora" / "naughty-strings.json").read_text(encoding="utf-8")):
        lawful(text)
        lawful(f"up {text} 5% ({text}) $3 billion")


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1,",
        "1.",
        "1,111 ",
        "one ",
        "$1 ",
        "1 to ",
        "between 1 and ",
        "1% ",
        "(",
        "about ",
        "a third ",
        "£1 (€1) ",
        "+",
        "-1",
    ],
)
def test_a_long_monotonous_text_is_read_in_one_pass(piece: str) -> None:
    """Looks around a number are bounded, so that twice the text takes twice the reads, not four times."""
    short, long = Watched(piece * 400), Watched(piece * 1600)
    quantities.find(short)
    quantities.find(long)
    assert long.read <= 5 * short.read + 10_000


class Watched(str):
    """A text that counts the characters taken out of it by slices."""

    __slots__ = ("read",)
    read: int

    def lower(self) -> Watched:
        return self

    def __new__(cls, text: str) -> Watched:
        made = super().__new__(cls, text)
        made.read = 0
        return made

    def __getitem__(self, key: int | slice) -> str:  # type: ignore[override]  # str's own has more forms of index
        piece = super().__getitem__(key)
        self.read += len(piece)
        return piece
