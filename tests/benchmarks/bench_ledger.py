"""What the ledger costs on a large archive: adding claims to it, and asking it.

Builds an archive on disk by bulk inserts (100,000 claims in 30,000 slots; `--million` for
1,000,000 in 300,000), then stores and reconciles 1,000 claims there and in an empty database,
and prints claims a second of processor time, the ratio of the two, the ratio to a bare
executemany of the same rows, and how long the questions of a reader take.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter, process_time

from sqlalchemy import insert

from flows.cli.facts import exporter_of, revisions_of
from flows.cli.portrait import named, portrait
from flows.config.catalogue import Catalogue, Predicate
from flows.export import Exporter
from flows.read.fingerprint import fingerprint
from flows.reconcile import decide, reconcile, slot_of
from storage.article_rows import revision_row
from storage.articles import save_article
from storage.changes import append_changes, list_changes
from storage.claim_rows import claim_row
from storage.claims import claims_by_id, save_extractions
from storage.database import Database
from storage.facts import list_facts, save_facts
from storage.identity import article_id, claim_id, revision_id
from storage.model import Article, ArticleState, Authority, Claim, Evidence, Modality
from storage.sources import ensure_manual_source
from storage.tables import articles, claims, extractions, revisions
from storage.values import Percent, Period

START = datetime(2026, 1, 1, tzinfo=UTC)
CATALOGUE = Catalogue(predicates=(Predicate(key="growth", title="Growth", values=("percent",), slot=("period",)),))
WORDS = [f"word{number}" for number in range(5000)]
PER_SUBJECT = 60
"""Slots of one entity: as much as a company that is closely watched has."""


class Press:
    """Makes articles of ten claims each; half of what it claims of a slot is exact, the rest rounded."""

    def __init__(self, seed: int, slots: int) -> None:
        self._rng = random.Random(seed)
        self._slots = slots
        self._prints = [fingerprint(" ".join(self._rng.choices(WORDS, k=300))) for _ in range(2000)]
        self._count = 0

    def articles(self, count: int) -> Iterator[tuple[Article, list[Claim]]]:
        """The next `count` articles with their claims."""
        for _ in range(count):
            self._count += 1
            yield self._piece(f"https://news.example/{self._rng.random()}")

    def _piece(self, url: str) -> tuple[Article, list[Claim]]:
        rng = self._rng
        text = " ".join(rng.choices(WORDS, k=200))
        id_ = article_id(url)
        at = START + timedelta(hours=rng.randrange(24 * 6))
        article = Article(
            id=id_, revision=revision_id(id_, text), url=url, source="desk", publisher=f"p{rng.randrange(200)}", title="t",
            text=text, language="en", published=at, seen_at=START + timedelta(days=7), fingerprint=rng.choice(self._prints),
        )  # fmt: skip
        return article, [self._claim(article, place, rng.randrange(self._slots)) for place in range(10)]

    def _claim(self, article: Article, place: int, slot: int) -> Claim:
        exact = self._rng.random() < 0.5
        number, half = (Decimal("17.97"), Decimal("0.005")) if exact else (Decimal(18), Decimal("0.5"))
        value = Percent(number=number, low=number - half, high=number + half)
        subject, year = f"s{slot // PER_SUBJECT}", 1900 + slot % PER_SUBJECT
        period = Period(start=datetime(year, 1, 1, tzinfo=UTC).date(), end=datetime(year, 12, 31, tzinfo=UTC).date())
        start, end = place * 5, place * 5 + 40
        key = (article.revision, start, end, subject, "growth", None, {"period": period}, value, Modality.ACTUAL, None)
        return Claim(
            id=claim_id(*key), article=article.id, revision=article.revision, source="desk", publisher=article.publisher,
            authority=Authority.PRESS, as_of=article.published or START, published_estimated=False, subject=subject,
            predicate="growth", object=None, qualifiers={"period": period}, value=value, modality=Modality.ACTUAL,
            attributed_to=None, evidence=Evidence(quote=article.text[start:end], start=start, end=end), extractor="rules",
            extractor_version="1", confidence=0.9, observed_at=article.seen_at,
        )  # fmt: skip


def build(database: Database, press: Press, count: int) -> None:
    """An archive of `count` claims as reconciling would have left it, written in bulk."""
    told: dict[str, list[Claim]] = {}
    prints: dict[str, bytes] = {}
    for _ in range(0, count, 20_000):
        made = list(press.articles(2000))
        rows = []
        for article, said in made:
            prints[article.id] = article.fingerprint
            for claim in said:
                fact = slot_of(claim, CATALOGUE).fact_id
                told.setdefault(fact, []).append(claim)
                rows.append(claim_row(claim, "1") | {"fact": fact, "live": True})
        with database.write() as s:
            s.execute(insert(articles), [{"id": article.id, "url": article.url} for article, _ in made])
            texts = [revision_row(article, ArticleState.READ, is_current=True) for article, _ in made]
            s.execute(insert(revisions), [row | {"extracted": True, "reconciled_at": START} for row in texts])
            s.execute(insert(extractions), [{"revision": a.revision, "extractor": "rules", "version": "1"} for a, _ in made])
            s.execute(insert(claims), rows)
    facts, changes = [], []
    for claims_ in told.values():
        decision = decide(None, claims_, predicate=CATALOGUE.predicates[0], fingerprints=prints, now=START + timedelta(days=8))
        facts.append(decision.fact)
        changes += decision.changes
        if len(facts) == 5000:
            store(database, facts, changes)
            facts, changes = [], []
    store(database, facts, changes)


def store(database: Database, facts: list, changes: list) -> None:  # type: ignore[type-arg]  # facts that are never None
    with database.write() as s:
        save_facts(s, facts)
        append_changes(s, changes)


def added(database: Database, made: list[tuple[Article, list[Claim]]], now: datetime) -> float:
    """Seconds of processor time to store and reconcile these articles' claims, a hundred articles a transaction."""
    with database.write() as s:
        for article, _ in made:
            save_article(s, article)
    begun = process_time()
    for first in range(0, len(made), 100):
        some = {article.revision: said for article, said in made[first : first + 100]}
        with database.write() as s:
            save_extractions(s, "rules", "1", some)
        with database.write() as s:
            reconcile(s, CATALOGUE, list(some), now=now)
    return process_time() - begun


def bare(database: Path, rows: int) -> float:
    """Seconds to write as many rows of claims, facts and changes by executemany, copied from what is there."""
    with closing(sqlite3.connect(database)) as there, closing(sqlite3.connect(database.with_suffix(".bare"))) as new:
        new.execute("PRAGMA journal_mode = WAL")
        taken = 0.0
        for table in ("claims", "facts", "changes"):
            found = there.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT {rows}").fetchall()
            for (made,) in there.execute("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (table,)):
                new.execute(made)
            begun = process_time()
            with new:
                new.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found)
            taken += process_time() - begun
    return taken


def asked(name: str, question: Callable[[], object]) -> None:
    begun = perf_counter()
    found = question()
    print(f"{name}: {perf_counter() - begun:.3f} s ({found} rows)")


def questions(database: Database) -> None:
    def facts_of_one() -> int:
        with database.read() as s:
            found = list_facts(s, entity="s7")
            exporter = exporter_of(s, found)
            return len([exporter.fact(fact) for fact in found])

    def show() -> int:
        with database.read() as s:
            return len(list(portrait(s, named(s, list_facts(s, entity="s7", limit=1)[0].id[:10]))))

    def changes_since() -> int:
        with database.read() as s:
            found = list_changes(s, since=START + timedelta(days=11))  # what the last thousand claims changed
            told = claims_by_id(s, {id_ for change in found for id_ in change.because})
            exporter = Exporter(told, revisions_of(s, told.values()))
            return len([exporter.change(change) for change in found])

    asked("facts ENTITY", facts_of_one)
    asked("show FACT", show)
    asked("changes --since", changes_since)


def opened(path: Path) -> Database:
    database = Database.open(f"sqlite:///{path}")
    database.upgrade()
    with database.write() as s:
        ensure_manual_source(s, "desk", "The desk")
    return database


def main() -> None:
    parser = argparse.ArgumentParser(description="What the ledger costs on a large archive.")
    parser.add_argument("--million", action="store_true", help="1,000,000 claims in 300,000 slots (some minutes)")
    parser.add_argument("--claims", type=int, default=100_000, help="another size")
    given = parser.parse_args()
    size = 1_000_000 if given.million else given.claims
    slots = size * 3 // 10
    with tempfile.TemporaryDirectory() as folder:
        with closing(opened(Path(folder) / "archive.db")) as archive:
            begun = perf_counter()
            build(archive, Press(1, slots), size)
            print(f"archive of {size:,} claims in {slots:,} slots: built in {perf_counter() - begun:.0f} s")
            taken = []
            for seed in range(3):
                now = START + timedelta(days=9 + seed)
                made = list(Press(2 + seed, slots).articles(100))
                with closing(opened(Path(folder) / f"empty{seed}.db")) as empty:
                    taken.append((added(empty, made, now), added(archive, made, now)))
            least, there = min(first for first, _ in taken), min(second for _, second in taken)
            print(f"1,000 claims stored and reconciled in an empty database: {1000 / least:,.0f} a second")
            print(f"the same in the archive: {1000 / there:,.0f} a second, {there / least:.2f} times the cost")
            questions(archive)
        floor = bare(Path(folder) / "archive.db", 1000)
        print(f"a bare executemany of as many claims, facts and changes: {floor:.4f} s, {there / floor:.0f} times less")


if __name__ == "__main__":
    main()
