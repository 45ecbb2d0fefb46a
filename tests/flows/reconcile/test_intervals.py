"""Every row of "what two values are to each other"."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reconcile.intervals import Relation, extent_of, measure, relation
from storage.values import Duration, Modifier, Money, Percent, Period, Quantity, Status, Text

S, N, W, X, D = Relation.SAME, Relation.NARROWER, Relation.WIDER, Relation.OVERLAP, Relation.DISJOINT


@pytest.mark.parametrize(
    ("predicate", "a", "b", "expected"),
    [
        # rounding: an exact number is as wide as its last digit
        ("growth", "17.97%", "<18%", N),
        ("growth", "18%", "<18%", X),
        ("growth", "16.9%", "<18%", D),
        ("growth", "40.49%", ">40%", N),
        ("growth", "39%", ">40%", D),
        ("growth", "31.1%", "31%", N),
        ("growth", "31.6%", "31%", D),
        ("growth", "98%", "99%", D),  # they share 98.5 on paper only
        ("growth", "98%", "100%", D),
        ("growth", "98%", "~99%", N),
        ("growth", "17.97%", "17.970%", W),
        ("revenue", "$39.28", "$39.28", S),
        ("revenue", "$39.28", "$39.3", N),
        ("spec", "1 gw", "1000 mw", W),
        ("spec", "1.0 gw", "1.2 gw", D),
        ("spec", "2 tb_per_s", "2000 gb_per_s", W),
        ("spec", "90 min", "1.5 h", N),
        ("spec", "72 gpus", "72 unit", S),
        ("spec", "10x", "^10x", X),
        ("spec", "5x", "^10x", N),
        ("spec", "11x", "^10x", D),
        ("spec", "_999 unit", "_1000 unit", W),
        ("spec", "_999 unit", "^10 unit", D),
        # no value at all is the widest
        ("spec", None, "72 gpu", W),
        ("spec", None, None, S),
        # periods are days, both ends included, open ends reach for ever
        ("announced", "2026-01-07/2026-01-07", "2026-01-06/2026-01-09", N),
        ("announced", "2026-01-07/2026-01-07", "2026-01-08/2026-01-08", D),
        ("announced", "2026-01-01/2026-01-15", "2026-01-15/2026-01-31", X),
        ("announced", "2027-01-01/", "2027-03-01/2027-03-31", W),
        ("announced", "/2026-12-31", "2027-01-01/", D),
        ("announced", "2026-03-14/", "2026-01-01/", N),
        # durations agree by unit where one has no number
        ("deployment_time", "weeks", "weeks", S),
        ("deployment_time", "weeks", "months", D),
        ("deployment_time", "3-4 week", "weeks", N),
        ("deployment_time", "3-4 year", "36-48 month", S),
        ("deployment_time", "3-4 year", "5-6 year", D),
        # states: the further one of a chain says more
        ("production_status", ":shipping", ":sampling", N),
        ("production_status", ":sampling", ":shipping", W),
        ("production_status", ":shipping", ":cancelled", D),
        ("production_status", ":unheard_of", ":shipping", D),
        ("production_status", ":unheard_of", ":unheard_of", S),
        # texts agree as words; of two titles the one that holds the other says more
        ("motto", "'“Smarter technology for all.”", "'smarter  Technology for all", S),
        ("motto", "'smarter technology", "'smarter technology for all", D),
        ("role", "'Chairman & CEO", "'chairman and chief executive officer", S),
        ("role", "'CEO", "'chairman and CEO", W),
        ("role", "'chairman", "'CEO", D),
        # what cannot be compared never agrees
        ("spec", "98%", "98x", D),
        ("spec", "1 gw", "1 gb", D),
    ],
)  # fmt: skip
def test_relation(catalogue, val, predicate, a, b, expected):
    of = catalogue.by_key[predicate]
    assert relation(val(a), val(b), of) is expected
    assert relation(val(b), val(a), of) is expected.mirrored


def test_amounts_of_two_currencies_never_agree(catalogue, val):
    euros = Money(number=Decimal(5), low=Decimal(4), high=Decimal(6), currency="EUR")
    assert relation(euros, val("$5"), catalogue.by_key["revenue"]) is D


def test_just_over_a_figure_is_wide_by_one_unit_of_its_last_digit(catalogue, val):
    just_over = Percent(number=Decimal(31), low=Decimal(31), high=Decimal(32), modifier=Modifier.OVER)
    assert relation(val("31.1%"), just_over, catalogue.by_key["share"]) is N
    assert relation(val("32.1%"), just_over, catalogue.by_key["share"]) is D


def test_a_vague_plural_holds_the_count(catalogue, val):
    hundreds_of_thousands = Quantity(
        number=None, low=Decimal(100_000), high=Decimal(999_999), modifier=Modifier.RANGE, unit="gpu"
    )
    assert relation(val("250000 gpu"), hundreds_of_thousands, catalogue.by_key["spec"]) is N
    assert relation(val("99000 gpu"), hundreds_of_thousands, catalogue.by_key["spec"]) is D


def test_the_hedge_leaves_out_the_end_at_the_number_also_below_zero(catalogue, val):
    fell_nearly_12 = Percent(number=Decimal(-12), low=Decimal(-12), high=Decimal(-11), modifier=Modifier.NEARLY)
    fell_12_at_least = Percent(number=Decimal(-12), low=Decimal(-17), high=Decimal(-12), modifier=Modifier.RANGE)
    assert relation(fell_nearly_12, fell_12_at_least, catalogue.by_key["growth"]) is D


def test_ends_the_wrong_way_round_are_put_right(catalogue):
    turned = Percent(number=None, low=Decimal(9), high=Decimal(3), modifier=Modifier.RANGE)
    extent = extent_of(turned)
    assert (extent.low, extent.high) == (3, 9)


def test_chains_in_a_circle_still_give_an_answer(catalogue):
    odd = catalogue.by_key["production_status"].model_copy(update={"chains": (("a", "b"), ("b", "a"))})
    assert relation(Status(state="a"), Status(state="b"), odd).agrees
    assert relation(Status(state="a"), Status(state="b"), odd) is relation(Status(state="b"), Status(state="a"), odd).mirrored


DECIMALS = st.decimals(min_value=-1000, max_value=1000, places=2)
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2026, 1, 1))


@st.composite
def numbers(draw):
    modifier = draw(st.sampled_from(Modifier))
    low, high = sorted((draw(DECIMALS), draw(DECIMALS)))
    number = draw(st.sampled_from([low, high, (low + high) / 2, None]))
    return Percent(
        number=number,
        low=draw(st.sampled_from([low, None])),
        high=draw(st.sampled_from([high, None])),
        modifier=modifier,
    )


PERIODS = st.builds(
    lambda start, length, open_: Period(
        start=None if open_ == 1 else start, end=None if open_ == 2 else start + timedelta(days=length)
    ),
    DAYS,
    st.integers(0, 40),
    st.integers(0, 5),
)
DURATIONS = st.builds(
    lambda low, more, unit, bare: Duration(
        low=None if bare else Decimal(low), high=None if bare else Decimal(low + more), unit=unit
    ),
    st.integers(1, 9),
    st.integers(0, 3),
    st.sampled_from(["day", "week", "month", "year"]),
    st.booleans(),
)
STATES = st.sampled_from(["sampling", "mass_production", "shipping", "cancelled"]).map(lambda state: Status(state=state))
TITLES = st.lists(st.sampled_from(["CEO", "chairman", "founder", "and"]), min_size=1, max_size=4).map(
    lambda w: Text(text=" ".join(w))
)
KINDS = {"growth": numbers(), "announced": PERIODS, "deployment_time": DURATIONS, "production_status": STATES, "role": TITLES}


@st.composite
def pairs(draw):
    key = draw(st.sampled_from(sorted(KINDS)))
    return key, draw(st.none() | KINDS[key]), draw(st.none() | KINDS[key])


@given(pairs())
def test_the_relation_is_mirrored_and_a_narrower_value_has_the_smaller_width(catalogue, pair):
    key, a, b = pair
    of = catalogue.by_key[key]
    found = relation(a, b, of)
    assert relation(b, a, of) is found.mirrored
    assert relation(a, a, of) is Relation.SAME
    if found is Relation.NARROWER:
        assert measure(a, of).width < measure(b, of).width
    if found is Relation.SAME:
        assert measure(a, of).width == measure(b, of).width
