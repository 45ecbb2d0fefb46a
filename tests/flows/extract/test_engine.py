"""The extractor as a whole: grounded, deterministic, deaf to hostile text, and as good as it says."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.config.catalogue import Catalogue
from flows.config.watchlist import Watchlist
from flows.extract.engine import LONGEST, Extraction, Extractor
from flows.extract.export import claim_to_json
from storage.model import Claim
from storage.values import Money, value_from_json

Extract = Callable[..., Extraction]

REPORT = (
    "Orlo said on Tuesday that revenue rose 18% to $39.2 billion in the second quarter of 2026, against $33.2 billion a "
    "year earlier.\n\n"
    "“It was a good quarter,” said Mira Voss, chief executive of the company. It employs 1,250 people.\n\n"
    "At Expo 2026, Orlo introduced the Tamarin X15, a kettle that weighs 1.2 kg. Hexa has agreed to buy Bramante for $2 "
    "billion.\n"
)


def test_every_quote_stands_at_its_offsets(extract: Extract) -> None:
    found = extract(REPORT).claims
    assert len(found) >= 8
    for claim in found:
        for span in (claim.evidence, *claim.evidence.context):
            assert REPORT[span.start : span.end] == span.quote
            assert span.quote.strip()


def test_a_claim_names_its_arguments_in_its_quote_or_its_context(extract: Extract) -> None:
    for claim in extract(REPORT).claims:
        words = " ".join([claim.evidence.quote, *(span.quote for span in claim.evidence.context)]).lower()
        for key in filter(None, (claim.subject, claim.object)):
            assert key.split("-")[-1] in words, (claim.predicate, key, words)


def test_the_same_text_gives_the_same_claims(extract: Extract, watchlist: Watchlist, catalogue: Catalogue) -> None:
    first = extract(REPORT)
    from_another = Extractor(watchlist, catalogue)
    again = extract(REPORT)
    assert first == again
    assert len({claim.id for claim in first.claims}) == len(first.claims)
    assert from_another.events[0].key == "expo-2026"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whole=st.integers(min_value=10, max_value=99), tenth=st.integers(min_value=0, max_value=9))
def test_an_altered_digit_never_yields_the_old_value(extract: Extract, whole: int, tenth: int) -> None:
    amount = Decimal(f"{whole}.{tenth}") * 10**9
    text = REPORT.replace("$39.2 billion", f"${whole}.{tenth} billion")
    figures = {
        claim.value.number for claim in extract(text).claims if claim.predicate == "revenue" and isinstance(claim.value, Money)
    }
    assert figures == {amount, Decimal("33.2") * 10**9}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.text(alphabet=string.printable + "“”’‹›«»–—€£¥%™", max_size=400))
def test_no_text_makes_it_fail(extract: Extract, text: str) -> None:
    for claim in extract(text).claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from([*REPORT.split(), "‹o1›", "«be»", "Orlo's", "(", ")", "\n\n", "\n- ", "Voss:", "?", "if"]), max_size=60
    )
)
def test_no_shuffled_report_makes_it_fail(extract: Extract, words: list[str]) -> None:
    text = " ".join(words)
    for claim in extract(text).claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_naughty_strings_do_no_harm(extract: Extract, shared: Path) -> None:
    for text in json.loads((shared / "corpora" / "naughty-strings.json").read_text(encoding="utf-8")):
        extract(str(text))
        extract(f"Orlo said {text} rose 5%.")


@pytest.mark.parametrize(
    "text", ["(" * 20_000, "5% " * 5_000, "Orlo " * 5_000, "a" * 100_000, '"' * 9_999, "Orlo, " * 3_000 + "said."]
)
def test_long_monotony_is_read_in_passing(extract: Extract, text: str) -> None:
    assert len(extract(text).claims) <= len(text)


def test_what_lies_beyond_the_limit_is_left_and_said_so(extract: Extract) -> None:
    text = "word " * (LONGEST // 5 + 10)
    assert any(line.rule == "length" for line in extract(text).trace)


def test_an_undated_text_is_as_old_as_what_it_reports(extract: Extract) -> None:
    found = extract("At Expo 2026, Orlo introduced the Tamarin X15.", published=None)
    assert (found.as_of, found.published_estimated) == (datetime(2026, 3, 3, tzinfo=UTC), True)
    assert all(claim.published_estimated for claim in found.claims)
    assert extract("Orlo introduced the Tamarin X15.", published=None).as_of == datetime(2026, 9, 1, tzinfo=UTC)
    dated = extract("Orlo introduced the Tamarin X15.", published=date(2026, 8, 12))
    assert (dated.as_of, dated.published_estimated) == (datetime(2026, 8, 12, tzinfo=UTC), False)


def test_an_article_of_another_field_gives_nothing(extract: Extract) -> None:
    text = "The children watched the birds by the lake. " * 20 + "Orlo had revenue of $5."
    found = extract(text)
    assert found.claims == ()
    assert found.trace[0].rule == "field"


def test_the_trace_tells_what_fired_and_what_was_dropped(extract: Extract) -> None:
    trace = extract("Orlo had revenue of $5 billion. If Hexa grew, its revenue would reach $9 billion.").trace
    assert {line.outcome for line in trace} >= {"fired", "dropped"}
    assert any("condition" in line.why for line in trace)


def test_a_claim_is_exported_whole(extract: Extract) -> None:
    claim: Claim = next(one for one in extract(REPORT).claims if one.predicate == "revenue")
    line = json.loads(json.dumps(claim_to_json(claim, "report.txt")))
    assert (line["article"], line["subject"], line["predicate"], line["modality"], line["extractor"]) == (
        "report.txt",
        "orlo",
        "revenue",
        "actual",
        "rules",
    )
    assert REPORT[line["evidence"]["start"] : line["evidence"]["end"]] == line["evidence"]["quote"]
    assert value_from_json(line["value"]) == claim.value
