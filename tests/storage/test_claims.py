"""Claims: only grounded ones, kept once, retired and live as they should be, found by revision and slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from storage.articles import counts, save_article
from storage.claims import (
    all_claims,
    assign_slots,
    claims_by_id,
    claims_of_fact,
    claims_of_revisions,
    count_outdated,
    fingerprints,
    live_claims,
    mark_reconciled,
    pending_extraction,
    pending_reconcile,
    read_again,
    refresh_liveness,
    save_claims,
    save_extractions,
)
from storage.database import Database
from storage.model import Evidence, Modality, Span
from storage.values import Money, Period, Quantity


def test_a_claim_comes_back_as_it_was_saved(database: Database, make: Any) -> None:
    article = make.article(text="𝔸cme sold 72 units in 2025, said 联想.")
    claim = make.claim(
        article,
        "sold 72 units",
        object="globex",
        qualifiers={"region": "emea", "period": Period(start=date(2025, 1, 1), end=None), "was": make.money("3")},
        value=Quantity(number=Decimal(72), low=Decimal("71.5"), high=None, unit="unit"),
        modality=Modality.PLANNED,
        attributed_to="lenovo",
        published_estimated=True,
        confidence=0.25,
        context=(Span(role="subject", start=0, end=4, quote="𝔸cme"),),
    )
    with database.write() as s:
        save_article(s, article)
        assert save_claims(s, article.revision, "rules", "1", [claim]) == 1
    with database.read() as s:
        assert claims_by_id(s, [claim.id, "unknown"]) == {claim.id: claim}
        assert claims_of_revisions(s, [article.revision]) == [claim]
        assert list(all_claims(s)) == [(claim, None, False)]
        assert list(claims_by_id(s, [claim.id])[claim.id].qualifiers) == ["period", "region", "was"]


def test_saving_again_adds_nothing(database: Database, make: Any) -> None:
    article = make.article()
    claim = make.claim(article)
    with database.write() as s:
        save_article(s, article)
        assert [save_claims(s, article.revision, "rules", "1", [claim, claim]) for _ in range(2)] == [1, 0]
        assert counts(s)["claims"] == 1


def test_a_second_extraction_corrects_but_keeps_when_it_was_first_observed(database: Database, make: Any) -> None:
    article = make.article()
    claim = make.claim(article)
    later = replace(
        claim, as_of=make.now, confidence=0.5, publisher="wire", observed_at=make.now + timedelta(days=1), extractor_version="2"
    )
    with database.write() as s:
        save_article(s, article)
        save_claims(s, article.revision, "rules", "1", [claim])
        assert save_claims(s, article.revision, "rules", "2", [later]) == 0
        assert claims_of_revisions(s, [article.revision]) == [replace(later, observed_at=claim.observed_at)]


def test_what_a_new_version_no_longer_claims_is_retired_and_comes_back_if_it_does(database: Database, make: Any) -> None:
    article = make.article()
    kept, dropped = make.claim(article), make.claim(article, predicate="shipments")
    other = make.claim(article, predicate="market_share", extractor="model")
    with database.write() as s:
        save_article(s, article)
        save_claims(s, article.revision, "rules", "1", [kept, dropped])
        save_claims(s, article.revision, "model", "1", [other])
        assign_slots(s, [(claim.id, f"f-{claim.predicate}") for claim in (kept, dropped, other)])
        refresh_liveness(s, [article.revision])
        save_claims(s, article.revision, "rules", "2", [replace(kept, extractor_version="2")])
        assert {claim.id for claim in claims_of_revisions(s, [article.revision])} == {kept.id, other.id}
        assert "f-shipments" in refresh_liveness(s, [article.revision])
        assert live_claims(s, ["f-shipments"]) == {"f-shipments": []}
        assert claims_of_fact(s, "f-shipments") == [(dropped, False)]
        assert save_claims(s, article.revision, "rules", "3", [dropped]) == 0
        refresh_liveness(s, [article.revision])
        assert [claim.id for claim in live_claims(s, ["f-shipments"])["f-shipments"]] == [dropped.id]


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": Evidence(quote="sold 73", start=5, end=12)},
        {"evidence": Evidence(quote="sold 72", start=4, end=11)},
        {"evidence": Evidence(quote="sold 72", start=-14, end=-7)},
        {"evidence": Evidence(quote="", start=3, end=3)},
        {"evidence": Evidence(quote="sold 72", start=5, end=12, context=(Span(role="unit", start=0, end=4, quote="Ajax"),))},
        {"revision": "another"},
        {"extractor": "model"},
        {"confidence": 1.5},
        {"subject": "a" * 501},
        {"subject": "a\0b"},
        {"value": Money(number=Decimal(1), low=None, high=None, currency="\ud800")},
        {"qualifiers": {"region": "em\0ea"}},
    ],
)
def test_a_claim_without_ground_is_refused_by_name_and_nothing_is_kept(
    database: Database, make: Any, change: dict[str, Any]
) -> None:
    article = make.article()
    good, bad = make.claim(article), replace(make.claim(article, "sold 72", predicate="shipments"), **change)
    with database.write() as s:
        save_article(s, article)
    with pytest.raises(ValueError, match=f"claim {bad.id}"), database.write() as s:
        save_claims(s, article.revision, "rules", "1", [good, bad])
    with database.read() as s:
        assert counts(s)["claims"] == 0
        assert pending_extraction(s, "rules", "1", 9) == [article.revision]


def test_claims_of_no_known_revision_are_refused(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(LookupError, match="no revision r0"):
        save_claims(s, "r0", "rules", "1", [])


def test_many_revisions_are_saved_at_once(database: Database, make: Any) -> None:
    articles = [make.article(str(number), text=f"Number {number}.") for number in range(700)]
    with database.write() as s:
        for article in articles:
            save_article(s, article)
        made = {article.revision: [make.claim(article)] for article in articles}
        assert save_extractions(s, "rules", "1", made) == 700
        assert save_extractions(s, "rules", "1", made) == 0
        assert pending_extraction(s, "rules", "1", 999) == []
        pending = pending_reconcile(s, 999)
        assert sorted(pending) == sorted(made)
        assert len(claims_of_revisions(s, pending)) == 700
        assign_slots(s, ((claims[0].id, f"f{revision}") for revision, claims in made.items()))
        assert len(refresh_liveness(s, pending)) == 700
        assert all(len(claims) == 1 for claims in live_claims(s, [f"f{revision}" for revision in made]).values())
        mark_reconciled(s, pending, make.now)
        assert pending_reconcile(s, 999) == []


def test_current_revisions_are_extracted_first_and_each_by_each_version_once(database: Database, make: Any) -> None:
    older = [make.article(str(number), text="older") for number in range(4)]
    newer = [make.article(str(number), text="newer", updated=make.now) for number in range(4)]
    with database.write() as s:
        for article in (*newer, *older):
            save_article(s, article)
        current = sorted((article.revision for article in newer), reverse=True)
        everything = current + sorted((article.revision for article in older), reverse=True)
        assert pending_extraction(s, "rules", "1", 5) == everything[:5]
        assert pending_extraction(s, "rules", "1", 99) == everything
        save_extractions(s, "rules", "1", {revision: [] for revision in everything[:6]})
        assert pending_extraction(s, "rules", "1", 99) == everything[6:]
        again = pending_extraction(s, "rules", "2", 99)
        assert (again[:2], sorted(again[2:])) == (everything[6:], sorted(everything[:6]))
        assert pending_extraction(s, "rules", "2", 3)[:2] == everything[6:]
        assert len(pending_extraction(s, "rules", "2", 3)) == 3
        assert pending_extraction(s, "model", "1", 99) == everything[6:] + everything[:6]
        save_extractions(s, "model", "1", {everything[0]: []})
        assert everything[0] not in pending_extraction(s, "model", "1", 99)
        assert everything[0] not in pending_extraction(s, "rules", "1", 99)
        assert everything[0] in pending_extraction(s, "rules", "2", 99)


def test_what_had_counted_and_is_extracted_again_is_marked_until_it_counts_again(database: Database, make: Any) -> None:
    one, two = make.article("one"), make.article("two", published=make.now - timedelta(days=9))
    with database.write() as s:
        for article in (one, two):
            save_article(s, article)
        save_claims(s, two.revision, "rules", "1", [make.claim(two)])
        save_claims(s, two.revision, "model", "1", [])  # twice before it counts: still news
        assert read_again(s, [two.revision]) == set()
        mark_reconciled(s, [two.revision], make.now)
        assert pending_extraction(s, "rules", None, 9) == [one.revision]
        assert count_outdated(s, "rules", "1") == 0
        assert count_outdated(s, "rules", "2") == 1
        save_claims(s, two.revision, "rules", "2", [])
        save_claims(s, two.revision, "rules", "3", [])
        save_claims(s, one.revision, "rules", "3", [])
        assert read_again(s, [one.revision, two.revision]) == {two.revision}
        assert pending_reconcile(s, 9) == [one.revision, two.revision]  # news first, though it is the later
        mark_reconciled(s, [one.revision, two.revision], make.now)
        assert read_again(s, [one.revision, two.revision]) == set()
        save_article(s, replace(two, published=make.now - timedelta(days=20)))  # the date was set right: that is news
        save_claims(s, two.revision, "rules", "3", [])
        assert read_again(s, [two.revision]) == set()


def test_revisions_are_reconciled_in_the_order_they_were_published(database: Database, make: Any) -> None:
    articles = [make.article(str(days), published=make.now - timedelta(days=days)) for days in (2, 9, 5)]
    with database.write() as s:
        for article in articles:
            save_article(s, article)
            save_claims(s, article.revision, "rules", "1", [])
        wanted = [articles[1].revision, articles[2].revision, articles[0].revision]
        assert pending_reconcile(s, 9) == wanted
        assert pending_reconcile(s, 2) == wanted[:2]


def test_only_claims_of_the_current_revision_are_live(database: Database, make: Any) -> None:
    first, second = make.article(text="It was 5."), make.article(text="It was 6.", updated=make.now)
    old, new = make.claim(first), make.claim(second)
    with database.write() as s:
        save_article(s, first)
        save_claims(s, first.revision, "rules", "1", [old])
        assign_slots(s, [(old.id, "f-old")])
        assert refresh_liveness(s, [first.revision]) == {"f-old"}
        assert refresh_liveness(s, [first.revision]) == {"f-old"}
        save_article(s, second)
        save_claims(s, second.revision, "rules", "1", [new])
        assign_slots(s, [(new.id, "f-new")])
        assert refresh_liveness(s, [second.revision]) == {"f-old", "f-new"}
        assert refresh_liveness(s, [second.revision]) == {"f-new"}
        assert live_claims(s, ["f-old", "f-new", "f-none"]) == {"f-old": [], "f-new": [new], "f-none": []}
        assert claims_of_fact(s, "f-old") == [(old, False)]
        assert {(claim.id, fact, live) for claim, fact, live in all_claims(s)} == {
            (old.id, "f-old", False),
            (new.id, "f-new", True),
        }
        assert fingerprints(s, [first.id, "unknown"]) == {first.id: second.fingerprint}


def test_live_claims_come_oldest_first(database: Database, make: Any) -> None:
    articles = [make.article(str(days), published=make.now - timedelta(days=days)) for days in (1, 3, 2)]
    claims = [make.claim(article) for article in articles]
    with database.write() as s:
        for article, claim in zip(articles, claims, strict=True):
            save_article(s, article)
            save_claims(s, article.revision, "rules", "1", [claim])
        assign_slots(s, [(claim.id, "f") for claim in claims])
        refresh_liveness(s, [article.revision for article in articles])
        assert live_claims(s, ["f"])["f"] == [claims[1], claims[2], claims[0]]
