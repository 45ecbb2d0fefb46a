"""What it costs to decide a slot, against the least that any decision must do: putting its claims in order.

Run as a script; prints microseconds a slot and the ratio to the floor, for slots of 2 to 1,000 claims,
then claims a second of processor time through `reconcile` on SQLite, on an empty archive and on one ten times as large.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import process_time

from flows.config.catalogue import Catalogue, Predicate
from flows.read.fingerprint import fingerprint
from flows.reconcile import decide, reconcile
from storage.articles import save_article
from storage.claims import save_extractions
from storage.database import Database
from storage.identity import article_id, claim_id, revision_id
from storage.model import Article, Authority, Claim, Evidence, Modality
from storage.sources import ensure_manual_source
from storage.values import Modifier, Percent

START = datetime(2026, 1, 1, tzinfo=UTC)
PREDICATE = Predicate(key="growth", title="Growth", values=("percent",), slot=("period",))
CATALOGUE = Catalogue(predicates=(PREDICATE,))
WORDS = [f"word{number}" for number in range(5000)]


def percent(rng: random.Random) -> Percent:
    """Mostly the same figure in several spellings; now and then another."""
    number = rng.choice(["18", "18.0", "17.97", "17.97", "17.97", "21.3"])
    half = Decimal(1).scaleb(-len(number.partition(".")[2])) / 2
    return Percent(number=Decimal(number), low=Decimal(number) - half, high=Decimal(number) + half, modifier=Modifier.EXACT)


def claim(rng: random.Random, article: str, revision: str, publisher: str, place: int, subject: str) -> Claim:
    value = percent(rng)
    return Claim(
        id=claim_id(revision, place, place + 4, subject, "growth", None, {}, value, "actual", None),
        article=article, revision=revision, source="desk", publisher=publisher, authority=Authority.PRESS,
        as_of=START + timedelta(hours=rng.randrange(24 * 90)), published_estimated=rng.random() < 0.1,
        subject=subject, predicate="growth", object=None, qualifiers={}, value=value, modality=Modality.ACTUAL,
        attributed_to=None, evidence=Evidence(quote="word", start=place, end=place + 4), extractor="rules",
        extractor_version="1", confidence=0.9, observed_at=START,
    )  # fmt: skip


def age(claim: Claim) -> tuple[datetime, int, str]:
    return (claim.as_of, claim.authority.rank, claim.id)


def best_of(times: int, work: Callable[[], object], repeat: int) -> float:
    """Seconds of processor time that one call takes, in the best of some rounds."""
    taken = []
    for _ in range(times):
        begun = process_time()
        for _ in range(repeat):
            work()
        taken.append((process_time() - begun) / repeat)
    return min(taken)


def slots() -> None:
    print(f"{'claims':>8} {'sorting':>10} {'deciding':>10} {'ratio':>7}   (µs a slot)")
    for size in (2, 10, 100, 1000):
        rng = random.Random(size)
        claims = [claim(rng, f"a{n}", f"r{n}", f"p{rng.randrange(max(2, size // 3))}", 0, "acme") for n in range(size)]
        prints = {c.article: fingerprint(" ".join(rng.choices(WORDS, k=300))) for c in claims}
        known = decide(None, claims, predicate=PREDICATE, fingerprints=prints, now=START).fact
        repeat = max(1, 200 // size)
        ours = partial(decide, known, claims, predicate=PREDICATE, fingerprints=prints, now=START)
        least, taken = best_of(5, partial(sorted, claims, key=age), repeat), best_of(5, ours, repeat)
        print(f"{size:8} {least * 1e6:10.1f} {taken * 1e6:10.1f} {taken / least:6.1f}x")


def publish(database: Database, rng: random.Random, articles: int, subjects: int) -> list[str]:
    """Store articles of ten claims each, about subjects at random; the ids of their revisions."""
    made: list[str] = []
    for first in range(0, articles, 200):
        claims: dict[str, list[Claim]] = {}
        with database.write() as s:
            for _ in range(first, min(first + 200, articles)):
                text = " ".join(["word", *rng.choices(WORDS, k=60), str(rng.random())])
                id_ = article_id(f"https://news.example/{rng.random()}")
                article = Article(
                    id=id_, revision=revision_id(id_, text), url=f"https://news.example/{id_}", source="desk",
                    publisher=f"p{rng.randrange(50)}", title="t", text=text, language="en", published=START, seen_at=START,
                    fingerprint=fingerprint(text),
                )  # fmt: skip
                save_article(s, article)
                about = rng.sample(range(subjects), 10)
                claims[article.revision] = [claim(rng, id_, article.revision, article.publisher, 0, f"s{n}") for n in about]
            save_extractions(s, "rules", "1", claims)
        made += claims
    return made


def reconciled(database: Database, revisions: list[str]) -> float:
    begun = process_time()
    for first in range(0, len(revisions), 100):
        with database.write() as s:
            reconcile(s, CATALOGUE, revisions[first : first + 100], now=START)
    return process_time() - begun


def archive() -> None:
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder, closing(Database.open(f"sqlite:///{Path(folder) / 'bench.db'}")) as database:
        database.upgrade()
        with database.write() as s:
            ensure_manual_source(s, "desk", "The desk")
        small = reconciled(database, publish(database, rng, 200, 6000))
        large = reconciled(database, publish(database, rng, 1800, 6000))
        again = reconciled(database, publish(database, rng, 200, 6000))
    print(f"2,000 claims into an empty archive: {2000 / small:,.0f} a second")
    print(f"18,000 more: {18_000 / large:,.0f} a second")
    print(f"2,000 claims beside 20,000: {2000 / again:,.0f} a second, {again / small:.2f} times the cost")


if __name__ == "__main__":
    slots()
    archive()
