"""Rows a second through storage, each beside a floor measured in the same run: `executemany` of the same rows.

Run as a script: `python tests/benchmarks/bench_storage.py [--articles N] [--claims PER_ARTICLE]`. On SQLite, and
on PostgreSQL too where DELTAWIRE_TEST_POSTGRES_URL is set (in a schema of its own, dropped afterwards); the
floor is SQLite's in both cases. Then look-ups in the archive that this has made.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sqlite3
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from sqlalchemy import create_engine, make_url, text

from storage import identity
from storage.articles import known_urls, save_article
from storage.changes import append_changes, list_changes
from storage.claim_rows import claim_row
from storage.claims import assign_slots, live_claims, pending_extraction, refresh_liveness, save_extractions
from storage.columns import dumps
from storage.database import Database
from storage.facts import list_facts, save_facts
from storage.model import (
    Article,
    Authority,
    Change,
    ChangeKind,
    Claim,
    Evidence,
    Fact,
    FactState,
    FactStatus,
    Modality,
    Side,
)
from storage.sources import ensure_manual_source
from storage.tables import claims as claims_table
from storage.values import Money, Period

NOW = datetime(2026, 1, 8, tzinfo=UTC)
WORDS = ["revenue", "profit", "rose", "fell", "announced", "platform", "servers", "quarter", "said", "the", "of", "and", "in"]


def article(number: int, sentences: int) -> Article:
    """One piece of about 120 characters a sentence, told apart by its figures."""
    rng = random.Random(number)
    body = "\n".join(f"Acme {number} made ${n}.5 billion; {' '.join(rng.choices(WORDS, k=14))}." for n in range(sentences))
    id_ = identity.article_id(f"https://news.example/{number}")
    return Article(
        id=id_,
        revision=identity.revision_id(id_, body),
        url=f"https://news.example/{number}",
        source="desk",
        publisher=f"desk-{number % 40}",
        title=f"Acme in year {number}",
        text=body,
        language="en",
        published=NOW - timedelta(hours=number),
        seen_at=NOW,
        fingerprint=rng.randbytes(512),
    )


def claims_of(piece: Article) -> list[Claim]:
    """One claim a sentence, with the period and the value that claims usually carry."""
    made: list[Claim] = []
    start = 0
    for number, sentence in enumerate(piece.text.split("\n")):
        amount = Decimal(number) * 10**9 + 5 * 10**8
        value = Money(number=amount, low=amount - 10**7, high=amount + 10**7, currency="USD")
        period = {"period": Period(start=NOW.date(), end=NOW.date())}
        subject = f"acme-{int(piece.id[:6], 16) * (number + 1) % 5000}"
        end = start + len(sentence)
        made.append(
            Claim(
                id=identity.claim_id(piece.revision, start, end, subject, "revenue", None, period, value, "actual", None),
                article=piece.id,
                revision=piece.revision,
                source=piece.source,
                publisher=piece.publisher,
                authority=Authority.PRESS,
                as_of=piece.published or NOW,
                published_estimated=False,
                subject=subject,
                predicate="revenue",
                object=None,
                qualifiers=period,
                value=value,
                modality=Modality.ACTUAL,
                attributed_to=None,
                evidence=Evidence(quote=sentence, start=start, end=end),
                extractor="rules",
                extractor_version="1",
                confidence=0.9,
                observed_at=NOW,
            )
        )
        start = end + 1
    return made


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes, with no garbage collection in between."""
    gc.collect()
    gc.disable()
    try:
        begun = perf_counter()
        work()
        return perf_counter() - begun
    finally:
        gc.enable()


def floor(folder: Path, claims: Sequence[Claim]) -> float:
    """Seconds for the bare minimum: the claims' finished rows through `sqlite3.executemany`, into the same table."""
    path = folder / "floor.db"
    with closing(Database.open(f"sqlite:///{path}")) as database:
        database.upgrade()
    columns = [column.name for column in claims_table.columns]
    rows: list[list[object]] = []
    for claim in claims:
        row = claim_row(claim, "1")
        row |= {name: dumps(row[name]) for name in ("qualifiers", "value")}
        row |= {name: row[name].isoformat() for name in ("as_of", "observed_at")}
        rows.append([row[name] for name in columns])
    statement = f"INSERT INTO claims ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = NORMAL")

        def work() -> None:
            for some in range(0, len(rows), 4000):
                with connection:
                    connection.executemany(statement, rows[some : some + 4000])

        return timed(work)


@contextmanager
def databases(folder: Path) -> Iterator[list[Database]]:
    """SQLite, and PostgreSQL where there is one."""
    opened = [Database.open(f"sqlite:///{folder / 'bench.db'}")]
    address, schema = os.environ.get("DELTAWIRE_TEST_POSTGRES_URL"), f"bench_{uuid.uuid4().hex[:8]}"
    server = None
    if address:
        url = make_url(address).set(drivername="postgresql+psycopg")
        server = create_engine(url, isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        with_schema = url.update_query_dict({"options": f"-csearch_path={schema}"})
        opened.append(Database.open(with_schema.render_as_string(hide_password=False)))
    try:
        yield opened
    finally:
        for database in opened:
            database.close()
        if server is not None:
            with server.connect() as connection:
                connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
            server.dispose()


def measure(database: Database, pieces: Sequence[Article], made: dict[str, list[Claim]], least: float) -> None:
    """Print what each kind of write and look-up costs on `database`."""
    claims = [claim for some in made.values() for claim in some]
    chunks = [pieces[some : some + 200] for some in range(0, len(pieces), 200)]

    def save_pieces() -> None:
        for chunk in chunks:
            with database.write() as s:
                for piece in chunk:
                    save_article(s, piece)

    def save_claims() -> None:
        for chunk in chunks:
            with database.write() as s:
                save_extractions(s, "rules", "1", {piece.revision: made[piece.revision] for piece in chunk})

    def bring_alive() -> None:
        for chunk in chunks:
            with database.write() as s:
                assign_slots(s, ((claim.id, "f" + claim.subject) for piece in chunk for claim in made[piece.revision]))
                refresh_liveness(s, [piece.revision for piece in chunk])

    def save_states() -> None:
        with database.write() as s:
            save_facts(s, facts)

    def append() -> None:
        with database.write() as s:
            append_changes(s, changes)

    database.upgrade()
    with database.write() as s:
        ensure_manual_source(s, "desk")
    slots = sorted({"f" + claim.subject for claim in claims})
    side = Side(value=claims[0].value, modality=Modality.ACTUAL, claims=("c",), as_of=NOW, independent_sources=1)
    state = FactState(status=FactStatus.CURRENT, sides=(side,))
    facts = [
        Fact(
            id=slot,
            subject=slot[1:],
            predicate="revenue",
            object=None,
            qualifiers=claims[0].qualifiers,
            modality=Modality.ACTUAL,
            state=state,
            independent_sources=1,
            first_seen=NOW,
            last_changed=NOW,
        )
        for slot in slots
    ]
    changes = [
        Change(kind=ChangeKind.NEW, observed_at=NOW, as_of=NOW, reason="first told", fact=slot, after=state, because=("c",))
        for slot in slots
    ]

    print(f"  {database.dialect}")
    for name, work, rows in (
        ("save_article", save_pieces, len(pieces)),
        ("save_extractions, per claim", save_claims, len(claims)),
        ("the same again, per claim", save_claims, len(claims)),
        ("slots and liveness, per claim", bring_alive, len(claims)),
        ("save_facts", save_states, len(facts)),
        ("append_changes", append, len(changes)),
    ):
        seconds = timed(work)
        ratio = f"{(rows / seconds) / (len(claims) / least):6.2f} of the floor" if "per claim" in name else ""
        print(f"    {name:32} {rows / seconds:10,.0f} /s {ratio}")
    with database.read() as s:
        for name, look in (
            ("live_claims of 500 facts", lambda: live_claims(s, slots[:500])),
            ("known_urls of 1,000", lambda: known_urls(s, [f"https://news.example/{n}" for n in range(-500, 500)])),
            ("pending_extraction, none", lambda: pending_extraction(s, "rules", "1", 500)),
            ("list_facts of an entity", lambda: list_facts(s, entity=slots[7][1:])),
            ("list_changes, the last 100", lambda: list_changes(s, after_seq=len(pieces) + len(changes) - 100)),
        ):
            look()
            print(f"    {name:32} {1000 * min(timed(look) for _ in range(3)):10.2f} ms")


def main() -> None:
    """Make the rows, time the floor, then each database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--claims", type=int, default=15, help="per article")
    given = parser.parse_args()
    pieces = [article(number, given.claims) for number in range(given.articles)]
    made = {piece.revision: claims_of(piece) for piece in pieces}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        claims = [claim for some in made.values() for claim in some]
        least = floor(folder, claims)
        print(f"  floor: executemany of {len(claims):,} finished claim rows {len(claims) / least:14,.0f} /s")
        with databases(folder) as opened:
            for database in opened:
                measure(database, pieces, made, least)


if __name__ == "__main__":
    main()
