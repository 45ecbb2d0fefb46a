"""Several processes at once on one database: none fails, nothing is doubled, and the facts are those of one process alone."""

from __future__ import annotations

import multiprocessing
import random
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from multiprocessing.synchronize import Barrier

from flows.config.catalogue import Catalogue, Predicate
from flows.reconcile import check, reconcile, tick
from storage.articles import save_article
from storage.changes import list_changes
from storage.claims import pending_reconcile, save_claims
from storage.database import Database
from storage.facts import list_facts
from storage.identity import article_id, claim_id, revision_id
from storage.model import Article, Authority, ChangeKind, Claim, Evidence, Modality
from storage.values import Percent

START = datetime(2026, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=100)
CATALOGUE = Catalogue(predicates=(Predicate(key="growth", title="Growth", values=("percent",)),))
PIECES = 40


def piece(number: int) -> tuple[Article, list[Claim]]:
    """The same article and claims whoever makes them; a few subjects, so that all pieces meet in the same slots."""
    rng = random.Random(number)
    url = f"https://p{number % 7}.example/{number}"
    text = " ".join(str(rng.random()) for _ in range(40))
    id_ = article_id(url)
    at = START + timedelta(hours=rng.randrange(24 * 60))
    article = Article(
        id=id_, revision=revision_id(id_, text), url=url, source="desk", publisher=f"p{number % 7}", title="t", text=text,
        language="en", published=at, seen_at=NOW,
    )  # fmt: skip
    claims = []
    for place, subject in enumerate(rng.sample(["a", "b", "c", "d"], 2)):
        figure = Decimal(rng.choice([17, 18, 25]))
        value = Percent(number=figure, low=figure - Decimal("0.5"), high=figure + Decimal("0.5"))
        key = (article.revision, place, place + 3, subject, "growth", None, {}, value, Modality.ACTUAL, None)
        claims.append(
            Claim(
                id=claim_id(*key),
                article=id_,
                revision=article.revision,
                source="desk",
                publisher=article.publisher,
                authority=Authority.PRESS,
                as_of=at,
                published_estimated=False,
                subject=subject,
                predicate="growth",
                object=None,
                qualifiers={},
                value=value,
                modality=Modality.ACTUAL,
                attributed_to=None,
                evidence=Evidence(quote=text[place : place + 3], start=place, end=place + 3),
                extractor="rules",
                extractor_version="1",
                confidence=0.9,
                observed_at=NOW,
            )
        )
    return article, claims


def work(url: str, seed: int, barrier: Barrier | None) -> None:
    """Bring all pieces in, in an order of one's own, as a run does: each step in a short transaction."""
    with closing(Database.open(url)) as database:
        order = list(range(PIECES))
        random.Random(seed).shuffle(order)
        if barrier is not None:
            barrier.wait()
        for number in order:
            article, claims = piece(number)
            with database.write() as s:
                save_article(s, article)
                save_claims(s, article.revision, "rules", "1", claims)
            if number % 5 == 0:
                settle(database)
        settle(database)


def settle(database: Database) -> None:
    while True:
        with database.read() as s:
            pending = pending_reconcile(s, 3)
        if not pending:
            break
        with database.write() as s:
            reconcile(s, CATALOGUE, pending, now=NOW)
    with database.write() as s:
        tick(s, CATALOGUE, now=NOW)


def test_processes_at_once_neither_fail_nor_double_anything(open_database) -> None:
    shared, alone = open_database(), open_database()
    url = shared._engine.url.render_as_string(hide_password=False)
    count = 4 if shared.dialect == "postgresql" else 2
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(count)
    working = [spawn.Process(target=work, args=(url, seed, barrier)) for seed in range(count)]
    for process in working:
        process.start()
    for process in working:
        process.join()
    assert [process.exitcode for process in working] == [0] * count
    work(alone._engine.url.render_as_string(hide_password=False), 0, None)
    with shared.read() as s, alone.read() as one:
        assert check(s, CATALOGUE, now=NOW) == []
        assert [replace(fact, last_changed=NOW) for fact in list_facts(s)] == [
            replace(fact, last_changed=NOW) for fact in list_facts(one)
        ]
        ledger = list_changes(s)
    read = [change.article for change in ledger if change.kind is ChangeKind.ARTICLE_NEW]
    assert len(read) == len(set(read)) == PIECES
    assert [change.seq for change in ledger] == list(range(1, len(ledger) + 1))
    told = [(change.fact, change.kind, change.reason, change.because) for change in ledger if change.kind is ChangeKind.CONFIRMED]
    assert len(told) == len(set(told))  # a confirmation names what is new, so none can be told twice
