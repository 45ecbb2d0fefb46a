"""Articles: revisions, which of them is current, what enters the ledger, and finding them again."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from storage import tables
from storage.articles import (
    article_by_url,
    counts,
    get_article,
    known_guids,
    known_urls,
    list_articles,
    load_articles,
    load_revisions,
    mark_gone,
    revisions,
    save_article,
)
from storage.changes import list_changes
from storage.claims import mark_reconciled, pending_extraction, pending_reconcile, save_claims
from storage.database import Database
from storage.identity import article_id
from storage.model import ArticleState, Authority, ChangeKind
from storage.sources import ensure_manual_source


def test_an_article_comes_back_as_it_was_saved(database: Database, make: Any) -> None:
    article = make.article(
        author="A. Writer",
        published_on=date(2026, 1, 7),
        updated=make.now,
        authority=Authority.PRIMARY,
        language="zh",
        title="联想集团 “Qira” — é",
        text="第一行\n𝔸 second line\twith a tab",
        fingerprint=bytes(range(256)),
    )
    with database.write() as s:
        saved = save_article(s, article)
    with database.read() as s:
        assert get_article(s, article.id) == article
        assert get_article(s, article.id[:6]) == article
        assert article_by_url(s, article.url) == article
        assert load_revisions(s, [article.revision, "unknown"]) == [article]
        assert revisions(s, article.id) == [article]
        assert load_articles(s, [article.id, "unknown"]) == {article.id: article}
    assert (saved.kind, saved.article_id, saved.revision) == ("new", article.id, article.revision)


def test_a_new_article_enters_the_ledger_once(database: Database, make: Any) -> None:
    article = make.article()
    with database.write() as s:
        kinds = [save_article(s, article).kind for _ in range(3)]
    with database.read() as s:
        (entry,) = list_changes(s)
    assert kinds == ["new", "same", "same"]
    assert (entry.kind, entry.article, entry.observed_at, entry.history) == (
        ChangeKind.ARTICLE_NEW,
        article.id,
        make.now,
        False,
    )
    assert entry.as_of == article.published
    assert article.title in entry.reason


def test_an_edit_is_a_new_revision_with_its_difference(database: Database, make: Any) -> None:
    first = make.article(text="One.\nTwo.\nThree.")
    second = make.article(text="One.\nTwo and a half.\nThree.", updated=make.now)
    with database.write() as s:
        save_article(s, first)
        saved = save_article(s, second)
        again = save_article(s, second)
    with database.read() as s:
        assert get_article(s, first.id) == second
        assert revisions(s, first.id) == [first, second]
        entry = list_changes(s)[-1]
    assert (saved.kind, saved.previous_revision, again.kind) == ("edited", first.revision, "same")
    assert saved.detail == "@@ -1,3 +1,3 @@\n One.\n-Two.\n+Two and a half.\n Three."
    assert (entry.kind, entry.detail, entry.history) == (ChangeKind.ARTICLE_EDITED, saved.detail, False)


def test_an_older_text_that_comes_late_is_history(database: Database, make: Any) -> None:
    newer = make.article(text="Newer.", updated=make.now)
    older = make.article(text="Older.", seen_at=make.now + timedelta(days=3))
    with database.write() as s:
        save_article(s, newer)
        saved = save_article(s, older)
    with database.read() as s:
        assert get_article(s, newer.id) == newer
        entry = list_changes(s)[-1]
    assert (saved.kind, saved.previous_revision, saved.detail) == ("edited", None, None)
    assert (entry.kind, entry.history) == (ChangeKind.ARTICLE_EDITED, True)
    assert entry.detail == "@@ -1 +1 @@\n-Older.\n+Newer."


def test_a_text_that_comes_back_is_current_again(database: Database, make: Any) -> None:
    def seen(text: str, hours: int) -> Any:
        return make.article(text=text, seen_at=make.now + timedelta(hours=hours))

    with database.write() as s:
        kinds = [save_article(s, seen(text, hours)).kind for text, hours in (("A", 0), ("B", 1), ("A", 2), ("A", 2))]
        current = get_article(s, seen("A", 0).id)
        assert [change.kind for change in list_changes(s)] == ["article_new", "article_edited", "article_edited"]
        assert counts(s)["revisions"] == 2
    assert kinds == ["new", "edited", "edited", "same"]
    assert current == seen("A", 0)


def test_the_current_revision_does_not_depend_on_the_order_of_arrival(database: Database, make: Any) -> None:
    texts = [
        {"text": "first", "seen_at": make.now},
        {"text": "second", "seen_at": make.now + timedelta(hours=1)},
        {"text": "updated", "updated": make.now + timedelta(hours=5)},
        {"text": "first", "seen_at": make.now + timedelta(hours=2)},
    ]
    for number, order in enumerate(permutations(texts)):
        with database.write() as s:
            for fields in order:
                save_article(s, make.article(f"piece-{number}", **fields))
            current = get_article(s, article_id(f"https://news.example/piece-{number}"))
            assert current is not None
            assert current.text == "updated"
            assert [article.text for article in revisions(s, current.id)] == ["second", "first", "updated"]


def test_which_of_two_sources_came_first_does_not_matter(database: Database, make: Any) -> None:
    wire = make.article(source="wire", publisher="wire", authority=Authority.AGGREGATOR)
    desk = make.article(source="desk", publisher="desk", authority=Authority.PRIMARY)
    undated = make.article(source="aa", publisher="aa", authority=Authority.PRIMARY, published=None)
    for number, order in enumerate(permutations([wire, desk, undated])):
        with database.write() as s:
            for name in ("aa", "wire"):
                ensure_manual_source(s, name)
            for one in order:
                url = f"https://news.example/{number}"
                id_ = article_id(url)
                fields = {name: getattr(one, name) for name in ("source", "publisher", "authority", "published")}
                save_article(s, make.article(url=url, **fields))
            kept = get_article(s, id_)
            assert kept is not None
            assert (kept.source, kept.publisher, kept.authority) == ("desk", "desk", Authority.PRIMARY)
            assert kept.published == desk.published


def test_better_knowledge_of_a_text_has_it_extracted_again(database: Database, make: Any) -> None:
    undated = make.article(published=None)
    with database.write() as s:
        save_article(s, undated)
        save_claims(s, undated.revision, "rules", "1", [])
        assert pending_extraction(s, "rules", "1", 9) == []
        assert save_article(s, make.article(published=None)).kind == "same"
        assert pending_extraction(s, "rules", "1", 9) == []
        assert save_article(s, make.article()).kind == "same"
        assert pending_extraction(s, "rules", "1", 9) == [undated.revision]


def test_moving_to_another_revision_has_the_claims_of_both_reconciled(database: Database, make: Any) -> None:
    first, second = make.article(text="A"), make.article(text="B", updated=make.now)
    with database.write() as s:
        save_article(s, first)
        save_claims(s, first.revision, "rules", "1", [])
        mark_reconciled(s, [first.revision], make.now)
        assert pending_reconcile(s, 9) == []
        save_article(s, second)
        assert pending_reconcile(s, 9) == [first.revision]  # the second is not extracted yet
        save_claims(s, second.revision, "rules", "1", [])
        assert pending_reconcile(s, 9) == [first.revision, second.revision]


@pytest.mark.parametrize("state", [ArticleState.SET_ASIDE, ArticleState.BLOCKED])
def test_what_is_not_read_makes_no_entry_and_is_not_extracted(database: Database, make: Any, state: ArticleState) -> None:
    article = make.article(state=state, text="" if state is ArticleState.BLOCKED else "Weather.")
    with database.write() as s:
        assert save_article(s, article).kind == "new"
        assert save_article(s, article).kind == "same"
        assert list_changes(s) == []
        assert pending_extraction(s, "rules", "1", 9) == []
        assert known_urls(s, [article.url]) == {article.url}
        kept = get_article(s, article.id)
    assert kept == article


def test_a_wall_never_hides_a_text_that_was_read(database: Database, make: Any) -> None:
    read, wall = make.article(), make.article(state=ArticleState.BLOCKED, text="", updated=make.now)
    with database.write() as s:
        save_article(s, read)
        saved = save_article(s, wall)
        assert get_article(s, read.id) == read
    assert (saved.kind, saved.revision) == ("same", read.revision)


def test_a_wall_that_falls_shows_a_new_article(database: Database, make: Any) -> None:
    read, wall = make.article(), make.article(state=ArticleState.BLOCKED, text="", updated=make.now)
    with database.write() as s:
        save_article(s, wall)
        saved = save_article(s, read)
        assert get_article(s, read.id) == read
        assert [change.kind for change in list_changes(s)] == [ChangeKind.ARTICLE_NEW]
        assert pending_extraction(s, "rules", "1", 9) == [read.revision]
    assert (saved.kind, saved.previous_revision) == ("new", None)


def test_an_article_wanted_once_is_wanted_at_every_revision(database: Database, make: Any) -> None:
    wanted = make.article(text="Acme and the weather.")
    aside = make.article(text="The weather.", updated=make.now, state=ArticleState.SET_ASIDE)
    other = make.article("other", text="The weather.", updated=make.now, state=ArticleState.SET_ASIDE)
    other_wanted = make.article("other", text="Acme and the weather.")
    with database.write() as s:
        assert [save_article(s, article).kind for article in (wanted, aside)] == ["new", "edited"]
        assert [save_article(s, article).kind for article in (other, other_wanted)] == ["new", "new"]
        for article in (wanted, other):
            kept = get_article(s, article.id)
            assert kept is not None
            assert (kept.text, kept.state) == ("The weather.", ArticleState.READ)
        assert len(pending_extraction(s, "rules", "1", 9)) == 4


def test_a_wall_stays_a_wall_when_the_texts_beside_it_are_wanted(database: Database, make: Any) -> None:
    wall = make.article(state=ArticleState.BLOCKED, text="")
    aside = make.article(text="The weather.", state=ArticleState.SET_ASIDE)
    wanted = make.article(text="Acme and the weather.")
    with database.write() as s:
        for article in (wall, aside, wanted):
            save_article(s, article)
        states = {article.text: article.state for article in revisions(s, wall.id)}
    assert states == {"": ArticleState.BLOCKED, "The weather.": ArticleState.READ, wanted.text: ArticleState.READ}


def test_an_article_set_aside_is_read_when_it_is_wanted_after_all(database: Database, make: Any) -> None:
    article = make.article()
    with database.write() as s:
        save_article(s, make.article(state=ArticleState.SET_ASIDE))
        assert save_article(s, article).kind == "new"
        assert [change.kind for change in list_changes(s)] == [ChangeKind.ARTICLE_NEW]
        assert pending_extraction(s, "rules", "1", 9) == [article.revision]


def test_an_article_that_is_gone_keeps_its_text(database: Database, make: Any) -> None:
    article = make.article()
    with database.write() as s:
        save_article(s, article)
        change = mark_gone(s, article.id, make.now)
        assert mark_gone(s, article.id, make.now) is None
        assert mark_gone(s, "unknown", make.now) is None
        kept = get_article(s, article.id)
        assert kept is not None
        assert (kept.state, kept.text) == (ArticleState.GONE, article.text)
        assert pending_extraction(s, "rules", "1", 9) == [article.revision]
        save_article(s, article)  # it is back
        assert get_article(s, article.id) == article
    assert change is not None
    assert (change.kind, change.article, change.seq) == (ChangeKind.ARTICLE_GONE, article.id, 2)


def test_a_backfilled_article_is_no_news(database: Database, make: Any) -> None:
    with database.write() as s:
        save_article(s, make.article(), history=True)
        (entry,) = list_changes(s)
    assert entry.history


def test_articles_are_listed_latest_first(database: Database, make: Any) -> None:
    articles = [
        make.article(str(days), published=make.now - timedelta(days=days), seen_at=make.now - timedelta(days=days))
        for days in (3, 1, 2)
    ]
    with database.write() as s:
        ensure_manual_source(s, "wire")
        for article in articles:
            save_article(s, article)
        aside = make.article("aside", state=ArticleState.SET_ASIDE, source="wire")
        wall = make.article("wall", state=ArticleState.BLOCKED, text="", source="wire", published=make.now)
        save_article(s, aside)
        save_article(s, wall)
        assert [article.url[-1] for article in list_articles(s, source="desk")] == ["1", "2", "3"]
        assert [article.url[-1] for article in list_articles(s, source="desk", limit=2)] == ["1", "2"]
        since = make.now - timedelta(days=2)
        assert [article.url[-1] for article in list_articles(s, source="desk", since=since)] == ["1", "2"]
        assert list_articles(s, set_aside=True) == [aside]
        assert list_articles(s)[0] == wall
        found = counts(s)
    assert (found["articles"], found["read"], found["set_aside"], found["blocked"]) == (5, 3, 1, 1)


def test_an_article_is_found_by_every_name_it_has(database: Database, make: Any) -> None:
    article = make.article()
    asked = [article.url, "https://feed.example/1", "https://other.example/"]
    with database.write() as s:
        save_article(s, article, guid="tag:1", other_urls=["https://feed.example/1", article.url])
        save_article(s, article, guid="tag:2")
        assert known_urls(s, asked) == set(asked[:2])
        assert known_urls(s, []) == set()
        assert known_guids(s, "desk", ["tag:1", "tag:2", "tag:3"]) == {"tag:1", "tag:2"}
        assert known_guids(s, "wire", ["tag:1"]) == set()
        assert article_by_url(s, "https://feed.example/1") == article
        assert article_by_url(s, "https://other.example/") is None


def test_thousands_of_names_are_looked_up_at_once(database: Database, make: Any) -> None:
    article = make.article()
    with database.write() as s:
        save_article(s, article)
        assert known_urls(s, [*(f"https://news.example/{number}" for number in range(40_000)), article.url]) == {article.url}


def test_an_ambiguous_prefix_names_the_candidates(database: Database, make: Any) -> None:
    with database.write() as s:
        ids = ["abc1", "abc2", "abd1"]
        for id_ in ids:
            save_article(s, make.article(id_, id=id_, revision=f"r-{id_}"))
        with pytest.raises(LookupError, match="abc may be article abc1, abc2: give more"):
            get_article(s, "abc")
        assert getattr(get_article(s, "abd"), "id", None) == "abd1"
        assert [get_article(s, odd) for odd in ("", "ab%", "zz", "ABC1", "abc1'")] == [None] * 5


@pytest.mark.parametrize("field", ["title", "text", "author", "url"])
@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
def test_what_cannot_be_stored_is_refused_by_name(database: Database, make: Any, field: str, bad: str) -> None:
    article = make.article(**{field: f"https://news.example/{bad}" if field == "url" else bad})
    with database.write() as s, pytest.raises(ValueError, match=r"article 'https://news\.example/.*': holds a"):
        save_article(s, article)


def test_an_article_of_no_source_is_refused_by_name(database: Database, make: Any) -> None:
    with database.write() as s, pytest.raises(ValueError, match="there is no source 'nobody'"):
        save_article(s, make.article(source="nobody"))


def test_a_url_of_any_length_is_kept(database: Database, make: Any) -> None:
    article = make.article(url="https://news.example/" + "é" * 9_000)
    with database.write() as s:
        save_article(s, article)
        assert article_by_url(s, article.url) == article


def test_the_tables_themselves_hold_one_current_revision_and_one_beginning(database: Database, make: Any) -> None:
    first, second = make.article(text="A"), make.article(text="B", updated=make.now)
    with database.write() as s:
        save_article(s, first)
        save_article(s, second)
    with pytest.raises(IntegrityError), database.write() as s:
        s.execute(text("UPDATE revisions SET is_current = true"))
    with database.read() as s:
        entry = dict(s.execute(tables.changes.select().limit(1)).mappings().one())
    with pytest.raises(IntegrityError), database.write() as s:
        s.execute(insert(tables.changes), [entry | {"seq": 99}])
