"""A digest of 1,000 changes, composed and rendered, against the floor of writing its data down as JSON.

The floor is `json.dumps` of the finished document: what any digest must at least do. A ratio is
how many times the floor a step takes; lower is better, and machines cancel out of it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from flows.config import load_catalogue, load_watchlist
from flows.digest.compose import compose
from flows.digest.document import Document
from flows.digest.json import to_json
from flows.digest.profile import Profile
from flows.digest.render import FORMATS, render
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
    Window,
)
from storage.values import Percent

NOW = datetime(2026, 1, 8, 7, 0, tzinfo=UTC)
CHANGES = 1_000
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def _best(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the fastest of several runs."""
    fastest = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        fastest = min(fastest, time.perf_counter() - start)
    return fastest


def _percent(number: int) -> Percent:
    return Percent(number=Decimal(number), low=Decimal(number), high=Decimal(number))


def main() -> None:
    """Print one line a step."""
    watchlist, catalogue = load_watchlist(SEEDS / "watchlist.yaml"), load_catalogue(SEEDS / "catalogue.yaml")
    products = [entity.key for entity in watchlist.entities if entity.kind == "product"]
    articles, claims, facts, changes = {}, {}, {}, []
    for n in range(CHANGES):
        article = Article(
            id=f"a{n % 200}",
            revision=f"r{n % 200}",
            url=f"https://wire.example/{n % 200}",
            source="wire",
            publisher=f"wire-{n % 7}",
            title=f"Report number {n % 200} about what is new",
            text="",
            language="en",
            published_on=date(2026, 1, 7),
            seen_at=NOW,
        )
        articles[article.id] = article
        subject, measure = products[n % len(products)], f"measure-{n}"
        sides = []
        for m in (0, 1):
            claim = Claim(
                id=f"c{n}-{m}",
                article=f"a{(n + m) % 200}",
                revision=f"r{(n + m) % 200}",
                source="wire",
                publisher=f"wire-{(n + m) % 7}",
                authority=Authority.PRESS,
                as_of=NOW,
                published_estimated=False,
                subject=subject,
                predicate="spec",
                object=None,
                qualifiers={"measure": measure},
                value=_percent(n + m),
                modality=Modality.ACTUAL,
                attributed_to="lenovo" if n % 3 else None,
                evidence=Evidence(quote=f"The {measure} of it is {n + m}% as of today, says the report.", start=0, end=1),
                extractor="rules",
                extractor_version="1",
                confidence=0.9,
                observed_at=NOW,
            )
            claims[claim.id] = claim
            sides.append(Side(value=claim.value, modality=claim.modality, claims=(claim.id,), as_of=NOW, independent_sources=1))
        before = FactState(status=FactStatus.CURRENT, sides=(sides[0],))
        kind, after = (
            (ChangeKind.DISPUTED, FactState(status=FactStatus.DISPUTED, sides=tuple(sides)))
            if n % 10 == 0
            else (ChangeKind.UPDATED, FactState(status=FactStatus.CURRENT, sides=(sides[1],)))
        )
        facts[f"f{n}"] = Fact(
            id=f"f{n}",
            subject=subject,
            predicate="spec",
            object=None,
            qualifiers={"measure": measure},
            modality=Modality.ACTUAL,
            state=after,
            independent_sources=1,
            first_seen=NOW,
            last_changed=NOW,
        )
        changes.append(
            Change(
                kind=kind,
                observed_at=NOW,
                as_of=NOW,
                reason="",
                fact=f"f{n}",
                subject=subject,
                predicate="spec",
                before=before,
                after=after,
                because=(f"c{n}-1",),
                seq=n + 1,
            )
        )

    def made() -> Document:
        return compose(
            changes,
            facts,
            claims,
            articles,
            watchlist,
            catalogue,
            profile=Profile(rows=CHANGES, sections=CHANGES),
            window=Window(after_seq=0, upto_seq=CHANGES),
            now=NOW,
            baseline=False,
        )

    document = made()
    assert sum(len(section.changes) for section in document.sections) == CHANGES
    data = to_json(document)
    floor = _best(lambda: json.dumps(data, ensure_ascii=False, indent=1))
    print(f"floor: json.dumps of {CHANGES:,} changes told: {floor * 1000:.1f} ms")
    composing = _best(made)
    print(f"compose: {composing * 1000:.0f} ms, {composing / floor:.1f} times the floor")
    total = composing
    for kind in FORMATS:
        render(document, kind)  # templates are compiled once
        taken = _best(lambda kind=kind: render(document, kind))  # type: ignore[misc]
        total += taken
        size = len(render(document, kind))
        print(f"render {kind}: {taken * 1000:.0f} ms, {taken / floor:.1f} times the floor, {size:,} characters")
    print(f"all: {total * 1000:.0f} ms, {total / floor:.1f} times the floor")


if __name__ == "__main__":
    main()
