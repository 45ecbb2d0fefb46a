"""Strings that break things come back unbroken, from both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from storage.articles import article_by_url, load_articles, save_article
from storage.changes import append_changes, list_changes
from storage.claims import claims_by_id, save_claims
from storage.database import Database
from storage.values import Text


@pytest.fixture(scope="module")
def naughty(shared: Path) -> list[str]:
    """The big list of naughty strings; what no database keeps is tested elsewhere."""
    strings: list[str] = json.loads((shared / "corpora" / "naughty-strings.json").read_text(encoding="utf-8"))
    assert len(strings) > 500
    return [string for string in strings if "\0" not in string]


def test_they_survive_as_titles_texts_authors_quotes_and_reasons(database: Database, make: Any, naughty: list[str]) -> None:
    articles = [
        make.article(url=f"https://news.example/{number}?{string}", title=string, text=f"{string}.", author=string)
        for number, string in enumerate(naughty)
    ]
    claims = [make.claim(article, value=Text(text=article.title), qualifiers={"text": article.title}) for article in articles]
    with database.write() as s:
        for article, claim in zip(articles, claims, strict=True):
            save_article(s, article)
            save_claims(s, article.revision, "rules", "1", [claim])
        append_changes(s, [make.change(reason=string, detail=string) for string in naughty])
    with database.read() as s:
        assert load_articles(s, [article.id for article in articles]) == {article.id: article for article in articles}
        assert claims_by_id(s, [claim.id for claim in claims]) == {claim.id: claim for claim in claims}
        assert [(change.reason, change.detail) for change in list_changes(s, fact="f1")] == [(s_, s_) for s_ in naughty]
        assert all(article_by_url(s, article.url) == article for article in articles[:50])
