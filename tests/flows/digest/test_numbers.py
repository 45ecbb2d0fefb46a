"""Numbers in words: every digit kept, hedges said, nothing raised."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.digest.numbers import Numbers, unit_word
from storage.values import Duration, Modifier, Money, Percent, Quantity, Ratio

EN = Numbers("en")
D = Decimal


def _number(text: str | None) -> Decimal | None:
    return None if text is None else D(text)


def _money(number: str | None, currency: str = "USD", *, modifier: str = "exact", **ends: str) -> Money:
    low, high = _number(ends.get("low")), _number(ends.get("high"))
    return Money(number=_number(number), currency=currency, low=low, high=high, modifier=Modifier(modifier))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (_money("39280000000"), "$39.28 billion"),
        (_money("846000000"), "$846 million"),
        (_money("147000000000", "HKD", modifier="about"), "about HK$147 billion"),
        (_money("4900000000000"), "$4.9 trillion"),
        (_money("-34000000"), "-$34 million"),
        (_money("1699", "EUR", modifier="at_least"), "at least €1,699"),
        (_money("999.5"), "$999.50"),
        (_money("12345678901"), "$12,345,678,901"),
        (_money("39", "CHF"), "CHF 39"),
        (_money(None, low="3000000", high="4000000", modifier="range"), "$3 million to $4 million"),
        (_money("45", low="44", high="46", modifier="range"), "$44 to $46"),
        (_money(None, low="100", modifier="over"), "over $100"),
        (_money(None, high="100", modifier="up_to"), "up to $100"),
        (_money(None), "an unstated number"),
    ],
)
def test_money(value: Money, words: str) -> None:
    assert EN.words(value) == words


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        ("1000000000", "w", "1 GW"),
        ("190000", "w", "190 kW"),
        ("7500000", "w", "7.5 MW"),
        ("2000", "gb", "2 TB"),
        ("64", "gb", "64 GB"),
        ("3.6", "tb", "3.6 TB"),
        ("0.5", "kw", "500 W"),
        ("72", "gpu", "72 GPUs"),
        ("1", "gpu", "1 GPU"),
        ("11000", "rack", "11,000 racks"),
        ("72000", "person", "72,000 people"),
        ("1000000000000", "count", "1 trillion"),
        ("1.05", "kg", "1.05 kg"),
        ("14.5", "in", "14.5 inches"),
        ("80", "tops", "80 TOPS"),
        ("1", "rank", "No. 1"),
        ("16400000", "unit", "16.4 million units"),
        ("3", "data-centre", "3 data centres"),
    ],
)
def test_quantities(number: str, unit: str, words: str) -> None:
    assert EN.words(Quantity(number=D(number), low=None, high=None, unit=unit)) == words


def test_vague_plurals_are_said_as_they_were() -> None:
    vague = Quantity(number=None, low=D(100_000), high=D(999_999), modifier=Modifier.RANGE, unit="gpu")
    assert EN.words(vague) == "hundreds of thousands of GPUs"
    dozens = Quantity(number=None, low=D(24), high=D(99), modifier=Modifier.RANGE, unit="count")
    assert EN.words(dozens) == "dozens"


@pytest.mark.parametrize(
    ("number", "low", "high", "modifier", "words"),
    [
        ("17.97", "17.965", "17.975", "exact", "up 17.97%"),
        ("40", "40", "45", "over", "up over 40%"),
        ("18", "17", "18", "nearly", "up nearly 18%"),
        ("-8.6", "-8.65", "-8.55", "exact", "down 8.6%"),
        ("-10", "-15", "-10", "over", "down over 10%"),
        ("0", "-0.5", "0.5", "exact", "unchanged"),
        (None, "-5", "-3", "range", "down 3% to 5%"),
        (None, "3", "5", "range", "up 3% to 5%"),
        (None, "-1", "1", "range", "changed by -1% to 1%"),
    ],
)
def test_movements(number: str | None, low: str, high: str, modifier: str, words: str) -> None:
    value = Percent(number=_number(number), low=D(low), high=D(high), modifier=Modifier(modifier))
    assert EN.change(value) == words


@pytest.mark.parametrize(
    ("low", "high", "unit", "modifier", "words"),
    [
        (None, None, "week", "exact", "weeks"),
        ("3", "4", "year", "exact", "3 to 4 years"),
        ("1", "1", "year", "exact", "1 year"),
        ("9", "9", "month", "about", "9 months"),
        ("3", "4", "year", "about", "about 3 to 4 years"),
        (None, "2", "hour", "up_to", "up to 2 hours"),
        ("6", None, "day", "at_least", "at least 6 days"),
    ],
)
def test_durations(low: str | None, high: str | None, unit: str, modifier: str, words: str) -> None:
    value = Duration(low=_number(low), high=_number(high), unit=unit, modifier=Modifier(modifier))
    assert EN.words(value) == words


def test_units_of_any_name_have_words() -> None:
    assert unit_word("rack", plural=False) == "rack"
    assert unit_word("glass", plural=True) == "glass"
    assert unit_word("", plural=True) == ""


numbers = st.decimals(allow_nan=False, allow_infinity=False, min_value=D("-1e18"), max_value=D("1e18"), places=4)
_SCALES = {"trillion": D(10) ** 12, "billion": D(10) ** 9, "million": D(10) ** 6, "": D(1)}


def _read(text: str) -> Decimal:
    """The number a reader takes from the words."""
    match = re.search(r"(-?)[^\d-]*(\d[\d,]*(?:\.\d+)?)(?: (trillion|billion|million))?", text)
    assert match, text
    return D(match[1] + match[2].replace(",", "")) * _SCALES[match[3] or ""]


@given(numbers, st.sampled_from(["USD", "EUR", "HKD", "CNY", "CHF", "TWD"]), st.sampled_from(list(Modifier)))
def test_no_digit_of_an_amount_is_lost(number: Decimal, currency: str, modifier: Modifier) -> None:
    value = Money(number=number, low=number, high=number, modifier=modifier, currency=currency)
    assert _read(EN.words(value)) == number


@given(numbers, st.sampled_from(["count", "gpu", "rack", "unit", "person"]))
def test_no_digit_of_a_count_is_lost(number: Decimal, unit: str) -> None:
    assert _read(EN.words(Quantity(number=number, low=None, high=None, unit=unit))) == number


@given(numbers)
def test_no_digit_of_a_percentage_is_lost(number: Decimal) -> None:
    assert _read(EN.words(Percent(number=number, low=number, high=number))) == number
    moved = EN.change(Percent(number=number, low=number, high=number))
    assert (moved == "unchanged") if number == 0 else _read(moved) == abs(number)


any_number = st.none() | st.decimals()
any_text = st.text(max_size=12)


@given(any_number, any_number, any_number, st.sampled_from(list(Modifier)), any_text)
def test_no_number_is_too_strange_to_be_written(
    number: Decimal | None, low: Decimal | None, high: Decimal | None, modifier: Modifier, text: str
) -> None:
    for value in (
        Money(number=number, low=low, high=high, modifier=modifier, currency=text),
        Percent(number=number, low=low, high=high, modifier=modifier),
        Ratio(number=number, low=low, high=high, modifier=modifier),
        Quantity(number=number, low=low, high=high, modifier=modifier, unit=text),
        Quantity(number=number, low=low, high=high, modifier=modifier, unit="w"),
        Duration(low=low, high=high, unit=text, modifier=modifier),
    ):
        assert isinstance(EN.words(value), str)
    assert EN.change(Percent(number=number, low=low, high=high, modifier=modifier))
