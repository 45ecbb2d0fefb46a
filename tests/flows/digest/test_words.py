"""Facts as sentences: one for every predicate, from typed data alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.config import Catalogue, Predicate, Watchlist, load_catalogue, load_watchlist
from flows.digest.names import Names, spelling
from flows.digest.words import About, Words
from storage.model import Modality
from storage.values import Duration, Modifier, Money, Percent, Period, Quantity, Ratio, Status, Text, Value

D = Decimal
HALF = Period(start=date(2025, 4, 1), end=date(2025, 9, 30))
QUARTER = Period(start=date(2026, 1, 1), end=date(2026, 3, 31))


@pytest.fixture(scope="module")
def catalogue(seeds: Path) -> Catalogue:
    return load_catalogue(seeds / "catalogue.yaml")


@pytest.fixture(scope="module")
def watchlist(seeds: Path) -> Watchlist:
    return load_watchlist(seeds / "watchlist.yaml")


@pytest.fixture(scope="module")
def words(catalogue: Catalogue, watchlist: Watchlist) -> Words:
    return Words(Names(watchlist, catalogue.vocabularies), catalogue)


def _money(number: str, currency: str = "USD", modifier: str = "exact") -> Money:
    return Money(number=D(number), low=D(number), high=D(number), modifier=Modifier(modifier), currency=currency)


def _percent(number: str, modifier: str = "exact") -> Percent:
    return Percent(number=D(number), low=D(number), high=D(number), modifier=Modifier(modifier))


def _count(number: str, unit: str, modifier: str = "exact") -> Quantity:
    return Quantity(number=D(number), low=D(number), high=D(number), modifier=Modifier(modifier), unit=unit)


def _ratio(number: str, modifier: str = "exact") -> Ratio:
    return Ratio(number=D(number), low=D(number), high=D(number), modifier=Modifier(modifier))


WEEKS = Duration(low=None, high=None, unit="week")
MONTHS = Duration(low=None, high=None, unit="month")
BY_2028 = Period(start=None, end=date(2028, 3, 31))
AT_CES = Period(start=date(2026, 1, 6), end=date(2026, 1, 9))
FROM_MARCH = Period(start=date(2026, 3, 14), end=None)


@pytest.mark.parametrize(
    ("subject", "predicate", "object", "qualifiers", "value", "sentence"),
    [
        ("lenovo", "revenue", None, {"period": HALF}, _money("39280000000"), "Revenue, first half of FY2025/26: $39.28 billion"),
        (
            "lenovo",
            "revenue",
            None,
            {"period": QUARTER, "segment": "intelligent-devices-group"},
            _money("13400000000"),
            "Revenue, Intelligent Devices Group, fourth quarter of FY2025/26: $13.4 billion",
        ),
        (
            "lenovo",
            "revenue_growth",
            None,
            {"period": HALF, "basis": "yoy"},
            _percent("17.97"),
            "Revenue, first half of FY2025/26: up 17.97% year on year",
        ),
        ("lenovo", "net_profit_growth", None, {"basis": "qoq"}, _percent("-8.6"), "Net profit: down 8.6% quarter on quarter"),
        ("nvidia", "gross_margin", None, {"basis": "adjusted"}, _percent("74.9"), "Gross margin: 74.9%, adjusted"),
        (
            "lenovo",
            "revenue_share",
            None,
            {"category": "ai-related-devices"},
            _percent("36"),
            "Share of revenue from AI related devices: 36%",
        ),
        (
            "lenovo",
            "market_share",
            None,
            {"market": "ai-pc", "region": "global", "period": QUARTER},
            _percent("31.1"),
            "Share of the AI PC market, worldwide, first quarter of 2026: 31.1%",
        ),
        (
            "lenovo",
            "market_rank",
            None,
            {"market": "ai-pc", "region": "emea"},
            _count("1", "rank"),
            "Rank in the AI PC market, EMEA: No. 1",
        ),
        ("lenovo", "market_share", None, {}, _percent("25"), "Market share: 25%"),
        (
            "lenovo",
            "shipments",
            None,
            {"product": "pc", "period": QUARTER},
            _count("16400000", "unit"),
            "Shipments, PC, first quarter of 2026: 16.4 million units",
        ),
        (
            "lenovo",
            "market_cap",
            None,
            {"converted": _money("18800000000", modifier="about")},
            _money("147000000000", "HKD", "about"),
            "Market value: about HK$147 billion, which is about $18.8 billion",
        ),
        (
            "nvidia",
            "share_price_change",
            None,
            {"period": Period(start=date(2026, 5, 27), end=date(2026, 5, 27))},
            _percent("-3.1"),
            "Share price, 27 May 2026: down 3.1%",
        ),
        ("nvidia", "investment", "intel", {}, _money("5000000000"), "Investment in Intel: $5 billion"),
        (
            "lenovo",
            "acquisition",
            "frostline-thermal",
            {"price": _money("1150000000")},
            Status(state="announced"),
            "Acquisition of Frostline Thermal: announced, for $1.15 billion",
        ),
        ("lenovo", "partnership", "nvidia", {}, Status(state="expanded"), "Partnership with NVIDIA: expanded"),
        ("nvidia", "customer", "microsoft", {}, None, "Customer: Microsoft"),
        ("qira", "maker", "lenovo", {}, None, "Maker: Lenovo"),
        ("qira", "announced", None, {"event": "ces-2026"}, AT_CES, "Announced: 6 to 9 January 2026, at CES 2026"),
        ("qira", "announced", None, {}, None, "Announced: date not stated"),
        (
            "qira",
            "availability",
            None,
            {"milestone": "delivery", "region": "emea"},
            FROM_MARCH,
            "Deliveries, EMEA: from 14 March 2026",
        ),
        ("qira", "availability", None, {}, FROM_MARCH, "Availability: from 14 March 2026"),
        ("vera-rubin", "production_status", None, {}, Status(state="mass_production"), "Production: in mass production"),
        ("qira", "price", None, {"region": "emea"}, _money("1699", "EUR", "at_least"), "Price, EMEA: from €1,699"),
        ("vera-rubin-nvl72", "component", "rubin-gpu", {}, _count("72", "gpu"), "Contains: 72 × Rubin GPU"),
        ("vera-rubin", "component", "nvlink-6", {}, None, "Contains: NVLink 6"),
        ("neptune", "spec", None, {"measure": "heat_removed"}, _percent("98"), "Heat removed: 98%"),
        ("neptune", "spec", None, {"measure": "power"}, _count("1000000000", "w", "about"), "Power: about 1 GW"),
        (
            "vera-rubin-nvl72",
            "performance",
            None,
            {"measure": "cost_per_token", "baseline": "blackwell", "direction": "lower"},
            _ratio("10", "up_to"),
            "Performance: up to 10x lower cost per token than Blackwell",
        ),
        (
            "qira",
            "performance",
            None,
            {"baseline": "yoga-9"},
            _percent("78"),
            "Performance: 78% performance, compared with Yoga 9",
        ),
        ("ai-cloud-gigafactory", "deployment_time", None, {"from": MONTHS}, WEEKS, "Deployment time: weeks, from months"),
        (
            "lenovo",
            "target",
            None,
            {"measure": "nvidia_business_scale", "by": BY_2028},
            _ratio("4"),
            "Target for NVIDIA business scale: 4 times, by the end of March 2028",
        ),
        ("yang-yuanqing", "role", "lenovo", {}, Text(text="chairman and CEO"), "Role at Lenovo: chairman and CEO"),
        (
            "ana-villarreal",
            "role",
            "lenovo",
            {"unit": "neptune", "from": FROM_MARCH},
            Text(text="general manager"),
            "Role at Lenovo: general manager, Neptune, from 14 March 2026",
        ),
        ("yang-yuanqing", "statement", None, {"text": "We deliver"}, Text(text="We deliver"), "Quotation: “We deliver”"),
        ("lenovo", "headcount", None, {}, _count("72000", "person", "about"), "Employees: about 72,000 people"),
        ("lenovo", "jobs_cut", None, {"region": "emea"}, _count("1200", "person"), "Jobs cut, EMEA: 1,200 people"),
    ],
)
def test_sentences(
    words: Words, subject: str, predicate: str, object: str | None, qualifiers: dict[str, Any], value: Value | None, sentence: str
) -> None:
    about = About(subject=subject, predicate=predicate, object=object, qualifiers=qualifiers)
    assert f"{words.label(about)}: {words.value(about, value)}" == sentence


@pytest.mark.parametrize(
    ("modality", "denier", "label"),
    [
        (Modality.PLANNED, None, "Production (planned)"),
        (Modality.TARGETED, None, "Production (aim)"),
        (Modality.RUMOURED, None, "Production (rumoured)"),
        (Modality.DENIED, None, "Production (denied)"),
        (Modality.DENIED, "nvidia", "Production (denied by NVIDIA)"),
    ],
)
def test_what_is_not_yet_so_is_said_to_be(words: Words, modality: Modality, denier: str | None, label: str) -> None:
    about = About(subject="vera-rubin", predicate="production_status", object=None, qualifiers={}, modality=modality)
    assert words.label(about, denier) == label


_EXAMPLES: dict[str, Value] = {
    "money": _money("5000000"),
    "percent": _percent("12.5"),
    "ratio": _ratio("3"),
    "quantity": _count("7", "unit"),
    "period": AT_CES,
    "duration": WEEKS,
    "status": Status(state="announced"),
    "text": Text(text="some words"),
}


def test_every_predicate_of_the_catalogue_has_a_sentence(words: Words, catalogue: Catalogue) -> None:
    for predicate in catalogue.predicates:
        slot = {name: HALF if name == "period" else "memory" for name in predicate.slot}
        for kind in (*predicate.values, None):
            about = About(
                subject="lenovo", predicate=predicate.key, object="nvidia" if predicate.object else None, qualifiers=slot
            )
            label, value = words.label(about), words.value(about, _EXAMPLES[kind] if kind else None)
            assert label[0].isupper()
            assert value
            assert not any(mark in label + value for mark in "{}_"), predicate.key
            if predicate.object:
                assert "NVIDIA" in label + value


def test_a_predicate_added_as_data_is_told_by_its_title(watchlist: Watchlist) -> None:
    added = Catalogue(predicates=(Predicate(key="order_backlog", title="Order backlog", values=("money",), slot=("period",)),))
    words = Words(Names(watchlist), added)
    about = About(subject="lenovo", predicate="order_backlog", object=None, qualifiers={"period": HALF})
    assert (
        f"{words.label(about)}: {words.value(about, _money('18000000000'))}"
        == "Order backlog, first half of FY2025/26: $18 billion"
    )


def test_a_predicate_nobody_knows_is_told_by_its_key(words: Words) -> None:
    about = About(subject="lenovo", predicate="carbon_footprint", object="nvidia", qualifiers={"market": "ai-pc"})
    assert words.label(about) == "Carbon footprint, NVIDIA, AI PC"


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        (_money("1000000000"), _money("1200000000"), "+$200 million, +20%"),
        (_money("1200000000"), _money("1000000000"), "−$200 million, −16.7%"),
        (_money("1000000000"), _money("1200000000", modifier="about"), "about +$200 million, +20%"),
        (_money("1000000000"), _money("1200000000", "EUR"), None),
        (_percent("28.2"), _percent("31.1"), "+2.9 points"),
        (_count("2", "rank"), _count("1", "rank"), "1 up"),
        (_count("100", "rack"), _count("150", "rack"), "+50 racks, +50%"),
        (_count("100", "rack"), _count("150", "gpu"), None),
        (_percent("1"), _money("1"), None),
        (Period(start=None, end=date(2026, 6, 30)), Period(start=None, end=date(2026, 12, 31)), "6 months later"),
        (Status(state="announced"), Status(state="completed"), None),
        (_percent("5"), _percent("5"), None),
    ],
)
def test_differences(words: Words, before: Value, after: Value, difference: str | None) -> None:
    about = About(subject="lenovo", predicate="revenue", object=None, qualifiers={})
    assert words.difference(about, before, after) == difference


def test_what_it_was_is_said_briefly(words: Words) -> None:
    growth = About(subject="lenovo", predicate="revenue_growth", object=None, qualifiers={"basis": "yoy"})
    assert words.earlier(growth, _percent("40", "over"), _percent("40.49")) == "over 40%"
    assert words.earlier(growth, _percent("-3"), _percent("40.49")) == "down 3%"
    assert words.earlier(growth, _percent("3"), _percent("3.0")) is None


# -- names --------------------------------------------------------------------------------------------


def test_names_of_entities(watchlist: Watchlist) -> None:
    names = Names(watchlist, spelled={"thinksystem-x9": "ThinkSystem X9"})
    assert names.name("nvidia") == "NVIDIA"
    assert names.name("thinksystem-x9") == "ThinkSystem X9"
    assert names.name("kestrel-photonics") == "Kestrel Photonics"
    assert names.name("gb900-nvl99") == "GB900 NVL99"
    assert names.owner("vera-rubin-nvl72") == "nvidia"
    assert names.owner("motorola-razr") == "lenovo"
    assert names.owner("yang-yuanqing") == "lenovo"
    assert names.owner("kestrel-photonics") == "others"
    assert names.belongs("ai-cloud-gigafactory", ("nvidia",))
    assert not names.belongs("qira", ("nvidia",))
    assert names.fiscal_calendar("intelligent-devices-group") == "03-31"


def test_an_unlisted_product_belongs_to_the_maker_that_facts_name(watchlist: Watchlist) -> None:
    names = Names(watchlist, makers={"neptune-two": "lenovo", "a": "b", "b": "a"})
    assert names.owner("neptune-two") == "lenovo"
    assert names.belongs("neptune-two", ("lenovo",))
    assert names.owner("a") == "others"
    assert not names.belongs("a", ("lenovo",))


def test_spelling_is_found_in_the_words_of_a_source() -> None:
    assert spelling("thinksystem-sc850r", "The new ThinkSystem SC850r arrived") == "ThinkSystem SC850r"
    assert spelling("geforce-rtx-6090", "a GeForce RTX 6090, they say") == "GeForce RTX 6090"
    assert spelling("isla", "The island is large") is None
    assert spelling("no (such", "no (such") is None


# -- laws ---------------------------------------------------------------------------------------------

_numbers = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_hedges = st.sampled_from(list(Modifier))
_texts = st.text(max_size=20)
_dates = st.none() | st.dates()
_values: st.SearchStrategy[Value] = st.one_of(
    st.builds(Money, number=_numbers, low=_numbers, high=_numbers, modifier=_hedges, currency=_texts),
    st.builds(Percent, number=_numbers, low=_numbers, high=_numbers, modifier=_hedges),
    st.builds(Ratio, number=_numbers, low=_numbers, high=_numbers, modifier=_hedges),
    st.builds(Quantity, number=_numbers, low=_numbers, high=_numbers, modifier=_hedges, unit=_texts),
    st.builds(Duration, low=_numbers, high=_numbers, modifier=_hedges, unit=_texts),
    st.builds(Period, start=_dates, end=_dates),
    st.builds(Status, state=_texts),
    st.builds(Text, text=_texts),
)
_names_of_qualifiers = st.sampled_from(
    [
        "period",
        "segment",
        "market",
        "region",
        "measure",
        "baseline",
        "direction",
        "from",
        "by",
        "until",
        "event",
        "basis",
        "price",
        "x y",
    ]
)


@given(data=st.data())
def test_nothing_is_too_strange_to_be_told(words: Words, catalogue: Catalogue, data: st.DataObject) -> None:
    about = About(
        subject=data.draw(_texts),
        predicate=data.draw(st.sampled_from([*catalogue.by_key, "{x}", "", "9-lives"])),
        object=data.draw(st.none() | _texts),
        qualifiers=data.draw(st.dictionaries(_names_of_qualifiers, _values | _texts, max_size=4)),
        modality=data.draw(st.sampled_from(list(Modality))),
    )
    before, after = data.draw(_values), data.draw(_values)
    for text in (words.label(about, data.draw(st.none() | _texts)), words.value(about, after), words.value(about, None)):
        assert text == text.replace("\n", " ")
    words.difference(about, before, after)
    words.earlier(about, before, after)
