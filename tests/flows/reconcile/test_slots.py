"""What tells one fact from another."""

from __future__ import annotations

import pytest

from flows.reconcile import slot_of
from storage.model import Modality, ModalityClass
from storage.values import Period


def same(catalogue, a, b):
    return slot_of(a, catalogue).fact_id == slot_of(b, catalogue).fact_id


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        # slot qualifiers count, others do not
        ({"market": "ai-pc"}, {"market": "pc"}, False),
        ({"market": "ai-pc"}, {"market": "AI PC"}, True),
        ({"market": "ai-pc"}, {"market": "ai-pc", "event": "ces-2026"}, True),
        ({"market": "ai-pc", "region": "global"}, {"market": "ai-pc"}, True),
        ({"market": "ai-pc", "region": "Worldwide"}, {"market": "ai-pc"}, True),
        ({"market": "ai-pc", "region": "emea"}, {"market": "ai-pc"}, False),
        ({"market": "个人电脑"}, {"market": "pc"}, False),
        ({"market": "  "}, {}, True),
    ],
)
def test_qualifiers(catalogue, say, one, other, alike):
    a, b = (say("a", "31%", predicate="share", qualifiers=qualifiers) for qualifiers in (one, other))
    assert same(catalogue, a, b) is alike


def test_periods_are_told_apart_and_absent_is_its_own(catalogue, say, val):
    half = say("a", "18%", qualifiers={"period": val("2025-04-01/2025-09-30")})
    assert not same(catalogue, half, say("a", "18%", qualifiers={"period": val("2025-07-01/2025-09-30")}))
    assert not same(catalogue, half, say("a", "18%"))
    assert isinstance(slot_of(half, catalogue).qualifiers["period"], Period)


def test_classes_of_modality_are_kept_apart_and_plans_meet_targets(catalogue, say):
    said = {modality: say("a", "18%", modality=modality) for modality in Modality}
    ids = {modality: slot_of(claim, catalogue).fact_id for modality, claim in said.items()}
    assert ids[Modality.PLANNED] == ids[Modality.TARGETED]
    assert len(set(ids.values())) == 4
    planned = slot_of(said[Modality.PLANNED], catalogue)
    assert planned.in_group(ModalityClass.REALISED) == ids[Modality.ACTUAL]


def test_a_symmetric_relation_has_one_slot_whoever_is_named_first(catalogue, say):
    a = say("a", ":announced", predicate="partnership", subject="nvidia", object_="lenovo")
    b = say("a", ":announced", predicate="partnership", subject="lenovo", object_="nvidia")
    assert same(catalogue, a, b)
    assert (slot_of(a, catalogue).subject, slot_of(a, catalogue).object) == ("lenovo", "nvidia")


def test_amounts_in_two_currencies_never_meet(catalogue, say, val):
    dollars = say("a", "$5", predicate="revenue")
    euros = say("a", type(val("$5"))(number=None, low=None, high=None, currency="EUR"), predicate="revenue")
    assert not same(catalogue, dollars, euros)


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        ("98%", "1 gw", False),
        ("1 gw", "900 mw", True),
        ("1 gw", "288 gb", False),
        ("72 gpu", "36 unit", True),
        (None, "3 unit", True),
    ],
)
def test_what_cannot_be_compared_never_meets(catalogue, say, a, b, alike):
    assert same(catalogue, say("a", a, predicate="spec"), say("a", b, predicate="spec")) is alike


@pytest.mark.parametrize(("a", "b", "alike"), [("72 gpu", "72 gpu", True), ("72 gpu", "36 gpu", False), (None, "72 gpu", False)])
def test_where_many_hold_at_once_a_number_is_a_fact_of_its_own(catalogue, say, a, b, alike):
    first, second = (say("a", value, predicate="component", object_="rubin-gpu") for value in (a, b))
    assert same(catalogue, first, second) is alike
    other = say("a", a, predicate="component", object_="vera-cpu")
    assert not same(catalogue, first, other)


def test_a_quotation_is_its_words_not_its_marks(catalogue, say):
    a = say("a", "'“We are simplifying it.”", predicate="statement")
    b = say("b", "'We are  simplifying it", predicate="statement")
    assert same(catalogue, a, b)
    assert not same(catalogue, a, say("a", "'We are complicating it", predicate="statement"))


def test_the_kind_of_a_predicate_that_takes_one_kind_is_no_part_of_the_slot(catalogue, say):
    assert same(catalogue, say("a", None, predicate="announced"), say("a", "2026-01-07/2026-01-07", predicate="announced"))
