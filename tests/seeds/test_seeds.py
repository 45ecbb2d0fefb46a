"""The seeds load, say what their originals say, and say it in our own words."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from flows.config import EntityKind, Watchlist, load_catalogue, load_sources, load_watchlist

ROOT = Path(__file__).resolve().parents[2]
ACCOUNTS = sorted((ROOT / "seeds" / "articles").glob("*.md"))
LONGEST_RUN = 8  # words in a row that an account may share with an original: names and figures come to that


def parts(path: Path) -> tuple[dict[str, Any], str]:
    """An account's front matter and body."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), body


def words(text: str) -> list[str]:
    return re.findall(r"[\w$%.]+", text.lower())


def figures(text: str) -> set[str]:
    """Numbers as written in digits, without thousands separators: "17.97", "2025/26" as 2025 and 26."""
    return {figure.replace(",", "") for figure in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)}


def gold_of(shared: Path, account: Path) -> list[dict[str, Any]]:
    """The facts entered by hand for the original of an account."""
    original = parts(account)[0]["original"]["file"]
    for path in sorted((shared / "gold").glob("seed-0*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["article"] == original:
            facts: list[dict[str, Any]] = gold["facts"]
            return facts
    pytest.fail(f"no gold for {original}")


@pytest.fixture(scope="module")
def watchlist() -> Watchlist:
    return load_watchlist(ROOT / "seeds" / "watchlist.yaml")


def test_sources_and_catalogue_load(seeds: Path) -> None:
    assert load_sources(seeds / "sources.yaml")
    assert load_catalogue(seeds / "catalogue.yaml").predicates


def test_the_topic_follows_both_companies(watchlist: Watchlist) -> None:
    assert [topic.entities for topic in watchlist.topics if topic.name == "lenovo-nvidia"] == [("lenovo", "nvidia")]


def test_every_name_means_one_entity(watchlist: Watchlist) -> None:
    names = Counter(name for entity in watchlist.entities for name in {entity.name, *entity.aliases})
    assert [name for name, count in names.items() if count > 1] == []


def test_keys_end_chains_of_parents(watchlist: Watchlist) -> None:
    by_key = watchlist.by_key()
    for entity in watchlist.entities:
        seen, at = {entity.key}, entity.parent
        while at is not None:
            assert at not in seen, f"{entity.key} is its own ancestor"
            seen.add(at)
            at = by_key[at].parent


def test_makers_and_employers_are_companies(watchlist: Watchlist) -> None:
    by_key = watchlist.by_key()
    for entity in watchlist.entities:
        for key in (*entity.makers, *([entity.employer] if entity.employer else [])):
            assert by_key[key].kind is EntityKind.ORG, f"{entity.key} points to {key}"


def test_products_say_who_makes_them(watchlist: Watchlist) -> None:
    assert [entity.key for entity in watchlist.entities if entity.kind is EntityKind.PRODUCT and not entity.makers] == []


def test_events_have_their_days(watchlist: Watchlist) -> None:
    events = {entity.key: entity for entity in watchlist.entities if entity.kind is EntityKind.EVENT}
    assert (events["ces-2026"].start, events["ces-2026"].end) == (date(2026, 1, 6), date(2026, 1, 9))
    for event in events.values():
        assert event.start is not None, event.key
        assert event.end is not None, event.key
        assert event.start <= event.end, event.key


def test_fiscal_calendars_are_in_a_form_we_read(watchlist: Watchlist) -> None:
    form = re.compile(
        r"\d\d-\d\d|last-(?:mon|tues|wednes|thurs|fri|satur|sun)day-of-[a-z]+|(?:mon|tues|wednes|thurs|fri|satur|sun)day-nearest-\d\d-\d\d"
    )
    for entity in watchlist.entities:
        if entity.fiscal_year_end is not None:
            assert form.fullmatch(entity.fiscal_year_end), f"{entity.key}: {entity.fiscal_year_end}"


def test_there_are_four_accounts() -> None:
    assert len(ACCOUNTS) == 4


def test_accounts_have_identities_of_their_own() -> None:
    fronts = [parts(path)[0] for path in ACCOUNTS]
    for key in ("url", "title", "source"):
        assert len({front[key] for front in fronts}) == len(fronts), key
    assert [front.get("published") for front in fronts] == [date(2026, 1, 7), None, None, None]
    assert {front["language"] for front in fronts} == {"en"}


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda path: path.stem)
def test_account_names_its_original(account: Path, shared: Path) -> None:
    front, _ = parts(account)
    original = shared / "seeds" / front["original"]["file"]
    assert hashlib.sha256(original.read_bytes()).hexdigest() == front["original"]["sha256"]
    sidecar = yaml.safe_load(original.with_suffix(".yaml").read_text(encoding="utf-8"))
    assert (front["source"], front.get("published")) == (sidecar["source"], sidecar.get("published"))
    assert front["url"] != sidecar["url"]


@pytest.mark.parametrize("path", [*ACCOUNTS, ROOT / "seeds" / "watchlist.yaml"], ids=lambda path: path.stem)
def test_words_are_our_own(path: Path, shared: Path) -> None:
    size = LONGEST_RUN + 1
    known = set()
    for original in sorted((shared / "seeds").glob("*.txt")):
        theirs = words(original.read_text(encoding="utf-8"))
        known |= {tuple(theirs[at : at + size]) for at in range(len(theirs) - size + 1)}
    assert known
    ours = words(path.read_text(encoding="utf-8"))
    runs = [tuple(ours[at : at + size]) for at in range(len(ours) - size + 1)]
    assert [" ".join(run) for run in runs if run in known] == []


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda path: path.stem)
def test_account_carries_every_figure(account: Path, shared: Path) -> None:
    have = figures(parts(account)[1])
    for fact in gold_of(shared, account):
        assert figures(fact["quote"]) <= have, fact["quote"]


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda path: path.stem)
def test_account_keeps_hedges_and_scripts(account: Path, shared: Path) -> None:
    original = (shared / "seeds" / parts(account)[0]["original"]["file"]).read_text(encoding="utf-8")
    body = parts(account)[1]
    for hedged in re.findall(r"(?:nearly|over|just over|up to) \d[\d.]*(?:%|x)", original):
        assert hedged in body, hedged
    for name in re.findall(r"[一-鿿]{2,}", original):
        assert name in body, name


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda path: path.stem)
def test_watchlist_knows_whom_the_facts_are_about(account: Path, shared: Path, watchlist: Watchlist) -> None:
    known = set(watchlist.by_key())
    for fact in gold_of(shared, account):
        named = {fact["subject"], fact["object"], fact["attributed_to"], fact["qualifiers"].get("event")} - {None}
        assert named <= known, fact["quote"]
