"""What is told, once, in which order, and what is folded away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.digest.document import Document, Item, Part
from flows.digest.net import net_changes
from flows.digest.profile import Profile
from flows.digest.render import render
from flows.digest.rows import fold_words, rows
from storage.model import Authority, Cause, ChangeKind, FactStatus, Modality, Promise
from storage.values import Money, Percent, Period, Status


def _items(document: Document) -> list[Item]:
    return [item for section in document.sections for item in section.changes]


def _percent(number: int) -> Percent:
    return Percent(number=Decimal(number), low=Decimal(number), high=Decimal(number))


@pytest.fixture
def wire(story: Any) -> Any:
    return story.article("https://wire.example/1", "Wire", "wire", date(2026, 1, 7))


@pytest.fixture
def paper(story: Any) -> Any:
    return story.article("https://paper.example/1", "Paper", "paper", date(2026, 1, 6), Authority.PRIMARY)


def _claims(story: Any, *articles: Any, predicate: str = "market_share") -> list[Any]:
    return [
        story.claim(article, f"quote {number}", "lenovo", predicate, _percent(10 * number))
        for number, article in enumerate(articles, 1)
    ]


# -- the net effect -----------------------------------------------------------------------------------


def _only(story: Any, **more: Any) -> Item:
    (item,) = _items(story.document(after=2, **more))
    return item


def test_new_then_refined_then_confirmed_is_one_new_fact_with_what_it_was(story: Any, wire: Any, paper: Any) -> None:
    vague, exact = _claims(story, wire, paper)
    one = story.change(ChangeKind.NEW, vague, None, story.state([vague]))
    two = story.change(ChangeKind.REFINED, exact, one, story.state([exact]))
    story.change(ChangeKind.CONFIRMED, vague, two, story.state([exact, vague]))
    item = _only(story)
    assert (item.kind, item.value, item.before, item.seqs) == (ChangeKind.NEW, "20%", "10%", (3, 4, 5))
    assert item.note == "2 independent sources"


def test_new_then_disputed_is_a_dispute_with_both_sentences(story: Any, wire: Any, paper: Any) -> None:
    one, two = _claims(story, wire, paper)
    first = story.change(ChangeKind.NEW, one, None, story.state([one]))
    story.change(ChangeKind.DISPUTED, two, first, story.state([one], [two]))
    item = _only(story)
    assert item.kind is ChangeKind.DISPUTED
    assert [(side.value, side.sources[0].quote, side.sources[0].source) for side in item.sides] == [
        ("10%", "quote 1", "Wire"),
        ("20%", "quote 2", "Paper"),
    ]


def test_disputed_then_resolved_within_one_window_is_told_as_settled(story: Any, wire: Any, paper: Any) -> None:
    one, two = _claims(story, wire, paper)
    first = story.change(ChangeKind.NEW, one, None, story.state([one]))
    second = story.change(ChangeKind.DISPUTED, two, first, story.state([one], [two]))
    story.change(ChangeKind.RESOLVED, two, second, story.state([two]))
    item = _only(story)
    assert (item.kind, item.value, item.before) == (ChangeKind.RESOLVED, "20%", "10%")


def test_updated_twice_shows_where_it_began_and_ended(story: Any, wire: Any, paper: Any) -> None:
    one, two, three = _claims(story, wire, paper, wire)
    first = story.change(ChangeKind.UPDATED, two, story.state([one]), story.state([two]))
    story.change(ChangeKind.UPDATED, three, first, story.state([three]))
    item = _only(story)
    assert (item.kind, item.before, item.value, item.difference) == (ChangeKind.UPDATED, "10%", "30%", "+20 points")


def test_a_withdrawn_fact_says_what_it_had_said(story: Any, wire: Any, paper: Any) -> None:
    (one,) = _claims(story, wire)
    story.change(ChangeKind.WITHDRAWN, one, story.state([one]), story.state(status=FactStatus.WITHDRAWN))
    item = _only(story)
    assert item.sentence == "Market share: 10%, withdrawn (no article says so any more)"
    assert item.sources[0].quote == "quote 1"


def test_a_promise_that_ran_out_before_we_heard_of_it_is_one_item(story: Any, wire: Any, paper: Any) -> None:
    period = Period(start=None, end=date(2025, 12, 31))
    claim = story.claim(wire, "by the end of 2025", "neptune", "availability", period, modality=Modality.PLANNED)
    first = story.change(ChangeKind.NEW, claim, None, story.state([claim], promise=Promise.OPEN))
    story.change(ChangeKind.OVERDUE, claim, first, story.state([claim], promise=Promise.OVERDUE), history=True)
    item = _only(story)
    assert item.kind is ChangeKind.NEW
    assert item.seqs == (3, 4)
    assert "overdue" in (item.note or "")


def test_a_promise_due_and_fulfilled_stands_where_it_ended(story: Any, wire: Any, paper: Any) -> None:
    claim = story.claim(wire, "soon", "neptune", "production_status", Status(state="shipping"), modality=Modality.PLANNED)
    due = story.change(
        ChangeKind.DUE, claim, story.state([claim], promise=Promise.OPEN), story.state([claim], promise=Promise.DUE)
    )
    story.change(ChangeKind.FULFILLED, claim, due, story.state([claim], promise=Promise.FULFILLED))
    assert _only(story).kind is ChangeKind.FULFILLED


def test_amounts_in_two_currencies_stand_side_by_side(story: Any, wire: Any, paper: Any) -> None:
    dollars, euros = (
        story.claim(wire, code, "neptune", "price", Money(number=Decimal(9), low=None, high=None, currency=code))
        for code in ("USD", "EUR")
    )
    story.change(ChangeKind.NEW, dollars, None, story.state([dollars], [euros], status=FactStatus.CURRENT))
    assert _only(story).value == "$9 and €9"


def test_history_is_told_apart_with_what_it_found(story: Any, wire: Any, paper: Any) -> None:
    old, now = _claims(story, paper, wire)
    story.change(ChangeKind.UPDATED, old, story.state([old]), story.state([now]), history=True)
    document = story.document(after=2)
    (section,) = document.sections
    assert section.part is Part.HISTORY
    assert section.changes[0].sentence == "Market share: 10% (now: 20%)"
    assert document.counts["history"] == 1
    assert "updated" not in document.counts


def test_a_better_reading_is_told_apart_from_the_news_of_the_same_fact(story: Any, wire: Any, paper: Any) -> None:
    read, now = _claims(story, paper, wire)
    one = story.change(ChangeKind.UPDATED, read, story.state([read]), story.state([now]))
    story.change(ChangeKind.UPDATED, read, one, story.state([read]), cause=Cause.READING)
    document = story.document(after=2)
    assert [(section.part, item.value) for section in document.sections for item in section.changes] == [
        (Part.NEWS, "20%"),
        (Part.READING, "10%"),
    ]
    assert (document.counts["updated"], document.counts["reading"]) == (1, 1)
    assert "1 fact read better" in document.summary
    for form in ("html", "md", "txt"):
        said = render(document, form)
        assert said.lower().count("because the reading improved") == 1
        assert "history filled in" not in said.lower()
    (only,) = story.document(baseline=True).sections  # a first digest tells how things stand, not how they were read
    assert only.part is Part.NEWS


def test_what_was_misread_is_not_said_to_have_been_taken_back(story: Any, wire: Any, paper: Any) -> None:
    claim, _ = _claims(story, wire, paper)
    story.change(ChangeKind.WITHDRAWN, claim, story.state([claim]), None, cause=Cause.READING)
    assert "no longer read so" in _only(story).sentence


# -- selection ----------------------------------------------------------------------------------------


def test_every_ledger_entry_about_a_fact_is_accounted_for_once(told: Any) -> None:
    document: Document = told.document(after=5, profile=Profile(rows=2, sections=3))
    shown = [seq for item in _items(document) for seq in item.seqs]
    folded = [seq for section in document.sections for fold in section.folded for seq in fold.seqs]
    beyond = [seq for fold in document.folded for seq in fold.seqs]
    about_facts = [change.seq for change in told.changes if change.fact and change.seq > 5]
    assert sorted(shown + folded + beyond) == about_facts


@given(rows_=st.integers(1, 5), sections=st.integers(1, 5), kinds=st.sets(st.sampled_from(list(ChangeKind))))
def test_a_dispute_is_never_folded_away(rows_: int, sections: int, kinds: set[ChangeKind], shared_week: Any) -> None:
    profile = Profile(rows=rows_, sections=sections, kinds=tuple(kinds), least_importance=10)
    document: Document = shared_week.document(after=5, profile=profile)
    disputes = [item for item in _items(document) if item.kind is ChangeKind.DISPUTED]
    assert len(disputes) == (1 if not kinds or ChangeKind.DISPUTED in kinds else 0)


def test_a_profile_keeps_what_belongs_to_its_entities(told: Any) -> None:
    document: Document = told.document(after=5, profile=Profile(entities=("nvidia",)))
    assert {section.owner for section in document.sections} <= {"nvidia", "lenovo"}
    subjects = {(item.subject, item.object) for item in _items(document)}
    assert ("lenovo", "nvidia") in subjects
    assert ("gigafactory", None) in subjects  # made by both
    assert not any(subject == "neptune" for subject, _ in subjects)


def test_a_profile_may_set_a_least_importance_and_predicates(told: Any) -> None:
    important = _items(told.document(after=5, profile=Profile(least_importance=8)))
    assert important
    assert all(item.importance >= 8 or item.kind is ChangeKind.DISPUTED for item in important)
    chosen = _items(told.document(after=5, profile=Profile(predicates=("component",))))
    assert {item.predicate for item in chosen} == {"component"}


def test_a_name_of_a_profile_is_a_plain_file_name() -> None:
    for name in ("../x", "a/b", "", ".", "A B", "x" * 61):
        with pytest.raises(ValueError, match="name"):
            Profile(name=name)
    with pytest.raises(ValueError, match="no such language"):
        Profile(language="klingon")


# -- order --------------------------------------------------------------------------------------------


def test_heavier_news_come_first(news: Document) -> None:
    for section in news.sections:
        if section.part is Part.NEWS:
            ranks = [item.tier.rank for item in section.changes]
            assert ranks == sorted(ranks)
    assert news.headlines[0].kind is ChangeKind.DISPUTED


def test_what_belongs_to_a_company_stands_under_it(news: Document) -> None:
    owners = [section.owner for section in news.sections if section.part is Part.NEWS]
    assert owners == sorted(owners, key=owners.index)  # each owner's sections are together
    assert len({*owners}) == sum(a != b for a, b in zip([None, *owners], owners, strict=False))
    assert news.sections[0].entity == "lenovo"


def test_a_baseline_is_sorted_by_theme_and_calls_nothing_new(baseline: Document) -> None:
    assert baseline.baseline
    assert baseline.heading == "What is known on 8 January 2026"
    assert not any("new" in text for text in baseline.summary)
    assert f"{len({item.fact for item in _items(baseline)})} facts" in baseline.summary


def test_a_figure_and_its_growth_are_one_sentence(news: Document) -> None:
    sentences = [row.sentence for section in news.sections for row in rows(section.changes)]
    assert (
        "Net profit, first half of FY2025/26: $846 million, up 40.49% year on year (was: over 40%; 2 independent sources)"
        in sentences
    )
    assert "Contains: 72 × Rubin GPU, 36 × Vera CPU" in sentences


def test_a_relation_is_told_where_it_is_watched_more_closely(story: Any, wire: Any, paper: Any) -> None:
    story.new(wire, "partners", "bytedance", "partnership", Status(state="expanded"), object="lenovo")
    (section,) = story.document(after=2).sections
    assert section.entity == "lenovo"
    assert section.changes[0].sentence == "Partnership with Bytedance: expanded"
    assert section.changes[0].subject == "bytedance"


def test_unlisted_names_are_spelled_as_the_source_does(story: Any, wire: Any, paper: Any) -> None:
    story.new(wire, "The GeForce RTX 6090 is made by Lenovo.", "geforce-rtx-6090", "maker", None, object="lenovo")
    (section,) = story.document(after=2).sections
    assert (section.name, section.owner) == ("GeForce RTX 6090", "lenovo")


# -- sources ------------------------------------------------------------------------------------------


def test_sources_of_different_publishers_come_before_a_publisher_s_second(story: Any, wire: Any, paper: Any) -> None:
    second = story.article("https://wire.example/2", "Wire again", "wire", date(2026, 1, 7))
    third = story.article("https://wire.example/3", "Wire once more", "wire", None)
    claims = [story.claim(article, "10%", "lenovo", "market_share", _percent(10)) for article in (wire, second, third, paper)]
    story.change(ChangeKind.NEW, claims[0], None, story.state(claims))
    (item,) = _items(story.document(after=4))
    assert [cite.source for cite in item.sources] == ["Wire", "Paper", "Wire"]
    assert item.more_sources == 1
    assert item.independent_sources == 2


def test_what_is_missing_is_left_out_and_never_fails(told: Any) -> None:
    told.claims.clear()
    told.articles.clear()
    told.facts.clear()
    document: Document = told.document(after=5)
    assert len(_items(document)) == len({change.fact for change in told.changes if change.fact and change.seq > 5})
    assert not any(item.sources for item in _items(document))


def test_an_article_read_and_edited_in_one_window_is_told_once(story: Any, wire: Any, paper: Any) -> None:
    story.ledger(ChangeKind.ARTICLE_EDITED, article=wire.id, detail="-a\n+b")
    lines = story.document().articles
    assert [(line.title, line.kind) for line in lines] == [("Paper", ChangeKind.ARTICLE_NEW), ("Wire", ChangeKind.ARTICLE_NEW)]
    (line,) = story.document(after=2).articles
    assert (line.kind, line.detail) == (ChangeKind.ARTICLE_EDITED, ("-a", "+b"))


def test_long_tails_are_counted(story: Any, wire: Any, paper: Any) -> None:
    for number in range(30):
        story.new(wire, "x", "neptune", "spec", _percent(number), qualifiers={"measure": f"measure-{number}"})
    (section,) = story.document(after=2, profile=Profile(rows=10)).sections
    assert len(section.changes) == 10
    assert fold_words(section.folded) == "and 20 more: 20 new"
    assert fold_words(()) is None


def test_net_changes_ignore_articles_and_keep_ledger_order(told: Any) -> None:
    nets = net_changes(reversed(told.changes))
    assert [net.seqs[-1] for net in nets] == sorted(net.seqs[-1] for net in nets)
    assert len(nets) == len({(change.fact, change.history) for change in told.changes if change.fact})
