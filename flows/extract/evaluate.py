"""Precision and recall against gold files: how well an extractor does what a careful analyst would do.

A gold file names its article and lists the facts in it (some optional: they count neither way) and
the traps: text that must give no claim. Recall is required facts found, of all; precision is
required facts found, against claims that match nothing. A repeated claim costs nothing.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.errors import DocumentError
from flows.extract.matching import matches, name_slug

Object = Mapping[str, Any]
LEAST_QUOTE = 8
"""Characters a quote must have to be evidence of anything."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One gold file with the text its quotes stand in."""

    name: str
    article: str
    text: str
    facts: tuple[Object, ...]
    traps: tuple[Object, ...]


@dataclass(slots=True)
class Tally:
    """Counts over any number of articles."""

    articles: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    by_difficulty: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    traps: int = 0
    trapped: int = 0
    ungrounded: int = 0
    modality_right: int = 0
    attributed: int = 0
    attributed_right: int = 0
    modified: int = 0
    modifier_right: int = 0
    errors: list[str] = field(default_factory=list)


def load_gold(folder: Path) -> list[Gold]:
    """All gold files of a folder, by name; their articles lie beside them or in `../seeds`.

    DocumentError where one is unreadable.
    """
    found: list[Gold] = []
    for path in sorted(folder.resolve().glob("*.json")):
        try:
            raw = path.read_text(encoding="utf-8")
            if '"article"' not in raw[:400]:
                continue
            data = json.loads(raw)
            source = path.parent / data["article"]
            if not source.exists():
                source = path.parent.parent / "seeds" / data["article"]
            text = body_of(source)
        except (OSError, ValueError, KeyError) as error:
            raise DocumentError(str(path), f"not a gold file with its article: {error}") from error
        found.append(Gold(path.stem, data["article"], text, tuple(data["facts"]), tuple(data.get("traps", ()))))
    return found


def body_of(path: Path) -> str:
    """A document's text without its front matter: what evidence offsets count in."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md" and text.startswith("---\n"):
        end = text.find("\n---", 4)
        text = text[text.find("\n", end + 1) + 1 :]
    return text


def evaluate(golds: Iterable[Gold], claims: Iterable[Object], predicates: Iterable[str] | None = None) -> Tally:
    """Count the claims of the export's form against gold facts; claims of other `predicates` are neither right nor wrong."""
    known = None if predicates is None else frozenset(predicates)
    by_article: dict[str, list[Object]] = defaultdict(list)
    for claim in claims:
        if known is None or claim.get("predicate") in known:
            by_article[Path(str(claim.get("article", ""))).name].append(claim)
    tally = Tally()
    for gold in golds:
        tally.articles += 1
        _count(tally, gold, by_article.get(Path(gold.article).name, []))
    return tally


def _quote(claim: Object) -> str:
    evidence = claim.get("evidence") or {}
    return re.sub(r"\s+", " ", str(evidence.get("quote") or "")).strip()


def _count(tally: Tally, gold: Gold, claims: Sequence[Object]) -> None:
    flat = re.sub(r"\s+", " ", gold.text)
    taken: set[int] = set()
    used: set[int] = set()
    for number, claim in enumerate(claims):
        quote = _quote(claim)
        if len(quote) < LEAST_QUOTE or quote not in flat:
            tally.ungrounded += 1
            tally.errors.append(f"UNGROUNDED {gold.name}: {claim.get('predicate')} {quote[:90]!r}")
        for index, fact in enumerate(gold.facts):
            if not matches(claim, fact):
                continue
            used.add(number)
            if index not in taken:
                taken.add(index)
                if not fact.get("optional"):
                    _compare(tally, claim, fact)
    for index, fact in enumerate(gold.facts):
        if fact.get("optional"):
            continue
        (tally.hit if index in taken else tally.missed)[fact["predicate"]] += 1
        tally.by_difficulty[fact.get("difficulty", "plain")]["hit" if index in taken else "missed"] += 1
        if index not in taken:
            tally.errors.append(f"MISSED {gold.name}: {_line(fact)} | {str(fact.get('quote', ''))[:140]}")
    for number, claim in enumerate(claims):
        if number not in used:
            tally.false[str(claim.get("predicate"))] += 1
            tally.errors.append(f"FALSE {gold.name}: {_line(claim)} {claim.get('modality')}")
    for trap in gold.traps:
        tally.traps += 1
        wanted = re.sub(r"\s+", " ", str(trap["quote"])).strip()
        sprung = next(
            (
                claim
                for number, claim in enumerate(claims)
                if number not in used and (quote := _quote(claim)) and (quote in wanted or wanted in quote)
            ),
            None,
        )
        if sprung is not None:
            tally.trapped += 1
            tally.errors.append(f"TRAPPED {gold.name}: {sprung.get('predicate')} from {wanted[:90]!r} ({trap.get('why')})")


def _compare(tally: Tally, claim: Object, fact: Object) -> None:
    """The finer points of a first match: hedge, modality, attribution."""
    wanted = (fact.get("value") or {}).get("modifier", "exact")
    if wanted != "exact":
        tally.modified += 1
        tally.modifier_right += (claim.get("value") or {}).get("modifier") == wanted
    tally.modality_right += (claim.get("modality") or "actual") == (fact.get("modality") or "actual")
    if fact.get("attributed_to"):
        tally.attributed += 1
        tally.attributed_right += name_slug(claim.get("attributed_to")) == name_slug(fact["attributed_to"])


def _line(one: Object) -> str:
    value, qualifiers = (json.dumps(one.get(name), ensure_ascii=False) for name in ("value", "qualifiers"))
    return f"{one.get('subject')} {one.get('predicate')} {one.get('object') or ''} {value} {qualifiers}"


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def figures(tally: Tally) -> dict[str, Any]:
    """The figures of a tally, rounded as they are reported."""
    hits, misses, falses = (sum(counter.values()) for counter in (tally.hit, tally.missed, tally.false))
    precision, recall = _ratio(hits, hits + falses), _ratio(hits, hits + misses)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    names = sorted({*tally.hit, *tally.missed, *tally.false})
    return {
        "articles": tally.articles,
        "gold": hits + misses,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "modality_accuracy": round(_ratio(tally.modality_right, hits), 4),
        "attribution_accuracy": round(_ratio(tally.attributed_right, tally.attributed), 4),
        "modifier_accuracy": round(_ratio(tally.modifier_right, tally.modified), 4),
        "traps": tally.traps,
        "trapped": tally.trapped,
        "ungrounded": tally.ungrounded,
        "by_predicate": {
            name: {"hit": tally.hit[name], "missed": tally.missed[name], "false": tally.false[name]} for name in names
        },
        "recall_by_difficulty": {
            name: round(_ratio(row["hit"], row["hit"] + row["missed"]), 3) for name, row in sorted(tally.by_difficulty.items())
        },
    }
