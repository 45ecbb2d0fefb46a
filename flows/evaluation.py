"""How well extraction does against articles whose facts were entered by hand: precision and recall.

A gold file is a JSON object: `article` (a file's name), `facts` (the fact model's fields, with
`quote`, and optionally `optional`, `subject_aliases`, `object_aliases`, `qualifier_aliases`) and
`traps` (`quote`: text that must yield nothing). A claim that matches no fact is false; a fact that
no claim matches is missed; optional facts count neither way; a claim made twice costs nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.errors import ConfigError
from flows.matching import matches

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """One article with its facts."""

    path: Path
    document: Path
    facts: tuple[Json, ...]
    traps: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """Counts by predicate, and what went wrong, in words."""

    articles: int = 0
    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    traps: int = 0
    trapped: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Required facts found, of those and the false claims."""
        return _ratio(self.hit.total(), self.hit.total() + self.false.total())

    @property
    def recall(self) -> float:
        """Required facts found, of all required ones."""
        return _ratio(self.hit.total(), self.hit.total() + self.missed.total())

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return _ratio(2 * self.precision * self.recall, self.precision + self.recall)

    def to_json(self) -> dict[str, Any]:
        """The figures."""
        return {
            "articles": self.articles,
            "gold": self.hit.total() + self.missed.total(),
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "traps": self.traps,
            "trapped": self.trapped,
            "by_predicate": {
                name: {"hit": self.hit[name], "missed": self.missed[name], "false": self.false[name]}
                for name in sorted({*self.hit, *self.missed, *self.false})
            },
        }


def gold_files(folder: Path) -> list[Gold]:
    """The gold files of a folder, each with its document, which stands beside it or in a folder `seeds` beside theirs.

    ConfigError where there is none, where one is not JSON, or where its document is missing.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigError(str(path), f"not JSON: {error}") from error
        if not isinstance(fields, dict) or "article" not in fields:
            continue  # another kind of file
        if not isinstance(fields.get("facts"), list):
            raise ConfigError(str(path), "facts: a list is needed")
        name = Path(str(fields["article"])).name
        document = next((place / name for place in (folder, folder.parent / "seeds") if (place / name).is_file()), None)
        if document is None:
            raise ConfigError(str(path), f"its article {name} is missing")
        traps = tuple(str(trap["quote"]) for trap in fields.get("traps", ()))
        found.append(Gold(path, document, tuple(fields["facts"]), traps))
    if not found:
        raise ConfigError(str(folder), "no gold files (*.json with `article` and `facts`)")
    return found


def score(golds: Iterable[Gold], claims: Mapping[Path, Sequence[Json]]) -> Score:
    """The score of `claims` (as `extract` prints them), given by their document."""
    total = Score()
    for gold in golds:
        _add(total, gold, claims.get(gold.document, ()))
    return total


def _add(total: Score, gold: Gold, claims: Sequence[Json]) -> None:
    total.articles += 1
    matched: set[int] = set()
    right: set[int] = set()
    for number, claim in enumerate(claims):
        fitting = {index for index, fact in enumerate(gold.facts) if matches(claim, fact)}
        matched |= fitting
        if fitting:
            right.add(number)
    for index, fact in enumerate(gold.facts):
        if fact.get("optional"):
            continue
        (total.hit if index in matched else total.missed)[fact["predicate"]] += 1
        if index not in matched:
            total.errors.append(f"missed  {gold.path.stem}: {_words(fact)} | {fact.get('quote', '')}")
    wrong = [claim for number, claim in enumerate(claims) if number not in right]
    for claim in wrong:
        total.false[claim["predicate"]] += 1
        total.errors.append(f"false   {gold.path.stem}: {_words(claim)} | {claim['evidence']['quote']}")
    for trap in gold.traps:
        total.traps += 1
        text = " ".join(trap.split())
        quotes = [" ".join(claim["evidence"]["quote"].split()) for claim in wrong]
        if any(quote in text or text in quote for quote in quotes if quote):
            total.trapped += 1
            total.errors.append(f"trapped {gold.path.stem}: {text}")


def _words(fact: Json) -> str:
    parts = [fact["subject"], fact["predicate"], fact.get("object") or "", json.dumps(fact.get("value"), ensure_ascii=False)]
    return " ".join([*parts, json.dumps(fact.get("qualifiers") or {}, ensure_ascii=False), fact.get("modality") or "actual"])


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0
