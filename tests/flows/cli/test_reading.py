"""The commands that only read: facts, show, changes, articles, article, sources list."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_facts_as_lines_of_json(deltawire, home: Path) -> None:
    ran = deltawire("facts", "--format", "jsonl")
    assert (ran.status, ran.err) == (0, "")
    found = rows(ran.out)
    fields = {"id", "subject", "predicate", "object", "qualifiers", "value", "modality", "status", "first_seen", "last_changed"}
    for fact in found:
        assert fields | {"independent_sources", "evidence"} <= fact.keys()
        assert fact["evidence"]
        for item in fact["evidence"]:
            assert item.keys() == {
                "article", "revision", "source", "published", "published_estimated", "attributed_to", "quote", "start", "end",
                "extractor", "confidence",
            }  # fmt: skip
    slots = [(fact["subject"], fact["predicate"], fact["object"] or "") for fact in found]
    assert slots == sorted(slots)
    assert len({fact["id"] for fact in found}) == len(found)


def test_facts_of_one_entity_predicate_and_status(deltawire, home: Path) -> None:
    found = rows(deltawire("facts", "lenovo", "--predicate", "revenue", "--format", "jsonl").out)
    assert {(fact["subject"], fact["predicate"]) for fact in found} == {("lenovo", "revenue")}
    assert all(fact["status"] == "current" for fact in rows(deltawire("facts", "--status", "current", "--format", "jsonl").out))
    nothing = deltawire("facts", "nobody-of-that-name")
    assert (nothing.status, nothing.out, nothing.err) == (0, "", "Nothing known of nobody-of-that-name.\n")


def test_the_formats_say_the_same(deltawire, home: Path) -> None:
    lines = rows(deltawire("facts", "--format", "jsonl").out)
    assert json.loads(deltawire("facts", "--format", "json").out) == lines
    cells = list(csv.DictReader(io.StringIO(deltawire("facts", "--format", "csv").out)))
    assert [(cell["id"], cell["subject"]) for cell in cells] == [(line["id"], line["subject"]) for line in lines]
    shown = deltawire("facts").out.splitlines()
    assert len(shown) == len(lines) + 1
    assert shown[0].split() == ["id", "subject", "says", "value", "stands", "sources"]


def test_what_was_known_at_an_earlier_time(deltawire, home: Path) -> None:
    now = {fact["id"] for fact in rows(deltawire("facts", "--format", "jsonl").out)}
    before = {fact["id"] for fact in rows(deltawire("facts", "--as-of", "2026-01-07T23:00:00Z", "--format", "jsonl").out)}
    assert before < now
    assert rows(deltawire("facts", "--as-of", "2020-01-01", "--format", "jsonl").out) == []
    assert {fact["id"] for fact in rows(deltawire("facts", "--as-of", "2026-01-11", "--format", "jsonl").out)} == now


def test_show_tells_a_fact_with_every_quote_in_its_context(deltawire, home: Path) -> None:
    fact = rows(deltawire("facts", "lenovo", "--predicate", "partnership", "--format", "jsonl").out)[0]
    ran = deltawire("show", fact["id"][:10])
    assert ran.status == 0
    assert fact["id"] in ran.out
    for item in fact["evidence"]:
        assert f"»{' '.join(item['quote'].split())}«" in ran.out
        assert item["article"] in ran.out
    assert "history" in ran.out


@pytest.mark.parametrize("command", [("show", "zzzz"), ("article", "zzzz")])
def test_what_is_not_known_is_said_to_be_so(deltawire, home: Path, command: tuple[str, str]) -> None:
    ran = deltawire(*command)
    assert (ran.status, ran.out) == (1, "")
    assert "zzzz" in ran.err


def test_an_ambiguous_beginning_names_the_candidates(deltawire, home: Path) -> None:
    ids = [fact["id"] for fact in rows(deltawire("facts", "--format", "jsonl").out)]
    shared = next(a[0] for a in ids if sum(b[0] == a[0] for b in ids) > 1)
    ran = deltawire("show", shared)
    assert ran.status == 1
    assert all(id_[:8] in ran.err for id_ in [id_ for id_ in ids if id_[0] == shared][:2])


def test_changes_are_numbered_and_carry_their_evidence(deltawire, home: Path) -> None:
    found = rows(deltawire("changes", "--format", "jsonl").out)
    assert [change["seq"] for change in found] == sorted({change["seq"] for change in found})
    for change in found:
        assert ("fact" in change) != ("article" in change)
        assert change["observed_at"] == "2026-01-10T12:00:00Z"
        if change["kind"] == "new":
            assert change["before"] is None
            assert change["after"]["status"] == "current"
            assert change["because"][0]["quote"]
    kinds = {change["kind"] for change in found}
    assert {"new", "article_new"} <= kinds
    only = rows(deltawire("changes", "--kind", "article_new", "--format", "jsonl").out)
    assert len(only) == 5
    assert rows(deltawire("changes", "--since", "2026-01-11", "--format", "jsonl").out) == []
    assert deltawire("changes").out.splitlines()[0].split()[:3] == ["seq", "learned", "kind"]


def test_an_unknown_kind_is_wrong_usage(deltawire, home: Path) -> None:
    ran = deltawire("changes", "--kind", "novelty")
    assert ran.status == 2
    assert "refined" in ran.err


def test_offsets_count_in_what_article_prints(deltawire, home: Path) -> None:
    for fact in rows(deltawire("facts", "lenovo", "--format", "jsonl").out):
        for item in fact["evidence"]:
            text = deltawire("--quiet", "article", item["article"]).out
            assert text[item["start"] : item["end"]] == item["quote"]


def test_articles_are_listed_and_by_source(deltawire, home: Path) -> None:
    found = rows(deltawire("articles", "--format", "jsonl").out)
    assert len(found) == 5
    assert {article["state"] for article in found} == {"read"}
    assert "https://harbour.example/servers" in {article["url"] for article in found}
    assert rows(deltawire("articles", "--source", "elsewhere", "--format", "jsonl").out) == []
    assert len(rows(deltawire("articles", "--limit", "2", "--format", "jsonl").out)) == 2
    assert rows(deltawire("articles", "--set-aside", "--format", "jsonl").out) == []


def test_an_edited_article_shows_its_difference(deltawire, home: Path, tmp_path: Path) -> None:
    piece = tmp_path / "piece.md"
    head = "---\ntitle: A piece\nurl: https://harbour.example/piece\npublished: 2026-01-09\n---\n"
    for figure in ("3 billion", "4 billion"):
        piece.write_text(f"{head}Lenovo said revenue in its third quarter was ${figure}.\n", encoding="utf-8")
        assert deltawire("ingest", piece).status == 0
    ran = deltawire("article", "https://harbour.example/piece", "--diff")
    assert ran.status == 0
    assert "-Lenovo said revenue in its third quarter was $3 billion." in ran.out
    assert "+Lenovo said revenue in its third quarter was $4 billion." in ran.out


def test_sources_are_listed_before_and_after_their_first_check(deltawire, home: Path) -> None:
    found = rows(deltawire("sources", "list", "--format", "jsonl").out)
    assert any(source["kind"] == "feed" and source["checked_at"] is None for source in found)
    assert any(source["kind"] == "manual" for source in found)


def test_an_empty_home_says_where_to_begin(deltawire) -> None:
    for command in (("facts",), ("articles",), ("changes",)):
        ran = deltawire(*command)
        assert (ran.status, ran.out) == (0, "")
    assert "deltawire run" in deltawire("facts").err
