"""Whatever a fact may say survives JSON and both databases, figure for figure."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.columns import dumps
from storage.database import Database
from storage.facts import load_facts, save_facts
from storage.model import FactState, FactStatus, Modality, Promise, Side
from storage.states import (
    qualifiers_from_json,
    qualifiers_to_json,
    side_from_json,
    side_to_json,
    state_from_json,
    state_to_json,
)
from storage.values import (
    Duration,
    Modifier,
    Money,
    Percent,
    Period,
    Quantity,
    Ratio,
    Status,
    Text,
    value_from_json,
    value_to_json,
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
slugs = st.from_regex(r"[a-z][a-z0-9_-]{0,9}", fullmatch=True)
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by contract
numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40)
days = st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31))
modifiers = st.sampled_from(Modifier)
interval = {"low": numbers, "high": numbers, "modifier": modifiers}
values = st.one_of(
    st.builds(Money, number=numbers, currency=st.from_regex("[A-Z]{3}", fullmatch=True), **interval),
    st.builds(Percent, number=numbers, **interval),
    st.builds(Ratio, number=numbers, **interval),
    st.builds(Quantity, number=numbers, unit=slugs, **interval),
    st.builds(Duration, unit=slugs, **interval),
    st.builds(Period, start=days, end=days),
    st.builds(Status, state=slugs),
    st.builds(Text, text=words),
)
sides = st.builds(
    Side,
    value=st.none() | values,
    modality=st.sampled_from(Modality),
    claims=st.lists(slugs, max_size=3).map(tuple),
    as_of=moments,
    independent_sources=st.integers(0, 99),
)
states = st.builds(
    FactState,
    status=st.sampled_from(FactStatus),
    sides=st.lists(sides, max_size=3).map(tuple),
    promise=st.none() | st.sampled_from(Promise),
)
qualifiers = st.dictionaries(slugs, words | values, max_size=3)


@given(values)
def test_a_value_survives_json(value: Any) -> None:
    assert value_from_json(json.loads(dumps(value_to_json(value)))) == value


@given(values)
def test_a_value_has_one_spelling(value: Any) -> None:
    spelt = dumps(value_to_json(value))
    assert dumps(value_to_json(value_from_json(json.loads(spelt)))) == spelt


@given(qualifiers)
def test_qualifiers_survive_json(named: Any) -> None:
    assert qualifiers_from_json(json.loads(dumps(qualifiers_to_json(named)))) == named


@given(states, sides)
def test_a_state_survives_json(state: FactState, side: Side) -> None:
    assert state_from_json(json.loads(dumps(state_to_json(state)))) == state
    assert side_from_json(json.loads(dumps(side_to_json(side)))) == side


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(state=states, named=qualifiers, superseded=st.lists(sides, max_size=2), seen=moments)
def test_a_fact_survives_both_databases(
    database: Database, make: Any, state: FactState, named: Any, superseded: list[Side], seen: datetime
) -> None:
    fact = make.fact(state=state, qualifiers=named, superseded=tuple(superseded), first_seen=seen, last_changed=seen)
    with database.write() as s:
        save_facts(s, [fact])
        assert load_facts(s, [fact.id]) == {fact.id: fact}


def test_a_figure_no_float_can_hold_is_kept_exactly() -> None:
    pi = Percent(number=Decimal("3.14159265358979323846264338327950288"), low=Decimal("1E-400"), high=Decimal("1E+30"))
    assert value_from_json(json.loads(dumps(value_to_json(pi)))) == pi
    assert value_to_json(Percent(number=Decimal("17.97"), low=Decimal("17.965"), high=Decimal(18))) == {
        "kind": "percent",
        "number": 17.97,
        "low": 17.965,
        "high": 18,
        "modifier": "exact",
    }
