"""Two readers of one text, put together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from flows.extract.model.merge import merge
from storage.model import Authority, Claim, Evidence, Modality
from storage.values import Status

NOW = datetime(2026, 1, 8, tzinfo=UTC)


def claim(id_: str, state: str, *, by: str = "rules", start: int = 0, slot: str = "a", confidence: float = 0.8) -> Claim:
    return Claim(
        id=id_, article="x", revision="x", source="desk", publisher="desk", authority=Authority.PRESS, as_of=NOW,
        published_estimated=False, subject="globex", predicate="acquisition", object="initech", qualifiers={"slot": slot},
        value=Status(state=state), modality=Modality.ACTUAL, attributed_to=None,
        evidence=Evidence(quote="Globex", start=start, end=start + 6), extractor=by, extractor_version="1", confidence=confidence,
        observed_at=NOW,
    )  # fmt: skip


@pytest.fixture
def put() -> Any:
    return lambda rules, model: merge(
        rules, model, slot=lambda one: str(one.qualifiers["slot"]), agree=lambda a, b: a.value == b.value
    )


def test_agreement_halves_the_doubt_and_adds_no_claim(put: Any) -> None:
    merged = put([claim("r", "announced")], [claim("m", "announced", by="llm:x", start=9)])
    (kept,) = merged.rules
    assert (kept.confidence, merged.model) == (0.9, ())
    assert [(span.role, span.start) for span in kept.evidence.context] == [("llm:x agrees", 9)]
    assert [line.why for line in merged.trace] == ["agrees with the rules"]


def test_disagreement_lowers_both_and_is_evidence_of_both(put: Any) -> None:
    merged = put([claim("r", "announced")], [claim("m", "completed", by="llm:x", start=9)])
    (ours,), (theirs,) = merged.rules, merged.model
    assert (ours.confidence, theirs.confidence) == (0.6, 0.6)
    assert [span.role for span in ours.evidence.context] == ["llm:x disagrees"]
    assert [span.role for span in theirs.evidence.context] == ["rules disagrees"]
    assert "disagrees with the rules" in merged.trace[0].why


def test_what_only_one_of_them_says_stands_as_it_is(put: Any) -> None:
    ours, theirs = claim("r", "announced"), claim("m", "announced", by="llm:x", slot="b", start=50)
    merged = put([ours], [theirs])
    assert (merged.rules, merged.model) == ((ours,), (theirs,))
    assert put([], [theirs]).model == (theirs,)
    assert put([ours], []).rules == (ours,)


def test_the_same_words_in_another_slot_are_the_rules(put: Any) -> None:
    merged = put([claim("r", "announced")], [claim("m", "announced", by="llm:x", slot="b")])
    assert merged.model == ()
    assert [line.outcome for line in merged.trace] == ["dropped"]


def test_a_claim_the_rules_make_too_is_theirs_whoever_else_says_it(put: Any) -> None:
    same = claim("r", "announced")
    merged = put([same], [replace(same, extractor="llm:x")])
    assert [one.extractor for one in (*merged.rules, *merged.model)] == ["rules"]
