"""The measure itself, and what the extractor reaches on the originals and the gold articles."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.config.catalogue import load_catalogue
from flows.config.watchlist import load_watchlist
from flows.errors import DocumentError
from flows.extract.engine import Extractor
from flows.extract.evaluate import Gold, body_of, evaluate, figures, load_gold
from flows.extract.export import claim_to_json
from flows.extract.matching import matches
from storage.model import Article

NOW = datetime(2026, 9, 30, tzinfo=UTC)


def article(path: Path) -> Article:
    beside = path.with_suffix(".yaml")
    front = path.read_text(encoding="utf-8").split("---\n")[1] if path.suffix == ".md" else beside.read_text(encoding="utf-8")
    published = yaml.safe_load(front).get("published")
    if isinstance(published, str):
        published = datetime.fromisoformat(published)
    if isinstance(published, datetime):
        local = published.date()
    elif isinstance(published, date):
        local, published = published, datetime(published.year, published.month, published.day, tzinfo=UTC)
    else:
        local = None
    return Article(
        id=path.name,
        revision=path.name,
        url=path.name,
        source="s",
        publisher="s",
        title="",
        text=body_of(path),
        language="en",
        published=published,
        published_on=local,
        seen_at=NOW,
    )


@pytest.fixture(scope="module")
def said(shared: Path, seeds: Path) -> list[dict[str, Any]]:
    """What the extractor claims of every gold article and every original, with the watchlist that is shipped."""
    extractor = Extractor(load_watchlist(seeds / "watchlist.yaml"), load_catalogue(seeds / "catalogue.yaml"))
    paths = [
        *(path for path in sorted((shared / "gold").glob("*.md")) if path.name != "README.md"),
        *sorted((shared / "seeds").glob("*.txt")),
    ]
    return [claim_to_json(claim, str(path)) for path in paths for claim in extractor.extract(article(path), now=NOW).claims]


def known(seeds: Path) -> list[str]:
    return list(load_catalogue(seeds / "catalogue.yaml").by_key)


def test_the_originals_are_read_as_a_careful_analyst_would(said: list[dict[str, Any]], shared: Path) -> None:
    golds = [gold for gold in load_gold(shared / "gold") if gold.name.startswith("seed-")]
    reached = figures(evaluate(golds, said))
    assert reached["precision"] >= 0.95
    assert reached["recall"] >= 0.92
    assert (reached["ungrounded"], reached["trapped"]) == (0, 0)


def test_the_gold_articles_are_read_so_too(said: list[dict[str, Any]], shared: Path) -> None:
    golds = [gold for gold in load_gold(shared / "gold") if not gold.name.startswith("seed-")]
    tally = evaluate(golds, said)
    reached = figures(tally)
    assert reached["precision"] >= 0.92, "\n".join(tally.errors)
    assert reached["recall"] >= 0.75
    assert reached["ungrounded"] == 0
    assert reached["trapped"] <= 2
    assert reached["modality_accuracy"] >= 0.97
    assert reached["attribution_accuracy"] >= 0.8


def test_confidence_means_what_it_says(said: list[dict[str, Any]], shared: Path) -> None:
    golds = {Path(gold.article).name: gold for gold in load_gold(shared / "gold")}
    sure = [claim for claim in said if claim["confidence"] >= 0.9]
    right = sum(any(matches(claim, fact) for fact in golds[Path(claim["article"]).name].facts) for claim in sure)
    assert len(sure) > 50
    assert right / len(sure) >= 0.95


@pytest.mark.parametrize("worse", [False, True])
def test_the_figures_are_those_of_the_reference_scorer(
    said: list[dict[str, Any]], shared: Path, tmp_path: Path, *, worse: bool
) -> None:
    claims = said
    if worse:  # wrong values, other subjects and moods, and quotes that stand nowhere: both must count them alike
        claims = []
        for number, claim in enumerate(said):
            spoiled = json.loads(json.dumps(claim))
            if number % 5 == 0 and "number" in (spoiled["value"] or {}):
                spoiled["value"]["number"] = 17
            if number % 7 == 0:
                spoiled["modality"] = "rumoured"
            if number % 11 == 0:
                spoiled["subject"] = "somebody-else"
            if number % 13 == 0:
                spoiled["evidence"]["quote"] = "nobody wrote this here"
            if number % 17 == 0:
                spoiled["attributed_to"] = "somebody"
            if number % 3 or number % 4:
                claims.append(spoiled)
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(json.dumps(claim) for claim in claims), encoding="utf-8")
    scorer = shared / "gold" / "score.py"
    done = subprocess.run(
        [sys.executable, str(scorer), str(shared / "gold"), str(path), "--json"], capture_output=True, text=True, check=True
    )
    theirs = json.loads(done.stdout)
    assert figures(evaluate(load_gold(shared / "gold"), claims, theirs["by_predicate"])) == theirs


def test_a_repeated_claim_costs_nothing_and_a_trap_counts_once() -> None:
    fact = {
        "subject": "orlo",
        "predicate": "revenue",
        "object": None,
        "qualifiers": {},
        "value": {"kind": "money", "amount": "5", "currency": "USD"},
    }
    gold = Gold("one", "one.txt", "Orlo had $5. Hexa had $9.", (fact,), ({"quote": "Hexa had $9.", "why": "another's"},))
    right = {**fact, "article": "one.txt", "modality": "actual", "evidence": {"quote": "Orlo had $5."}}
    wrong = {**right, "subject": "hexa", "evidence": {"quote": "Hexa had $9."}}
    reached = figures(evaluate([gold], [right, right, wrong]))
    assert (reached["precision"], reached["recall"], reached["trapped"]) == (0.5, 1.0, 1)


def test_optional_facts_count_neither_way() -> None:
    fact = {"subject": "orlo", "predicate": "maker", "object": "hexa", "optional": True}
    gold = Gold("one", "one.txt", "Orlo, by Hexa.", (fact,), ())
    claim = {**fact, "article": "one.txt", "evidence": {"quote": "Orlo, by Hexa."}}
    assert figures(evaluate([gold], [claim]))["gold"] == 0
    assert figures(evaluate([gold], [claim]))["precision"] == 1.0


def test_a_gold_file_without_its_article_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"article": "missing.md", "facts": []}', encoding="utf-8")
    with pytest.raises(DocumentError, match=r"a\.json"):
        load_gold(tmp_path)
